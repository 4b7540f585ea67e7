"""A date that isn't the weekday named beside it, in English, Russian and Belarusian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from dateline.copy_check.remark import TEXT_FIELDS, CheckedText, Remark, about

_WEEKDAYS: Final = (
    ("mon", "понедельник", "панядзел"), ("tue", "вторник", "аўтор"), ("wed", "сред", "серад"),
    ("thu", "четверг", "чацв"), ("fri", "пятниц", "пятніц"), ("sat", "суббот", "субот"),
    ("sun", "воскресень", "нядзел"),
)  # fmt: skip
"""How a weekday begins, Monday first."""
_MONTHS: Final = (
    ("jan", "январ", "студзен"), ("feb", "феврал", "лют"), ("mar", "март", "сакавік"), ("apr", "апрел", "красавік"),
    ("may", "мая", "траўн", "мая"), ("jun", "июн", "чэрвен"), ("jul", "июл", "ліпен"),
    ("aug", "август", "жні"), ("sep", "сентябр", "верас"), ("oct", "октябр", "кастрычнік"),
    ("nov", "ноябр", "лістапад"), ("dec", "декабр", "снежн", "снежан"),
)  # fmt: skip
NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_EN_DAY: Final = (
    r"Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs(?:day)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?"
)
_EN_MONTH: Final = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?"
)
_CY_DAY: Final = (
    r"понедельник\w{0,2}|вторник\w{0,2}|сред(?:а|у|ы|е|ой)|четверг\w{0,2}|пятниц\w{1,2}|суббот\w{1,2}|воскресень\w{1,2}|"
    r"панядзел\w{1,4}|аўтор\w{1,4}|серад(?:а|у|ы|зе|ой)|чацв\w{2,4}|пятніц\w{1,2}|субот\w{1,2}|нядзел\w{1,2}"
)
_CY_MONTH: Final = (
    r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    r"студзеня|лютага|сакавіка|красавіка|траўня|чэрвеня|ліпеня|жніўня|верасня|кастрычніка|лістапада|снежня"
)
_YEAR: Final = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
_ORDINAL: Final = r"(?P<n>\d{1,2})(?:st|nd|rd|th)?"
_PATTERNS: Final = (
    re.compile(
        rf"\b(?P<day>{_EN_DAY})\b\.?,?\s+(?:the\s+)?{_ORDINAL}\s+(?:of\s+)?(?P<month>{_EN_MONTH})\b(?:\.(?=\s\d))?{_YEAR}"
    ),
    re.compile(rf"\b(?P<day>{_EN_DAY})\b\.?,?\s+(?P<month>{_EN_MONTH})\b\.?\s+{_ORDINAL}(?!\d|:\d){_YEAR}"),
    re.compile(
        rf"\b(?P<day>{_CY_DAY})\b,?\s+(?P<n>\d{{1,2}})(?:-?го|-га)?\s+(?P<month>{_CY_MONTH})\b{_YEAR}", re.IGNORECASE
    ),
)
_ANY_YEAR: Final = re.compile(r"\b1[0-9]\d\d\b|\b20\d\d\b")
_SENTENCE_END: Final = re.compile(r"[.!?]\s|\n")


def weekday_remarks(text: CheckedText) -> Iterator[Remark]:
    """Dates with another weekday's name. Without a year the nearest such date to the story's day is meant; where the
    sentence names years, who knows which."""
    for field in TEXT_FIELDS:
        words = text.text(field)
        for pattern in _PATTERNS:
            for found in pattern.finditer(words):
                meant = _date(found, words, text.day)
                if meant and _index(_WEEKDAYS, found["day"]) != meant.weekday():
                    said = f"{meant.day} {meant:%B %Y} is a {NAMES[meant.weekday()]}."
                    yield about(text, "weekday", field, found.span(), said)


def _date(found: re.Match[str], words: str, near: date) -> date | None:
    """The date that is meant; None where it can't be said, or there is none."""
    month, day = _index(_MONTHS, found["month"]) + 1, int(found["n"])
    if found["year"]:
        return _real(int(found["year"]), month, day)
    if _ANY_YEAR.search(_sentence(words, found.start(), found.end())):
        return None
    candidates = (_real(near.year + step, month, day) for step in (-1, 0, 1))
    return min((one for one in candidates if one), key=lambda one: abs(one - near), default=None)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _sentence(words: str, start: int, end: int) -> str:
    before = [found.end() for found in _SENTENCE_END.finditer(words, max(0, start - 300), start)]
    after = _SENTENCE_END.search(words, end, end + 300)
    return words[before[-1] if before else max(0, start - 300) : after.start() if after else end + 300]


def _index(names: tuple[tuple[str, ...], ...], said: str) -> int:
    """Which of ``names`` is said, by its beginning."""
    lower = said.lower()
    return next(place for place, beginnings in enumerate(names) if lower.startswith(beginnings))
