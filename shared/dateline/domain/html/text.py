"""The text of clean HTML, which is tagged, searched and counted in; and plain text as HTML."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final
from unicodedata import category

from dateline.domain.html.elements import BLOCKS, LINES
from dateline.domain.html.parted_words import with_words_apart

_SPACE: Final = re.compile(r"[ \t\n\f\r]+")
_FILLERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and a symbol without any ink (Unicode's Hangul fillers, the empty Braille pattern)."""
_CLEAN_TAG: Final = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
"""A tag as nh3 writes it: in attributes and text it escapes both angle brackets."""
_LINE_BREAK: Final = re.compile(r"\r\n?|\u2028")
"""Also Unicode's line separator, which browsers show as nothing."""
_PARAGRAPH_BREAK: Final = re.compile(r"\n[ \t]*\n\s*")
_ANY_PARAGRAPH_BREAK: Final = re.compile(rf"{_PARAGRAPH_BREAK.pattern}|\s*\u2029\s*")
"""With Unicode's paragraph separator, for the few texts that have it: it is looked for at every space."""


def is_blank(text: str) -> bool:
    """Whether ``text`` has nothing for a reader: no letter, digit, sign or symbol that anybody sees."""
    return not any(category(character)[0] in "LNPS" and character not in _FILLERS for character in text)


def text_of(html: str) -> str:
    """The text of clean HTML as a reader sees it: paragraphs apart by an empty line, lines by a line feed.

    White space within a line is one space, as in a browser; all other characters stay what they are.
    """
    pieces = _CLEAN_TAG.split(with_words_apart(html))
    text = _Text()
    for words, closing, name in zip(pieces[::3], ["", *pieces[1::3]], ["", *pieces[2::3]], strict=True):
        text.tag(name, closing=bool(closing))
        if words:
            text.write(unescape(words))
    return str(text)


def html_of_text(text: str) -> str:
    """Plain text as HTML: an empty line or U+2029 ends a paragraph, a line feed or U+2028 a line; escaped."""
    lines = _LINE_BREAK.sub("\n", text) if "\r" in text or "\u2028" in text else text
    escaped = escape(lines.strip(), quote=False)
    breaks = _ANY_PARAGRAPH_BREAK if "\u2029" in text else _PARAGRAPH_BREAK
    paragraphs = breaks.split(escaped)
    return "".join(f"<p>{paragraph.replace(chr(10), '<br>')}</p>" for paragraph in paragraphs if paragraph)


class _Text:
    """Collects words, and the breaks between them, as a browser would set them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pre = 0
        self._break = ""
        self._space = False

    def tag(self, name: str, *, closing: bool) -> None:
        """Pass a tag: blocks stand apart by an empty line, lines by a line feed, the rest by nothing."""
        if name == "pre":
            self._pre += -1 if closing else 1
        if name in BLOCKS:
            self._break = "\n\n"
        elif name in LINES:
            self._break = self._break or "\n"

    def write(self, text: str) -> None:
        """Add what stands between two tags."""
        if self._pre:
            self._add(text)
            return
        words = _SPACE.sub(" ", text)
        if words == " ":
            self._space = True
            return
        self._space = self._space or words[0] == " "
        self._add(words.strip(" "))
        self._space = words[-1] == " "

    def _add(self, words: str) -> None:
        if self._parts and self._break:
            self._parts.append(self._break)
        elif self._parts and self._space:
            self._parts.append(" ")
        self._break, self._space = "", False
        self._parts.append(words)

    def __str__(self) -> str:
        return "".join(self._parts)
