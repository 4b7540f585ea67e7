"""A feed as RSS 2.0 (https://www.rssboard.org/rss-specification), with the body in content:encoded."""

from __future__ import annotations

from datetime import UTC
from email.utils import format_datetime
from typing import Final
from xml.etree import ElementTree

from dateline_web.context import web
from dateline_web.feeds.atom import ATOM
from dateline_web.feeds.entries import FeedEntry
from dateline_web.feeds.feed import Feed
from dateline_web.feeds.pictures import MEDIA, add_media
from dateline_web.feeds.xml_writer import add_child, xml_bytes
from dateline_web.urls import FEEDS, absolute

CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
CREATOR: Final = "http://purl.org/dc/elements/1.1/"


def write_rss(feed: Feed) -> bytes:
    """The RSS document."""
    names = {"version": "2.0", "xmlns:atom": ATOM, "xmlns:content": CONTENT, "xmlns:dc": CREATOR, "xmlns:media": MEDIA}
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
    for entry in feed.entries:
        _add_item(channel, entry)
    return xml_bytes(root)


def _add_item(channel: ElementTree.Element, entry: FeedEntry) -> None:
    item = add_child(channel, "item")
    add_child(item, "title", entry.title)
    add_child(item, "link", entry.address)
    add_child(item, "guid", entry.id, isPermaLink="false")
    add_child(item, "pubDate", format_datetime(entry.published.astimezone(UTC)))
    add_child(item, "dc:creator", entry.author)
    for one in entry.categories:
        add_child(item, "category", one.label, domain=one.scheme)
    add_child(item, "description", entry.excerpt)
    if entry.content:
        add_child(item, "content:encoded", entry.content)
    for picture in entry.pictures[:1]:
        if picture.length:  # an enclosure must say its length and its type
            add_child(item, "enclosure", url=picture.url, length=str(picture.length), type=picture.type)
    add_media(item, entry.pictures)
