"""The pages of terms: topics, people, places, organisations and sections, each with an index of all of them."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from dateline.domain.tag import PLURAL, TagType
from dateline.domain.term import TermType
from dateline.http import JsonBlueprint
from dateline_web.context import web
from dateline_web.converters import TAG_TYPE_OF
from dateline_web.listing_params import ListingParams, PageParams, read_params
from dateline_web.maps.places import subject_of_place
from dateline_web.maps.shown import map_answer
from dateline_web.next_page import next_link
from dateline_web.terms import schemas
from dateline_web.terms.alphabet import alphabet
from dateline_web.terms.page import find_term, stories_of, term_page
from dateline_web.terms.params import TermsPageParams, TermsParams
from dateline_web.terms.redirects import moved
from dateline_web.terms.sections import section_tree
from dateline_web.terms.term_json import alphabet_json, term_json
from dateline_web.urls import api_terms_path, place_map_path, term_path, terms_path

blueprint = Blueprint("terms", __name__)
api = JsonBlueprint("Terms", __name__, description="People, places, organisations, topics.", always=(304, 429, 503))


@blueprint.get("/sections")
def sections() -> str:
    """All sections, as they lie within one another."""
    return render_template("sections.html", tree=section_tree(web().index))


@blueprint.get("/sections/<slug:slug>")
def section(slug: str) -> str | Response:
    """A section's stories."""
    return _term("section", slug)


@blueprint.get("/<tags:type>")
def index(type: TagType) -> str:
    """The A–Z of a type."""
    page = alphabet(web(), type, read_params(TermsPageParams), terms_path(type))
    return render_template("terms.html", page=page)


@blueprint.get("/<tags:type>/<slug:slug>")
def term(type: TagType, slug: str) -> str | Response:
    """A term's page."""
    return _term(type, slug)


@blueprint.get("/places/<slug:slug>/map.svg")
def place_map(slug: str) -> Response:
    """Where a place is, as SVG."""
    found = find_term(web().index, "place", slug)
    elsewhere = moved(web().index, found, lambda _, now: place_map_path(now))
    return elsewhere or map_answer(subject_of_place(found))


def _term(type: TermType, slug: str) -> str | Response:
    found = find_term(web().index, type, slug)
    if elsewhere := moved(web().index, found, term_path):
        return elsewhere
    query = stories_of(found, read_params(PageParams))
    return render_template("term.html", page=term_page(web(), found, query, term_path(type, slug)))


@api.get("/v1/tags/<type>")
@api.arguments(TermsParams(), location="query")
@api.response(200, schemas.TermItems)
@api.problems(404)
def tags(parameters: dict[str, Any], type: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The terms of a type (person, place, organisation, topic) that stories carry, in label order."""
    page = alphabet(web(), _type(type), parameters, api_terms_path(type))
    return alphabet_json(page), next_link(page.next)


@api.get("/v1/tags/<type>/<slug>")
@api.arguments(ListingParams(), location="query")
@api.response(200, schemas.TermWhole)
@api.alt_response(301, description="It was merged into another term, which is there.")
@api.problems(404, 410)
def tag(parameters: dict[str, Any], type: str, slug: str) -> Any:
    """One term: what is known of it, what it appears with, and its stories, newest first."""
    found = find_term(web().index, _type(type), slug)
    if elsewhere := moved(web().index, found, api_terms_path):
        return elsewhere
    page = term_page(web(), found, stories_of(found, parameters), api_terms_path(type, slug))
    return term_json(page), page.listing.headers


def _type(name: str) -> TagType:
    """The type by its name, or by its name in addresses (people)."""
    if name in PLURAL:
        return name
    return TAG_TYPE_OF.get(name) or cast(TagType, abort(404, description=f"{name} is no type of tags."))
