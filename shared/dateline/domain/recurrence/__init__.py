"""When an event takes place: its occurrences, by RRULE and clock (RFC 5545). ``occurrences`` is the way in."""

from dateline.domain.recurrence.occurrences import (
    MOST_YEARS,
    bounds,
    bounds_and_times,
    check_rule,
    days_found,
    days_of,
    expand,
    occurrences,
    whole,
)

__all__ = [
    "MOST_YEARS",
    "bounds",
    "bounds_and_times",
    "check_rule",
    "days_found",
    "days_of",
    "expand",
    "occurrences",
    "whole",
]
