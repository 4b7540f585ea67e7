"""Stories over time as thin bars, each of which narrows a listing to its month or year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from dateline_web.dates.days import last_day_of

MAX_MONTHS: Final = 48
"""More than these are counted by year, so that a bar stays wide enough to touch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The stories from ``first`` to ``last``; ``height`` is 0–100, in proportion to the highest."""

    first: date
    last: date
    count: int
    height: int
    year: bool


def bars_of(counts: Mapping[tuple[int, int], int]) -> tuple[Bar, ...]:
    """A bar for each month (or year) from the first with stories to the last, those without included."""
    if not counts:
        return ()
    (first_year, first_month), (last_year, last_month) = min(counts), max(counts)
    months = (last_year - first_year) * 12 + last_month - first_month + 1
    if months > MAX_MONTHS:
        return _by_year(counts, first_year, last_year)
    most = max(counts.values())
    starts = [divmod(first_year * 12 + first_month - 1 + place, 12) for place in range(months)]
    return tuple(_month_bar(year, month + 1, counts.get((year, month + 1), 0), most) for year, month in starts)


def _month_bar(year: int, month: int, count: int, most: int) -> Bar:
    first = date(year, month, 1)
    return Bar(first=first, last=last_day_of(first), count=count, height=_height(count, most), year=False)


def _by_year(counts: Mapping[tuple[int, int], int], first: int, last: int) -> tuple[Bar, ...]:
    sums = dict.fromkeys(range(first, last + 1), 0)
    for (year, _), count in counts.items():
        sums[year] += count
    most = max(sums.values())
    return tuple(
        Bar(first=date(year, 1, 1), last=date(year, 12, 31), count=count, height=_height(count, most), year=True)
        for year, count in sums.items()
    )


def _height(count: int, most: int) -> int:
    """Something is never drawn as nothing."""
    return 0 if count == 0 else max(4, round(100 * count / most))
