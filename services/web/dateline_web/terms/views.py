"""The pages of terms: topics, people, places, organisations and sections, each with an index of all of them."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from dateline.domain.tag import PLURAL, TagType
from dateline.domain.term import TERM_PLURAL, TermType
from dateline.http import JsonBlueprint
from dateline_web.context import web
from dateline_web.listing_params import ListingParams, PageParams, TermsPageParams, TermsParams, read
from dateline_web.stories import schemas
from dateline_web.terms.page import (
    alphabet,
    alphabet_json,
    find_term,
    merged_path,
    stories_of,
    term_json,
    term_page,
)
from dateline_web.terms.sections import section_tree
from dateline_web.urls import absolute, term_path

blueprint = Blueprint("terms", __name__)
api = JsonBlueprint("Terms", __name__, description="People, places, organisations, topics.", always=(304, 503))


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
    page = alphabet(web(), type, read(TermsPageParams), f"/{TERM_PLURAL[type]}")
    return render_template("terms.html", page=page)


@blueprint.get("/<tags:type>/<slug:slug>")
def term(type: TagType, slug: str) -> str | Response:
    """A term's page."""
    return _term(type, slug)


def _term(type: TermType, slug: str) -> str | Response:
    found = find_term(web().index, type, slug)
    if moved := merged_path(found):
        return redirect(moved, 301)
    query = stories_of(found, read(PageParams))
    return render_template("term.html", page=term_page(web(), found, query, term_path(type, slug)))


@api.get("/v1/tags/<type>")
@api.arguments(TermsParams(), location="query")
@api.response(200, schemas.TermItems)
@api.problems(404)
def tags(parameters: dict[str, Any], type: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The terms of a type (person, place, organisation, topic) that stories carry, in label order."""
    page = alphabet(web(), _type(type), parameters, f"/v1/tags/{type}")
    return alphabet_json(page), {"Link": f'<{absolute(page.next)}>; rel="next"'} if page.next else {}


@api.get("/v1/tags/<type>/<slug>")
@api.arguments(ListingParams(), location="query")
@api.response(200, schemas.TermWhole)
@api.problems(404)
def tag(parameters: dict[str, Any], type: str, slug: str) -> tuple[dict[str, Any], dict[str, str]]:
    """One term: what is known of it, what it appears with, and its stories, newest first."""
    found = find_term(web().index, _type(type), slug)
    page = term_page(web(), found, stories_of(found, parameters), f"/v1/tags/{type}/{slug}")
    return term_json(page), page.listing.headers


def _type(name: str) -> TagType:
    """The type by its name, or by its name in addresses (people)."""
    by_name = {plural: type for type, plural in PLURAL.items()} | {type: type for type in PLURAL}
    return by_name[name] if name in by_name else cast(TagType, abort(404, description=f"{name} is no type of tags."))
