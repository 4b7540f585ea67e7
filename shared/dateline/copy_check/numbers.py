"""A number in the headline that differs from the text's: "12 hurt" above "14 people were hurt"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dateline.copy_check.number_words import CURRENCY, MONTH, NUMBER_WORDS, PASSED, PER_CENT, SCALES
from dateline.copy_check.remark import CheckedText, Remark, about

MOST: Final = 20
"""Numbers of a headline that are compared."""
CLOSE: Final = 0.1
"""A headline may round: a tenth more or less is the same number."""
STEM: Final = 4
"""Letters of a counted word that don't change with its case or number."""

_NUMBER: Final = re.compile(
    r"(?<![\w.,:/–—-])(?P<whole>\d{1,3}(?:[,\u00a0\u202f ’']\d{3})+(?!\d)|\d+)(?P<part>[.,]\d+)?"
    r"(?![\d:/]|[–—-]\d|(?:st|nd|rd|th)\b)"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_NEXT_WORD: Final = re.compile(r"[ \u00a0-]([^\W\d_]+)")
_GAP: Final = re.compile(r"[\s-]?")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number, what it counts (%, a currency, the stem of a word; "" where nothing is said), and both as written."""

    value: float
    counted: str
    span: tuple[int, int]
    said: str


def number_remarks(text: CheckedText) -> Iterator[Remark]:
    """Numbers of the headline that the text hasn't, where it has another number of the same things."""
    counted = [number for number in _numbers(text.headline) if number.counted][:MOST]
    told = [number for words in (text.summary, text.body_text) for number in _numbers(words)] if counted else []
    for number in counted:
        if any(_is_same(number.value, other.value) for other in told):
            continue
        if rival := next((other for other in told if other.counted == number.counted), None):
            message = f"The headline says “{number.said}”, the text “{rival.said}”."
            yield about(text, "number", "headline", number.span, message)


def _is_same(headline: float, other: float) -> bool:
    """Whether the headline's number is the text's, or that rounded."""
    rounds = headline != int(headline) or headline >= 1000 or (headline >= 20 and headline % 5 == 0)
    return headline == other or (rounds and abs(headline - other) <= CLOSE * other)


def _numbers(words: str) -> Iterator[_Number]:
    """Numbers in digits, then those in words; no years, dates, clock times, ordinals, ranges and scores."""
    for found in _NUMBER.finditer(words):
        value = float(re.sub(r"\D", "", found["whole"]) + (found["part"] or "").replace(",", "."))
        if not _is_year(found) and not MONTH.match(words, found.end()):
            yield _with_counted(value, found, words)
    for found in _WORD.finditer(words):
        if (small := NUMBER_WORDS.get(found[0].lower())) and not MONTH.match(words, found.end()):
            yield _with_counted(float(small), found, words)


def _is_year(found: re.Match[str]) -> bool:
    return re.fullmatch(r"(?:18|19|20)\d\d", found[0]) is not None


def _with_counted(value: float, found: re.Match[str], words: str) -> _Number:
    """The number with its scale and what it counts."""
    start, end = found.span()
    gap = _GAP.match(words, end)
    for pattern, factor in SCALES:
        if scale := pattern.match(words, gap.end() if gap else end):
            value, end = value * factor, scale.end()
    if unit := PER_CENT.match(words, end):
        counted, end = "%", unit.end()
    elif currency := CURRENCY.search(words, max(0, start - 2), start):
        counted, start = currency[0].strip(), currency.start()
    else:
        counted, end = _counted(words, end)
    return _Number(value, counted, (start, end), words[start:end])


def _counted(words: str, end: int) -> tuple[str, int]:
    """The stem of the word behind a number, past small words, and where it ends; "" where none of some letters is."""
    place = end
    while found := _NEXT_WORD.match(words, place):
        place = found.end()
        if found[1].lower() not in PASSED:
            return (found[1].lower()[:STEM], place) if len(found[1]) >= STEM else ("", end)
    return "", end
