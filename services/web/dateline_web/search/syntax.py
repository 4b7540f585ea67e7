"""The query language: any text to clauses. Total: there is no text that it refuses.

    words             any may match, best first
    "in this order"   must match; typographic quotes count as quotes
    -word  -"words"   must not match
    headline:word     must match in that field; person:"first last" too, and -place:word must not

A sign in the wrong place is no error: a quote that isn't closed, a lone dash and a colon after no known field are read
as the words around them. Signs may have the full width of East Asian type. What nobody sees
is no sign and parts no word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, get_args

from dateline.analysis.characters import (
    FULL_WIDTH,
    GERSHAYIM,
    HEBREW_ABBREVIATION,
    HEBREW_QUOTED,
    IGNORABLE,
    MARKS,
    PERSIAN_PREFIX,
    letterlike_signs,
)
from dateline.ports.index import Clause, TextField

FIELDS: Final[frozenset[str]] = frozenset(get_args(TextField))

_QUOTES: Final = '"“”„‟«»「」『』'
_PART: Final = re.compile(
    rf"(?P<exclude>(?<!\S)[-−–])?(?:(?P<field>[A-Za-z]+):)?[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]"
    rf"|[^\s{_QUOTES}]+"
)
_NAME: Final = re.compile("[A-Za-z]+")
"""What a field is called, and what somebody takes for one: a name before a colon is no word to be spelt better."""
_LETTER: Final = rf"(?:[^\W_]|[{letterlike_signs()}])"
_LETTERS: Final = rf"{_LETTER}(?:{_LETTER}|[{MARKS}{IGNORABLE}])*"
_WORD: Final = re.compile(rf"{_LETTERS}(?:(?:['‘’.,·\u05f3\u060c\u066b\u066c]|{GERSHAYIM}{{1,2}}){_LETTERS})*")
"""A word: letters and digits with their marks, apostrophes and points inside them (Russia's, 96.3, ٩٦٫٣, U.S.)."""

_JOINERS: Final = "\u200c\u200d"
_UNSEEN: Final = re.compile(f"(?![{_JOINERS}])[{IGNORABLE}]")
"""What is taken out of a query. Joiners stay: they shape the letters of Persian and Indian words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A plain positive word, and where it stands in the query."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuery:
    """``text`` as typed, composed; what to ask the index; the plain words, whose spelling can be looked up."""

    text: str = ""
    clauses: tuple[Clause, ...] = ()
    words: tuple[Word, ...] = ()

    @property
    def matches_nothing(self) -> bool:
        """Whether something was typed, but no word: nothing can match it."""
        return bool(self.text.strip()) and not self.clauses


def parse(text: str) -> ParsedQuery:
    """The clauses of ``text`` (in Unicode's composed form, without what nobody sees), in order."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    signs = HEBREW_QUOTED.sub(r"\1-\2-", text.translate(FULL_WIDTH))
    signs = HEBREW_ABBREVIATION.sub(lambda mark: GERSHAYIM * len(mark[0]), signs)
    signs = PERSIAN_PREFIX.sub(r"\1" + "\u200c", signs)
    clauses: list[Clause] = []
    words: list[Word] = []
    for part in _PART.finditer(signs):
        if part["phrase"] is not None:
            clauses += _quoted(part, text)
        else:
            found, plain = _bare(part, text)
            clauses += found
            words += plain
    return ParsedQuery(text=text, clauses=tuple(clauses), words=tuple(words))


def _words(signs: str, text: str, start: int, end: int) -> list[Word]:
    """The words between two places of a text, of which ``signs`` is the same with its signs made plain."""
    return [
        Word(text=text[word.start() : word.end()], start=word.start(), end=word.end())
        for word in _WORD.finditer(signs, start, end)
    ]


def _quoted(part: re.Match[str], text: str) -> list[Clause]:
    """A phrase; when what stands before its colon is no field, that is a word of its own."""
    words = _words(part.string, text, *part.span("phrase"))
    field, known = part["field"], _field(part["field"])
    exclude = part["exclude"] is not None
    before = [Clause(text=field, exclude=exclude)] if field and known is None else []
    if not words:
        return before
    phrase = " ".join(word.text for word in words)
    return [*before, Clause(text=phrase, phrase=True, exclude=exclude, field=known)]


def _bare(part: re.Match[str], text: str) -> tuple[list[Clause], list[Word]]:
    exclude = len(part[0]) > 1 and part[0][0] in "-−–"
    name, colon, rest = part[0][exclude:].partition(":")
    field = _field(name) if colon and _WORD.search(rest) else None
    start = part.start() + int(exclude) + (len(name) + 1 if field else 0)
    found = _words(part.string, text, start, part.end())
    if not found:
        return [], []
    if exclude or field:
        words = text[start : part.end()] if field else " ".join(word.text for word in found)
        return [Clause(text=words, phrase=len(found) > 1, exclude=exclude, field=field)], []
    named = bool(colon and _NAME.fullmatch(name) and _WORD.search(rest))
    return [Clause(text=word.text) for word in found], found[named:]


def _field(name: str | None) -> TextField | None:
    lowered = (name or "").lower()
    return lowered if lowered in FIELDS else None  # type: ignore[return-value]
