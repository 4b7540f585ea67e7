"""What becomes a word. SQLite's tokeniser can't be taught, so texts are folded and then prepared for it.

A prepared text is as long as the folded text it was made from, so that marks found in the one stand at the same offsets
in the other; ``dateline.analysis.folding`` says where that is in the text as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from dateline.analysis.characters import MARKS
from dateline.analysis.folding import fold
from dateline.analysis.unspaced import parts_of

JOINER: Final = "\u0301"
"""A combining accent: the tokeniser drops it (remove_diacritics) and joins what stands around it to one word."""

GLUE: Final = "\ue012"
"""A private-use letter to the tokeniser: it keeps ``96.3`` and ``person:maria-holm`` one word of their own."""

SEPARATOR: Final = " \ue010 "
"""A word nobody can type, between the labels of one column: no phrase runs from one label into the next."""

MARK_START: Final = "\ue000"
MARK_END: Final = "\ue001"

_PRIVATE: Final = dict.fromkeys([*range(0xE000, 0xE020), *range(0xD800, 0xE000), 0], " ")
_APOSTROPHES: Final = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u2032\uff07`\u00b4"), "'")
_TRANSLATION: Final = _PRIVATE | _APOSTROPHES

_POSSESSIVE: Final = re.compile(r"(?<=\w)'[sS](?!\w)")
_INNER_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)")
_DECIMAL_POINT: Final = re.compile(r"(?<=\d)[.,](?=\d)")
_TOKEN: Final = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}{GLUE}])*")
_LETTER_RUN: Final = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*")
_NOT_WORD: Final = re.compile(rf"(?:_|[^\w{MARKS}])+")
_NOTHING_TO_PREPARE: Final = re.compile(r"[A-Za-z0-9 ]*")
_ONLY_LETTERS: Final = {code: " " for code in range(128) if not chr(code).isalpha()}

MIN_WORD: Final = 3
MAX_WORD: Final = 30
"""Of the words that a misspelt one is compared with."""


def encodable(text: str) -> str:
    """The text with lone surrogates replaced: SQLite takes only what UTF-8 can say."""
    return text.encode("utf-8", "replace").decode()


def prepared(text: str) -> str:
    """A folded text as the tokeniser shall see it, each character in its place.

    Possessive ``'s`` goes, other apostrophes inside a word join, curly or straight; numbers keep their point or comma.
    """
    if _NOTHING_TO_PREPARE.fullmatch(text):
        return text
    text = text.translate(_TRANSLATION)
    if "'" in text:
        text = _INNER_APOSTROPHE.sub(JOINER, _POSSESSIVE.sub("  ", text))
    return _DECIMAL_POINT.sub(GLUE, text)


def indexed(text: str) -> str:
    """A text as the index holds it."""
    return prepared(fold(text))


def tokens_of(text: str) -> list[str]:
    """The words of a typed text, prepared; [] when nothing in it is a word."""
    return _TOKEN.findall(indexed(text))


def phrases_of(text: str) -> list[tuple[str, ...]]:
    """What a text typed without quotation marks is looked for as: its words, and phrases where its script writes no
    spaces."""
    phrases: list[tuple[str, ...]] = []
    for part, unspaced in parts_of(text):
        tokens = tokens_of(part)
        phrases += [tuple(tokens)] if unspaced and tokens else [(token,) for token in tokens]
    return phrases


def key_token(facet: str, slug: str) -> str:
    """``type:slug`` as one word that only the same slug makes; the last letter keeps the stemmer off."""
    return _NOT_WORD.sub(GLUE, f"{facet} {slug}".lower().translate(_PRIVATE)) + GLUE


def joined(labels: Iterable[str]) -> str:
    """Several labels as one prepared column."""
    return SEPARATOR.join(map(indexed, labels))


def plain_words(prepared_texts: Iterable[str]) -> set[str]:
    """The words of prepared texts that a misspelt one may be compared with, in lower case, as written."""
    runs: set[str] = set()
    for text in prepared_texts:
        # each by itself: translate is ten times faster where a text is all ASCII
        runs.update(text.lower().replace(JOINER, "").translate(_ONLY_LETTERS).split())
    words = {run for run in runs if run.isalpha()}
    for odd in runs - words:
        words.update(_LETTER_RUN.findall(odd))
    return {word for word in words if MIN_WORD <= len(word) <= MAX_WORD}


def folded(text: str) -> str:
    """A label as it is sorted and begun: no case, no diacritics, no punctuation, single spaces."""
    decomposed = unicodedata.normalize("NFKD", indexed(text).replace(JOINER, ""))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", bare.casefold()).strip()


STARTS: Final = 24
START_LENGTH: Final = 48


def starts_of(text: str) -> Iterator[str]:
    """Where a typed prefix may begin: the folded text from each of its words on."""
    words = folded(text).split()
    for place in range(min(len(words), STARTS)):
        yield " ".join(words[place : place + 8])[:START_LENGTH]
