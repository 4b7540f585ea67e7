"""Events as an index keeps and lists them: without the many times that their rules say again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from dateline.analysis.label_key import label_key
from dateline.domain.document import EventDocument
from dateline.domain.event import Location
from dateline.domain.payload import from_json
from dateline.domain.recurrence.effort import check_effort

MOST_TIMES: Final = 20
"""A series of more is worked out where it is shown; read with a list of a thousand series they would take seconds."""

AnyDocument = TypeVar("AnyDocument")


def as_kept(document: AnyDocument) -> AnyDocument:
    """The document whose JSON is kept; the days on which an event is found are kept beside it."""
    if isinstance(document, EventDocument) and len(document.occurrences) > MOST_TIMES:
        return replace(document, occurrences=())
    return document


def searched_texts(event: EventDocument) -> list[str]:
    """The texts in which words of an event are looked for."""
    places = [place.in_one_line for place in (event.location, *event.further_locations) if place is not None]
    tagged = [tag.label for tag in event.accepted_tags if tag.type == "place"]
    texts = [event.title, event.description_text, *places, *tagged, event.organizer, *event.categories]
    return [text for text in dict.fromkeys(texts) if text]


def listed_event(data: Mapping[str, Any]) -> EventDocument:
    """The event of a document's JSON, as ``as_kept`` leaves it; an older index kept more. Raises what ``check_effort``
    does.
    """
    check_effort()
    if len(data.get("occurrences", ())) > MOST_TIMES or data.get("last_day") is None:
        data = {name: value for name, value in data.items() if name != "occurrences"}
    return from_json(EventDocument, data)


def city_key(place: Location | None) -> str:
    """A location's city as an index compares it; "" where none is said."""
    return label_key(place.city) if place else ""


def organizer_key(event: EventDocument) -> str:
    """Who holds an event, as an index compares it."""
    return label_key(event.organizer)
