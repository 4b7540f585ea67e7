"""A feed written as Atom (RFC 4287, paged as RFC 5005 says), RSS 2.0, or JSON Feed 1.1."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree

from flask import Response, json

from dateline.domain.document import StoryDocument
from dateline_web.context import web
from dateline_web.formatting import iso_local
from dateline_web.stories import story_json as answers
from dateline_web.urls import FEEDS, absolute, story_path, term_path, with_query

ATOM: Final = "http://www.w3.org/2005/Atom"
CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
CREATOR: Final = "http://purl.org/dc/elements/1.1/"

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold (section 2.2), escaped or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A listing at ``path`` with ``parameters``. ``at`` is this feed's own path, ``next`` that of its next page."""

    title: str
    path: str
    parameters: tuple[tuple[str, str], ...]
    at: str
    next: str | None
    stories: tuple[StoryDocument, ...]

    @property
    def page(self) -> str:
        """The address of the page that lists the same."""
        return absolute(with_query(self.path, self.parameters))

    @property
    def updated(self) -> datetime:
        """When the newest change of its stories was."""
        return max((story.updated_at for story in self.stories), default=_NEVER)


def write_feed(feed: Feed, format: str) -> Response:
    """The answer with the feed."""
    writers: dict[str, Callable[[Feed], bytes]] = {"atom": _atom, "rss": _rss, "json": _json}
    return Response(writers[format](feed), content_type=f"{FEEDS[format]}; charset=utf-8")


def entry_id(story: StoryDocument) -> str:
    """A tag URI (RFC 4151): it stays when a headline, and with it the address, changes."""
    return f"tag:{urlsplit(absolute('/')).hostname},2026:stories/{story.id}"


def author_of(story: StoryDocument) -> str:
    """Who wrote it: the byline, the agency, or the paper."""
    return story.byline or story.source or web().settings.title


def _atom(feed: Feed) -> bytes:
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": web().settings.language})
    add_child(root, "id", feed.page)
    add_child(root, "title", feed.title)
    add_child(root, "updated", iso_local(feed.updated))
    add_child(add_child(root, "author"), "name", web().settings.title)
    add_child(root, "link", rel="self", type=FEEDS["atom"], href=absolute(feed.at))
    add_child(root, "link", rel="alternate", type="text/html", href=feed.page)
    if feed.next:
        add_child(root, "link", rel="next", type=FEEDS["atom"], href=absolute(feed.next))
    for story in feed.stories:
        _add_entry(root, story)
    return xml_bytes(root)


def _add_entry(root: ElementTree.Element, story: StoryDocument) -> None:
    entry = add_child(root, "entry", **{"xml:lang": story.language})
    add_child(entry, "id", entry_id(story))
    add_child(entry, "title", story.headline)
    add_child(entry, "link", rel="alternate", type="text/html", href=absolute(story_path(story)))
    add_child(entry, "published", iso_local(story.published_at))
    add_child(entry, "updated", iso_local(story.updated_at))
    add_child(add_child(entry, "author"), "name", author_of(story))
    for tag in answers.accepted(story.tags):
        add_child(entry, "category", term=tag.slug, scheme=absolute(term_path(tag.type, "")), label=tag.label)
    if story.summary:
        add_child(entry, "summary", story.summary)
    add_child(entry, "content", story.body_html, type="html")


def _rss(feed: Feed) -> bytes:
    names = {"version": "2.0", "xmlns:atom": ATOM, "xmlns:content": CONTENT, "xmlns:dc": CREATOR}
    root = ElementTree.Element("rss", names)
    channel = add_child(root, "channel")
    add_child(channel, "title", feed.title)
    add_child(channel, "link", feed.page)
    add_child(channel, "description", feed.title)
    add_child(channel, "language", web().settings.language)
    add_child(channel, "lastBuildDate", format_datetime(feed.updated.astimezone(UTC)))
    add_child(channel, "atom:link", rel="self", type=FEEDS["rss"], href=absolute(feed.at))
    if feed.next:
        add_child(channel, "atom:link", rel="next", type=FEEDS["rss"], href=absolute(feed.next))
    for story in feed.stories:
        item = add_child(channel, "item")
        add_child(item, "title", story.headline)
        add_child(item, "link", absolute(story_path(story)))
        add_child(item, "guid", entry_id(story), isPermaLink="false")
        add_child(item, "pubDate", format_datetime(story.published_at.astimezone(UTC)))
        add_child(item, "dc:creator", author_of(story))
        for tag in answers.accepted(story.tags):
            add_child(item, "category", tag.label, domain=absolute(term_path(tag.type, "")))
        add_child(item, "description", story.summary or story.body_text[:300])
        add_child(item, "content:encoded", story.body_html)
    return xml_bytes(root)


def _json(feed: Feed) -> bytes:
    said: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": absolute(feed.at),
        "language": web().settings.language,
        "items": [_json_item(story) for story in feed.stories],
    }
    if feed.next:
        said["next_url"] = absolute(feed.next)
    return json.dumps(said, ensure_ascii=False).encode()


def _json_item(story: StoryDocument) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry_id(story),
        "url": absolute(story_path(story)),
        "title": story.headline,
        "content_html": story.body_html,
        "date_published": iso_local(story.published_at),
        "date_modified": iso_local(story.updated_at),
        "authors": [{"name": author_of(story)}],
        "tags": [tag.label for tag in answers.accepted(story.tags)],
        "language": story.language,
    }
    if story.summary:
        item["summary"] = story.summary
    if story.images:
        item["image"] = story.images[0].url
    return item


def add_child(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """A child of ``parent``, without the characters that XML can't hold."""
    child = ElementTree.SubElement(parent, name, {key: _xml(value) for key, value in attributes.items()})
    child.text = _xml(text) or None
    return child


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def xml_bytes(root: ElementTree.Element) -> bytes:
    """The document of ``root``."""
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
