"""What would be stored of pasted HTML, for the editor to show."""

from __future__ import annotations

from flask import Blueprint, Response, request

from dateline.domain.html.cleaning import clean_html
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.slots.request_slots import within_slot

pasting_pages = Blueprint("pasting", __name__)


@pasting_pages.post("/pasted")
@needs("reporter", "editor")
def clean_pasted() -> Response:
    """The field ``html``, cleaned as a story's text is; as plain text, so that no browser shows it as a page."""
    with within_slot(parts().tagging_slots, token().name):
        return Response(clean_html(request.form.get("html", "")), mimetype="text/plain")
