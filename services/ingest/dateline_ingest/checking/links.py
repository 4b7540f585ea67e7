"""The addresses that a story leads its readers to, and the words that carry them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedWords:
    """An address, the field that has it, and there the words that lead to it; "" for a field of its own."""

    address: str
    field: str
    words: str = ""


def links_of(body: Mapping[str, Any], html: str) -> Iterator[LinkedWords]:
    """The links of a story's JSON and of its clean HTML, each address once."""
    seen: set[str] = set()
    for link in (*_in_field(body), *_in_text(html)):
        if link.address.startswith(("http://", "https://")) and link.address not in seen:
            seen.add(link.address)
            yield link


def _in_field(body: Mapping[str, Any]) -> Iterator[LinkedWords]:
    for row in body.get("links", ()):
        yield LinkedWords(address=str(row.get("url", "")), field="links")


def _in_text(html: str) -> list[LinkedWords]:
    if "<a " not in html:
        return []
    anchors = _Anchors()
    anchors.feed(html)
    return anchors.found


class _Anchors(HTMLParser):
    """Links with their words; in clean HTML none stands in another."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[LinkedWords] = []
        self._address: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._address, self._words = dict(attrs).get("href"), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._address:
            words = " ".join("".join(self._words).split())
            self.found.append(LinkedWords(address=self._address, field="body_text", words=words))
            self._address = None
