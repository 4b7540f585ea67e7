"""First mentions in a story's body become quiet links to the pages of its tags.

Evidence counts in ``body_text``; what readers see is ``body_html``. Both hold the same characters but for white space
and markup, so a place is found by how many non-space characters stand before it. Where the two don't agree to the last
character, nothing is linked: a missing link harms less than a wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import accumulate
from typing import Final

from markupsafe import Markup, escape

from dateline.domain.document import StoryDocument
from dateline.domain.tag import Evidence, Tag
from dateline_web.urls import term_path

LINKED_TYPES: Final = ("person", "place", "organisation")
"""A topic's words say it only together; one of them as a link would promise something else."""

CLOSED: Final = frozenset(["a", "h2", "h3", "h4", "h5", "h6", "pre", "code", "button", "summary", "figcaption"])
"""Elements in which nothing is linked."""

NO_NAMES: Final = frozenset({"demonym", "attributive"})
"""Rules of the tagger that point to a term by other words than its name; so do those with a colon (in:minsk)."""

_TOKEN: Final = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^>]*>|&#?\w+;|[^<&]+|[<&]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of characters in the HTML. ``run`` counts up with each tag; ``open`` says whether links may be here."""

    at: int
    source: str
    text: str
    run: int
    open: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    """Non-space characters ``start`` to ``end`` of the body, which name ``tag``."""

    start: int
    end: int
    tag: Tag


def linked_body(story: StoryDocument) -> Markup:
    """The story's body with the first mention of each of its people, places and organisations linked."""
    html = story.body_html
    pieces = list(_pieces(html))
    if "".join(piece.text for piece in pieces) != _squeezed(story.body_text):
        return Markup(html)
    starts = [0, *accumulate(len(piece.text) for piece in pieces)]
    links: list[tuple[int, int, Tag]] = []
    for tag in _linked_tags(story):
        spans = (_span(pieces, starts, mention) for mention in _mentions(story.body_text, tag))
        first = next((span for span in spans if span and _is_free(span, links)), None)
        if first:
            links.append((*first, tag))
    return Markup(_with_links(html, sorted(links, key=lambda link: link[0])))


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs, for a story that has no HTML."""
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in re.split(r"\n\s*\n", text) if part.strip())


def _linked_tags(story: StoryDocument) -> list[Tag]:
    """Strongest first: of two tags on the same words, the stronger gets the link."""
    chosen = [tag for tag in story.accepted_tags if tag.type in LINKED_TYPES]
    return sorted(chosen, key=lambda tag: -tag.score)


def _mentions(text: str, tag: Tag) -> Iterator[_Mention]:
    def place(evidence: Evidence) -> int:
        return evidence.start

    inside = [evidence for evidence in tag.evidence if evidence.field == "body_text" and _names_it(evidence)]
    for evidence in sorted(inside, key=place):
        words = text[evidence.start : evidence.end]
        if words and words == evidence.text and words == words.strip():
            start = len(_squeezed(text[: evidence.start]))
            yield _Mention(start, start + len(_squeezed(words)), tag)


def _names_it(evidence: Evidence) -> bool:
    return ":" not in evidence.rule and evidence.rule not in NO_NAMES


def _span(pieces: list[_Piece], starts: list[int], mention: _Mention) -> tuple[int, int] | None:
    """Where a mention stands in the HTML; None when markup crosses it or it is within a link."""
    first, last = bisect_right(starts, mention.start) - 1, bisect_right(starts, mention.end - 1) - 1
    if not pieces[first].open or pieces[first].run != pieces[last].run:
        return None
    begin = _offset(pieces[first], mention.start - starts[first])
    return begin, _offset(pieces[last], mention.end - 1 - starts[last], after=True)


def _offset(piece: _Piece, place: int, *, after: bool = False) -> int:
    """The offset of the piece's non-space character number ``place``, or of what follows it."""
    if piece.source.startswith("&"):
        return piece.at + (len(piece.source) if after else 0)
    for offset, character in enumerate(piece.source):
        if not character.isspace():
            if place == 0:
                return piece.at + offset + after
            place -= 1
    raise AssertionError("the place was counted in this piece")


def _is_free(span: tuple[int, int], links: list[tuple[int, int, Tag]]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end, _ in links)


def _with_links(html: str, links: list[tuple[int, int, Tag]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, tag in links:
        opening = f'<a class="mention" href="{escape(term_path(tag.type, tag.slug))}">'
        parts += [html[done:start], opening, html[start:end], "</a>"]
        done = end
    return "".join([*parts, html[done:]])


def _pieces(html: str) -> Iterator[_Piece]:
    run, closed = 0, 0
    for token in _TOKEN.finditer(html):
        if token["name"]:
            run += 1
            if token["name"].lower() in CLOSED:
                closed = max(0, closed + (-1 if token["close"] else 1))
        else:
            text = _squeezed(unescape(token[0]))
            if text:
                yield _Piece(token.start(), token[0], text, run, closed == 0)


def _squeezed(text: str) -> str:
    return "".join(text.split())
