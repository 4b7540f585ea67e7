"""Days, times and numbers in the reader's language (CLDR, by babel), as templates say them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time, get_timezone_name
from babel.numbers import format_decimal

from dateline.domain.timestamps import rfc3339
from dateline_web.context import locale_of, web


def day_in_words(day: date) -> str:
    """'5 December 2017', in the newsroom's language."""
    return _day(day, "d MMMM y")


def weekday_in_words(day: date) -> str:
    """'Tuesday, 5 December 2017'."""
    return _day(day, "EEEE, d MMMM y")


def weekday_and_day(day: date) -> str:
    """'Tuesday, 5 December', where the year is said already."""
    return _day(day, "EEEE, d MMMM")


def short_day(day: date) -> str:
    """'5 Dec 2017'."""
    return _day(day, "d MMM y")


def month_in_words(day: date) -> str:
    """'December 2017'."""
    return _day(day, "LLLL y")


def month_name(day: date) -> str:
    """'December'."""
    return _day(day, "LLLL")


def clock_time(moment: datetime) -> str:
    """'14:05', on the newsroom's clock."""
    return format_time(moment, "HH:mm", tzinfo=web().settings.timezone, locale=web().locale)


def moment_in_words(moment: datetime) -> str:
    """'5 December 2017, 14:05', on the newsroom's clock."""
    return format_datetime(moment, "d MMMM y, HH:mm", tzinfo=web().settings.timezone, locale=web().locale)


def zone_in_words(moment: datetime) -> str:
    """'Minsk time', said once a page."""
    zone = web().settings.timezone
    if "/" in zone.key:
        return f"{city_of(zone)} time"
    return get_timezone_name(moment.astimezone(zone), locale=web().locale)


def city_of(zone: ZoneInfo) -> str:
    """'Minsk' of Europe/Minsk."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")


def number(value: int) -> str:
    """'1,204'."""
    return _number(value, web().settings.language)


def stories_count(value: int) -> str:
    """'1,204 stories'."""
    return f"{number(value)} {'story' if value == 1 else 'stories'}"


def day_and_month(day: date) -> str:
    """'5 December'."""
    return _day(day, "d MMMM")


def days_in_words(first: date, last: date) -> str:
    """'5 and 6 December', '28 November to 4 December'; one day is itself."""
    if first == last:
        return day_and_month(first)
    begin = str(first.day) if (first.year, first.month) == (last.year, last.month) else day_and_month(first)
    return f"{begin} {'and' if (last - first).days == 1 else 'to'} {day_and_month(last)}"


def iso_local(moment: datetime) -> str:
    """RFC 3339 with the newsroom's offset (UTC where that was no whole minutes)."""
    return rfc3339(moment.astimezone(web().settings.timezone))


def language_name(tag: str) -> str:
    """'Belarusian' for be, in the newsroom's language; the tag itself where CLDR knows no name."""
    return _language_name(tag, web().settings.language)


def _day(day: date, pattern: str) -> str:
    return _formatted(day, pattern, web().settings.language)


# A page says dozens of days and numbers, most of them said before; an answer of babel's takes as long as a page's line.


@lru_cache(8192)
def _formatted(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=locale_of(language))


@lru_cache(8192)
def _number(value: int, language: str) -> str:
    return format_decimal(value, locale=locale_of(language))


@lru_cache(1024)
def _language_name(tag: str, language: str) -> str:
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale_of(language)) or tag
    except (UnknownLocaleError, ValueError):
        return tag
