"""A search and suggestions as the JSON API says them: plain dicts, described by ``schemas.py``."""

from __future__ import annotations

from typing import Any

from dateline.ports.index import FACETS, FacetValue, Suggestion
from dateline_web.next_page import next_url
from dateline_web.search.results import Results
from dateline_web.stories.story_json import story_items
from dateline_web.urls import absolute, story_path, term_path


def search_json(results: Results) -> dict[str, Any]:
    """The search answer of the API."""
    listing = results.listing
    return {
        "total": {"value": listing.total, "relation": "eq"},
        "items": story_items(listing.hits),
        "facets": {facet: [_facet_value(v) for v in listing.facets.get(facet, ())] for facet in FACETS},
        "did_you_mean": results.did_you_mean,
        "next": next_url(listing.next),
    }


def suggestion_json(found: Suggestion) -> dict[str, Any]:
    """A suggestion with the address it leads to; a story's address finds its slug by itself."""
    path = term_path(found.type, found.slug) if found.type else story_path(found)
    return {"kind": found.kind, "type": found.type, "slug": found.slug, "label": found.label, "url": absolute(path)}


def _facet_value(value: FacetValue) -> dict[str, Any]:
    return {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}
