"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from typing import Any

from flask import json

from dateline.domain.document import StoryDocument
from dateline_web.context import web
from dateline_web.dates.formatting import iso_local
from dateline_web.feeds.feed import Feed, content_of
from dateline_web.identifiers import entry_id
from dateline_web.stories.author import author_of
from dateline_web.urls import absolute, story_path


def write_json_feed(feed: Feed) -> bytes:
    """The JSON document."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": absolute(feed.at),
        "language": web().settings.language,
        "items": [_item(story) for story in feed.stories],
    }
    if feed.next:
        document["next_url"] = absolute(feed.next)
    return json.dumps(document, ensure_ascii=False).encode()


def _item(story: StoryDocument) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry_id(story),
        "url": absolute(story_path(story)),
        "title": story.headline,
        **_content(story),
        "date_published": iso_local(story.published_at),
        "date_modified": iso_local(story.updated_at),
        "authors": [{"name": author_of(story)}],
        "tags": [tag.label for tag in story.accepted_tags],
        "language": story.language,
    }
    if story.summary:
        item["summary"] = story.summary
    if story.images:
        item["image"] = story.images[0].url
    return item


def _content(story: StoryDocument) -> dict[str, str]:
    """An item must have one of the two."""
    if content := content_of(story):
        return {"content_html": content}
    return {"content_text": story.summary or story.headline}
