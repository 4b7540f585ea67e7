"""What a form makes of a series: of one time, of that and all that follow, of all; said before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Final, Literal, cast

from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence.moments import Moment, at_wall, clock_of, day_of, elapsed, later, wall_of
from dateline.domain.recurrence.recurrence_id import format_recurrence_id
from dateline.domain.series.changed_times import changed_times
from dateline.domain.series.edits import Fate
from dateline.domain.series.series_times import occurrence_named
from dateline.errors import Conflict
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.submissions import Receipt
from dateline_ingest.context import parts, token
from dateline_ingest.desk.events.when.next_times import occurrence_in_words
from dateline_ingest.desk.events.when.series_days import on_clock
from dateline_ingest.intake import Write, content_of
from dateline_ingest.series.edits import SeriesEdits
from dateline_ingest.series.plans import Lost, PlannedEdit, SeriesPlans
from dateline_ingest.series.record import SeriesOnRecord, series_on_record

Scope = Literal["this", "following", "all"]
SCOPES: Final[Mapping[Scope, str]] = {
    "this": "only this time", "following": "this time and all that follow", "all": "all times of the series",
}  # fmt: skip
_RECURRENCE: Final = ("rrule", "further_rrules", "exdates", "rdates", "periods", "external_id", "previous_times")
_MOST: Final = 8
"""Edited times of each kind that are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What an edit does to the next times of a series, and what becomes of times that were edited before."""

    shifted: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    goes_on: bool
    kept: tuple[str, ...]
    moved: tuple[str, ...]
    lost: tuple[str, ...]


def at_time(record: SeriesOnRecord, name: str) -> tuple[Event, Occurrence]:
    """The series as its form shows it at one of its times; and that time. Raises ``NotFound``."""
    occurrence = occurrence_named(record.event, name, parts().settings.timezone)
    clock = clock_of(record.event, parts().settings.timezone)
    start, end = on_clock(occurrence.start, clock), occurrence.end and on_clock(occurrence.end, clock)
    return replace(without_exceptions(record), start=start, end=end), occurrence


def without_exceptions(record: SeriesOnRecord) -> Event:
    """The series without those of its left out times for which exceptions stand."""
    keys = {one.event.recurrence_id for one in record.exceptions}
    left = tuple(one for one in record.event.exdates if format_recurrence_id(one) not in keys)
    return replace(record.event, exdates=left)


def consequences(whole: Item, name: str, scope: Scope, given: Mapping[str, Any], today: date) -> Consequences:
    """What ``done`` will do, of the times from ``today`` on. Raises as it does."""
    zone, intake = parts().settings.timezone, parts().intake
    plans = SeriesPlans(parts().ledger, intake, zone)
    if scope == "this":
        planned = plans.time(whole, name, of_one_time(given))
    elif scope == "following":
        planned = plans.following(whole, name, given)
    else:
        given = _of_all(whole, name, given)
        event = content_of(Event, intake.corrected_event(whole, given, Write(by=token())).payload)
        found = plans.all(whole, event) if event else None
        if found is None:
            raise Conflict("This event takes place once: it has no other times.")
        planned = found
    return _told(planned, today)


def done(whole: Item, name: str, scope: Scope, given: Mapping[str, Any], write: Write, lost: Lost) -> Receipt:
    """The receipt of the series after the edit, of what goes on where that was cut. Raises as ``SeriesEdits`` does."""
    edits = SeriesEdits(parts().ledger, parts().intake, parts().wakeup, parts().settings.timezone)
    if scope == "this":
        return edits.edit_time(whole, name, of_one_time(given), write).series
    if scope == "following":
        receipts = edits.edit_following(whole, name, given, write, lost)
        return receipts.following or receipts.series
    return edits.edit_all(whole, _of_all(whole, name, given), write, lost).series


def _of_all(whole: Item, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    if not name:
        return dict(given)
    series = series_on_record(parts().ledger, whole).event
    return of_whole_series(series, occurrence_named(series, name, parts().settings.timezone), given)


def of_one_time(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a form says of one time: what stands empty there is empty, and doesn't come from the series."""
    empty = {one.name: one.default for one in fields(Event) if one.default is not MISSING}
    kept = {"timezone", "vtimezone", "recurrence_id", "sequence", "modified", "language", *_RECURRENCE}
    said = {name: value for name, value in given.items() if name not in _RECURRENCE}
    return {**{name: value for name, value in empty.items() if name not in kept}, "end": None, **said}


def of_whole_series(series: Event, occurrence: Occurrence | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a form that was filled at one time says of all: the series begins as much earlier or later as that time."""
    start: Moment = given["start"]
    if occurrence is None or isinstance(start, datetime) != isinstance(series.start, datetime):
        return dict(given)
    clock = clock_of(series, parts().settings.timezone)
    shift = wall_of(start) - wall_of(on_clock(occurrence.start, clock))
    first = at_wall(wall_of(on_clock(series.start, clock)) + shift, start, cast(Any, getattr(start, "tzinfo", None)))
    end = {"end": later(first, elapsed(start, given["end"]))} if given.get("end") is not None else {}
    return {**given, "start": first, **end}


def _told(planned: PlannedEdit, today: date) -> Consequences:
    zone, edit, series = parts().settings.timezone, planned.edit, planned.record.event
    clock, new_clock = clock_of(series, zone), clock_of(edit.following or edit.series, zone)
    first = max(today, day_of(on_clock(series.start, clock)))
    times = changed_times(series, edit, zone, first)

    def of(fate: Fate) -> tuple[str, ...]:
        found = [one.on_record for one in edit.of_fate(fate) if one.on_record]
        found = [one for one in found if fate == "lost" or day_of(on_clock(one.at, clock)) >= today]
        said = [occurrence_in_words(Occurrence(start=one.at), clock) for one in found]
        return (*said[:_MOST], f"and {len(said) - _MOST} more") if len(said) > _MOST else tuple(said)

    return Consequences(
        shifted=tuple(
            (occurrence_in_words(one, clock), occurrence_in_words(other, new_clock)) for one, other in times.moved
        ),
        gone=tuple(occurrence_in_words(one, clock) for one in times.lost),
        new=tuple(occurrence_in_words(one, new_clock) for one in times.added),
        goes_on=times.goes_on, kept=of("kept"), moved=of("moved"), lost=of("lost"),
    )  # fmt: skip
