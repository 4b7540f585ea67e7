"""What tagger, vocabulary and pictures add to a text: tags with their evidence, the breadcrumb, the pictures it shows.

It is kept as it was when readers got it, since they go on changing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dateline.domain.document import Crumb, Document, EventDocument, StoryDocument, TermDocument
from dateline.domain.payload import from_json, to_json
from dateline.domain.picture import PublicImage
from dateline.domain.tag import Evidence, EvidenceField, Tag, TagType

Compact = Sequence[Any]
"""An enrichment as JSON-ready lists; see ``compact``."""

_TYPES: Final[tuple[TagType, ...]] = ("topic", "person", "place", "organisation")
_FIELDS: Final[tuple[EvidenceField, ...]] = ("headline", "summary", "body_text", "section", "place", "tags")
"""Places in these are what is kept: others may come at the end, and none may go."""
_TEXTS: Final = 3
"""So many fields are texts: an evidence's words stand there at its offsets, and needn't be kept."""
_TYPE_PLACES: Final = {type: place for place, type in enumerate(_TYPES)}
_FIELD_PLACES: Final = {field: place for place, field in enumerate(_FIELDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrichment:
    """The tags that readers see, the breadcrumb from the outermost section to the story's own, and all pictures where
    one of them is the newsroom's."""

    tags: tuple[Tag, ...] = ()
    sections: tuple[Crumb, ...] = ()
    images: tuple[PublicImage, ...] = ()


def enrichment_of(document: Document) -> Enrichment | None:
    """What of ``document`` they added; None of a term without a picture."""
    match document:
        case StoryDocument() | EventDocument():
            ours = document.images if any(image.id for image in document.images) else ()
            return Enrichment(tags=document.accepted_tags, sections=document.sections, images=ours)
        case TermDocument(image=PublicImage() as image):
            return Enrichment(images=(image,))
        case _:
            return None


def compact(enrichment: Enrichment) -> Compact:
    """``enrichment`` as a few flat lists, without words that stand in the text: a fifth of its JSON.

    Tags: type, slug, label, score, whether an editor's, then four numbers for each piece of evidence: field, start,
    end, rule. Beside them the breadcrumb, the rules, the words that stand in no text, and pictures where there are any.
    """
    rules: dict[str, int] = {}
    words: list[str] = []
    tags = []
    for type, slug, label, score, _, source, pieces in enrichment.tags:
        kept: list[Any] = [_TYPE_PLACES[type], slug, label, score, int(source == "editor")]
        for field, start, end, text, rule in pieces:
            number = _FIELD_PLACES[field]
            if number >= _TEXTS:
                words.append(text)
            kept += number, start, end, rules.setdefault(rule, len(rules))
        tags.append(kept)
    crumbs = [part for crumb in enrichment.sections for part in (crumb.slug, crumb.label)]
    images = [[to_json(image) for image in enrichment.images]] if enrichment.images else []
    return [tags, crumbs, list(rules), words, *images]


def from_compact(kept: Compact) -> Enrichment:
    """The enrichment that ``compact`` made ``kept`` from; evidence from a text has no words yet (``with_words``)."""
    tags, sections, rules, words, *images = kept
    left = iter(words)
    return Enrichment(
        tags=tuple(
            Tag(
                type=_TYPES[type], slug=slug, label=label, score=score, source="editor" if by_editor else "machine",
                evidence=tuple(_evidence(evidence, rules, left)),
            )
            for type, slug, label, score, by_editor, *evidence in tags
        ),
        sections=tuple(
            Crumb(slug=slug, label=label) for slug, label in zip(sections[::2], sections[1::2], strict=True)
        ),
        images=tuple(from_json(PublicImage, image) for image in (images[0] if images else ())),
    )  # fmt: skip


def _evidence(kept: Sequence[int], rules: Sequence[str], words: Iterator[str]) -> Iterator[Evidence]:
    for field, start, end, rule in zip(*(kept[part::4] for part in range(4)), strict=True):
        yield Evidence(_FIELDS[field], start, end, next(words) if field >= _TEXTS else "", rules[rule])


def with_words(tag: Tag, texts: Mapping[str, str]) -> Tag:
    """``tag`` with the words of its evidence, which stand in ``texts`` by field."""
    return tag._replace(
        evidence=tuple(
            one._replace(text=texts[one.field][one.start : one.end]) if one.field in texts else one
            for one in tag.evidence
        )
    )
