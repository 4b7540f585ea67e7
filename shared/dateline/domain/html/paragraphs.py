"""Paragraphs of a text whose only paragraphs are its blank lines, as WordPress keeps what was typed (``wpautop``)."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from dateline.domain.html.bounds import MOST_TAGS
from dateline.domain.html.elements import BLOCKS, LINES, VOID
from dateline.domain.html.pasted.shortcodes import without_shortcodes
from dateline.domain.html.tags import TAG

_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n\s*")
_LINE_BREAK: Final = re.compile(r"[ \t]*\r?\n[ \t]*")
_PARTING: Final = (BLOCKS | LINES) - {"br"}
_ITSELF_PARTED: Final = frozenset({
    "p", "br", "div", "table", "dl", "section", "article", "address", "header", "footer", "aside", "details",
})  # fmt: skip
"""Who writes these where no other block is has parted the text: what lines it has are its program's."""


def with_paragraphs(clean: str, sent: str) -> str:
    """Clean HTML with its blank lines as paragraphs, and other lines ended by ``br``; in blocks all stays.

    That is so where such a line stands between words outside of any block, or the text as it was ``sent`` had
    shortcodes, and it has no paragraphs of its own. Cheap for any other.
    """
    if "\n" not in clean or not ("[" in sent or _BLANK_LINE.search(clean)):
        return clean
    walk = _Walk()
    last = 0
    for tag in TAG.finditer(clean):
        walk.words(clean[last : tag.start()])
        last = tag.end()
        if not walk.is_in_block and tag[2] in _ITSELF_PARTED:
            return clean
        walk.tag(tag[2], tag[0], is_end=bool(tag[1]))
    walk.words(clean[last:])
    parted = walk.parted(is_raw="[" in sent and without_shortcodes(sent) != sent)
    return parted if parted and parted.count("<") <= MOST_TAGS // 2 else clean


class _Walk:
    """Collects paragraphs of what stands outside of blocks."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._parts: list[str] = []
        self._inline = 0
        self._blocks = 0
        self._has_words = self._has_block = False
        self._is_after_blank_line = self._is_parted = self._is_written = False

    @property
    def is_in_block(self) -> bool:
        """Whether a block is open."""
        return self._blocks > 0

    def words(self, text: str) -> None:
        """Pass what stands between two tags."""
        if self._blocks:
            self._verbatim(text)
            return
        first, *others = _BLANK_LINE.split(text) if not self._inline else [text]
        self._line(first)
        for other in others:
            self._is_after_blank_line = self._is_after_blank_line or self._has_words
            self._end()
            self._line(other)

    def tag(self, name: str, tag: str, *, is_end: bool) -> None:
        """Pass a tag."""
        is_block = name in _PARTING
        if is_block and not self._inline and not self._blocks:
            self._end()
            self._is_after_blank_line = False
        self._has_block = self._has_block or (is_block and self._inline > 0)
        self._verbatim(tag, is_block=is_block)
        if name == "img" and not self._blocks:
            self._has_words = True
        step = 0 if name in VOID else -1 if is_end else 1
        if is_block:
            self._blocks += step
        elif not self._blocks:
            self._inline += step

    def parted(self, *, is_raw: bool) -> str:
        """The whole with its paragraphs; empty where it has none."""
        self._end()
        return "".join(self._done) if self._is_written and (is_raw or self._is_parted) else ""

    def _verbatim(self, html: str, *, is_block: bool = False) -> None:
        (self._done if (self._blocks or is_block) and not self._inline else self._parts).append(html)

    def _line(self, text: str) -> None:
        if unescape(text).strip():
            self._is_parted = self._is_parted or self._is_after_blank_line
            self._has_words = True
        first, *others = _LINE_BREAK.split(text)
        self._parts.append(first)
        for other in others:
            self._parts += ["<br>", other]

    def _end(self) -> None:
        """End the paragraph."""
        parts, self._parts = self._parts, []
        if self._has_words and not self._has_block:
            shown = [place for place, part in enumerate(parts) if part != "<br>" and part.strip()]
            self._done += ["<p>", *parts[shown[0] : shown[-1] + 1], "</p>"]
            self._is_written = True
        elif self._has_block:
            self._done += ["\n" if part == "<br>" else part for part in parts]
        else:
            self._done += [part for part in parts if part.startswith("<") and part != "<br>"]
        self._has_words = self._has_block = False
