"""The archive by day: how much each day has, and what stands before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateline.domain.document import StoryDocument
from dateline.ports.index import Index, Sort, StoryFilter, StorySearch
from dateline_web.context import Web
from dateline_web.dates.days import last_day_of
from dateline_web.dates.month_calendar import Month, month_of
from dateline_web.search.listing import Listing, listing_of, search_stories
from dateline_web.search.query import StoryQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPage:
    """A month's calendar and its stories by day. ``previous`` and ``next`` are months within the archive."""

    month: Month
    days: tuple[tuple[date, tuple[StoryDocument, ...]], ...]
    listing: Listing
    previous: date | None
    next: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage:
    """A day's stories, in its month. ``previous`` and ``next`` are the nearest days with stories."""

    day: date
    month: Month
    listing: Listing
    previous: date | None
    next: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage:
    """Twelve months, and the years that have stories."""

    year: int
    months: tuple[Month, ...]
    years: Mapping[int, int]

    @property
    def total(self) -> int:
        """How many stories the year has."""
        return self.years.get(self.year, 0)


def newest_day(index: Index) -> date | None:
    """The day of the newest story."""
    return _first_found(index, StoryFilter(), "newest")


def counts_of(index: Index, first: date, last: date) -> Mapping[date, int]:
    """Stories per day between two days."""
    return index.count_by_day(StoryFilter(first_day=first, last_day=last))


def calendar_of(web: Web, day: date) -> Month:
    """The month of ``day`` with its stories counted."""
    return month_of(day, counts_of(web.index, day.replace(day=1), last_day_of(day)), web)


def year_page(web: Web, year: int) -> YearPage:
    """The calendar of a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    counts = counts_of(web.index, first, last)
    years: dict[int, int] = {}
    for (counted, _), count in web.index.count_by_month(StoryFilter()).items():
        years[counted] = years.get(counted, 0) + count
    months = tuple(month_of(date(year, month, 1), counts, web) for month in range(1, 13))
    return YearPage(year=year, months=months, years=dict(sorted(years.items())))


def month_page(web: Web, first: date, parameters: Mapping[str, Any], path: str) -> MonthPage:
    """A month of the archive. Raises ``InvalidInput`` for a cursor that isn't of this listing."""
    listing = _listing(web, first, last_day_of(first), parameters, path)
    earlier, later = _neighbours([date(year, month, 1) for year, month in _months(web)], first)
    return MonthPage(
        month=calendar_of(web, first), days=tuple(_by_day(listing)), listing=listing, previous=earlier, next=later
    )


def day_page(web: Web, day: date, parameters: Mapping[str, Any], path: str) -> DayPage:
    """A day of the archive. Raises ``InvalidInput`` for a cursor that isn't of this listing."""
    before, after = _shift(day, -1), _shift(day, 1)
    return DayPage(
        day=day,
        month=calendar_of(web, day),
        listing=_listing(web, day, day, parameters, path),
        previous=_first_found(web.index, StoryFilter(last_day=before), "newest") if before else None,
        next=_first_found(web.index, StoryFilter(first_day=after), "oldest") if after else None,
    )


def _listing(web: Web, first: date, last: date, parameters: Mapping[str, Any], path: str) -> Listing:
    query = StoryQuery(filter=StoryFilter(first_day=first, last_day=last), limit=parameters["limit"])
    query = query.from_cursor(parameters["cursor"])
    return listing_of(path, query, search_stories(web.index, query, brief=True), fixed=2)


def _by_day(listing: Listing) -> Iterator[tuple[date, tuple[StoryDocument, ...]]]:
    days: dict[date, list[StoryDocument]] = {}
    for hit in listing.hits:
        days.setdefault(hit.document.day, []).append(hit.document)
    return ((day, tuple(stories)) for day, stories in days.items())


def _months(web: Web) -> list[tuple[int, int]]:
    return sorted(web.index.count_by_month(StoryFilter()))


def _neighbours(known: list[date], day: date) -> tuple[date | None, date | None]:
    """The nearest of ``known`` before and after ``day``."""
    return max((k for k in known if k < day), default=None), min((k for k in known if k > day), default=None)


def _first_found(index: Index, filter: StoryFilter, sort: Sort) -> date | None:
    """The day of the first story in this order."""
    page = index.search(StorySearch(filter=filter, sort=sort, limit=1, brief=True))
    return page.hits[0].document.day if page.hits else None


def _shift(day: date, days: int) -> date | None:
    """The day ``days`` away; None beyond the calendar's ends."""
    moved = day.toordinal() + days
    return day + timedelta(days=days) if date.min.toordinal() <= moved <= date.max.toordinal() else None
