"""A feed as Atom (RFC 4287), paged as RFC 5005 says."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree

from dateline.domain.document import StoryDocument
from dateline_web.context import web
from dateline_web.dates.formatting import iso_local
from dateline_web.feeds.feed import Feed, content_of
from dateline_web.feeds.xml_writer import add_child, xml_bytes
from dateline_web.identifiers import entry_id
from dateline_web.stories.author import author_of
from dateline_web.urls import FEEDS, absolute, story_path, term_path

ATOM: Final = "http://www.w3.org/2005/Atom"


def write_atom(feed: Feed) -> bytes:
    """The Atom document."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": web().settings.language})
    add_child(root, "id", feed.id)
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
    for tag in story.accepted_tags:
        add_child(entry, "category", term=tag.slug, scheme=absolute(term_path(tag.type, "")), label=tag.label)
    if story.summary:
        add_child(entry, "summary", story.summary)
    if content := content_of(story):
        add_child(entry, "content", content, type="html")
