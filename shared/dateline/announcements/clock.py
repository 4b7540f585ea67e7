"""The time of day that a sentence says: 19:00, 19.00, 7 p.m., 'в 17 часов', 'а 19-й'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Final

_PART: Final = r"(?:\s+(?P<part>утра|дня|вечера|раніцы|вечара|дня))?"
_TIME: Final = re.compile(
    r"(?<![\d.,])(?:"
    r"(?P<hour12>1[0-2]|0?[1-9])(?:[:.](?P<minute12>[0-5]\d))?(?:\s*(?:–|—|-|to)\s*(?P<end12>1[0-2]|0?[1-9])"
    r"(?:[:.](?P<endminute12>[0-5]\d))?)?\s*(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?P<word>noon|midday|midnight|полдень|поўдзень)\b"
    r"|(?P<hour>[01]?\d|2[0-3])(?P<mark>[:.])(?P<minute>[0-5]\d)(?![\d]|[.:]\d)"
    r"|(?P<plain>[01]?\d|2[0-3])(?:\s*(?:часов|час[аоу]?\b|гадзін[аеуы]?\b|o'clock)|-й(?:\s+гадзін[аеы])?|(?=\s+(?:утра|вечера|раніцы|вечара)))"
    rf"){_PART}",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    r"(?:\b(?:at|from|to|till|until|and|в|с|со|до|на|у|ў|а|з|да|starts?|starting|начало|пачатак|старт)\s*:?|[,:–—-])\s*$",
    re.IGNORECASE,
)
"""What may stand before a time with a point, which else is a price or a part."""
_UNTIL: Final = re.compile(r"(?:\b(?:to|till|until|до|да)\s+|\s*[–—-]\s*)$", re.IGNORECASE)
_DOORS: Final = re.compile(r"\b(?:doors|вход|сбор гостей|уваход)\b[^,;]{0,20}$", re.IGNORECASE)
_WORDS: Final = {"noon": 12, "midday": 12, "midnight": 0, "полдень": 12, "поўдзень": 12}
_LATE: Final = ("вечера", "дня", "вечара")


@dataclass(frozen=True, slots=True)
class Clock:
    """From when to when, and where in the sentence that stands."""

    start: time
    end: time | None
    at: tuple[int, int]


def clock_in(sentence: str, taken: tuple[tuple[int, int], ...] = ()) -> Clock | None:
    """The time that ``sentence`` says first, but for that at which doors open and for what is ``taken`` as a day."""
    first: Clock | None = None
    for found in _TIME.finditer(sentence):
        if any(start < found.end() and found.start() < end for start, end in taken):
            continue
        before = sentence[: found.start()]
        if (found["mark"] == "." and not _BEFORE.search(before)) or (found["plain"] and not _BEFORE.search(before)):
            continue
        if _DOORS.search(before):
            continue
        times = list(_times(found))
        if not times:
            continue
        if first is None:
            first = Clock(times[0], times[1] if len(times) > 1 else None, found.span())
            continue
        between = sentence[first.at[1] : found.start()]
        if first.end is None and len(between) < 8 and _UNTIL.search(between):
            return Clock(first.start, times[0], (first.at[0], found.end()))
        break
    return first


def _times(found: re.Match[str]) -> Iterator[time]:
    if word := found["word"]:
        yield time(_WORDS[word.casefold()])
    elif hour := found["hour12"]:
        half = found["half"].casefold()
        last = found["end12"]
        # of '11–2 pm' the first is before noon
        earlier = half == "p" and last is not None and int(hour) % 12 > int(last) % 12
        yield _of_half(hour, found["minute12"], "a" if earlier else half)
        if last:
            yield _of_half(last, found["endminute12"], half)
    else:
        number = int(found["hour"] or found["plain"])
        late = (found["part"] or "").casefold() in _LATE and number < 12
        yield time(number + 12 if late else number, int(found["minute"] or 0))


def _of_half(hour: str, minute: str | None, half: str) -> time:
    return time(int(hour) % 12 + (12 if half == "p" else 0), int(minute or 0))
