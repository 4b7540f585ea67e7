"""What an event's page shows beside the event: the stories about it, where it is, other events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dateline.domain.document import EventDocument, StoryDocument
from dateline_web.context import Web
from dateline_web.dates.formatting import iso_local
from dateline_web.events.neighbours import nearby_and_similar
from dateline_web.events.timetable import EventLine
from dateline_web.maps.places import subject_of_event
from dateline_web.maps.shown import ShownMap, shown_map
from dateline_web.urls import absolute, event_map_path, story_path

MOST_COVERAGE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideEvent:
    """The stories about an event, newest first, the map of where it is, what takes place near it soon, and what is like
    it."""

    coverage: Sequence[StoryDocument]
    map: ShownMap | None
    nearby: tuple[EventLine, ...] = ()
    similar: tuple[EventLine, ...] = ()

    @property
    def linked_data(self) -> list[dict[str, Any]]:
        """The stories as schema.org names what an event is the subject of."""
        return [
            {"@type": "NewsArticle", "headline": story.headline[:110], "url": absolute(story_path(story)),
             "datePublished": iso_local(story.published_at)}
            for story in self.coverage
        ]  # fmt: skip


def beside_event(web: Web, event: EventDocument) -> BesideEvent:
    """All that stands beside ``event``. Raises ``IndexUnavailable``."""
    where = shown_map(subject_of_event(event), event_map_path(event), near=True)
    nearby, similar = nearby_and_similar(web, event)
    return BesideEvent(coverage=coverage_of(web, event), map=where, nearby=nearby, similar=similar)


def coverage_of(web: Web, event: EventDocument) -> Sequence[StoryDocument]:
    """The newest stories that are linked with ``event``."""
    return web.index.coverage(event.id, MOST_COVERAGE)


def coverage_json(stories: Iterable[StoryDocument]) -> list[dict[str, Any]]:
    """The stories by headline and address."""
    return [
        {"id": story.id, "headline": story.headline, "url": absolute(story_path(story)),
         "published_at": iso_local(story.published_at)}
        for story in stories
    ]  # fmt: skip
