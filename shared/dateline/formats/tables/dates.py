"""Dates and times as people type them into tables: ISO 8601, numbers with points or slashes, months in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Final

from babel.dates import get_month_names

from dateline.formats.tables.sheet import Cell, text_of_cell
from dateline.ports.ledger.column_mappings import DateOrder

_LANGUAGES: Final = ("en", "ru", "be")
_ISO: Final = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_POINTS: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHES: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_DAY_MONTH: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|-?го|-га)?\.?\s+([^\W\d]{3,})\.?,?\s+(\d{4})", re.IGNORECASE)
_MONTH_DAY: Final = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_WEEKDAY: Final = re.compile(r"[^\W\d]{2,}\.?,?\s+(?=\d)")
_YEAR_WORD: Final = re.compile(r"\s*(?:г|года?)\.?$", re.IGNORECASE)
_TWO_DIGITS: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*([ap]\.?m\.?|[hч]\.?)?", re.IGNORECASE)
_DATE_THEN_TIME: Final = re.compile(
    r"(.*\d)(?:T|,?\s+(?:at |в |у |о )?)(\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?)(Z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(r"\s*[–—]\s*|\s+(?:-|to|till|until|до|по|да|па)\s+", re.IGNORECASE)
_TIME_RANGE: Final = re.compile(r"\s*[–—-]\s*|\s+(?:to|till|until|до|да)\s+", re.IGNORECASE)
_MOST: Final = 100
"""Characters of what may be a date."""


class Unreadable(ValueError):
    """What stands there is no date, or may be two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a cell says of a time: a day, the clock on it, or both; ``offset`` as it is written (``+03:00``, ``Z``)."""

    day: date | None = None
    clock: time | None = None
    offset: str = ""


def order_shown(cells: Iterable[Cell]) -> DateOrder:
    """What 05/12/2017 means in a column: as its other dates show, of which one part can be no month; "" where none
    does, or they contradict each other."""
    first = second = False
    for cell in cells:
        for found in _SLASHES.finditer(cell[:_MOST]) if isinstance(cell, str) else ():
            first = first or int(found[1]) > 12
            second = second or int(found[2]) > 12
    return "dmy" if first and not second else "mdy" if second and not first else ""


def read_range(cell: Cell, order: DateOrder) -> tuple[Said, Said | None]:
    """A date, with or without a time; or two of them, from one to the other. Raises ``Unreadable``."""
    if not isinstance(cell, str):
        return read_date(cell, order), None
    parts = _RANGE.split(_bounded(cell), maxsplit=1)
    if len(parts) == 2 and all(parts):
        return read_date(parts[0], order), read_time_or_date(parts[1], order)
    return read_date(cell, order), None


def _bounded(text: str) -> str:
    """A cell without its outer space, cut: what is longer is no date."""
    return text.strip()[: 2 * _MOST]


def read_time_or_date(cell: Cell, order: DateOrder) -> Said:
    """An end, which may be a clock's time alone. Raises ``Unreadable``."""
    if isinstance(cell, time) or (isinstance(cell, str) and _CLOCK.fullmatch(_bounded(cell))):
        return Said(clock=read_clock(cell))
    return read_date(cell, order)


def read_date(cell: Cell, order: DateOrder) -> Said:
    """A date, with or without a time. Raises ``Unreadable``."""
    if isinstance(cell, datetime):
        return Said(day=cell.date(), clock=cell.time() if cell.time() != time() else None)
    if isinstance(cell, date):
        return Said(day=cell)
    if not isinstance(cell, str):
        raise Unreadable(_why_not(text_of_cell(cell)[:_MOST]))
    text = cell.strip()[:_MOST]
    if found := _DATE_THEN_TIME.fullmatch(text):
        return Said(day=_day(found[1], order), clock=read_clock(found[2]), offset=found[3] or "")
    return Said(day=_day(text, order))


def read_clock_range(cell: Cell) -> tuple[time, time | None]:
    """A clock's time, or two: 19:00–21:00. Raises ``Unreadable``."""
    if isinstance(cell, str):
        parts = _TIME_RANGE.split(_bounded(cell), maxsplit=1)
        if len(parts) == 2 and all(parts):
            return read_clock(parts[0]), read_clock(parts[1])
    return read_clock(cell), None


def read_clock(cell: Cell) -> time:
    """A clock's time: 19:00, 19.00, 7 pm, 19 ч. Raises ``Unreadable``."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    text = text_of_cell(cell)[:_MOST]
    found = _CLOCK.fullmatch(text)
    half = (found[4] or "").lower() if found else ""
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if half.startswith(("a", "p")):
        hour = hour % 12 + 12 * half.startswith("p") if 1 <= hour <= 12 else 99
    elif found and found[2] is None and not half:
        hour = 99  # a number alone is no time
    try:
        return time(hour, minute, int(found[3] or 0) if found else 0)
    except ValueError:
        raise Unreadable(f"{text!r} is no time of a day, such as 19:00.") from None


def _day(text: str, order: DateOrder) -> date:
    bare = _YEAR_WORD.sub("", text.strip())
    without_weekday = _WEEKDAY.sub("", bare, count=1)
    numbers = _numbers(bare, order) or _numbers(without_weekday, order)
    if numbers is None:
        raise Unreadable(_why_not(text.strip()))
    year, month, day = numbers
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"There is no such day: {text!r}.") from None


def _numbers(text: str, order: DateOrder) -> tuple[int, int, int] | None:
    """Year, month and day; None for what is no date. Raises ``Unreadable`` for what may be two."""
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _POINTS.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    if found := _SLASHES.fullmatch(text):
        return _of_slashes(int(found[1]), int(found[2]), int(found[3]), order, text)
    if (found := _DAY_MONTH.fullmatch(text)) and (month := _months().get(found[2].casefold())):
        return int(found[3]), month, int(found[1])
    if (found := _MONTH_DAY.fullmatch(text)) and (month := _months().get(found[1].casefold())):
        return int(found[3]), month, int(found[2])
    return None


def _why_not(text: str) -> str:
    if not text:
        return "A date is missing."
    if _TWO_DIGITS.fullmatch(text):
        return f"{text!r}: write the year with four digits."
    return f"{text!r} is no date that can be read, such as 2017-12-05, 5.12.2017 or 5 December 2017."


def _of_slashes(first: int, second: int, year: int, order: DateOrder, text: str) -> tuple[int, int, int]:
    if order == "dmy" or (not order and first > 12):
        return year, second, first
    if order == "mdy" or (not order and second > 12) or first == second:
        return year, first, second
    raise Unreadable(f"{text!r} may be two days: say whether the day comes first (dmy) or the month (mdy).")


@cache
def _months() -> Mapping[str, int]:
    """The names of the months, whole and short, in any case that dates have them in."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, language)
                found |= {name.rstrip(".").casefold(): number for number, name in names.items()}
    return found
