"""The bodies of edits of series, read: what one leaves out is as the series has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence.moments import Moment, at_wall, clock_of, elapsed, later, wall_of
from dateline.domain.series.edits import at_one_time
from dateline.errors import FieldError, InvalidInput
from dateline.schemas.event import event_problems
from dateline.schemas.pointers import INVALID

_TEXTS: Final = ("description_html", "description_text")


def fields_of_time(series: Event, occurrence: Occurrence, given: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """The fields of the event that takes the place of one time; as long as that one, where it says no other end.

    Raises ``InvalidInput`` for times that don't fit together.
    """
    return _completed(at_one_time(series, occurrence, zone), given)


def fields_following(series: Event, occurrence: Occurrence, given: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """The fields of the series that goes on from one time.

    A ``start`` that lies nearer to that of the series than to this time is that of the series, as it may have moved.
    Raises ``InvalidInput`` for times that don't fit together.
    """
    once = at_one_time(series, Occurrence(start=occurrence.start, end=_end(series, occurrence.start)), zone)
    return _completed(replace(series, start=once.start, end=once.end), _dated(series, occurrence, given, zone))


def _end(series: Event, start: Moment) -> Moment | None:
    return None if series.end is None else later(start, elapsed(series.start, series.end))


def _dated(series: Event, occurrence: Occurrence, given: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """``given`` with the first of the later times as its start."""
    start: Moment = given.get("start", occurrence.start)
    same_kind = isinstance(start, datetime) == isinstance(series.start, datetime)
    if not same_kind or abs(elapsed(series.start, start)) >= abs(elapsed(occurrence.start, start)):
        return dict(given)
    clock = clock_of(series, zone)
    first = at_wall(_wall(occurrence.start, clock) + (_wall(start, clock) - _wall(series.start, clock)), start, clock)
    end = {"end": later(first, elapsed(start, given["end"]))} if given.get("end") else {}
    return {**given, "start": first, **end}


def _completed(standing: Event, given: Mapping[str, Any]) -> dict[str, Any]:
    """``given``, and what ``standing`` says besides; what lasts as long as that has its end moved."""
    said = {field.name: getattr(standing, field.name) for field in fields(Event)}
    if any(name in given for name in _TEXTS):
        said |= dict.fromkeys(_TEXTS)
    complete = {**said, **given, "note": given.get("note", "")}
    if "start" in given and "end" not in given:
        alike = isinstance(given["start"], datetime) == isinstance(standing.start, datetime)
        lasts = None if standing.end is None else elapsed(standing.start, standing.end)
        complete["end"] = later(given["start"], lasts) if alike and lasts is not None else None
    if not isinstance(complete["start"], datetime) or "timezone" in given:
        complete["vtimezone"] = ""
    if not isinstance(complete["start"], datetime):
        complete["timezone"] = ""
    elif not complete["timezone"] and not complete["vtimezone"]:
        del complete["timezone"]
    if errors := tuple(FieldError(f"/{name}", detail) for name, detail in event_problems(complete)):
        raise InvalidInput(INVALID, errors)
    return complete


def _wall(moment: Moment, clock: tzinfo) -> datetime:
    return wall_of(moment.astimezone(clock) if isinstance(moment, datetime) else moment)
