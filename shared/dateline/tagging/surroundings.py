"""What stands around a span of the text: the word before it, and where else a word stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

LOOK_BACK: Final = 24
_ARTICLE_AND_WORD: Final = 12
_WORD: Final = 20
_OPENING: Final = "(«“„\"'"
_WORD_AND_COMMA: Final = re.compile(r"(\w+)[ ,]{1,2}$")


def token_before(text: str, start: int) -> str:
    """What stands between the last two spaces before a span, with its punctuation."""
    return text[max(0, start - LOOK_BACK) : max(0, start - 1)].rpartition(" ")[2]


def word_before(text: str, start: int) -> str:
    """The word before a span, with a space and perhaps a comma between them; "" when there is none."""
    before = text[max(0, start - _WORD) : start]
    word = before[:-1].rpartition(" ")[2]
    if before[-1:] == " " and word.isalpha():
        return word
    match = _WORD_AND_COMMA.search(before)
    return match[1] if match else ""


def title_before(text: str, start: int) -> str:
    """The capitalised word before a span, without an abbreviation's full stop; in small letters, "" when there is
    none."""
    word = token_before(text, start) if text[start - 1 : start] == " " else ""
    word = word.rpartition("\n")[2].lstrip(_OPENING)
    return word.rstrip(".").lower() if word[:1].isupper() else ""


def word_before_article(text: str, start: int) -> str:
    """The word before a span, past an article; in small letters, "" at the beginning of a text."""
    before = text[max(0, start - _ARTICLE_AND_WORD) : start].split()
    if before[-1:] == ["the"]:
        before.pop()
    return before[-1].lower() if before else ""


def begins_sentence(text: str, start: int) -> bool:
    """Whether nothing of a sentence stands before a span."""
    return text[max(0, start - 3) : start].rstrip(" ")[-1:] in ("", ".", "!", "?", "\n", ":", "–", "—")


def standing_alone(text: str, name: str) -> Iterator[int]:
    """Where a name stands in a text that is no part of a longer word."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (start and text[start - 1].isalnum()) and not text[end : end + 1].isalnum():
            yield start
        start = text.find(name, end)
