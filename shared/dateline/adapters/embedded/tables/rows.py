"""What the tables hold of each document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from dateline.adapters.embedded.analysis import indexed, joined, key_token
from dateline.adapters.kept_events import city_key, organizer_key
from dateline.analysis.label_key import label_key
from dateline.domain.document import EventDocument, StoryDocument, TermDocument

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A facet value that a story or event carries."""

    facet: str
    slug: str
    label: str


def microseconds(moment: datetime) -> int:
    """An aware time as whole microseconds since 1970, UTC: exact and sortable."""
    return (moment - _EPOCH) // _MICROSECOND


def values_of(document: StoryDocument | EventDocument) -> list[Value]:
    """All facet values of a story or event, each once."""
    values = [Value(facet="section", slug=crumb.slug, label=crumb.label) for crumb in document.sections]
    values += [Value(facet=tag.type, slug=tag.slug, label=tag.label) for tag in document.accepted_tags]
    if isinstance(document, EventDocument):
        values += [Value(facet="category", slug=label_key(word), label=word) for word in document.categories]
    if isinstance(document, StoryDocument):
        values.append(Value(facet="language", slug=document.language, label=document.language))
    return list({(value.facet, value.slug): value for value in values}.values())


def event_values(event: EventDocument) -> list[Value]:
    """The same of an event with its city and who holds it, which no facet shows."""
    more = [("city", city_key(event.location)), ("organizer", organizer_key(event))]
    return [*values_of(event), *(Value(facet=facet, slug=key, label=key) for facet, key in more if key)]


def text_of(story: StoryDocument) -> tuple[str, ...]:
    """The columns of the full text table, as ``schema.TEXT_COLUMNS`` names them."""

    def labels(type: str) -> str:
        return joined(tag.label for tag in story.accepted_tags if tag.type == type)

    keys = [key_token(value.facet, value.slug) for value in values_of(story) if value.facet != "language"]
    return (
        indexed(story.headline),
        indexed(story.summary),
        indexed(story.body_text),
        indexed(story.byline),
        joined(crumb.label for crumb in story.sections),
        labels("person"),
        labels("place"),
        labels("organisation"),
        labels("topic"),
        indexed(story.slugline),
        indexed(story.source),
        " ".join(keys),
    )


def names_of(term: TermDocument) -> list[str]:
    """All names of a term."""
    return [term.label, *term.labels.values(), *term.aliases]
