"""What the tagger and the vocabulary add to a text: tags with their evidence, and the breadcrumb.

It is kept as it was when readers got it, since vocabulary and tagger go on changing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dateline.domain.document import Crumb, Document, EventDocument, StoryDocument
from dateline.domain.tag import Evidence, Tag

Compact = Sequence[Any]
"""An enrichment as JSON-ready lists; see ``compact``."""

_TEXTS: Final = frozenset(("headline", "summary", "body_text"))
"""Where an evidence's words stand at its offsets, and so needn't be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrichment:
    """The tags that readers see, and the breadcrumb from the outermost section to the story's own."""

    tags: tuple[Tag, ...] = ()
    sections: tuple[Crumb, ...] = ()


def enrichment_of(document: Document) -> Enrichment | None:
    """What of ``document`` tagger and vocabulary added; None of a term."""
    match document:
        case StoryDocument() | EventDocument():
            return Enrichment(tags=document.accepted_tags, sections=document.sections)
        case _:
            return None


def compact(enrichment: Enrichment) -> Compact:
    """``enrichment`` without names of fields, and without words that stand in the text: a third of its JSON."""
    return [
        [
            [tag.type, tag.slug, tag.label, tag.score, tag.source,
             [[one.field, one.start, one.end, one.rule] if one.field in _TEXTS else list(one) for one in tag.evidence]]
            for tag in enrichment.tags
        ],
        [[crumb.slug, crumb.label] for crumb in enrichment.sections],
    ]  # fmt: skip


def from_compact(kept: Compact) -> Enrichment:
    """The enrichment that ``compact`` made ``kept`` from; evidence has no words yet (``with_words``)."""
    tags, sections = kept
    return Enrichment(
        tags=tuple(
            Tag(type=type, slug=slug, label=label, score=score, source=source, evidence=tuple(map(_evidence, evidence)))
            for type, slug, label, score, source, evidence in tags
        ),
        sections=tuple(Crumb(slug=slug, label=label) for slug, label in sections),
    )


def _evidence(kept: Sequence[Any]) -> Evidence:
    if len(kept) == len(Evidence._fields):
        return Evidence(*kept)
    field, start, end, rule = kept
    return Evidence(field, start, end, "", rule)


def with_words(tag: Tag, texts: Mapping[str, str]) -> Tag:
    """``tag`` with the words of its evidence, which stand in ``texts`` by field."""
    return tag._replace(
        evidence=tuple(
            one._replace(text=texts[one.field][one.start : one.end]) if one.field in texts else one
            for one in tag.evidence
        )
    )
