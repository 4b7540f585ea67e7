"""Feeds as Atom, RSS 2.0 and JSON Feed: exactly the stories that a listing's page shows, in its order; new events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as WerkzeugResponse

from dateline.domain.tag import TagType
from dateline.domain.term import TermType
from dateline_web.context import web
from dateline_web.feeds.atom import write_atom
from dateline_web.feeds.bodies import with_bodies
from dateline_web.feeds.entries import story_entry
from dateline_web.feeds.events import announced_events
from dateline_web.feeds.feed import Feed
from dateline_web.feeds.json_feed import write_json_feed
from dateline_web.feeds.rss import write_rss
from dateline_web.listing_params import PageParams, read_params
from dateline_web.search.listing import listing_of, search_stories
from dateline_web.search.params import SearchForm
from dateline_web.search.query import StoryQuery
from dateline_web.subscriptions.params import SubscriptionParams
from dateline_web.terms.page import find_term, stories_of
from dateline_web.terms.redirects import at_page, moved
from dateline_web.urls import FEEDS, SEARCH, feed_path, term_path

blueprint = Blueprint("feeds", __name__)

SUFFIX: Final = "<any(atom,rss,json):format>"
WRITERS: Final[dict[str, Callable[[Feed], bytes]]] = {"atom": write_atom, "rss": write_rss, "json": write_json_feed}


@blueprint.get(f"/search.{SUFFIX}")
def search(format: str) -> Response:
    """A search's feed."""
    query: StoryQuery = read_params(SearchForm)
    return _feed(SEARCH, f"Search: {query.parsed.text}" if query.parsed.text else "All stories", query, format)


@blueprint.get(f"/events.{SUFFIX}")
def events(format: str) -> Response:
    """The feed of events that were announced last."""
    feed = announced_events(web(), read_params(SubscriptionParams), _at())
    return _written(feed, format)


@blueprint.get(f"/sections/<slug:slug>.{SUFFIX}")
def section(slug: str, format: str) -> Response | WerkzeugResponse:
    """A section's feed."""
    return _of_term("section", slug, format)


@blueprint.get(f"/<tags:type>/<slug:slug>.{SUFFIX}")
def term(type: TagType, slug: str, format: str) -> Response | WerkzeugResponse:
    """The feed of a topic, person, place or organisation."""
    return _of_term(type, slug, format)


def _of_term(type: TermType, slug: str, format: str) -> Response | WerkzeugResponse:
    found = find_term(web().index, type, slug)
    if elsewhere := moved(web().index, found, at_page(lambda path: feed_path(path, format))):
        return elsewhere
    return _feed(term_path(type, slug), found.label, stories_of(found, read_params(PageParams)), format, fixed=1)


def _feed(path: str, title: str, query: StoryQuery, format: str, fixed: int = 0) -> Response:
    """The feed of the listing at ``path``, whose address says the first ``fixed`` parameters already."""
    listing = listing_of(feed_path(path, format), query, search_stories(web().index, query, brief=True), fixed)
    stories = with_bodies(web().index, [hit.document for hit in listing.hits])
    feed = Feed(
        title=f"{title} · {web().settings.title}",
        path=path,
        parameters=tuple(query.parameters()[fixed:]),
        at=_at(),
        next=listing.next,
        entries=tuple(map(story_entry, stories)),
    )
    return _written(feed, format)


def _at() -> str:
    """The feed's own path, as it was asked for."""
    query_string = request.query_string.decode("ascii", "replace")
    return f"{request.path}?{query_string}" if query_string else request.path


def _written(feed: Feed, format: str) -> Response:
    return Response(WRITERS[format](feed), content_type=f"{FEEDS[format]}; charset=utf-8")
