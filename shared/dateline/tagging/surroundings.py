"""What stands around a span of the text: the word before it, and where else a word stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

LOOK_BACK: Final = 24
_ARTICLE_AND_WORD: Final = 12
_WORD: Final = 20
_OPENING: Final = "(«“„\"'"
_WORDS: Final = re.compile(r"[^\W_]+")
_SHORT: Final = 20_000
"""Characters of a text that is searched for each word in no time."""
MOST_SEARCHED: Final = 20_000_000
"""Characters of a text that are read for all words together: a long one may have as many words as it has letters."""
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


class TextWords:
    """Which words a text has, asked over and over in time that grows with its length only.

    What isn't found out any more is said to be there.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = MOST_SEARCHED
        self._alone: dict[str, bool] = {}

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORDS.findall(self._text))

    def has(self, word: str) -> bool:
        """Whether the text has ``word``, or a longer one with it."""
        self._left -= len(self._text)
        return self._left < 0 or word in self._text

    def has_alone(self, word: str) -> bool:
        """Whether the text has ``word`` as no part of a longer one."""
        if len(self._text) > _SHORT and word.isalnum():
            return word in self._words
        if (known := self._alone.get(word)) is None:
            known = self.has(word) and (self._left < 0 or next(standing_alone(self._text, word), -1) >= 0)
            self._alone[word] = known
        return known
