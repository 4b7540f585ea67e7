"""When an event takes place: its occurrences on given days, worked out from its rule (RFC 5545 section 3.8.5).

An all-day event has plain dates and no zone. A timed one recurs on the wall clock of its IANA zone: a series at 09:00
stays at 09:00 when the clocks change. A local time that a change of clocks leaves out is read with the offset before
it (02:30 becomes 03:30), and one that comes twice is its first (RFC 5545 section 3.3.5). Each occurrence lasts as long
as the first one, in elapsed time. ``start`` is always the first occurrence and counts towards COUNT.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from heapq import merge
from itertools import groupby, islice
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.document import EventDocument
from dateline.domain.event import Event, Occurrence
from dateline.domain.recurrence.days import days_of, touches
from dateline.domain.recurrence.moments import Moment, alike, at_wall, clock_of, day_of, elapsed, later, wall_of
from dateline.domain.recurrence.rrule import SHORT, Rule, ends_before, parse_rule
from dateline.domain.recurrence.rrule_expansion import matches, walls
from dateline.errors import InvalidInput, TooMuch

MOST_KEPT: Final = 1_000
"""A series of at most so many occurrences is expanded whole; a longer one counts as one without end."""
MOST_YEARS: Final = 100
"""A rule that names no day within so many years names none that a reader will see."""
LONGEST_RECURRING: Final = timedelta(days=92)
WINDOW: Final = timedelta(days=800)
"""How much of a series without end is kept expanded."""
MOST_OF_ENDLESS: Final = 100
"""So many times of it: it is found without them, and worked out where it is shown."""

Series = Event | EventDocument

_ZONE_MARGIN: Final = timedelta(days=2)
"""More than two places on earth differ in their date."""
_QUIET_MARGIN: Final = timedelta(hours=3)
"""More than summer changes how long something lasts on the clock, in a zone whose clocks were not changed just then."""
_END_OF_TIME: Final = datetime.max - 4 * _ZONE_MARGIN
"""Later times can't be told in every zone."""


class OverBeforeItBegins(TooMuch):
    """A rule whose UNTIL lies before the start names no time."""


def check_rule(rrule: str, start: Moment, end: Moment | None = None) -> None:
    """Return when ``rrule`` can be the rule of a series whose first occurrence is ``start`` to ``end``.

    Raises ``InvalidInput`` when it isn't RFC 5545, too much (every minute or second without a near end, COUNT over
    10,000, occurrences of more than 92 days), over before it begins, or names no day that exists.
    """
    rule = parse_rule(rrule)
    if not isinstance(start, datetime) and (
        rule.freq in ("HOURLY", *SHORT) or {"BYHOUR", "BYMINUTE", "BYSECOND"} & rule.by.keys()
    ):
        raise InvalidInput("An all-day event has no hours: leave out BYHOUR, BYMINUTE and BYSECOND.")
    if end is not None and elapsed(start, end) > LONGEST_RECURRING:
        raise TooMuch(f"An event that recurs lasts at most {LONGEST_RECURRING.days} days.")
    if ends_before(rule, start):
        raise OverBeforeItBegins("UNTIL lies before the start.")
    wall = wall_of(start)
    if rule.freq in SHORT:
        _check_short(rule, wall, _until_wall(rule, start))
        return
    if next(matches(rule, wall, wall, _later(wall, MOST_YEARS + rule.interval)), None) is None:
        raise InvalidInput("The rule names no day that exists.")


def occurrences(event: Series, first: date, last: date, zone: ZoneInfo, limit: int = MOST_KEPT) -> list[Occurrence]:
    """The occurrences that touch the days ``first``–``last`` of ``zone`` (the newsroom's), by start, at most ``limit``.

    An event's own zone says when it takes place; all-day ones take place on their dates in every zone. An end at
    midnight doesn't touch the day that begins then. Raises ``InvalidInput`` for a rule that ``check_rule`` refuses.
    """
    return list(islice(each_occurrence(event, first, last, zone), limit))


def each_occurrence(event: Series, first: date, last: date, zone: ZoneInfo) -> Iterator[Occurrence]:
    """The same one by one: no more is worked out than is taken."""
    if event.start is None or last < first:
        return
    whole = isinstance(event, EventDocument) and event.last_day is not None and event.occurrences
    found = event.occurrences if whole else _expanded(_Times.of(event, event.start, zone), first, last, zone)  # type: ignore[union-attr]
    yield from (one for one in found if touches(one, first, last, zone))


def bounds(event: Series, zone: ZoneInfo) -> tuple[date, date | None]:
    """The first and last day, in ``zone``, on which the event takes place.

    The last is None for a series that has no end, or more than ``MOST_KEPT`` occurrences, or lasts over 100 years.
    """
    if event.start is None:
        raise InvalidInput("A withdrawn event has no days.")
    times = _Times.of(event, event.start, zone)
    return _days(times, _whole(times), zone)


def whole(event: Series, zone: ZoneInfo) -> tuple[Occurrence, ...] | None:
    """All occurrences; None for a series that ``bounds`` says no end of."""
    return () if event.start is None else _whole(_Times.of(event, event.start, zone))


def expand(event: Series, zone: ZoneInfo, until: date) -> tuple[Occurrence, ...]:
    """The occurrences that an event's document keeps: all of a series that ``bounds`` says the end of, else those of
    the 800 days before ``until``, at most 100."""
    return _kept(event, whole(event, zone), zone, until)


def bounds_and_times(event: Series, zone: ZoneInfo, until: date) -> tuple[date, date | None, tuple[Occurrence, ...]]:
    """What ``bounds`` and ``expand`` say, with the series worked out once. Raises as ``bounds`` does."""
    if event.start is None:
        raise InvalidInput("A withdrawn event has no days.")
    times = _Times.of(event, event.start, zone)
    every = _whole(times)
    return (*_days(times, every, zone), _kept(event, every, zone, until))


def _days(times: _Times, every: tuple[Occurrence, ...] | None, zone: ZoneInfo) -> tuple[date, date | None]:
    days = [days_of(one, zone) for one in every or ()] or [days_of(times.occurrence(times.start), zone)]
    if every is None:
        days += [days_of(one, zone) for one in times.further()]
    return min(day for day, _ in days), None if every is None else max(day for _, day in days)


def _kept(event: Series, every: tuple[Occurrence, ...] | None, zone: ZoneInfo, until: date) -> tuple[Occurrence, ...]:
    if every is not None:
        return every
    first = date.fromordinal(max(1, until.toordinal() - WINDOW.days))
    return tuple(occurrences(event, first, until, zone, MOST_OF_ENDLESS))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Times:
    """An event's times, ready to be worked out: aware in ``clock``, or plain dates."""

    start: Moment
    lasts: timedelta | None
    clock: tzinfo
    rules: tuple[Rule, ...]
    exdates: frozenset[Moment]
    rdates: tuple[Moment, ...]
    periods: tuple[Occurrence, ...]

    @classmethod
    def of(cls, event: Series, start: Moment, zone: ZoneInfo) -> _Times:
        clock = clock_of(event, zone)
        return cls(
            start=start.astimezone(clock) if isinstance(start, datetime) else start,
            lasts=None if event.end is None else elapsed(start, event.end),
            clock=clock,
            rules=tuple(parse_rule(rule) for rule in (event.rrule, *dict.fromkeys(event.further_rrules)) if rule),
            exdates=frozenset(_day_off(one, start, clock) for one in event.exdates),
            rdates=tuple(alike(one, start, clock) for one in event.rdates),
            periods=tuple(
                Occurrence(start=alike(one.start, start, clock), end=one.end and alike(one.end, start, clock))
                for one in event.periods
            ),
        )

    @property
    def endless(self) -> bool:
        return any(rule.count is None and rule.until is None for rule in self.rules)

    def occurrence(self, start: Moment) -> Occurrence:
        return Occurrence(start=start, end=None if self.lasts is None else later(start, self.lasts))

    def further(self) -> list[Occurrence]:
        """The times that are named one by one."""
        return [*(self.occurrence(one) for one in self.rdates), *self.periods]

    def excluded(self, start: Moment) -> bool:
        """A plain date among the exceptions of a timed series excludes that day's times."""
        return start in self.exdates or (isinstance(start, datetime) and start.date() in self.exdates)

    def named(self, low: datetime, high: datetime) -> Iterator[Moment]:
        """The starts that the rules give within ``low``–``high`` of the wall clock, UNTIL kept, each once."""
        if not self.rules:
            yield self.start
            return
        every = merge(*(self.named_by(rule, low, high) for rule in self.rules))
        yield from (start for start, _ in groupby(every))

    def named_by(self, rule: Rule, low: datetime, high: datetime) -> Iterator[Moment]:
        start = wall_of(self.start)
        for wall in walls(rule, start, low, high, with_start=rule is self.rules[0]):
            moment = self.start if wall == start else at_wall(wall, self.start, self.clock)
            if moment != self.start and self._is_over(rule, moment):
                return
            yield moment

    def _is_over(self, rule: Rule, moment: Moment) -> bool:
        until = rule.until
        if until is None:
            return False
        if isinstance(until, datetime) and isinstance(moment, datetime):
            return moment > (until if until.tzinfo else until.replace(tzinfo=self.clock))
        return day_of(moment) > day_of(until)


def _expanded(times: _Times, first: date, last: date, zone: ZoneInfo) -> Iterator[Occurrence]:
    """The occurrences near ``first``–``last`` of ``zone``, by start."""
    lasts = max(times.lasts or timedelta(), timedelta())  # an end may be typed that lies before its start
    low = _earlier(datetime.combine(first, time()), lasts)
    quiet = times.clock is zone and _earlier_offset(low, zone) == low.replace(tzinfo=zone).utcoffset()
    low = _earlier(low, _QUIET_MARGIN if quiet else _ZONE_MARGIN)
    high = min(datetime.combine(last, time()), _END_OF_TIME - lasts) + 2 * _ZONE_MARGIN
    return _occurrences(times, times.named(low, high))


def _whole(times: _Times) -> tuple[Occurrence, ...] | None:
    """All occurrences; None when they are endless or more than can be kept."""
    if times.endless:
        return None
    horizon = _later(wall_of(times.start), MOST_YEARS)
    named = set() if times.rules else {times.start}
    for rule in times.rules:
        found = list(islice(times.named_by(rule, datetime.min, horizon), MOST_KEPT + 1))
        if (rule.count and len(found) < rule.count) or (rule.until and day_of(rule.until) > horizon.date()):
            return None
        named.update(found)
        if len(found) > MOST_KEPT or len(named) > MOST_KEPT + len(times.exdates):
            return None
    every = tuple(islice(_occurrences(times, iter(sorted(named))), MOST_KEPT + 1))
    return every if len(every) <= MOST_KEPT else None


def _occurrences(times: _Times, named: Iterator[Moment]) -> Iterator[Occurrence]:
    """The occurrences, by start. A time that is named with a length of its own has that one (RFC 5545 3.8.5.2)."""
    further = {one.start: one for one in times.further()}
    starts = merge(_in_order(named), sorted(further))
    for start, _ in groupby(starts):
        if not times.excluded(start):
            yield further.get(start) or times.occurrence(start)


def _in_order(named: Iterator[Moment]) -> Iterator[Moment]:
    """``named`` by time: what a change of clocks leaves out comes later than it was named, by less than two days."""
    waiting: list[datetime] = []
    offset: timedelta | None = None
    for moment in named:
        if not isinstance(moment, datetime):
            yield moment
            continue
        before = _earlier_offset(wall_of(moment), moment.tzinfo) if offset is None else offset
        offset = moment.utcoffset()
        if offset != before or (waiting and moment - waiting[0] < _ZONE_MARGIN):
            waiting.append(moment)
            continue
        yield from sorted(waiting)
        waiting = []
        yield moment
    yield from sorted(waiting)


def _earlier_offset(wall: datetime, clock: tzinfo | None) -> timedelta | None:
    return _earlier(wall, _ZONE_MARGIN).replace(tzinfo=clock).utcoffset()


def _check_short(rule: Rule, wall: datetime, until: datetime) -> None:
    """A rule of minutes or seconds has an end, and few times till then."""
    found = sum(1 for _ in islice(walls(rule, wall, wall, until), MOST_KEPT + 1))
    if found > MOST_KEPT or (rule.count and found < rule.count):
        raise TooMuch(f"An event that recurs more often than hourly has at most {MOST_KEPT} times, soon over.")


def _until_wall(rule: Rule, start: Moment) -> datetime:
    """UNTIL on the wall clock of ``start``; far away without it."""
    until = rule.until
    if isinstance(until, datetime):
        zone = start.tzinfo if isinstance(start, datetime) else None
        return (until.astimezone(zone) if until.tzinfo and zone else until).replace(tzinfo=None)
    return datetime.max if until is None else datetime.combine(until, time.max)


def _day_off(moment: Moment, start: Moment, clock: tzinfo) -> Moment:
    """An exception, in a form that a start or its day can equal."""
    if isinstance(start, datetime) and isinstance(moment, datetime):
        return moment.astimezone(clock)
    return moment if isinstance(start, datetime) else alike(moment, start, clock)


def _later(wall: datetime, years: int) -> datetime:
    return max(wall, min(wall, _END_OF_TIME - timedelta(days=366 * years)) + timedelta(days=366 * years))


def _earlier(wall: datetime, by: timedelta) -> datetime:
    return wall - min(by, wall - datetime.min)
