"""The times of series that were worked out lately: pages of one calendar ask for the same ones again and again.

They are kept by what they were worked out from, and by quarters of a year. So they are right whatever becomes of the
events meanwhile, and in every process, each of which has its own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from threading import Lock
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from dateline.domain.document import EventDocument
from dateline.domain.event import Occurrence
from dateline.domain.recurrence.days import days_of
from dateline.domain.recurrence.occurrences import each_occurrence
from dateline.domain.recurrence.plain_rules import is_plain
from dateline.domain.recurrence.rrule import parse_rule

MOST_KEPT: Final = 200_000
"""Times of all series together, and what is told of each quarter: at most about 60 MB."""
FIRST_YEAR: Final = 2
LAST_YEAR: Final = 9_990
"""Quarters beyond them are worked out each time."""


class OnDays(NamedTuple):
    """A time, and the first and last day of a zone that it touches."""

    occurrence: Occurrence
    first: date
    last: date


Times = tuple[tuple[date, date | None, date, date], ...]
"""Start, end, first and last day of each: bare tuples, over which the garbage collector doesn't go again and again."""


class WorkedOut:
    """Those of one process. Safe for threads."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Times, int]] = OrderedDict()
        self._count = 0
        self._lock = Lock()

    def occurrences(self, event: EventDocument, first: date, last: date, zone: ZoneInfo) -> Iterator[OnDays]:
        """What ``each_occurrence`` gives, with its days in ``zone``; raises what it does."""
        if not _is_kept(event, first, last):
            yield from _each(event, first, last, zone)
            return
        quarter = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
        begin = quarter
        while quarter <= last:
            for start, end, begins, ends in self._of_quarter(event, quarter, zone):
                # what goes on from the quarter before was among its times
                if (quarter == begin or begins >= quarter) and begins <= last and ends >= first:
                    yield OnDays(Occurrence(start=start, end=end), begins, ends)
            quarter = _next(quarter)

    def _of_quarter(self, event: EventDocument, quarter: date, zone: ZoneInfo) -> Times:
        key = (
            quarter, zone.key, event.start, event.end, event.timezone, event.vtimezone, event.rrule,
            event.further_rrules, tuple(map(str, event.exdates)), tuple(map(str, event.rdates)), event.periods,
        )  # fmt: skip
        with self._lock:
            if (found := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return found[0]
        worked_out = _each(event, quarter, _next(quarter) - timedelta(days=1), zone)
        times = tuple((one.start, one.end, begins, ends) for one, begins, ends in worked_out)
        weight = 1 + sum(map(len, (times, event.exdates, event.rdates, event.periods)))
        with self._lock:
            if key not in self._kept:
                self._kept[key] = times, weight
                self._count += weight
            while self._count > self._most:
                _, (_, lightened) = self._kept.popitem(last=False)
                self._count -= lightened
        return times


def _each(event: EventDocument, first: date, last: date, zone: ZoneInfo) -> Iterator[OnDays]:
    return (OnDays(one, *days_of(one, zone)) for one in each_occurrence(event, first, last, zone))


def _is_kept(event: EventDocument, first: date, last: date) -> bool:
    """Whether the event recurs at most daily by each rule, and its times don't come with it: of every hour a page takes
    a few, and working out a quarter would take long."""
    if not event.rrule or event.occurrences or first.year < FIRST_YEAR or last.year > LAST_YEAR or last < first:
        return False
    return _are_plain(event.rrule, event.further_rrules)


@lru_cache(maxsize=4096)
def _are_plain(rrule: str, further: tuple[str, ...]) -> bool:
    return all(is_plain(parse_rule(rule)) for rule in (rrule, *further))


def _next(quarter: date) -> date:
    return (quarter + timedelta(days=95)).replace(day=1)
