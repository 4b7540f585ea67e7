"""Promising a story and changing what was promised: what a body says, what it leaves out, and who may say what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.domain.coverage import Coverage
from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence import days_of, each_occurrence
from dateline.domain.recurrence.recurrence_id import format_recurrence_id, parse_recurrence_id
from dateline.domain.series.series_times import is_series, name_of, occurrence_named
from dateline.errors import FieldError, InvalidInput, NotAllowed, NotFound
from dateline.ports.ledger.coverages import CoverageDetails
from dateline.ports.ledger.items import Items
from dateline.ports.ledger.tokens import Token
from dateline_ingest.intake import content_of

AFTER_THE_END: Final = timedelta(hours=1)
AFTER_THE_START: Final = timedelta(hours=2)
"""Where nobody knows when an event ends."""
EVENING: Final = time(18)
"""When a story of an event without a time is due."""
_OWN: Final = frozenset({"state", "story_id", "reason", "assignee"})
"""What a reporter may say of an own coverage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEvent:
    """One time of an event that is covered."""

    event_id: str
    recurrence_id: str
    title: str
    time: Occurrence


def new_promise(given: Mapping[str, Any], items: Items, zone: ZoneInfo, today: date) -> CoverageDetails:
    """What is promised: what isn't said comes from the event. Raises ``InvalidInput``."""
    event = planned_event(given, items, zone, today) if given.get("event_id") else None
    due = given["due_at"] if "due_at" in given else default_due(event.time, zone) if event else None
    day = given.get("day") or (days_of(event.time, zone)[0] if event else None)
    day = day or (due.astimezone(zone).date() if due else None)
    title = given.get("title") or (event.title if event else "")
    missing = [
        *([FieldError("/title", "Say what it is about, or of which event it is.")] if not title else []),
        *([FieldError("/day", "Say on which day it is, or until when it is due.")] if not day else []),
    ]
    if missing or day is None:
        raise InvalidInput("A coverage is of an event, or has a title and a day.", tuple(missing))
    return CoverageDetails(
        title=title, day=day, form=given.get("form", "text"), due_at=due,
        assignee=given.get("assignee") or "", note=given.get("note") or "",
        event_id=event.event_id if event else "", recurrence_id=event.recurrence_id if event else "",
    )  # fmt: skip


def changed_promise(
    before: Coverage, given: Mapping[str, Any], items: Items, zone: ZoneInfo, by: Token
) -> CoverageDetails:
    """What a coverage says from now on. Raises ``InvalidInput``, and ``NotAllowed`` for what isn't ``by``'s to say."""
    kept: dict[str, Any] = {one.name: getattr(before, one.name) for one in fields(CoverageDetails)}
    said = {name: "" if value is None and name != "due_at" else value for name, value in given.items()}
    _check_may_say(before, said, items, by)
    if "event_id" in said or "recurrence_id" in said:
        asked = {"event_id": before.event_id, "recurrence_id": before.recurrence_id, **said}
        event = planned_event(asked, items, zone, before.day) if asked["event_id"] else None
        said |= {"event_id": event.event_id if event else "", "recurrence_id": event.recurrence_id if event else ""}
    details = CoverageDetails(**{**kept, **said})
    if not details.title:
        raise InvalidInput("A coverage has a title.", (FieldError("/title", "Say what it is about."),))
    if details.state == "dropped" and not details.reason:
        raise InvalidInput("Say why it is dropped.", (FieldError("/reason", "Say why it is dropped."),))
    if details.story_id and details.state != "filed" and "state" not in said:
        return replace(details, state="filed")
    return details


def planned_event(given: Mapping[str, Any], items: Items, zone: ZoneInfo, today: date) -> PlannedEvent:
    """The event, and which of its times: the one that is named, else the next from the day that is said on. Raises
    ``InvalidInput``."""
    event_id = str(given["event_id"])
    try:
        event = content_of(Event, items.item("event", event_id).newest.payload)
    except NotFound:
        event = None
    if event is None:
        raise InvalidInput("There is no such event.", (FieldError("/event_id", "There is no such event."),))
    if not is_series(event):
        return PlannedEvent(event_id=event_id, recurrence_id="", title=event.title,
                            time=Occurrence(start=event.start, end=event.end))  # fmt: skip
    time = _time_of_series(event, str(given.get("recurrence_id") or ""), zone, given.get("day") or today)
    return PlannedEvent(
        event_id=event_id, recurrence_id=format_recurrence_id(time.start), title=event.title, time=time
    )  # fmt: skip


def default_due(time: Occurrence, zone: ZoneInfo) -> datetime:
    """When a story of an event is due: an hour after its end; in the evening of its last day where it has no time."""
    if isinstance(time.start, datetime):
        return time.end + AFTER_THE_END if isinstance(time.end, datetime) else time.start + AFTER_THE_START
    return datetime.combine(time.end or time.start, EVENING, zone)


def _time_of_series(series: Event, name: str, zone: ZoneInfo, day: date) -> Occurrence:
    if not name:
        found = next(each_occurrence(series, day, day + timedelta(days=366), zone), None)
        if found is None:
            raise InvalidInput("The series is over.", (FieldError("/event_id", "The series is over."),))
        return found
    try:
        if "-" in name:
            name = name_of(parse_recurrence_id(name), series, zone)
        return occurrence_named(series, name, zone)
    except (ValueError, NotFound, InvalidInput):
        error = FieldError("/recurrence_id", "The series has no such time.")
        raise InvalidInput(error.detail, (error,)) from None


def _check_may_say(before: Coverage, said: Mapping[str, Any], items: Items, by: Token) -> None:
    """A reporter says of an own coverage that it is filed or dropped, or gives it back."""
    if by.role == "editor":
        return
    if not before.belongs_to(by.id):
        raise NotAllowed("This is another reporter's.")
    others = [name for name, value in said.items() if name not in _OWN and value != getattr(before, name)]
    given_away = said.get("assignee", before.assignee) not in ("", before.assignee)
    if others or given_away:
        raise NotAllowed("What is covered, by whom and until when, an editor says.")
    if said.get("story_id") and not items.item("story", said["story_id"]).belongs_to(by):
        raise NotAllowed("This is another reporter's story.")
