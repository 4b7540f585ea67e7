"""Search: the page, and the same as JSON; suggestions while one types."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Blueprint, Response, render_template

from dateline.http import JsonBlueprint
from dateline_web.context import web
from dateline_web.listing_params import read_params
from dateline_web.search import schemas
from dateline_web.search.params import SearchForm, SearchParams, SuggestParams
from dateline_web.search.query import StoryQuery
from dateline_web.search.results import results_of
from dateline_web.search.search_json import search_json, suggestion_json
from dateline_web.urls import API_SEARCH

blueprint = Blueprint("search", __name__)
api = JsonBlueprint("Search", __name__, description="Find stories.", always=(304, 429, 503))


@blueprint.get("/search")
def page() -> str:
    """The search page."""
    query: StoryQuery = read_params(SearchForm)
    return render_template("search.html", results=results_of(web(), query, bars=True))


@api.get("/v1/search")
@api.arguments(SearchParams(), location="query")
@api.response(200, schemas.SearchAnswer)
def search(query: StoryQuery) -> Response:
    """Search stories by words, facets and days."""
    results = results_of(web(), query, API_SEARCH)
    return _whole_answer(search_json(results), results.listing.headers)


@api.get("/v1/suggest")
@api.arguments(SuggestParams(), location="query")
@api.response(200, schemas.Suggestions)
def suggest(parameters: dict[str, Any]) -> dict[str, Any]:
    """Terms and stories with a word that begins like what was typed."""
    prefix = parameters["q"].strip()
    found = web().index.suggest(prefix, parameters["limit"]) if any(map(str.isalnum, prefix)) else []
    return {"items": [suggestion_json(item) for item in found], "next": None}


def _whole_answer(answer: dict[str, Any], headers: dict[str, str]) -> Response:
    """An answer that is in its schema's shape already: going through the schema takes longer than all the rest."""
    return Response(orjson.dumps(answer), headers=headers, mimetype="application/json")
