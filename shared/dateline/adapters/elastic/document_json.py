"""Documents to index sources and back.

A source is ``doc``, the document itself (kept, not indexed), beside the fields that are searched, which hold folded
text. Long text stands once where folding changes nothing: headline, summary and body only in the field of their
language, from where ``document_of`` puts them back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.adapters.kept_events import as_kept
from dateline.analysis.folding import fold
from dateline.analysis.unspaced import is_mostly_unspaced
from dateline.domain.document import DOCUMENT_TYPES, Document, EventDocument, Kind, StoryDocument, TermDocument
from dateline.domain.payload import from_json, to_json
from dateline.domain.recurrence import days_found
from dateline.domain.tag import TAG_TYPES, TagType
from dateline.ports.index import FACET_FIELDS

LANGUAGES: Final = ("en", "ru")
"""Languages with an analysis of their own; every other text is only folded."""

OTHER_LANGUAGES: Final = "xx"
"""Stands where a language would, in the names of the fields of every other text."""

SUFFIXES: Final = (*LANGUAGES, OTHER_LANGUAGES)

HEAD: Final = 500
"""Characters of a story that show its script."""

LONG_TEXT: Final = {"headline": "headline", "summary": "summary", "body_text": "body"}


def analysis_of(language: str, text: str) -> str:
    """The suffix of the fields that hold a text of this BCP 47 language.

    Who sends Chinese text without its language says that it is English: its words of one letter (A股) are no articles.
    """
    primary = language.lower().split("-")[0]
    return primary if primary in LANGUAGES and not is_mostly_unspaced(text[:HEAD]) else OTHER_LANGUAGES


def source_of(document: Document, zone: ZoneInfo) -> dict[str, Any]:
    """What the index stores of a document; days of occurrences are the newsroom's."""
    match document:
        case StoryDocument():
            return _story_source(document)
        case EventDocument():
            return _event_source(document, zone)
        case TermDocument():
            return _term_source(document)


def document_of(kind: Kind, source: Mapping[str, Any]) -> Document:
    """The document that ``source_of`` made ``source`` from."""
    doc = dict(source["doc"])
    if kind == "story":
        for name, stem in LONG_TEXT.items():
            for field in (f"{stem}_{suffix}" for suffix in SUFFIXES):
                if name not in doc and (text := source.get(field)):
                    doc[name] = text
    return from_json(DOCUMENT_TYPES[kind], doc)


def _story_source(story: StoryDocument) -> dict[str, Any]:
    doc = to_json(story)
    suffix = analysis_of(story.language, f"{story.headline} {story.body_text[:HEAD]}")
    folded = {name: fold(doc[name]) for name in LONG_TEXT if name in doc}
    for name, text in folded.items():
        if text == doc[name]:
            del doc[name]
    return {
        **{f"{LONG_TEXT[name]}_{suffix}": text for name, text in folded.items()},
        **_tag_fields(story),
        **{f"{type}_labels": _labels(story, type) for type in TAG_TYPES},
        "doc": doc,
        "id": story.id,
        "withdrawn": story.withdrawn,
        "published_at": doc["published_at"],
        "updated_at": doc["updated_at"],
        "day": doc["day"],
        "language": story.language,
        "sections": [crumb.slug for crumb in story.sections],
        "section_labels": [fold(crumb.label) for crumb in story.sections],
        "byline": fold(story.byline),
        "source": fold(story.source),
        "slugline": fold(story.slugline),
    }


def _event_source(event: EventDocument, zone: ZoneInfo) -> dict[str, Any]:
    doc = to_json(as_kept(event))
    days = [(first.isoformat(), last.isoformat()) for first, last in days_found(event, zone)]
    return {
        **_tag_fields(event),
        "doc": doc,
        "id": event.id,
        "withdrawn": event.withdrawn,
        "updated_at": doc["updated_at"],
        "first_day": min([doc["first_day"], *(first for first, _ in days)]) if "first_day" in doc else None,
        "last_day": doc.get("last_day"),
        "unbounded": event.first_day is not None and event.last_day is None,
        "sections": [crumb.slug for crumb in event.sections],
        "occurrences": [{"first_day": first, "last_day": last} for first, last in days],
    }


def _term_source(term: TermDocument) -> dict[str, Any]:
    return {
        "doc": to_json(term),
        "id": term.id,
        "withdrawn": term.withdrawn,
        "unlisted": term.unlisted,
        "type": term.type,
        "slug": term.slug,
        "label": term.label,
        "sorted": fold(term.label),
        "landing": term.landing,
        "order": term.order,
        "names": [fold(name) for name in (term.label, *term.labels.values(), *term.aliases)],
    }


def _labels(story: StoryDocument, type: TagType) -> list[str]:
    return [fold(tag.label) for tag in story.accepted_tags if tag.type == type]


def _tag_fields(document: StoryDocument | EventDocument) -> dict[str, list[str]]:
    tags = document.accepted_tags
    return {FACET_FIELDS[type]: [tag.slug for tag in tags if tag.type == type] for type in TAG_TYPES}
