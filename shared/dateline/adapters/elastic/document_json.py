"""Documents to index sources and back.

A source is ``doc``, the document itself (kept, not indexed), beside the fields that are searched, which hold folded
text. What a story says stands there once, from where ``document_of`` puts it back: text that folding doesn't change
and what is filtered by only in the field that is searched; tags as rows, and beside them their evidence, without the
words where they are what stands in the text; no HTML that the text alone makes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.adapters.kept_events import as_kept, city_key, organizer_key, searched_texts
from dateline.analysis.folding import fold
from dateline.analysis.label_key import label_key
from dateline.analysis.unspaced import is_mostly_unspaced
from dateline.domain.document import (
    DOCUMENT_TYPES,
    Document,
    EventDocument,
    FrontDocument,
    Kind,
    StoryDocument,
    TermDocument,
)
from dateline.domain.html import html_of_text
from dateline.domain.payload import from_json, story_without_tags, to_json
from dateline.domain.recurrence import days_found
from dateline.domain.tag import TAG_TYPES, Evidence, Tag
from dateline.ports.index import FACET_FIELDS

LANGUAGES: Final = ("en", "ru")
"""Languages with an analysis of their own; every other text is only folded."""

OTHER_LANGUAGES: Final = "xx"
"""Stands where a language would, in the names of the fields of every other text."""

SUFFIXES: Final = (*LANGUAGES, OTHER_LANGUAGES)

HEAD: Final = 500
"""Characters of a story that show its script."""

LONG_TEXT: Final = {"headline": "headline", "summary": "summary", "body_text": "body"}

SHORT_TEXT: Final = ("byline", "source", "slugline")
"""Folded too, whatever the language."""

SEARCHED_AS_SAID: Final = ("id", "published_at", "updated_at", "day", "language", "event_ids")
"""Fields that stand beside ``doc`` as they would stand in it."""

ONLY_ON_PAGES: Final = ("plain", "evidence")
"""What ``doc`` has, besides the story's own fields, that no list of stories shows."""


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
        case FrontDocument():
            return _front_source(document)


def document_of(kind: Kind, source: Mapping[str, Any]) -> Document:
    """The document that ``source_of`` made ``source`` from."""
    if kind == "story":
        return _story_of(source)
    return from_json(DOCUMENT_TYPES[kind], source["doc"])


def _story_of(source: Mapping[str, Any]) -> StoryDocument:
    """The story of a source, of which some fields may be missing.

    A generation from before rows has tags as objects; readers see it until the next one is filled.
    """
    doc = {name: source[name] for name in (*SEARCHED_AS_SAID, *SHORT_TEXT) if name in source} | source["doc"]
    for name, stem in LONG_TEXT.items():
        for field in (f"{stem}_{suffix}" for suffix in SUFFIXES):
            if name not in doc and (text := source.get(field)):
                doc[name] = text
    if doc.pop("plain", False):
        doc["body_html"] = html_of_text(doc["body_text"])
    if evidence := doc.pop("evidence", ()):
        with_evidence = zip(doc["tags"], evidence, strict=True)
        doc["tags"] = [Tag._make((*row, _evidence_of(doc, said))) for row, said in with_evidence]
    elif rows := doc.get("tags"):
        doc["tags"] = [row if isinstance(row, dict) else Tag(*row) for row in rows]
    return from_json(StoryDocument, doc)


def _evidence_of(doc: Mapping[str, Any], rows: Sequence[Sequence[Any]]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(field, start, end, text[0] if text else doc[field][start:end], rule)
        for rule, field, start, end, *text in rows
    )


def _story_source(story: StoryDocument) -> dict[str, Any]:
    doc = story_without_tags(story)
    suffix = analysis_of(story.language, f"{story.headline} {story.body_text[:HEAD]}")
    folded = {name: fold(doc[name]) for name in (*LONG_TEXT, *SHORT_TEXT) if name in doc}
    said: dict[str, Any] = {name: doc.pop(name) for name in SEARCHED_AS_SAID if name in doc}
    for name, text in folded.items():
        if text == doc[name]:
            del doc[name]
    if story.body_html and story.body_html == html_of_text(story.body_text):
        del doc["body_html"]
        doc["plain"] = True
    if story.tags:
        doc["tags"] = [tag[:-1] for tag in story.tags]
        doc["evidence"] = [_evidence_rows(story, tag.evidence) for tag in story.tags]
    accepted = story.accepted_tags
    source: dict[str, Any] = {
        **{f"{LONG_TEXT[name]}_{suffix}" if name in LONG_TEXT else name: text for name, text in folded.items()},
        **_tag_fields(accepted),
        **_label_fields(accepted),
        **said,
        "sections": [crumb.slug for crumb in story.sections],
        "section_labels": [fold(crumb.label) for crumb in story.sections],
    }
    shown = {name: value for name, value in source.items() if value}
    # searches leave out what is withdrawn; so they do what stands behind another, which its page and the document tell
    return {**shown, "language": story.language, "withdrawn": not story.is_listed, "doc": doc}


def _evidence_rows(story: StoryDocument, evidence: tuple[Evidence, ...]) -> list[tuple[Any, ...]]:
    """Each without its words where they are what stands there."""
    return [
        (rule, field, start, end) if getattr(story, field, "")[start:end] == text else (rule, field, start, end, text)
        for field, start, end, text, rule in evidence
    ]


def _event_source(event: EventDocument, zone: ZoneInfo) -> dict[str, Any]:
    doc = to_json(as_kept(event))
    days = [(first.isoformat(), last.isoformat()) for first, last in days_found(event, zone)]
    texts = [fold(text) for text in searched_texts(event)]
    begins = f"{event.title} {event.description_text[:HEAD]}"
    suffix = analysis_of(event.language or _likely_language(begins), begins)
    return {
        **_tag_fields(event.accepted_tags),
        "doc": doc,
        "id": event.id,
        "withdrawn": event.withdrawn,
        "updated_at": doc["updated_at"],
        "first_day": min([doc["first_day"], *(first for first, _ in days)]) if "first_day" in doc else None,
        "last_day": doc.get("last_day"),
        "unbounded": event.first_day is not None and event.last_day is None,
        "sections": [crumb.slug for crumb in event.sections],
        "categories": [label_key(word) for word in event.categories],
        "attendance": event.attendance,
        "status": event.status,
        "free": None if event.price is None else event.price.free,
        "geo": _geo(event),
        "city": city_key(event.location) or None,
        "organizer": organizer_key(event) or None,
        "exception_of": event.uid if event.recurrence_id else None,
        f"words_{suffix}": texts,
        "occurrences": [{"first_day": first, "last_day": last} for first, last in days],
    }


def _geo(event: EventDocument) -> dict[str, float] | None:
    place = event.location
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"lat": place.lat, "lon": place.lon}


def _likely_language(text: str) -> str:
    """Of a text whose language nobody said: a guess by its letters."""
    return "ru" if sum("\u0400" <= char <= "\u052f" for char in text) * 2 > len(text) else "en"


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


def _front_source(front: FrontDocument) -> dict[str, Any]:
    doc = to_json(front)
    return {"doc": doc, "id": front.id, "page": front.page, "at": doc.get("at"), "withdrawn": front.withdrawn}


def _label_fields(tags: Sequence[Tag]) -> dict[str, list[str]]:
    labels = [(tag.type, fold(tag.label)) for tag in tags]
    return {f"{type}_labels": [label for of, label in labels if of == type] for type in TAG_TYPES}


def _tag_fields(tags: Sequence[Tag]) -> dict[str, list[str]]:
    return {FACET_FIELDS[type]: [tag.slug for tag in tags if tag.type == type] for type in TAG_TYPES}
