"""When an event takes place: its occurrences, by RRULE and clock (RFC 5545). ``occurrences`` is the way in."""

from dateline.domain.recurrence.days import days_found, days_of
from dateline.domain.recurrence.occurrences import (
    MOST_YEARS,
    OverBeforeItBegins,
    bounds,
    bounds_and_times,
    check_rule,
    each_occurrence,
    expand,
    occurrences,
    whole,
)
from dateline.domain.recurrence.rrule import check_together, is_over_on_its_first_day
from dateline.domain.recurrence.worked_out import WorkedOut

__all__ = [
    "MOST_YEARS",
    "OverBeforeItBegins",
    "WorkedOut",
    "bounds",
    "bounds_and_times",
    "check_rule",
    "check_together",
    "days_found",
    "days_of",
    "each_occurrence",
    "expand",
    "is_over_on_its_first_day",
    "occurrences",
    "whole",
]
