"""Sitemaps (https://www.sitemaps.org/protocol.html), the news of two days for news search engines, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree

from flask import Blueprint, Response

from dateline.domain.document import StoryDocument
from dateline_web.context import web
from dateline_web.converters import TERM_TYPE_OF
from dateline_web.dates.days import day_at, last_day_of
from dateline_web.dates.formatting import iso_local
from dateline_web.feeds.xml_writer import add_child, xml_bytes
from dateline_web.sitemap.entries import (
    Entry,
    event_entries,
    news,
    page_entries,
    sitemap_paths,
    story_entries,
    term_entries,
)
from dateline_web.urls import NEWS_SITEMAP, SITEMAP, absolute, story_path

blueprint = Blueprint("sitemap", __name__)

SITEMAP_XMLNS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE_XMLNS: Final = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS_XMLNS: Final = "http://www.google.com/schemas/sitemap-news/0.9"

ROBOTS: Final = """User-agent: *
Disallow: /search
Disallow: /stream
Disallow: /v1/

Sitemap: {index}
Sitemap: {news}
"""
"""A search has endless addresses, and each story has one of its own."""

_KINDS: Final = ",".join(TERM_TYPE_OF)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may fetch, and where they find the sitemaps."""
    text = ROBOTS.format(index=absolute(SITEMAP), news=absolute(NEWS_SITEMAP))
    return Response(text, content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """The index of all sitemaps."""
    root = ElementTree.Element("sitemapindex", {"xmlns": SITEMAP_XMLNS})
    for path in sitemap_paths(web()):
        add_child(add_child(root, "sitemap"), "loc", absolute(path))
    return _answer(root)


@blueprint.get("/sitemap-pages.xml")
def pages() -> Response:
    """The pages that are always there."""
    return _urls(page_entries(web()))


@blueprint.get("/sitemap-events.xml")
def events() -> Response:
    """The pages of events."""
    return _urls(event_entries(web()))


@blueprint.get(f"/sitemap-<any({_KINDS}):kind>-<int(min=1, max=9999):page>.xml")
def terms(kind: str, page: int) -> Response:
    """The pages of a type's terms."""
    return _urls(term_entries(web(), TERM_TYPE_OF[kind], page))


@blueprint.get("/sitemap-<digits(4):year>-<digits(2):month>.xml")
def month(year: int, month: int) -> Response:
    """A month's stories."""
    first = day_at(year, month)
    return _urls(story_entries(web(), first, last_day_of(first)))


@blueprint.get("/sitemap-<digits(4):year>-<digits(2):month>-<digits(2):day>.xml")
def day(year: int, month: int, day: int) -> Response:
    """A day's stories, where a month has too many for one file."""
    when = day_at(year, month, day)
    return _urls(story_entries(web(), when, when))


@blueprint.get("/sitemap-news.xml")
def newest() -> Response:
    """The stories of the last two days."""
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP_XMLNS, "xmlns:news": NEWS_XMLNS})
    for story in news(web()):
        _add_news(root, story)
    return _answer(root)


def _add_news(root: ElementTree.Element, story: StoryDocument) -> None:
    """A story as https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap wants it."""
    url = add_child(root, "url")
    add_child(url, "loc", absolute(story_path(story)))
    entry = add_child(url, "news:news")
    publication = add_child(entry, "news:publication")
    add_child(publication, "news:name", web().settings.title)
    add_child(publication, "news:language", story.language)
    add_child(entry, "news:publication_date", iso_local(story.published_at))
    add_child(entry, "news:title", story.headline)


def _urls(entries: Iterable[Entry]) -> Response:
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP_XMLNS, "xmlns:image": IMAGE_XMLNS})
    for entry in entries:
        url = add_child(root, "url")
        add_child(url, "loc", absolute(entry.path))
        if entry.changed is not None:
            add_child(url, "lastmod", iso_local(entry.changed))
        for address in entry.images:
            add_child(add_child(url, "image:image"), "image:loc", address)
    return _answer(root)


def _answer(root: ElementTree.Element) -> Response:
    return Response(xml_bytes(root), content_type="application/xml; charset=utf-8")
