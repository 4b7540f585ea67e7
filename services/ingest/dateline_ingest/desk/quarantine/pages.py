"""The quarantine, for editors: by what failed alike, each item, and what is decided on it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.ports.ledger.quarantine import MOST_COMPARED
from dateline_ingest import requeueing
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import query_fields
from dateline_ingest.desk.quarantine.explained import explained
from dateline_ingest.desk.quarantine.item_page import item_page

quarantine_pages = Blueprint("quarantine_pages", __name__, url_prefix="/quarantine")

_OF_ONE_CAUSE = 5
_PAGE = 100


@quarantine_pages.get("")
@needs("editor")
def show() -> str:
    """What could not be indexed, by cause; with ``like`` all that failed as that item did."""
    query = query_fields(request.args)
    if like := query.get("like"):
        alike = parts().ledger.failed_alike(like, limit=_PAGE, cursor=query.get("cursor"))
        return render_template("desk/quarantine/alike.html", like=like, alike=alike, explained=explained)
    causes = parts().ledger.quarantine_by_cause(each=_OF_ONE_CAUSE)
    cut = sum(cause.count for cause in causes) >= MOST_COMPARED
    return render_template("desk/quarantine/list.html", causes=causes, explained=explained, cut=cut and MOST_COMPARED)


@quarantine_pages.get("/<item:item_id>")
@needs("editor")
def show_item(item_id: str) -> str:
    """One item: its text, why it is here, what failed alike, and the form that mends it."""
    return item_page(item_id)


@quarantine_pages.post("/<item:item_id>/requeue")
@needs("editor")
def requeue(item_id: str) -> Response:
    """Try again."""
    requeueing.requeue(item_id)
    flash("It is tried again. If it fails once more, it comes back here within seconds.")
    return redirect(url_for("quarantine_pages.show"), 303)


@quarantine_pages.post("/<item:item_id>/requeue-alike")
@needs("editor")
def requeue_alike(item_id: str) -> Response:
    """Try again all that failed as this item did."""
    count = requeueing.requeue_alike(item_id)
    flash(f"{count:,} tried again. What fails once more comes back here within seconds.")
    return redirect(url_for("quarantine_pages.show"), 303)


@quarantine_pages.get("/<item:item_id>/discard")
@needs("editor")
def show_discard(item_id: str) -> str:
    """What giving up means, before it is done."""
    return render_template("desk/quarantine/discard.html", one=parts().ledger.quarantined(item_id))


@quarantine_pages.post("/<item:item_id>/discard")
@needs("editor")
def discard(item_id: str) -> Response:
    """Give up on the revision."""
    parts().ledger.discard(item_id, token())
    flash("Given up. An older revision that readers saw stays.")
    return redirect(url_for("quarantine_pages.show"), 303)
