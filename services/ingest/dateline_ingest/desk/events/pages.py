"""The desk's pages of events: the list, the month, an event's own page."""

from __future__ import annotations

from flask import Blueprint, request

from dateline_ingest.auth import needs
from dateline_ingest.context import item
from dateline_ingest.desk.events.event_page import event_page
from dateline_ingest.desk.events.list_page import list_page
from dateline_ingest.desk.events.month_page import month_page

event_pages = Blueprint("event_pages", __name__, url_prefix="/events")
Page = str | tuple[str, int]


@event_pages.get("")
@needs("editor")
def mine() -> Page:
    """The list of events, or a month of them."""
    return month_page() if request.args.get("view") == "month" else list_page()


@event_pages.get("/<opaque:event_id>")
@needs("editor")
def show(event_id: str) -> Page:
    """An event: where it is on record, when and where it takes place, its next times and its revisions."""
    return event_page(item())
