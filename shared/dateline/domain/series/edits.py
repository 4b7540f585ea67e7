"""What an edit makes of a series: of one of its times, of one and all that follow, of all of them.

An exception on record stays with the part of the series to which its time belongs, and stands for that time as it
moved. What an exception has as its series had it, it has as its series has it now. Nothing here reads or writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence import whole
from dateline.domain.recurrence.moments import Moment, alike, at_wall, clock_of, elapsed, later, wall_of
from dateline.domain.recurrence.recurrence_id import format_recurrence_id, parse_recurrence_id
from dateline.domain.series.recorded_parts import single_id, tail_id
from dateline.domain.series.series_times import SeriesTimes, is_series, with_every_time
from dateline.domain.series.this_and_future import before, ending_along, going_on
from dateline.errors import Conflict, NotFound

Fate = Literal["kept", "moved", "lost"]
"""``kept``: it stands for the time that it stood for. ``moved``: for that time as it is now. ``lost``: for none."""

_OWN: Final = frozenset((
    "start", "end", "timezone", "vtimezone", "rrule", "further_rrules", "exdates", "rdates", "periods",
    "external_id", "recurrence_id", "sequence", "modified", "note", "previous_times",
))  # fmt: skip
"""What an event doesn't take from its series."""
_TAKEN: Final = tuple(field.name for field in fields(Event) if field.name not in _OWN)
_SAID_TOGETHER: Final = (frozenset(("description_html", "description_text")), frozenset(("status", "reason")))
"""What has one without the other means something else."""
_A_DAY: Final = timedelta(days=1)
_NO_RECURRENCE: Final[dict[str, Any]] = {"rrule": "", "further_rrules": (), "exdates": (), "rdates": (), "periods": ()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionOnRecord:
    """An event that stands for one time of a series: its item, the revision that was read, and what that says."""

    id: str
    revision: int
    event: Event

    @property
    def at(self) -> Moment:
        """The time for which it stands."""
        return parse_recurrence_id(self.event.recurrence_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionChange:
    """What becomes of an exception. ``event`` is what it says now, None where it is withdrawn; ``on_record`` is None
    for a new one."""

    on_record: ExceptionOnRecord | None
    event: Event | None
    fate: Fate = "kept"

    @property
    def is_written(self) -> bool:
        """Whether it becomes another one than is on record."""
        return self.event != (self.on_record.event if self.on_record else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesEdit:
    """What is on record after an edit: ``series`` in its place, ``following`` the series that begins where it was cut,
    ``occurrence`` the exception that was edited, ``exceptions`` what becomes of the others."""

    series: Event
    following: Event | None = None
    occurrence: ExceptionChange | None = None
    exceptions: tuple[ExceptionChange, ...] = ()

    def of_fate(self, fate: Fate) -> list[ExceptionChange]:
        """The exceptions that are kept, moved or lost."""
        return [one for one in self.exceptions if one.fate == fate]


def at_one_time(series: Event, occurrence: Occurrence, zone: ZoneInfo) -> Event:
    """The series as it takes place once: an event of that time, with all else that the series says.

    ``zone`` is the newsroom's: its clock is that of a single event whose series has one that no zone has.
    """
    clock = zone if series.vtimezone else clock_of(series, zone)

    def on_clock(moment: Moment) -> Moment:
        return moment.astimezone(clock) if isinstance(moment, datetime) else moment

    end = None if occurrence.end is None else on_clock(occurrence.end)
    timezone = (zone.key if series.vtimezone else series.timezone) if not series.all_day else ""
    once: dict[str, Any] = {"start": on_clock(occurrence.start), "end": end, "timezone": timezone, "vtimezone": ""}
    return replace(series, **_NO_RECURRENCE, **once, previous_times=(), note="")


def edit_time(
    series: Event, occurrence: Occurrence, event: Event, exception: ExceptionOnRecord | None, uid: str, zone: ZoneInfo
) -> SeriesEdit:
    """``event`` in place of one time of ``series`` (whose UID is ``uid``), which it is put back into where it says what
    the series says."""
    key = format_recurrence_id(occurrence.start)
    changed = replace(event, **_NO_RECURRENCE, external_id=uid, recurrence_id=key, vtimezone="",
                      sequence=series.sequence, modified=series.modified)  # fmt: skip
    if _says_the_same(changed, at_one_time(series, occurrence, zone)):
        put_back = replace(series, external_id=uid, exdates=_without(series, occurrence.start, zone))
        change = ExceptionChange(on_record=exception, event=None) if exception else None
        return SeriesEdit(series=put_back, occurrence=change)
    return SeriesEdit(
        series=_excepted(replace(series, external_id=uid), [occurrence.start], zone),
        occurrence=ExceptionChange(on_record=exception, event=changed),
    )


def take_out(
    series: Event,
    occurrence: Occurrence,
    exceptions: Sequence[ExceptionOnRecord],
    uid: str,
    zone: ZoneInfo,
) -> SeriesEdit:
    """The series without one time, an edited one too: as calendar programs do, it doesn't come back as it was before.

    Raises ``NotFound`` for one that was taken out before, ``Conflict`` for the last one.
    """
    key = format_recurrence_id(occurrence.start)
    exception = next((one for one in exceptions if one.event.recurrence_id == key), None)
    without = _excepted(replace(series, external_id=uid), [occurrence.start], zone)
    if exception is None and occurrence.start not in SeriesTimes(series, zone):
        raise NotFound("This time was taken out of the series before.")
    if len(exceptions) <= (exception is not None) and whole(without, zone) == ():
        raise Conflict("This is the last time of the series: withdraw the event instead.")
    change = ExceptionChange(on_record=exception, event=None) if exception else None
    return SeriesEdit(series=without, occurrence=change)


def edit_following(
    series: Event,
    occurrence: Occurrence,
    event: Event,
    exceptions: Sequence[ExceptionOnRecord],
    uid: str,
    zone: ZoneInfo,
) -> SeriesEdit:
    """``series`` up to one of its times, and ``event``, which goes on from there under a UID of its own.

    ``event`` begins with the first of its times. What it says of its recurrence as the series does is meant of the
    times that are left.
    """
    at = occurrence.start
    goes_on = replace(
        going_on(series, event, at, zone), external_id=tail_id(uid, at), recurrence_id="",
        sequence=series.sequence, modified=series.modified,
    )  # fmt: skip
    later_ones = [one for one in exceptions if _is_later(one.at, at)]
    earlier_ones = [ExceptionChange(on_record=one, event=one.event) for one in exceptions if one not in later_ones]
    changes = _followed(series, goes_on, later_ones, at, zone)
    return SeriesEdit(
        series=before(replace(series, external_id=uid, exdates=_alike(series, zone)), at, zone),
        following=_excepted(goes_on, _standing(changes), zone),
        exceptions=(*earlier_ones, *changes),
    )


def edit_all(
    series: Event, event: Event, exceptions: Sequence[ExceptionOnRecord], uid: str, zone: ZoneInfo
) -> SeriesEdit:
    """``event`` in place of the whole ``series``: where it only begins earlier or later on its day, it ends so too."""
    shift = _wall(event.start, clock_of(event, zone)) - _wall(series.start, clock_of(series, zone))
    if event.all_day == series.all_day and abs(shift) < _A_DAY:
        event = ending_along(series, event, series.start, zone)
    if not exceptions:
        return SeriesEdit(series=event)
    changed = replace(event, external_id=uid)
    changes = _followed(series, changed, exceptions, series.start, zone)
    return SeriesEdit(series=_excepted(changed, _standing(changes), zone), exceptions=tuple(changes))


def dropped(edit: SeriesEdit) -> SeriesEdit:
    """The same edit without the exceptions that stand for no time any more."""
    gone = tuple(replace(one, event=None) if one.fate == "lost" else one for one in edit.exceptions)
    return replace(edit, exceptions=gone)


def _followed(
    series: Event, changed: Event, exceptions: Sequence[ExceptionOnRecord], at: Moment, zone: ZoneInfo
) -> list[ExceptionChange]:
    """What becomes of the exceptions of ``series``, whose time ``at`` is now the start of ``changed``."""
    found = _stood_for(series, changed, [one.at for one in exceptions], at, zone)
    changes = []
    for one in sorted(exceptions, key=lambda one: one.event.recurrence_id):
        moment = found.get(one.event.recurrence_id)
        if moment is None:
            single = single_id(one.event.external_id, one.event.recurrence_id)
            event = replace(one.event, external_id=single, recurrence_id="")
            changes.append(ExceptionChange(on_record=one, event=event, fate="lost"))
            continue
        key = format_recurrence_id(moment)
        own = _timed(series, changed, _inherited(series, changed, one.event), moment, zone)
        own = replace(own, external_id=changed.external_id, recurrence_id=key)
        fate: Fate = "kept" if key == one.event.recurrence_id else "moved"
        changes.append(ExceptionChange(on_record=one, event=own, fate=fate))
    return changes


def _stood_for(
    series: Event, changed: Event, moments: Sequence[Moment], at: Moment, zone: ZoneInfo
) -> dict[str, Moment]:
    """The times of ``changed`` for those of ``series`` for which exceptions stand: the same where it has that, else the
    one that moved as the first did, by less than a day, or the one of that day. No two get the same."""
    if not is_series(changed):
        return {}
    times = SeriesTimes(with_every_time(changed), zone)
    clock, new_clock = clock_of(series, zone), clock_of(changed, zone)
    new_first = _wall(changed.start, new_clock)
    shift = new_first - _wall(at, clock)
    timed = not changed.all_day
    found = {format_recurrence_id(one): one for one in moments if isinstance(one, datetime) == timed and one in times}
    taken = {*found}
    for moment in sorted(moments, key=format_recurrence_id):
        wall = _wall(moment, clock)
        within = abs(shift) < _A_DAY
        new = at_wall(
            wall + shift if within else datetime.combine(wall.date(), new_first.time()), changed.start, new_clock
        )
        if format_recurrence_id(moment) not in found and format_recurrence_id(new) not in taken and new in times:
            found[format_recurrence_id(moment)] = new
            taken.add(format_recurrence_id(new))
    return found


def _inherited(series: Event, changed: Event, exception: Event) -> Event:
    """The exception with what it had from its series; of a series that is cancelled, every time is."""
    same = {name for name in _TAKEN if getattr(exception, name) == getattr(series, name)}
    for pair in _SAID_TOGETHER:
        same -= pair if pair - same else set()
    if changed.status == "cancelled" != exception.status:
        same |= {"status", "reason"}
    return replace(exception, **{name: getattr(changed, name) for name in same})


def _timed(series: Event, changed: Event, exception: Event, moment: Moment, zone: ZoneInfo) -> Event:
    """The exception, which now stands for ``moment``: at that time, if it took place at the time it stood for."""
    stood_for = parse_recurrence_id(exception.recurrence_id)
    if format_recurrence_id(exception.start) != exception.recurrence_id:
        return exception
    own = None if exception.end is None else elapsed(exception.start, exception.end)
    as_series = series.end is not None and own == elapsed(series.start, series.end)
    lasts = own
    if as_series or isinstance(stood_for, datetime) != isinstance(moment, datetime):
        lasts = None if changed.end is None else elapsed(changed.start, changed.end)
    once = at_one_time(changed, Occurrence(start=moment, end=None if lasts is None else later(moment, lasts)), zone)
    return replace(exception, start=once.start, end=once.end, timezone=once.timezone)


def _says_the_same(one: Event, other: Event) -> bool:
    times = [(event.start, event.end) for event in (one, other)]
    return times[0] == times[1] and all(getattr(one, name) == getattr(other, name) for name in _TAKEN)


def _is_later(moment: Moment, at: Moment) -> bool:
    """Whether a time is ``at`` or after it; those of another kind stay where they are."""
    return isinstance(moment, datetime) == isinstance(at, datetime) and moment >= at


def _standing(changes: Iterable[ExceptionChange]) -> list[Moment]:
    return [
        parse_recurrence_id(change.event.recurrence_id)
        for change in changes
        if change.event is not None and change.fate != "lost"
    ]


def _excepted(series: Event, moments: Sequence[Moment], zone: ZoneInfo) -> Event:
    """The series without the times for which other events stand."""
    clock = clock_of(series, zone)
    left_out = {format_recurrence_id(one): one for one in _alike(series, zone)}
    left_out |= {format_recurrence_id(one): alike(one, series.start, clock) for one in moments}
    return replace(series, exdates=tuple(left_out[key] for key in sorted(left_out)))


def _alike(series: Event, zone: ZoneInfo) -> tuple[Moment, ...]:
    """The exdates, days as the times of a timed series on them."""
    clock = clock_of(series, zone)
    return tuple(alike(one, series.start, clock) for one in series.exdates)


def _without(series: Event, moment: Moment, zone: ZoneInfo) -> tuple[Moment, ...]:
    key = format_recurrence_id(moment)
    return tuple(one for one in _alike(series, zone) if format_recurrence_id(one) != key)


def _wall(moment: Moment, clock: tzinfo) -> datetime:
    return wall_of(moment.astimezone(clock) if isinstance(moment, datetime) else moment)
