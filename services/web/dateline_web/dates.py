"""Days, times and numbers in the reader's language (CLDR, by babel), as templates say them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_time, get_timezone_name
from babel.numbers import format_decimal

from dateline_web.context import web


def day_in_words(day: date) -> str:
    """'5 December 2017', in the newsroom's language."""
    return format_date(day, "d MMMM y", locale=web().locale)


def weekday_in_words(day: date) -> str:
    """'Tuesday, 5 December 2017'."""
    return format_date(day, "EEEE, d MMMM y", locale=web().locale)


def short_day(day: date) -> str:
    """'5 Dec 2017'."""
    return _short_day(day, web().locale)


@lru_cache(4096)
def _short_day(day: date, locale: Locale) -> str:
    return format_date(day, "d MMM y", locale=locale)


def month_in_words(day: date) -> str:
    """'December 2017'."""
    return format_date(day, "LLLL y", locale=web().locale)


def month_name(day: date) -> str:
    """'December'."""
    return format_date(day, "LLLL", locale=web().locale)


def clock_time(moment: datetime) -> str:
    """'14:05', on the newsroom's clock."""
    return format_time(moment, "HH:mm", tzinfo=web().settings.timezone, locale=web().locale)


def moment_in_words(moment: datetime) -> str:
    """'5 December 2017, 14:05', on the newsroom's clock."""
    return format_datetime(moment, "d MMMM y, HH:mm", tzinfo=web().settings.timezone, locale=web().locale)


def zone_in_words(moment: datetime) -> str:
    """'Minsk time', said once a page."""
    zone = web().settings.timezone
    city = zone.key.rsplit("/", 1)[-1].replace("_", " ")
    return f"{city} time" if "/" in zone.key else get_timezone_name(moment.astimezone(zone), locale=web().locale)


def number(value: int) -> str:
    """'1,204'."""
    return _number(value, web().locale)


@lru_cache(4096)
def _number(value: int, locale: Locale) -> str:
    """A page has dozens of them, most of them small and seen before."""
    return format_decimal(value, locale=locale)


def day_and_month(day: date) -> str:
    """'5 December'."""
    return format_date(day, "d MMMM", locale=web().locale)


def iso_local(moment: datetime) -> str:
    """ISO 8601 with the newsroom's offset."""
    return moment.astimezone(web().settings.timezone).isoformat()
