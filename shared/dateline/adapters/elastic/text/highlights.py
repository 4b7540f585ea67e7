"""Highlights: the server marks the folded text, and the marks are shown in the text as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Final

from dateline.adapters.elastic.document_json import LONG_TEXT, SUFFIXES
from dateline.adapters.elastic.text.query import Query
from dateline.analysis.folding import Alignment, align, fold
from dateline.analysis.marking import Span, marked, merged
from dateline.domain.document import StoryDocument
from dateline.ports.index import MARKED_LENGTH

BODY_FRAGMENTS: Final = 3
FRAGMENT_LENGTH: Final = 180
MARKS: Final[dict[str, list[str]]] = {"pre_tags": ["<mark>"], "post_tags": ["</mark>"]}
"""What the server puts around what matched."""
MARKED: Final = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)
_MARK: Final = re.compile(r"</?mark>")


def highlight_body() -> Query:
    """What a search asks for: the headline whole and the best fragments of the body, escaped."""
    whole = {"number_of_fragments": 0}
    parts = {"number_of_fragments": BODY_FRAGMENTS, "fragment_size": FRAGMENT_LENGTH, "order": "score"}
    return {
        "encoder": "html",
        **MARKS,
        "require_field_match": True,
        "max_analyzed_offset": MARKED_LENGTH,
        "fields": {
            **{f"headline_{suffix}": whole for suffix in SUFFIXES},
            **{f"body_{suffix}": parts for suffix in SUFFIXES},
        },
    }


def highlights_of(story: StoryDocument, found: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The fragments of a hit by headline and body. ``story`` has the texts that folding changed; those that it doesn't
    have are as the fragments say."""
    highlights: dict[str, tuple[str, ...]] = {}
    for name, stem in LONG_TEXT.items():
        fragments = [fragment for suffix in SUFFIXES for fragment in found.get(f"{stem}_{suffix}", ())]
        if fragments and (written := _as_written(getattr(story, name), fragments)):
            highlights[stem] = written
    return highlights


def _as_written(text: str, fragments: Sequence[str]) -> tuple[str, ...]:
    """The fragments in ``text`` as it was written: they come from its beginning, so no more of it is looked at."""
    beginning = text[: 2 * MARKED_LENGTH]
    if fold(beginning) == beginning:
        return tuple(map(_escaped, fragments))
    alignment = align(beginning)
    return tuple(found for fragment in fragments if (found := _carried_back(alignment, fragment)))


def _escaped(fragment: str) -> str:
    """The same fragment with the standard library's escapes, as every adapter gives them."""
    if "&" not in fragment:
        return fragment
    parts = re.split(f"({_MARK.pattern})", fragment)
    return "".join(part if _MARK.fullmatch(part) else escape(unescape(part)) for part in parts)


def _carried_back(alignment: Alignment, fragment: str) -> str:
    """A fragment of the folded text, as the original has it, with the marks at the same letters; nothing when it stands
    beyond what was looked at, as behind thousands of letters that folding takes out."""
    parts = [unescape(part) for part in MARKED.split(fragment)]
    at = first = alignment.folded.find("".join(parts))
    if first < 0:
        return ""
    marks: list[Span] = []
    for place, part in enumerate(parts):
        if place % 2 and part:
            marks.append(alignment.span(at, at + len(part)))
        at += len(part)
    return marked(alignment.original, alignment.passage(first, at), merged(marks))
