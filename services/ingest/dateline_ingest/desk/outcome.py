"""What sending a story will do, in the words that its button says."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

NOW = "Put on the site now"
TO_EDITORS = "Send to the editor"


def outcome(embargo: datetime | None, zone: ZoneInfo, now: datetime, at_once: str = NOW) -> str:
    """When readers will have a story with this embargo: at once, or then, on the newsroom's clock."""
    return at_once if embargo is None or embargo <= now else f"Hold until {hold_time(embargo, zone, now)}"


def hold_time(embargo: datetime, zone: ZoneInfo, now: datetime) -> str:
    """The end of an embargo in words: "18:00, Tuesday 1 December (Minsk)"; the year where it isn't this one."""
    here = embargo.astimezone(zone)
    clock = "HH:mm:ss" if here.second else "HH:mm"
    day = "EEEE d MMMM" if here.year == now.astimezone(zone).year else "EEEE d MMMM y"
    return f"{format_datetime(here, f'{clock}, {day}', tzinfo=zone, locale='en_GB')} ({zone_city(zone)})"


def clock_words(moment: datetime, zone: ZoneInfo, now: datetime | None = None) -> str:
    """A time as one says it: "18:00" of today's, else with its day ("18:00, 3 December"), and its year where it isn't
    this one."""
    here, today = moment.astimezone(zone), (now or datetime.now(UTC)).astimezone(zone)
    if here.date() == today.date():
        return f"{here:%H:%M}"
    day = "d MMMM" if here.year == today.year else "d MMMM y"
    return format_datetime(here, f"HH:mm, {day}", tzinfo=zone, locale="en_GB")


def zone_city(zone: ZoneInfo) -> str:
    """A zone as people say it: by its city."""
    return zone.key.rpartition("/")[2].replace("_", " ")
