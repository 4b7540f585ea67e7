"""What a story's page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

from markupsafe import Markup

from dateline.domain.document import StoryDocument
from dateline.domain.shown_pictures import usable_images
from dateline.domain.tag import Tag, TagType
from dateline.errors import NotFound, Withdrawn
from dateline.ports.index import Index
from dateline_web.context import Web
from dateline_web.events.timetable import EventLine
from dateline_web.pictures.choice import NumberedPicture, beside_text
from dateline_web.pictures.in_text import body_with_pictures
from dateline_web.stories.autolink import linked_body, paragraphs
from dateline_web.stories.folds import leader_of
from dateline_web.stories.linked_data import news_article
from dateline_web.stories.linked_events import events_of, linked_data_of
from dateline_web.stories.place_map import StoryMap, map_of_story
from dateline_web.stories.public import public_stories
from dateline_web.tags import tags_by_type

MAX_RELATED: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """A story, its pictures but those in the text, or a map where it has none, its body with links, its tags by
    type, what is related, what search engines are told, the leader that it stands behind, and the events that it is
    about."""

    story: StoryDocument
    pictures: tuple[NumberedPicture, ...]
    map: StoryMap | None
    body: Markup
    tags: dict[TagType, list[Tag]]
    related: tuple[StoryDocument, ...]
    leader: StoryDocument | None
    events: tuple[EventLine, ...]
    linked_data: dict[str, Any]


def open_story(index: Index, story_id: str) -> StoryDocument:
    """The story. Raises ``NotFound``, and ``Withdrawn`` with the notice."""
    found = index.get("story", [story_id])
    if not found:
        raise NotFound("There is no story at this address.")
    story = cast(StoryDocument, found[0])
    if story.withdrawn:
        raise Withdrawn(story.notice or "This story was withdrawn.")
    return story


def story_page(web: Web, story: StoryDocument) -> StoryPage:
    """All of a story's page."""
    events, pictures = events_of(web, story), beside_text(story)
    body = linked_body(story) if story.body_html else paragraphs(story.body_text)
    return StoryPage(
        story=story,
        pictures=pictures,
        map=None if usable_images(story.images, web.now()) else map_of_story(web.index, story),
        body=body_with_pictures(body, story.images),
        tags=tags_by_type(story),
        related=related_stories(web.index, story),
        leader=leader_of(web.index, story),
        events=events,
        linked_data=news_article(web, story, about=linked_data_of(events)),
    )


def related_stories(index: Index, story: StoryDocument) -> tuple[StoryDocument, ...]:
    """Those the reporter named, then those that share the most telling tags."""
    named = public_stories(index, story.related, brief=True)
    found = {other.id: other for other in named if other.id != story.id}
    if len(found) < MAX_RELATED:
        for other in index.related(story, MAX_RELATED):
            found.setdefault(other.id, other)
    return tuple(found.values())[:MAX_RELATED]
