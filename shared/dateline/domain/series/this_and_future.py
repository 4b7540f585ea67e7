"""A series cut where a VEVENT with RANGE=THISANDFUTURE stands: what was before, and a series of its own from then.

The later times move as the first of them moved (RFC 5545 section 3.8.4.4). A rule is kept where it still names them;
otherwise the times are kept one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence import occurrences, whole
from dateline.domain.recurrence.moments import Moment, alike, at_wall, clock_of, day_of, elapsed, later, wall_of
from dateline.domain.recurrence.rrule import parse_rule
from dateline.domain.recurrence.rrule_expansion import walls
from dateline.errors import FieldError, InvalidInput

MOST_COMPARED: Final = 1_000
YEARS_COMPARED: Final = 5
"""A leap year is among them; what two rules name alike for so long they do for ever."""
_WEEK: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Where a series changes, the event that its first later time becomes, and the UID of the series that begins."""

    at: Moment
    event: Event
    uid: str


def split_series(
    series: Event, splits: Sequence[Split], named: Sequence[Moment], zone: ZoneInfo
) -> tuple[Event, list[Event | InvalidInput]]:
    """The series up to the first split, and one from each of ``splits`` to the next, in their order; one that no rule
    and no list can hold is an ``InvalidInput``. ``named`` are the times for which other exceptions stand."""
    clock = clock_of(series, zone)
    series = replace(series, exdates=tuple(alike(one, series.start, clock) for one in series.exdates))
    ordered = sorted(splits, key=lambda split: split.at)
    ends: list[Moment | None] = [*(split.at for split in ordered[1:]), None]
    parts: dict[int, Event | InvalidInput] = {}
    for split, end in zip(ordered, ends, strict=True):
        try:
            parts[id(split)] = _part(series, split, end, named, zone)
        except InvalidInput as error:
            parts[id(split)] = error
    head = before(series, ordered[0].at, zone)
    exdates = tuple(dict.fromkeys((*head.exdates, *(one for one in named if one < ordered[0].at))))
    return replace(head, exdates=exdates), [parts[id(split)] for split in splits]


def before(series: Event, at: Moment, zone: ZoneInfo) -> Event:
    """The series without its times from ``at`` on."""
    clock = clock_of(series, zone)
    if at <= series.start:
        return replace(series, rrule="", further_rrules=(), rdates=(), periods=(), exdates=(series.start,))
    rules = [_ending(rule, _limit(rule, series, at, clock) or at) for rule in _rules(series)]
    return replace(
        series,
        rrule=rules[0] if rules else "",
        further_rrules=tuple(rules[1:]),
        rdates=tuple(one for one in series.rdates if one < at),
        periods=tuple(one for one in series.periods if one.start < at),
        exdates=tuple(one for one in series.exdates if one < at),
    )


def going_on(series: Event, event: Event, at: Moment, zone: ZoneInfo) -> Event:
    """``event``, which goes on in place of ``series`` from ``at``; what it says of its recurrence as the series does
    moves along.

    Of a COUNT the times before are over. A rule of one weekday is of the weekday to which the first time moved. What
    was left out, and added, moves as the first time did.
    """
    clock, new_clock = clock_of(series, zone), clock_of(event, zone)
    shift = _wall(event.start, new_clock) - _wall(at, clock)
    days = (_wall(event.start, new_clock).date() - _wall(at, clock).date()).days

    def moved(moment: Moment) -> Moment:
        return at_wall(_wall(moment, clock) + shift, event.start, new_clock)

    def left(moments: Sequence[Moment]) -> tuple[Moment, ...]:
        return tuple(moved(one) for one in moments if alike(one, series.start, clock) >= at)

    event = ending_along(series, event, at, zone)
    same = {_moved_until(rule, moved): rule for rule in _rules(series)}
    rules = [_rule_left(rule, same[rule], series, at, days, zone) if rule in same else rule for rule in _rules(event)]
    rules = [rule for rule in rules if rule]
    periods = tuple(
        Occurrence(start=moved(one.start), end=later(moved(one.start), elapsed(one.start, one.end or one.start)))
        for one in series.periods if alike(one.start, series.start, clock) >= at
    )  # fmt: skip
    return replace(
        event,
        rrule=rules[0] if rules else "",
        further_rrules=tuple(rules[1:]),
        exdates=left(series.exdates) if event.exdates == series.exdates else event.exdates,
        rdates=left(series.rdates) if event.rdates == series.rdates else event.rdates,
        periods=periods if event.periods == series.periods else event.periods,
    )


def ending_along(series: Event, event: Event, at: Moment, zone: ZoneInfo) -> Event:
    """``event``, whose start is ``at`` of ``series`` as it moved: an UNTIL of the same rules moves along, so that the
    last time stays the last."""
    clock, new_clock = clock_of(series, zone), clock_of(event, zone)
    shift = _wall(event.start, new_clock) - _wall(at, clock)

    def moved(moment: Moment) -> Moment:
        return at_wall(_wall(moment, clock) + shift, event.start, new_clock)

    rules = [_moved_until(rule, moved) if rule in _rules(series) else rule for rule in _rules(event)]
    return replace(event, rrule=rules[0] if rules else "", further_rrules=tuple(rules[1:]))


def _moved_until(rule: str, moved: Callable[[Moment], Moment]) -> str:
    """The rule with its UNTIL moved, where that is a time; a day holds for the whole day."""
    until = parse_rule(rule).until
    if not isinstance(until, datetime) or until.tzinfo is None:
        return rule
    last = moved(until)
    return _ending(rule, last) if isinstance(last, datetime) and last != until else rule


def _rule_left(rule: str, before: str, series: Event, at: Moment, days: int, zone: ZoneInfo) -> str:
    """A rule as it goes on from ``at``, which was ``before`` in ``series``; empty where it names no time any more."""
    if parse_rule(rule).count:
        count = _count_left(before, series, at, zone)
        rule = f"{_bare(rule)};COUNT={count}" if count > 0 else ""
    return _turned(rule, days) if len(parse_rule(rule).by_day if rule else ()) == 1 else rule


def _count_left(rule: str, series: Event, at: Moment, zone: ZoneInfo) -> int:
    """How many times a rule names from ``at`` on."""
    clock = clock_of(series, zone)
    start, parsed = _wall(series.start, clock), parse_rule(rule)
    named = walls(parsed, start, start, _wall(at, clock), with_start=rule == series.rrule)
    return (parsed.count or 0) - sum(1 for wall in named if at_wall(wall, series.start, clock) < at)


def _ending(rule: str, last: Moment) -> str:
    said = f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(last, datetime) else f"{last:%Y%m%d}"
    return f"{_bare(rule)};UNTIL={said}"


def _bare(rule: str) -> str:
    return ";".join(part for part in rule.upper().split(";") if not part.startswith(("COUNT=", "UNTIL=")))


def _part(series: Event, split: Split, end: Moment | None, named: Sequence[Moment], zone: ZoneInfo) -> Event:
    """The series from a split to ``end``, each of its times moved as the first was."""
    clock, new_clock = clock_of(series, zone), clock_of(split.event, zone)
    shift = _wall(split.event.start, new_clock) - _wall(split.at, clock)

    def moved(moment: Moment) -> Moment:
        return at_wall(_wall(moment, clock) + shift, split.event.start, new_clock)

    def within(moment: Moment) -> bool:
        return moment >= split.at and (end is None or moment < end)

    gone = {moved(one) for one in (*series.exdates, *named) if within(one)} - {split.event.start}
    first = replace(
        split.event,
        external_id=split.uid,
        recurrence_id="",
        exdates=tuple(sorted(gone)),
        rdates=tuple(moved(one) for one in series.rdates if within(one)),
        periods=tuple(
            Occurrence(start=moved(one.start), end=later(moved(one.start), elapsed(one.start, one.end or one.start)))
            for one in series.periods if within(one.start)
        ),
    )  # fmt: skip
    limits = [_limit(rule, series, end, clock) for rule in _rules(series)]
    ends = [None if limit is None else moved(limit) for limit in limits]
    every = _whole(series, zone)
    starts, reach = ([one.start for one in every], None) if every is not None else _starts(series, split.at, zone)
    times = sorted({moved(one) for one in starts if within(one)} - {split.event.start})
    days = (wall_of(split.event.start).date() - (wall_of(split.event.start) - shift).date()).days
    rules = [_turned(_bare(rule), days) for rule in _rules(series)]
    rules = [rule if last is None else _ending(rule, last) for rule, last in zip(rules, ends, strict=True)]
    ruled = replace(first, rrule=rules[0] if rules else "", further_rrules=tuple(rules[1:]))
    found, reached = _starts(ruled, split.event.start, zone)
    last = reached if reach is None else min(reached, moved(reach))
    if [one for one in (split.event.start, *times) if one <= last] == [one for one in found if one <= last]:
        return ruled
    if every is None:
        detail = "No rule names the later times of this series once they have moved."
        raise InvalidInput(detail, (FieldError("/recurrence_id", detail),))
    return replace(first, rdates=tuple(sorted({*first.rdates, *times})))


def _plain(series: Event) -> Event:
    return replace(series, exdates=(), rdates=(), periods=())


def _whole(series: Event, zone: ZoneInfo) -> tuple[Occurrence, ...] | None:
    """All the times that the rules of a series name; None where they are too many."""
    return whole(_plain(series), zone)


def _starts(series: Event, first: Moment, zone: ZoneInfo) -> tuple[list[Moment], Moment]:
    """What the rules of a series name from a time on, for as long as two rules are compared; and till when that is."""
    begin = day_of(first) - timedelta(days=2)
    last = begin + timedelta(days=366 * YEARS_COMPARED)
    found = [one.start for one in occurrences(_plain(series), begin, last, zone, MOST_COMPARED)]
    if len(found) == MOST_COMPARED:
        return found, found[-1]
    day = last - timedelta(days=7)
    return found, datetime.combine(day, time(), UTC) if isinstance(first, datetime) else day


def _limit(rule: str, series: Event, end: Moment | None, clock: tzinfo) -> Moment | None:
    """The last time that a rule may name before ``end``; None where there is no end."""
    parsed = parse_rule(rule)
    limits: list[Moment] = []
    if parsed.count:
        start = _wall(series.start, clock)
        far = start.replace(year=min(start.year + 100, 9000), day=min(start.day, 28))
        first = rule == series.rrule
        last = max(islice(walls(parsed, start, start, far, with_start=first), parsed.count), default=start)
        limits.append(last.replace(tzinfo=clock) if isinstance(series.start, datetime) else last.date())
    if parsed.until is not None:
        limits.append(_inclusive(parsed.until, series.start, clock))
    if end is not None:
        limits.append(end - (timedelta(seconds=1) if isinstance(end, datetime) else timedelta(days=1)))
    return min(limits, default=None)


def _inclusive(until: Moment, start: Moment, clock: tzinfo) -> Moment:
    """UNTIL as a moment of the same kind as the series' start; a date holds for that whole day."""
    if not isinstance(start, datetime):
        return day_of(until)
    if isinstance(until, datetime):
        return until if until.tzinfo else until.replace(tzinfo=clock)
    return datetime.combine(until, time(23, 59, 59), clock)


def _rules(series: Event) -> list[str]:
    return [rule for rule in (series.rrule, *series.further_rrules) if rule]


def _turned(rule: str, days: int) -> str:
    """The rule with its weekdays ``days`` later; those with a number, and other dates, can't be turned."""
    found = re.search(r"(?<=BYDAY=)[A-Z,]+(?=;|$)", rule)
    if found is None or not days % 7:
        return rule
    turned = [_WEEK[(_WEEK.index(day) + days) % 7] for day in found[0].split(",")]
    return rule[: found.start()] + ",".join(turned) + rule[found.end() :]


def _wall(moment: Moment, clock: tzinfo | None) -> datetime:
    return wall_of(moment.astimezone(clock) if isinstance(moment, datetime) and clock else moment)
