"""Stories as web's API says them: with what matched in them, or with what is related; described by ``schemas.py``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dateline.domain.document import StoryDocument
from dateline.formats import public_json
from dateline.formats.public_json.site import Site
from dateline.ports.index import Hit
from dateline_web.events.timetable import EventLine
from dateline_web.pictures.outward import for_api
from dateline_web.stories.folds import also_from, source_name
from dateline_web.stories.linked_events import event_refs
from dateline_web.urls import absolute, site, story_path

Json = dict[str, Any]


def story_items(hits: Iterable[Hit]) -> list[Json]:
    """The stories of a list, with what matched in them."""
    here = site()
    return [_item(hit.document, hit.highlights, here) for hit in hits]


def story_item(story: StoryDocument) -> Json:
    """A story by itself, as it stands in a list."""
    return _item(story, {}, site())


def _item(story: StoryDocument, highlights: Mapping[str, Iterable[str]], here: Site) -> Json:
    return {
        **public_json.story.story_item(for_api(story), here),
        "highlights": {name: list(fragments) for name, fragments in highlights.items()},
        **_also_from(story),
    }


def story_json(story: StoryDocument, related: Iterable[StoryDocument], events: tuple[EventLine, ...]) -> Json:
    """A story with all its parts; its tags carry their evidence."""
    refs = [_story_ref(other) for other in related]
    whole = public_json.story.story_json(for_api(story), site())
    return {**whole, "related": refs, "events": event_refs(events), **_also_from(story)}


def _also_from(story: StoryDocument) -> Json:
    """The stories behind this one, where there are any."""
    behind = [{**_story_ref(other), "source": source_name(other)} for other in also_from(story)]
    return {"also_from": behind} if behind else {}


def _story_ref(story: StoryDocument) -> Json:
    """A story by headline and address."""
    return {"id": story.id, "headline": story.headline, "url": absolute(story_path(story))}
