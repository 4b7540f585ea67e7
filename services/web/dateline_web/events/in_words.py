"""When an event takes place, in words that a person could read aloud; and how it recurs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names
from babel.numbers import format_currency

from dateline.domain.document import EventDocument
from dateline.domain.event import Location, Occurrence, Price
from dateline.domain.recurrence import days_of, moments
from dateline.domain.recurrence.rrule import Rule, parse_rule
from dateline_web.context import web
from dateline_web.dates.formatting import city_of, day_and_month, day_in_words, short_day
from dateline_web.dates.reader_zone import reader_zone

NIGHT: Final = timedelta(hours=12)
"""An end on the next day within so long is the end of an evening."""
_UNITS: Final = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week", "DAILY": "day", "HOURLY": "hour",
                 "MINUTELY": "minute", "SECONDLY": "second"}  # fmt: skip
_ORDINALS: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "last but one"}


def when(occurrence: Occurrence, zone: tzinfo) -> str:
    """'Friday, 3 July 2026, 19:00 to 21:30', on the clock of ``zone``."""
    start, end = occurrence.start, occurrence.end
    if not isinstance(start, datetime):
        return _days(start, end) if end is not None and end != start else f"{_day(start)}, all day"
    begin = start.astimezone(zone)
    if not isinstance(end, datetime) or end <= start:
        return f"{_day(begin)}, {_time(begin)}"
    finish = end.astimezone(zone)
    if finish.date() == begin.date() or (end - start < NIGHT and finish.hour < 9):
        return f"{_day(begin)}, {_time(begin)} to {_time(finish)}"
    return f"{_day(begin)}, {_time(begin)}, to {_day(finish)}, {_time(finish)}"


def hours(occurrence: Occurrence) -> str:
    """'19:00–21:30' on the newsroom's clock; 'all day'; 'until 5 July' for several days."""
    first, last = days_of(occurrence, web().settings.timezone)
    start, end = occurrence.start, occurrence.end
    if not isinstance(start, datetime):
        return f"until {day_and_month(last)}" if last > first else "all day"
    zone = web().settings.timezone
    begin = _time(start.astimezone(zone))
    if not isinstance(end, datetime) or end <= start:
        return begin
    if last > first and end - start >= NIGHT:
        return f"{begin}, until {day_and_month(last)}"
    return f"{begin}–{_time(end.astimezone(zone))}"


def moved_to(occurrence: Occurrence, before: Occurrence) -> str:
    """'20:00', '3 July, 19:00' or '3 Jul 2027, 19:00' on the newsroom's clock: what is new in it; without an hour where
    it takes all day."""
    zone, start = web().settings.timezone, occurrence.start
    day, old_day = (days_of(one, zone)[0] for one in (occurrence, before))
    hour = _time(start.astimezone(zone)) if isinstance(start, datetime) else ""
    if day == old_day and hour:
        return hour
    said = day_and_month(day) if day.year == old_day.year else short_day(day)
    return f"{said}, {hour}" if hour else said


def own_hours(occurrence: Occurrence) -> str:
    """'18:00–20:30 in Vilnius', on the clock of the zone that the reader chose; empty where that says the same."""
    start, end, zone = occurrence.start, occurrence.end, _own_zone(occurrence)
    if zone is None or not isinstance(start, datetime):
        return ""
    here, there = start.astimezone(web().settings.timezone), start.astimezone(zone)
    until = ""
    if isinstance(end, datetime) and timedelta(0) < end - start < NIGHT:
        until = f"–{_time(end.astimezone(zone))}"
    day = f" on {day_and_month(there.date())}" if there.date() != here.date() else ""
    return f"{_time(there)}{until}{day} in {city_of(zone)}"


def own_start(occurrence: Occurrence) -> str:
    """'18:00 in Vilnius', '01:30 next day in Tokyo': the same where there is little room."""
    start, zone = occurrence.start, _own_zone(occurrence)
    if zone is None or not isinstance(start, datetime):
        return ""
    here, there = start.astimezone(web().settings.timezone), start.astimezone(zone)
    days = (there.date() - here.date()).days
    return f"{_time(there)}{' next day' if days > 0 else ' the day before' if days < 0 else ''} in {city_of(zone)}"


def _own_zone(occurrence: Occurrence) -> ZoneInfo | None:
    """The reader's zone, where it says another time of an occurrence than the newsroom's."""
    start, zone = occurrence.start, reader_zone()
    if zone is None or not isinstance(start, datetime):
        return None
    offsets = {start.astimezone(clock).utcoffset() for clock in (zone, web().settings.timezone)}
    return zone if len(offsets) == 2 else None


def own_when(occurrence: Occurrence, clock: tzinfo) -> str:
    """'In Vilnius: Friday, 3 July 2026, 18:00', where that is not what ``clock`` shows."""
    start, zone = occurrence.start, reader_zone()
    if zone is None or not isinstance(start, datetime):
        return ""
    if start.astimezone(zone).utcoffset() == start.astimezone(clock).utcoffset():
        return ""
    return f"In {city_of(zone)}: {when(occurrence, zone)}"


def clock_of(event: EventDocument) -> tzinfo:
    """The clock on which an event takes place."""
    return moments.clock_of(event, web().settings.timezone)


def clock_in_words(event: EventDocument, occurrence: Occurrence) -> str:
    """'Minsk time'; 'UTC+01:45' where a calendar brought a clock of its own."""
    clock = clock_of(event)
    if isinstance(clock, ZoneInfo) or not isinstance(occurrence.start, datetime):
        return f"{city_of(clock)} time" if isinstance(clock, ZoneInfo) else ""
    offset = f"{occurrence.start.astimezone(clock):%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}"


def where(location: Location | None) -> str:
    """'Upper Town, 8 Pobediteley Avenue, Minsk, Belarus'."""
    return "" if location is None else location.in_one_line


def price(price: Price) -> str:
    """'Free', 'BYN 12.50', 'BYN 10 to BYN 25; students less'."""
    amounts = [_money(amount, price.currency) for amount in dict.fromkeys((price.amount, price.up_to)) if amount]
    return "; ".join(filter(None, ("Free" if price.free else " to ".join(amounts), price.note)))


def _money(amount: str, currency: str) -> str:
    """An amount without digits that say nothing: BYN 10, BYN 12.50."""
    number = Decimal(amount)
    whole = number == number.to_integral_value()
    pattern = "¤ #,##0" if whole else "¤ #,##0.00##"
    return format_currency(number, currency, pattern, locale=web().locale, currency_digits=False)


def recurrence_in_words(event: EventDocument) -> str:
    """'Every Saturday, until 31 December 2026'; empty for an event that takes place once."""
    if not event.rrule or event.start is None:
        return "On several days" if event.rdates or event.periods else ""
    clock = clock_of(event)
    rules = [parse_rule(rule) for rule in (event.rrule, *event.further_rrules)]
    first, *more = (_every(rule, event.start, clock) + _ending(rule) for rule in rules)
    return ", and ".join([first, *(each[:1].lower() + each[1:] for each in more)])


def _every(rule: Rule, start: date | datetime, zone: tzinfo) -> str:
    day = start.astimezone(zone).date() if isinstance(start, datetime) else start
    unit = _UNITS[rule.freq]
    every = f"Every {unit}" if rule.interval == 1 else f"Every {rule.interval} {unit}s"
    days = _weekdays(rule.by_day)
    if len(rule.by.get("BYYEARDAY", ())) > 1:
        return "Several times a year" if rule.interval == 1 else f"Several times every {rule.interval} years"
    if rule.freq == "DAILY" or (rule.by.keys() - {"BYMONTH", "BYMONTHDAY", "BYHOUR", "BYMINUTE"}):
        return every
    if rule.freq == "WEEKLY":
        weekdays = days or _weekday(day.weekday())
        return f"Every {weekdays}" if rule.interval == 1 else f"{every} on {weekdays}"
    if rule.freq == "MONTHLY":
        return f"{every} on {days or 'day ' + _listed([str(one) for one in rule.by.get('BYMONTHDAY', (day.day,))])}"
    if rule.freq == "YEARLY" and days:
        return f"{every} on {days}" + (f" of {_months(rule.by['BYMONTH'])}" if "BYMONTH" in rule.by else "")
    if rule.freq == "YEARLY" and len(rule.by.get("BYMONTH", ())) < 2 and len(rule.by.get("BYMONTHDAY", ())) < 2:
        month, number = rule.by.get("BYMONTH", (day.month,))[0], rule.by.get("BYMONTHDAY", (day.day,))[0]
        if (number > 0 and "BYMONTHDAY" not in rule.by) or ("BYMONTH" in rule.by and number > 0):
            return f"{every} on {day_and_month(date(2000, month, number))}"
    return every


def _ending(rule: Rule) -> str:
    if rule.count:
        return f", {rule.count} times" if rule.count > 1 else ""
    if rule.until:
        return f", until {day_in_words(rule.until)}"
    return ""


def _weekdays(days: Sequence[tuple[int, int]]) -> str:
    names = []
    for ordinal, weekday in days:
        if ordinal and ordinal not in _ORDINALS:
            return ""
        names.append(f"the {_ORDINALS[ordinal]} {_weekday(weekday)}" if ordinal else _weekday(weekday))
    return _listed(names)


def _weekday(number: int) -> str:
    return str(get_day_names("wide", context="stand-alone", locale=web().locale)[number])


def _months(numbers: Sequence[int]) -> str:
    return _listed([format_date(date(2000, number, 1), "LLLL", locale=web().locale) for number in numbers])


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _days(first: date, last: date) -> str:
    locale = web().locale
    if first.year == last.year:
        return f"{format_date(first, 'EEEE, d MMMM', locale=locale)}, to {_day(last)}"
    return f"{_day(first)}, to {_day(last)}"


def _day(day: date) -> str:
    return format_date(day, "EEEE, d MMMM y", locale=web().locale)


def _time(moment: datetime) -> str:
    return f"{moment:%H:%M}"
