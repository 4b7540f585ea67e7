"""Doubled words, and paragraphs that nobody reads to their end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dateline.copy_check.remark import TEXT_FIELDS, CheckedText, Remark, about

LONG_PARAGRAPH: Final = 1_200
"""Characters: some 200 words, three screens of a phone."""

_DOUBLED: Final = re.compile(r"(?<![\w’'-])([^\W\d_]+)[ \t\u00a0]+(\1)(?![\w’'-])", re.IGNORECASE)
_SAID_TWICE: Final = """
had that very so no bye ha well there now yes long many more on out really far again never who is
да нет так очень много ещё еще вот ну раз то кто что едва еле чуть давно все всё сам она он они вы
не вельмі шмат ледзь вось што хто даўно
"""
_MEANT: Final = frozenset(_SAID_TWICE.split())
"""Words that are said twice on purpose, or meet at the seam of two clauses."""
_PARAGRAPH: Final = re.compile(r"[^\n]+(?:\n[^\n]+)*")


def wording_remarks(text: CheckedText) -> Iterator[Remark]:
    """Doubled words of each field, then the body's very long paragraphs."""
    for field in TEXT_FIELDS:
        for found in _DOUBLED.finditer(text.text(field)):
            first, second = found[1], found[2]
            if second.islower() and first.lower() not in _MEANT:
                yield about(text, "doubled-word", field, found.span(), f"“{found[0]}”: a word stands here twice.")
    for found in _PARAGRAPH.finditer(text.body_text):
        if len(found[0]) > LONG_PARAGRAPH:
            message = f"This paragraph has {len(found[0]):,} characters: part it."
            yield about(text, "long-paragraph", "body_text", _first_words(found), message)


def _first_words(paragraph: re.Match[str]) -> tuple[int, int]:
    """The beginning of a paragraph, which is enough to find it."""
    head = re.match(r"\s*(?:\S+\s+){0,5}\S+", paragraph[0])
    return paragraph.start(), paragraph.start() + (head.end() if head else 0)
