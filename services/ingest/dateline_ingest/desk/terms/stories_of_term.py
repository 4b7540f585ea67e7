"""The newest stories of a term, each with the sentence that it has the term from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from dateline.announcements.sentences import sentence_around
from dateline.domain.document import StoryDocument
from dateline.domain.tag import Evidence
from dateline.domain.term import Term
from dateline.errors import IndexUnavailable
from dateline.ports.index import Index, StoryFilter, StorySearch
from dateline_ingest.desk.tagging.evidence_in_texts import LONGEST_SENTENCE, evidence_in_texts

SHOWN: Final = 10
_FIELDS: Final = ("body_text", "summary", "headline")
"""Where a sentence is looked for first; the headline stands above it anyway."""


class SentencePart(NamedTuple):
    """A part of a sentence; ``marked``: the story has the term from these words."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryOfTerm:
    """A story with its sentence; without one, ``reason`` says why it has the term."""

    id: str
    headline: str
    published_at: datetime
    sentence: tuple[SentencePart, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesOfTerm:
    """The newest of all ``total`` public stories."""

    total: int
    newest: tuple[StoryOfTerm, ...]


def stories_of_term(index: Index, term: Term) -> StoriesOfTerm | None:
    """What readers see of a term; None while the archive can't be searched."""
    chosen = StoryFilter().choosing(term.type, term.slug)
    try:
        page = index.search(StorySearch(filter=chosen, sort="newest", limit=SHOWN))
    except IndexUnavailable:
        return None
    return StoriesOfTerm(total=page.total, newest=tuple(_line(hit.document, term.key) for hit in page.hits))


def _line(document: StoryDocument, key: str) -> StoryOfTerm:
    sentence = tuple(_sentence(list(evidence_in_texts(document, key))))
    return StoryOfTerm(
        id=document.id, headline=document.headline, published_at=document.published_at, sentence=sentence,
        reason="" if sentence else _reason(document, key),
    )  # fmt: skip


def _sentence(found: list[tuple[str, Evidence]]) -> Iterator[SentencePart]:
    """The sentence of the first words, with all of them in it marked."""
    if not found:
        return
    text, first = min(found, key=lambda one: (_FIELDS.index(one[1].field), one[1].start))
    at, end = sentence_around(text, first.start, first.end, LONGEST_SENTENCE)
    for start, stop in sorted({(one.start, one.end) for _, one in found if one.field == first.field}):
        if at <= start < stop <= end:
            yield SentencePart(text[at:start], marked=False)
            yield SentencePart(text[start:stop], marked=True)
            at = stop
    yield SentencePart(text[at:end], marked=False)


def _reason(document: StoryDocument, key: str) -> str:
    tag = next((tag for tag in document.tags if tag.key == key), None)
    if tag is None:
        return "It stands in this section."
    field, rule = next(((one.field, one.rule) for one in tag.evidence), ("", ""))
    if tag.source == "editor":
        return "An editor gave it this tag."
    if field == "section":
        return f"Its section speaks for it: {document.sections[-1].label if document.sections else document.section}."
    if field == "place":
        return f"Its dateline speaks for it: {document.place}."
    return _in_words(rule, document)


def _in_words(rule: str, document: StoryDocument) -> str:
    """Why a story has a tag that comes from no words of it."""
    if rule.startswith("in:"):
        inner = rule.removeprefix("in:")
        return f"It speaks of {next((tag.label for tag in document.tags if tag.slug == inner), inner)}, which is there."
    return "Who sent it named this tag."
