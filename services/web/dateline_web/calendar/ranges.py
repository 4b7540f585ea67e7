"""Days that readers ask for by name: today, this weekend, the next seven days. Right on every weekday, of any zone."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, assert_never

from dateline_web.dates.days import last_day_of, shift_day, shift_month

RangeName = Literal["today", "this-weekend", "next-weekend", "next-7-days", "next-month"]
RANGES: Final[dict[RangeName, str]] = {
    "today": "Today",
    "this-weekend": "This weekend",
    "next-weekend": "Next weekend",
    "next-7-days": "Next 7 days",
    "next-month": "Next month",
}
"""Each with its words, in the order in which pages offer them."""

_SUNDAY: Final = 6


def days_of_range(name: RangeName, today: date) -> tuple[date, date]:
    """The first and the last day of a range, as one says it ``today``.

    A weekend is a Saturday and a Sunday. This weekend is the one that is coming, or what is left of the one that is
    here: on a Saturday today and tomorrow, on a Sunday today. Next weekend is the one after it.
    """
    sunday = shift_day(today, _SUNDAY - today.weekday())
    match name:
        case "today":
            return today, today
        case "this-weekend":
            return max(today, shift_day(sunday, -1)), sunday
        case "next-weekend":
            return shift_day(sunday, 6), shift_day(sunday, 7)
        case "next-7-days":
            return today, shift_day(today, 6)
        case "next-month":
            first = shift_month(today, 1) or today
            return first, last_day_of(first)
    assert_never(name)
