"""What would be stored of pasted HTML, for the editor to show."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from dateline.domain.html.cleaning import clean_html
from dateline.http.requests.body import MAX_BODY_BYTES
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.slots.request_slots import within_slot

pasting_pages = Blueprint("pasting", __name__)


@pasting_pages.post("/pasted")
@needs("reporter", "editor")
def clean_pasted() -> Response:
    """The field ``html``, cleaned as a story's text is; as plain text, so that no browser shows it as a page."""
    html = request.form.get("html", "")
    if len(html) > MAX_BODY_BYTES:
        abort(413, description="This is more than a story may have.")
    with within_slot(parts().tagging_slots, token().name):
        return Response(clean_html(html), mimetype="text/plain")
