"""The quarantine, for editors."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.ports.wakeup import Lane
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import query_fields

quarantine_pages = Blueprint("quarantine_pages", __name__, url_prefix="/quarantine")


@quarantine_pages.get("")
@needs("editor")
def show() -> str:
    """What could not be indexed, with the reason, newest first."""
    query = query_fields(request.args)
    page = parts().ledger.quarantine(cursor=query.get("cursor"))
    return render_template("desk/quarantine.html", page=page)


@quarantine_pages.post("/<item:item_id>/requeue")
@needs("editor")
def requeue(item_id: str) -> Response:
    """Try again."""
    parts().ledger.requeue(item_id, token())
    parts().wakeup.wake(Lane.LIVE)
    flash("It is tried again.")
    return redirect(url_for("quarantine_pages.show"), 303)


@quarantine_pages.post("/<item:item_id>/discard")
@needs("editor")
def discard(item_id: str) -> Response:
    """Give up on the revision."""
    parts().ledger.discard(item_id, token())
    flash("Given up. An older revision that readers saw stays.")
    return redirect(url_for("quarantine_pages.show"), 303)
