"""What is missing in the plan, in a line for people: on the desk's page and in the mail of the morning."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from dateline.domain.coverage import Coverage
from dateline_ingest.planning.gaps import Gap
from dateline_ingest.planning.plan import PlanEntry

LOCALE = "en_GB"


def gap_in_words(gap: Gap, zone: ZoneInfo, today: date) -> str:
    """'Ann Lee is late: it was due 18:00, Mon 30 Nov'."""
    coverage, entry = gap.coverage, gap.entry
    if coverage is None:
        return f"Nobody covers it: {day_in_words(gap.day, today)}, {clock_in_words(entry, zone)}" if entry else ""
    name = coverage.assignee
    if gap.kind == "late":
        who = f"{name} is late" if name else "Nobody has it, and it is late"
        return f"{who}: it was due {due_in_words(coverage, zone)}"
    if gap.kind == "past":
        return f"Its event is over, and {name} hasn’t filed" if name else "Its event is over, and nobody had it"
    if gap.kind == "unassigned":
        return f"Planned, and nobody has it: {day_in_words(gap.day, today)}"
    return f"Its event doesn’t take place, and {name or 'nobody'} has it still"


def due_in_words(coverage: Coverage, zone: ZoneInfo) -> str:
    """'18:00, Mon 30 Nov'; the day alone where it is due at no time."""
    if coverage.due_at is None:
        return str(format_date(coverage.day, "EEE d MMM", locale=LOCALE))
    return str(format_datetime(coverage.due_at, "HH:mm, EEE d MMM", tzinfo=zone, locale=LOCALE))


def day_in_words(day: date, today: date) -> str:
    """'today', 'tomorrow', 'Fri 27 Nov'."""
    near = {0: "today", 1: "tomorrow"}.get((day - today).days)
    return near or str(format_date(day, "EEE d MMM", locale=LOCALE))


def clock_in_words(entry: PlanEntry, zone: ZoneInfo) -> str:
    """'19:00', 'all day'; 'goes on' for what began before."""
    if not entry.begins_here:
        return "goes on"
    start = entry.time.start
    return f"{start.astimezone(zone):%H:%M}" if isinstance(start, datetime) else "all day"
