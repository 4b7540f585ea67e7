"""Which days a story names: '5 July', 'July 5', '5–9 ліпеня', '2026-07-05', 'on Saturday', 'tomorrow'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = (
    "jan янв студз", "feb фев лют", "mar мар сакав", "apr апр крас", "may мая май трав", "jun июн чэрв",
    "jul июл ліп лип", "aug авг жні", "sep сен вер", "oct окт каст", "nov ноя ліст", "dec дек снеж",
)  # fmt: skip
_MONTH_OF: Final = {stem: number for number, stems in enumerate(_MONTHS, 1) for stem in stems.split()}
_MONTH: Final = f"({'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})[^\\W\\d_]*"
_DAYS: Final = (
    r"(\d{1,2})(?:st|nd|rd|th|-го|-га)?(?:\s*(?:-|–|—|to|and|по|и|да|і)\s*(\d{1,2})(?:st|nd|rd|th|-го|-га)?)?"
)
_DAY_FIRST: Final = re.compile(rf"\b{_DAYS}\s+(?:of\s+)?{_MONTH}(?:\s+(\d{{4}}))?", re.IGNORECASE)
_MONTH_FIRST: Final = re.compile(rf"\b{_MONTH}\.?\s+{_DAYS}\b(?:,?\s+(\d{{4}}))?", re.IGNORECASE)
_ISO: Final = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DOTTED: Final = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_WEEKDAYS: Final = (
    ("monday", "понедельник", "панядзел"), ("tuesday", "вторник", "аўтор"), ("wednesday", "среду", "сераду"),
    ("thursday", "четверг", "чацвер", "чацвяр"), ("friday", "пятниц", "пятніц"), ("saturday", "суббот", "субот"),
    ("sunday", "воскресень", "нядзел"),
)  # fmt: skip
_WEEKDAY_OF: Final = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_WEEKDAY: Final = re.compile(rf"\b({'|'.join(_WEEKDAY_OF)})", re.IGNORECASE)
_NEAR: Final = {
    "today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1, "сегодня": 0, "завтра": 1, "вчера": -1, "сёння": 0,
    "заўтра": 1, "учора": -1, "ўчора": -1,
}  # fmt: skip
_NEAR_WORD: Final = re.compile(rf"\b({'|'.join(_NEAR)})\b", re.IGNORECASE)
LONGEST: Final = 31
"""Days of a range: what is longer is no event's time."""


def days_named(text: str, told: date) -> set[date]:
    """The days that a text of the day ``told`` names. Where no year is said, those of the years around it; a weekday is
    the one of the week before and of the week after."""
    found: set[date] = set()
    for match in _DAY_FIRST.finditer(text):
        first, last, month, year = match.groups()
        found.update(_range(first, last, month, year, told))
    for match in _MONTH_FIRST.finditer(text):
        month, first, last, year = match.groups()
        found.update(_range(first, last, month, year, told))
    for match in _ISO.finditer(text):
        found.update(_day(*map(int, match.groups())))
    for match in _DOTTED.finditer(text):
        day, month_number, year_number = map(int, match.groups())
        found.update(_day(year_number, month_number, day))
    for match in _WEEKDAY.finditer(text):
        ahead = (_WEEKDAY_OF[match[1].lower()] - told.weekday()) % 7
        found.update({told + timedelta(days=ahead), told + timedelta(days=ahead - 7)})
    found.update(told + timedelta(days=_NEAR[match[1].lower()]) for match in _NEAR_WORD.finditer(text))
    return found


def _range(first: str, last: str | None, month: str, year: str | None, told: date) -> Iterator[date]:
    number = _MONTH_OF[month.lower()]
    for each in (int(year),) if year else (told.year - 1, told.year, told.year + 1):
        for begin in _day(each, number, int(first)):
            ends = [*_day(each, number, int(last))] if last else [begin]
            for end in ends:
                span = min((end - begin).days, LONGEST)
                yield from (begin + timedelta(days=days) for days in range(max(span, 0) + 1))


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return
