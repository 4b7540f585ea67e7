"""Links between stories and events on the pages of both, for editors: what is linked and why, and their word on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dateline.domain.document import Kind
from dateline.errors import InvalidInput, NotFound, Permanent
from dateline.formats.control_characters import drop_control_characters
from dateline.ports.ledger.event_links import EventLink
from dateline.ports.wakeup import Lane
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.template_filters import error_details

link_pages = Blueprint("event_links", __name__)

MOST_SHOWN: Final = 50
MOST_NAMED: Final = 3
LONGEST: Final = 500
_ADDRESS: Final = re.compile(r"/(?:events|stories)/([A-Za-z0-9_-]+)")
_OTHER: Final[dict[Kind, Kind]] = {"story": "event", "event": "story"}


@link_pages.app_template_global()
def events_of_story(story_id: str) -> Sequence[EventLink]:
    """The events of a story."""
    return parts().ledger.events_of_story(story_id)


@link_pages.app_template_global()
def stories_of_event(event_id: str) -> Sequence[EventLink]:
    """The newest stories of an event."""
    return parts().ledger.stories_of_event(event_id, limit=MOST_SHOWN)


@link_pages.post("/stories/<opaque:item_id>/events", defaults={"kind": "story"})
@link_pages.post("/events/<opaque:item_id>/stories", defaults={"kind": "event"})
@needs("editor")
def link(item_id: str, kind: Kind) -> Response:
    """Link a story with the event, or an event with the story, that was named by title, id or address."""
    try:
        other = _named(_OTHER[kind], drop_control_characters(request.form.get("other", "")).strip()[:LONGEST])
        story_id, event_id = (item_id, other) if kind == "story" else (other, item_id)
        made = parts().ledger.link_event(story_id, event_id, token())
        flash(f"Linked: “{made.event_label if kind == 'story' else made.story_label}”. Both pages show it in seconds.")
        parts().wakeup.wake(Lane.LIVE)
    except Permanent as error:
        flash(error_details(error), "error")
    return _back(kind, item_id)


@link_pages.post("/stories/<opaque:item_id>/events/<opaque:other_id>/unlink", defaults={"kind": "story"})
@link_pages.post("/events/<opaque:item_id>/stories/<opaque:other_id>/unlink", defaults={"kind": "event"})
@needs("editor")
def unlink(item_id: str, other_id: str, kind: Kind) -> Response:
    """Part the two."""
    story_id, event_id = (item_id, other_id) if kind == "story" else (other_id, item_id)
    try:
        parts().ledger.unlink_event(story_id, event_id, token())
        flash("Parted. No mention links them again.")
        parts().wakeup.wake(Lane.LIVE)
    except Permanent as error:
        flash(error_details(error), "error")
    return _back(kind, item_id)


def _named(kind: Kind, typed: str) -> str:
    """The id of the story or event that was meant. Raises ``InvalidInput`` for none, and for one of several."""
    if not typed:
        raise InvalidInput(f"Say which {kind}: by its title, its id or its address.")
    address = _ADDRESS.search(typed)
    try:
        return parts().ledger.item(kind, address[1] if address else typed).id
    except NotFound:
        pass
    found = parts().ledger.items(kind, query=typed, limit=MOST_NAMED + 1).items
    exact = [line for line in found if line.label.casefold() == typed.casefold()] or found
    if not exact:
        raise InvalidInput(f"No {kind} is called “{typed}”.")
    if len(exact) > 1:
        raise InvalidInput(f"Several are called so ({_listed([line.id for line in exact])}): say which, by its id.")
    return exact[0].id


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(ids[:MOST_NAMED]) + (" …" if len(ids) > MOST_NAMED else "")


def _back(kind: Kind, item_id: str) -> Response:
    if kind == "story":
        return redirect(url_for("desk.show", story_id=item_id, _anchor="links"), 303)
    return redirect(url_for("event_pages.show", event_id=item_id, _anchor="links"), 303)
