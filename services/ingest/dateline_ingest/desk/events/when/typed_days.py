"""Days as people type them in a list: '25 December', '14 Jan 2027, 28.1.2027 18:30', 'Christmas (2026-12-25)'."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Final

from babel.dates import get_month_names

from dateline.errors import InvalidInput

MOST: Final = 100
FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2999
_LANGUAGES: Final = ("en", "ru", "be")
_SEPARATORS: Final = re.compile(r"[;\n]|,(?!\s*\d{4}\b)|\band\b", re.IGNORECASE)
"""'December 25, 2026' is one day."""
_TIME: Final = re.compile(r"[\s,T]+(?:at\s+)?([01]?\d|2[0-3])[:.]([0-5]\d)\s*$", re.IGNORECASE)
_ISO: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DOTTED: Final = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.?(?P<year>\d{4})?")
_NAMED: Final = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?P<name>[^\W\d_]+)|(?P<name2>[^\W\d_]+)\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?)"
    r"\.?(?:,?\s*(?P<year>\d{4}))?"
)
_LABEL: Final = re.compile(r"[^()]*\(([^()]*)\)\s*")
_WEEKDAY: Final = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?(?:\s+|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDay:
    """One day of a list: of every year where it names none; at the series' time where it names none."""

    text: str
    month: int
    day: int
    year: int | None = None
    time: time | None = None

    def in_year(self, year: int) -> date | None:
        """The day in that year; None for 29 February of most."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def typed_days(text: str) -> list[TypedDay]:
    """The days of a list, in its order. Raises ``InvalidInput`` that names the first part which is none."""
    parts = [part.strip() for part in _SEPARATORS.split(text) if part and not _WEEKDAY.fullmatch(part.strip() + " ")]
    parts = [part for part in parts if part]
    if len(parts) > MOST:
        raise InvalidInput(f"At most {MOST} days.")
    return [_typed_day(part) for part in parts]


def one_day(text: str) -> date:
    """The one day that was typed, its year too. Raises ``InvalidInput``."""
    day: date | None = None
    with suppress(ValueError):
        day = date.fromisoformat(text)
    if day is None:
        found = typed_days(text)
        day = found[0].in_year(found[0].year) if len(found) == 1 and found[0].year else None
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidInput(f"A day of the years {FIRST_YEAR} to {LAST_YEAR}.")
    if day is None:
        raise InvalidInput(f"{text[:60]!r} is no day: write it like 2026-12-25, or 25 December 2026.")
    return day


def _typed_day(text: str) -> TypedDay:
    inside = _LABEL.fullmatch(text)
    said = (inside[1] if inside else text).strip()
    clock = _TIME.search(said)
    bare = _WEEKDAY.sub("", said[: clock.start()] if clock else said, count=1).strip()
    found = _ISO.fullmatch(bare) or _DOTTED.fullmatch(bare) or _NAMED.fullmatch(bare)
    if found is None:
        raise InvalidInput(_refusal(text))
    groups = found.groupdict()
    month = int(groups["month"]) if groups.get("month") else _months().get(_name(groups).casefold(), 0)
    day, year = int(groups["day"] or groups["day2"]), int(groups["year"]) if groups["year"] else None
    if year and not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput(f"A day of the years {FIRST_YEAR} to {LAST_YEAR}.")
    try:
        date(year or 2000, month, day)
    except ValueError:
        raise InvalidInput(_refusal(text)) from None
    at = time(int(clock[1]), int(clock[2])) if clock else None
    return TypedDay(text=text, month=month, day=day, year=year, time=at)


def _name(groups: dict[str, str | None]) -> str:
    return groups.get("name") or groups.get("name2") or ""


def _refusal(text: str) -> str:
    if re.fullmatch(r"\d{1,2}/\d{1,2}(/\d{2,4})?", text):
        return f"{text[:60]!r} may mean two days: write it like 25 December 2026."
    return f"{text[:60]!r} is no day: write it like 25 December, or 25 December 2026."


@cache
def _months() -> dict[str, int]:
    """Names of months, whole and short, in the languages that are written here."""
    names: dict[str, int] = {"sept": 9}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                found = get_month_names(width, context=context, locale=language)
                names |= {str(name).casefold().rstrip("."): number for number, name in found.items()}
    return names
