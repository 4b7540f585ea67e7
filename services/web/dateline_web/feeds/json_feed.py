"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from typing import Any

from flask import json

from dateline_web.context import web
from dateline_web.dates.formatting import iso_local
from dateline_web.feeds.entries import FeedEntry
from dateline_web.feeds.feed import Feed
from dateline_web.urls import absolute


def write_json_feed(feed: Feed) -> bytes:
    """The JSON document."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": absolute(feed.at),
        "language": web().settings.language,
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.next:
        document["next_url"] = absolute(feed.next)
    return json.dumps(document, ensure_ascii=False).encode()


def _item(entry: FeedEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        **_content(entry),
        "date_published": iso_local(entry.published),
        "date_modified": iso_local(entry.updated),
        "authors": [{"name": entry.author}],
        "tags": [one.label for one in entry.categories],
        "language": entry.language,
    }
    if entry.summary:
        item["summary"] = entry.summary
    for picture in entry.pictures[:1]:
        item["image"] = picture.url
        if picture.banner:
            item["banner_image"] = picture.banner
    return item


def _content(entry: FeedEntry) -> dict[str, str]:
    """An item must have one of the two."""
    if entry.content:
        return {"content_html": entry.content}
    return {"content_text": entry.summary or entry.title}
