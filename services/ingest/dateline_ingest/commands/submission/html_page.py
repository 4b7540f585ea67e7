"""A story in a page of HTML: its headline, what its ``meta`` elements say, and the part that is its text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any, Final

from slugify import slugify

_ROOTS: Final = ("article", "main", "body")
"""The elements that hold a page's text, the closest first."""

_META: Final = {
    "description": "summary", "og:description": "summary", "author": "byline", "keywords": "keywords",
    "date": "published_at", "dcterms.date": "published_at", "article:published_time": "published_at",
    "article:section": "section", "og:title": "headline",
    **{name: name for name in ("section", "slugline", "summary", "byline", "source", "place", "language", "note",
                               "published_at", "embargo_until", "external_id", "urgency")},
}  # fmt: skip
"""What ``meta`` elements call fields of a story; the story's own names are taken too."""


class _Page(HTMLParser):
    """Where a page's parts stand, and what its head says."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self._text = text
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._open: dict[str, tuple[int, int]] = {}
        self._words: list[str] | None = None
        self.spans: dict[str, tuple[int, int]] = {}
        self.words: dict[str, str] = {}
        self.meta: dict[str, str] = {}
        self.language = ""
        self.feed(text)
        self.close()
        for name, (_, start) in self._open.items():
            self.spans.setdefault(name, (start, len(text)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = (given.get("name") or given.get("property") or "").strip().lower()
            if given.get("content", "").strip():
                self.meta.setdefault(name, given["content"].strip())
        elif tag == "html":
            self.language = given.get("lang", "").strip()
        elif tag in self._open:
            depth, start = self._open[tag]
            self._open[tag] = (depth + 1, start)
        elif tag in (*_ROOTS, "h1", "title") and tag not in self.spans:
            start = self._here() if tag == "h1" else self._here() + len(self.get_starttag_text() or "")
            self._open[tag] = (1, start)
            if tag in ("h1", "title"):
                self._words = []

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        depth, start = self._open[tag]
        if depth > 1:
            self._open[tag] = (depth - 1, start)
            return
        del self._open[tag]
        end = self._here()
        self.spans[tag] = (start, self._text.find(">", end) + 1 if tag == "h1" else end)
        if tag in ("h1", "title"):
            self.words[tag] = " ".join("".join(self._words or ()).split())
            self._words = None

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def story_of_page(text: str) -> dict[str, Any]:
    """The story in a page of HTML, as the API takes it.

    Its headline is that of the first ``h1``, which is no more in the text, or else of ``og:title`` or ``title``; its
    text the first ``article``, or else ``main``, or ``body``, or all.
    """
    text = text.replace("\r\n", "\n")
    page = _Page(text)
    fields = {_META[name]: value for name, value in reversed(page.meta.items()) if name in _META}
    headline = page.words.get("h1") or fields.pop("headline", "") or page.words.get("title", "")
    told: dict[str, Any] = {**({"language": page.language} if page.language else {}), **fields, "headline": headline}
    if "keywords" in told:
        told["keywords"] = [word for part in re.split("[,;]", told["keywords"]) if (word := part.strip())]
    if section := slugify(told.pop("section", "")):
        told["section"] = section
    if told.get("urgency", "").isdecimal():
        told["urgency"] = int(told["urgency"])
    return {**told, "body_html": _body_of(page, text).strip()}


def _body_of(page: _Page, text: str) -> str:
    start, end = next((page.spans[root] for root in _ROOTS if root in page.spans), (0, len(text)))
    first, last = page.spans.get("h1", (end, end)) if page.words.get("h1") else (end, end)
    if not start <= first <= last <= end:
        return text[start:end]
    return text[start:first] + text[last:end]
