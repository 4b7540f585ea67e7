"""The days that a sentence says, read against the day of its text."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from dateline.announcements import day_words as words

JUST_PAST: Final = timedelta(days=65)
"""A day without a year that was so lately is meant, not the next one of its name."""
FARTHEST: Final = timedelta(days=800)
"""No text announces what is farther away; nor does anything last longer."""
_DIGIT: Final = re.compile("[0-9]")
_PLURAL: Final = ("s", "ам", "ям", "ах", "ях")

Span = tuple[int, int]
Role = Literal["day", "range", "since", "until", "by", "over"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Days that stand somewhere in a sentence, and what they are there; those that are over, or in no calendar, too."""

    role: Role
    first: date
    last: date
    at: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """When something takes place, without the time of day. ``rule`` is an RRULE; ``how`` names the rule of reading.

    ``vague``: the words alone, as 'on Saturday', are as often said of what was.
    """

    first: date
    last: date | None = None
    rule: str = ""
    vague: bool = False
    how: str
    at: Span


def days_in(sentence: str, today: date) -> Days | None:
    """The days of ``sentence``, whose text is of ``today``; None where it says none that are to come."""
    mentions = sorted(_mentions(sentence, today), key=lambda one: one.at)
    return _series(sentence, mentions, today) or _dated(mentions) or _named(sentence, mentions, today)


def _series(sentence: str, mentions: list[Mention], today: date) -> Days | None:
    """'Every Sunday until October', 'daily from 1 to 10 July'."""
    found = _rule_in(sentence) if words.may_recur(sentence) else None
    if found is None or any(one.role == "over" for one in mentions):
        return None
    rule, weekdays, at = found
    begins = [one.first for one in mentions if one.role in ("day", "since", "range")]
    ends = [one.last for one in mentions if one.role in ("until", "range")]
    first = _first_of(rule, weekdays, max(begins[0], today) if begins else today)
    if ends and ends[-1] < first:
        return None
    until = f";UNTIL={ends[-1]:%Y%m%d}" if ends else ""
    spans = [at, *(one.at for one in mentions if one.role != "by")]
    return Days(first=first, rule=rule + until, how="every", at=_hull(spans))


def _rule_in(sentence: str) -> tuple[str, list[int], Span] | None:
    if month := words.OF_MONTH.search(sentence):
        weekday = words.weekday_number(month["weekday"])
        assert weekday is not None  # the pattern has only names of weekdays
        place = words.ordinal_number(month["ordinal"])
        return f"FREQ=MONTHLY;BYDAY={place}{words.WEEKDAY_CODES[weekday]}", [weekday], month.span()
    for every in words.EVERY.finditer(sentence):
        if every["daily"]:
            return "FREQ=DAILY", [], every.span()
        names = re.findall(words.WEEKDAY, every["weekdays"], re.IGNORECASE)
        if not every["each"] and not all(name.casefold().endswith(_PLURAL) for name in names):
            continue
        numbers = sorted({number for name in names if (number := words.weekday_number(name)) is not None})
        return _weekly(every["ordinal"] or "", numbers), numbers, every.span()
    return None


def _weekly(ordinal: str, weekdays: list[int]) -> str:
    """'Every second Thursday' is each other week; 'every first Thursday' is the month's, as nobody counts weeks from
    nowhere."""
    codes, place = [words.WEEKDAY_CODES[number] for number in weekdays], words.ordinal_number(ordinal)
    if place in (0, 2):
        step = ";INTERVAL=2" if ordinal else ""
        return f"FREQ=WEEKLY{step};BYDAY={','.join(codes)}"
    return f"FREQ=MONTHLY;BYDAY={place}{codes[0]}"


def _first_of(rule: str, weekdays: list[int], after: date) -> date:
    """The first day from ``after`` on that a rule names."""
    if rule.startswith("FREQ=MONTHLY"):
        place = int(re.findall(r"BYDAY=(-?\d)", rule)[0])
        year, month = after.year, after.month
        while (day := _of_month(year, month, weekdays[0], place)) < after:
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return day
    while weekdays and after.weekday() not in weekdays:
        after += timedelta(days=1)
    return after


def _of_month(year: int, month: int, weekday: int, place: int) -> date:
    days = [day for day in calendar.Calendar().itermonthdates(year, month) if day.month == month]
    named = [day for day in days if day.weekday() == weekday]
    return named[place - 1] if place > 0 else named[-1]


def _dated(mentions: list[Mention]) -> Days | None:
    """'7–9 July', 'on 12 May', 'from 12 May until 3 June'."""
    begin = next((one for one in mentions if one.role in ("day", "range", "since")), None)
    if begin is None:
        return None
    if begin.role == "range":
        return Days(first=begin.first, last=begin.last, how="range", at=begin.at)
    end = next((one for one in mentions if one.role == "until" and one.at > begin.at and one.last > begin.first), None)
    if end is not None:
        return Days(first=begin.first, last=end.last, how="until", at=_hull([begin.at, end.at]))
    return Days(first=begin.first, vague=begin.role == "since", how="day", at=begin.at)


def _named(sentence: str, mentions: list[Mention], today: date) -> Days | None:
    """'Tomorrow', 'this Saturday'."""
    if mentions:
        return None
    if near := words.NEAR.search(sentence):
        add = 0 if near["day0"] else 1 if near["day1"] else 2
        return Days(first=today + timedelta(add), vague=True, how="near", at=near.span())
    if named := words.ON_WEEKDAY.search(sentence):
        number = words.weekday_number(named["weekday"])
        if number is None or (not named["this"] and named["weekday"].casefold().endswith("s")):
            return None
        add = (number - today.weekday()) % 7
        first = today + timedelta(add or (0 if named["this"] else 7))
        return Days(first=first, vague=True, how="weekday", at=named.span())
    return None


def _mentions(sentence: str, today: date) -> Iterator[Mention]:
    taken: list[Span] = []
    for pattern, read in (
        _READERS if words.may_have_ranges(sentence) else _READERS[2:] if _DIGIT.search(sentence) else ()
    ):
        for found in pattern.finditer(sentence):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            taken.append(found.span())
            mention = read(found, sentence[: found.start()], today)
            yield mention or Mention("over", today, today, found.span())
    for found in words.MONTH_ALONE.finditer(sentence) if words.UNTIL_MONTH.search(sentence) else ():
        free = not any(start < found.end() and found.start() < end for start, end in taken)
        if free and words.UNTIL.search(sentence[: found.start()]):
            yield _until_month(found, today)


def _range(found: re.Match[str], before: str, today: date) -> Mention | None:
    last = _resolved(found["day2"] or found["day2b"], found["month2"] or found["month2b"],
                     found["year2"] or found["year2b"], today)  # fmt: skip
    first = found["day1"] or found["day1b"], found["month1"] or found["month1b"]
    return _from_to(first, found["year1"] or found["year1b"], last, found.span())


def _short_range(found: re.Match[str], before: str, today: date) -> Mention | None:
    month, year = found["month"] or found["monthb"], found["year"] or found["yearb"]
    first, last = found["first"] or found["firstb"], found["last"] or found["lastb"]
    if found["to"] and re.search("and|и|і", found["to"]) and not words.BETWEEN.search(before):
        one, other = _number(first), _number(last)
        if other != one + 1:  # two days, and not all between them
            day = _resolved(first, month, year, today)
            return Mention("day", day, day, found.span()) if day else None
    return _from_to((first, month), year, _resolved(last, month, year, today), found.span())


def _from_to(first: tuple[str, str], year: str | None, last: date | None, at: Span) -> Mention | None:
    """From a day that is named to ``last``: the latest of its name before that, where no ``year`` is said."""
    if last is None:
        return None
    for guess in [int(year)] if year else [last.year, last.year - 1]:
        day = _made(guess, words.month_number(first[1]), _number(first[0]))
        if day and day <= last and last - day <= FARTHEST:
            return Mention("range", day, last, at)
    return None


def _single(found: re.Match[str], before: str, today: date) -> Mention | None:
    day = _resolved(found["day1"] or found["day1b"], found["month1"] or found["month1b"],
                    found["year1"] or found["year1b"], today)  # fmt: skip
    return Mention(_role(before), day, day, found.span()) if day else None


def _numeric(found: re.Match[str], before: str, today: date) -> Mention | None:
    if found["iso"]:
        year, month, number = map(int, found["iso"].split("-"))
    else:
        year, month, number = int(found["year"]), int(found["month"]), int(found["day"])
    day = _made(year, month, number)
    return Mention(_role(before), day, day, found.span()) if day and today <= day <= today + FARTHEST else None


_READERS: Final = (
    (words.RANGE, _range),
    (words.SHORT_RANGE, _short_range),
    (words.SINGLE, _single),
    (words.NUMERIC, _numeric),
)


def _role(before: str) -> Role:
    """What a day is by the words before it."""
    if words.BY.search(before):
        return "by"
    if words.UNTIL.search(before):
        return "until"
    return "since" if words.SINCE.search(before) else "day"


def _until_month(found: re.Match[str], today: date) -> Mention:
    """The last day of what goes on 'until October', or 'until the end of October'."""
    month = words.month_number(found["month"])
    year = int(found["year"]) if found["year"] else today.year + (month < today.month)
    if found["end"]:
        last = date(year, month, calendar.monthrange(year, month)[1])
    else:
        last = date(year, month, 1) - timedelta(days=1)
    return Mention("until", last, last, found.span())


def _resolved(day: str, month: str, year: str | None, today: date) -> date | None:
    """The day that is meant, if it is still to come: without a year the next one of its name."""
    number, at = _number(day), words.month_number(month)
    if year:
        said = _made(int(year), at, number)
        return said if said and today <= said <= today + FARTHEST else None
    years = [_made(today.year + add, at, number) for add in range(-1, 9)]
    before = [one for one in years if one and one < today]
    following = next((one for one in years if one and one >= today), None)
    if following is None or (before and today - before[-1] <= JUST_PAST):
        return None
    return following


def _number(day: str) -> int:
    return int(re.match(r"\d+", day)[0])  # type: ignore[index]


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hull(spans: list[Span]) -> Span:
    return min(start for start, _ in spans), max(end for _, end in spans)
