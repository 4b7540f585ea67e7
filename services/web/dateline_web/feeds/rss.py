"""A feed as RSS 2.0 (https://www.rssboard.org/rss-specification), with the body in content:encoded."""

from __future__ import annotations

from datetime import UTC
from email.utils import format_datetime
from typing import Final
from xml.etree import ElementTree

from dateline.domain.document import StoryDocument
from dateline_web.context import web
from dateline_web.feeds.atom import ATOM
from dateline_web.feeds.feed import Feed, content_of
from dateline_web.feeds.xml_writer import add_child, xml_bytes
from dateline_web.identifiers import entry_id
from dateline_web.stories.author import author_of
from dateline_web.urls import FEEDS, absolute, story_path, term_path

CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
CREATOR: Final = "http://purl.org/dc/elements/1.1/"


def write_rss(feed: Feed) -> bytes:
    """The RSS document."""
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
        _add_item(channel, story)
    return xml_bytes(root)


def _add_item(channel: ElementTree.Element, story: StoryDocument) -> None:
    item = add_child(channel, "item")
    add_child(item, "title", story.headline)
    add_child(item, "link", absolute(story_path(story)))
    add_child(item, "guid", entry_id(story), isPermaLink="false")
    add_child(item, "pubDate", format_datetime(story.published_at.astimezone(UTC)))
    add_child(item, "dc:creator", author_of(story))
    for tag in story.accepted_tags:
        add_child(item, "category", tag.label, domain=absolute(term_path(tag.type, "")))
    add_child(item, "description", story.summary or story.body_text[:300])
    if content := content_of(story):
        add_child(item, "content:encoded", content)
