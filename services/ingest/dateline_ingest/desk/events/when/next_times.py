"""What a form says of when an event takes place, in words, and its next ten times: shown while one types."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import islice
from typing import Any, Final, cast

from babel.dates import format_date

from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence import each_occurrence
from dateline.domain.recurrence.moments import Moment, clock_of, day_of
from dateline.domain.recurrence.occurrences import whole
from dateline.domain.recurrence.recurring import is_recurring
from dateline_ingest.desk.events.when.rule_words import LOCALE, day_name, listed, rule_in_words
from dateline_ingest.desk.events.when.series_days import on_clock
from dateline_ingest.desk.events.when.when_form import When
from dateline_ingest.desk.events.when.zones import change_in_words, clock_in_words

TIMES: Final = 10
_FAR: Final = timedelta(days=366 * 100)
_NIGHT: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """One time of an event: ``start`` as JSON has it, in words, and what there is to say of it."""

    start: str
    words: str
    note: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTimes:
    """How it recurs, its next times, how many there are, on which clock, and what one should know."""

    rule: str
    times: tuple[TimeLine, ...]
    total: str
    clock: str
    notes: tuple[str, ...] = ()


def next_times(when: When, today: date) -> NextTimes:
    """The ten times of ``when`` from ``today`` on; from its start, where that is later."""
    event, clock = when.event, when.clock
    lines = tuple(_line(one, event, clock, when.cancelled) for one in _coming(event, today, clock))
    begin = lines[0].start if lines else event.start.isoformat()
    moment = datetime.fromisoformat(begin) if isinstance(event.start, datetime) else None
    return NextTimes(
        rule=recurrence_in_words(event, clock), times=lines, total=_total(event, clock, bool(lines)),
        clock=clock_in_words(clock, moment) if moment else "", notes=when.notes,
    )  # fmt: skip


def recurrence_in_words(event: Event, zone: tzinfo) -> str:
    """'Every second week on Thursday, except on 25 December 2031'; "" for what takes place once."""
    clock = clock_of(event, zone)
    rules = [rule_in_words(rule, event.start, clock) for rule in (event.rrule, *event.further_rrules) if rule]
    said = ", and ".join([*rules[:1], *(rule[:1].lower() + rule[1:] for rule in rules[1:])])
    if event.rdates or event.periods:
        number = len(event.rdates) + len(event.periods)
        more = f"{number} further time" + ("s" if number > 1 else "")
        said = f"{said}, and {more}" if said else f"Once, and {more}"
    days = list(dict.fromkeys(day_name(day_of(on_clock(one, clock))) for one in event.exdates))
    if days:
        shown = days[:3] + ([f"{len(days) - 3} more"] if len(days) > 3 else [])
        said = f"{said}, except on {listed(shown)}"
    return said


def occurrence_in_words(one: Occurrence, clock: tzinfo) -> str:
    """'Thursday, 3 December 2026, 19:00 to 21:30'; 'Thursday, 3 December 2026, all day'."""
    start, end = on_clock(one.start, clock), None if one.end is None else on_clock(one.end, clock)
    said = _day(day_of(start))
    if not isinstance(start, datetime):
        return f"{said}, to {_day(day_of(end))}, all day" if end is not None and end > start else f"{said}, all day"
    if not isinstance(end, datetime) or end <= start:
        return f"{said}, {start:%H:%M}"
    if end.date() == start.date() or (end - start < _NIGHT and end.hour < 9):
        return f"{said}, {start:%H:%M} to {end:%H:%M}"
    return f"{said}, {start:%H:%M}, to {_day(end.date())}, {end:%H:%M}"


def coming_times(event: Event, zone: tzinfo, today: date, most: int = TIMES) -> list[Occurrence]:
    """The times of an event that aren't over on ``today``, on its own clock."""
    return _coming(event, today, clock_of(event, zone), most)


def _coming(event: Event, today: date, clock: tzinfo, most: int = TIMES) -> list[Occurrence]:
    last = today + _FAR if today.year < 9800 else date.max
    return list(islice(each_occurrence(event, today, last, cast(Any, clock)), most))


def _line(one: Occurrence, event: Event, clock: tzinfo, cancelled: Collection[Moment]) -> TimeLine:
    note, start = "", on_clock(one.start, clock)
    if event.rrule and isinstance(start, datetime) and isinstance(event.start, datetime):
        usual = event.start.astimezone(clock).time()
        if start.time() != usual and start not in event.rdates:
            note = change_in_words(datetime.combine(start.date(), usual), clock)
    return TimeLine(
        start=start.isoformat(), words=occurrence_in_words(one, clock), note=note, cancelled=one.start in cancelled
    )


def _total(event: Event, clock: tzinfo, has_coming: bool) -> str:
    if not is_recurring(event):
        return (
            ""
            if has_coming
            else f"It is over: {occurrence_in_words(Occurrence(start=event.start, end=event.end), clock)}."
        )
    every = whole(event, cast(Any, clock))
    if every is None:
        return (
            "And so on, without an end."
            if "COUNT=" not in event.rrule and "UNTIL=" not in event.rrule
            else "And so on."
        )
    if not every:
        return "No time is left: the exceptions take them all."
    last = _day(day_of(on_clock(every[-1].start, clock)))
    said = f"{len(every)} time{'s' if len(every) != 1 else ''} in all, the last on {last}."
    return said if has_coming else f"All over. {said}"


def _day(day: date) -> str:
    return str(format_date(day, "EEEE, d MMMM y", locale=LOCALE))
