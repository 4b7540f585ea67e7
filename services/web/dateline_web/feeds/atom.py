"""A feed as Atom (RFC 4287), paged as RFC 5005 says."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree

from dateline_web.context import web
from dateline_web.dates.formatting import iso_local
from dateline_web.feeds.entries import FeedEntry
from dateline_web.feeds.feed import Feed
from dateline_web.feeds.pictures import MEDIA, add_media
from dateline_web.feeds.xml_writer import add_child, xml_bytes
from dateline_web.urls import FEEDS, absolute

ATOM: Final = "http://www.w3.org/2005/Atom"


def write_atom(feed: Feed) -> bytes:
    """The Atom document."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xmlns:media": MEDIA, "xml:lang": web().settings.language})
    add_child(root, "id", feed.id)
    add_child(root, "title", feed.title)
    add_child(root, "updated", iso_local(feed.updated))
    add_child(add_child(root, "author"), "name", web().settings.title)
    add_child(root, "link", rel="self", type=FEEDS["atom"], href=absolute(feed.at))
    add_child(root, "link", rel="alternate", type="text/html", href=feed.page)
    if feed.next:
        add_child(root, "link", rel="next", type=FEEDS["atom"], href=absolute(feed.next))
    for entry in feed.entries:
        _add_entry(root, entry)
    return xml_bytes(root)


def _add_entry(root: ElementTree.Element, said: FeedEntry) -> None:
    entry = add_child(root, "entry", **{"xml:lang": said.language})
    add_child(entry, "id", said.id)
    add_child(entry, "title", said.title)
    add_child(entry, "link", rel="alternate", type="text/html", href=said.address)
    for picture in said.pictures[:1]:
        known = {"type": picture.type, "length": str(picture.length or "")}
        add_child(
            entry, "link", rel="enclosure", href=picture.url, **{key: text for key, text in known.items() if text}
        )
    add_child(entry, "published", iso_local(said.published))
    add_child(entry, "updated", iso_local(said.updated))
    add_child(add_child(entry, "author"), "name", said.author)
    for one in said.categories:
        add_child(entry, "category", term=one.term, scheme=one.scheme, label=one.label)
    if said.summary:
        add_child(entry, "summary", said.summary)
    if said.content:
        add_child(entry, "content", said.content, type="html")
    add_media(entry, said.pictures)
