"""A front that isn't saved, as readers would see it: for who has what the desk signed, some minutes, in its frame."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from dateline.documents.preview import FrontPreview, preview_key, read_front_preview
from dateline.domain.front import HOME
from dateline.http.requests.forms import check_form
from dateline_web.context import web
from dateline_web.front.page import front_page
from dateline_web.listing_params import DEFAULT_LIMIT
from dateline_web.stories.previews import for_colleagues
from dateline_web.terms.page import find_term, stories_of, term_page
from dateline_web.urls import term_path

blueprint = Blueprint("front_previews", __name__)


@blueprint.post("/preview/front")
def show() -> Response:
    """The front of the placement in the field ``preview``; 403 for what the desk didn't sign, or too late."""
    check_form(request, known=False)
    preview = read_front_preview(request.form.get("preview", ""), preview_key(web().settings), web().now())
    return for_colleagues(make_response(_page(preview)), preview.desk)


def _page(preview: FrontPreview) -> str:
    """The front page, or the page of the section whose front it is. Raises ``NotFound``."""
    slug = preview.placement.page
    if slug == HOME:
        return render_template("front_preview.html", page=front_page(web(), preview.placement), preview=preview)
    section = find_term(web().index, "section", slug)
    query = stories_of(section, {"limit": DEFAULT_LIMIT, "cursor": None})
    page = term_page(web(), section, query, term_path("section", slug), preview.placement)
    return render_template("section_preview.html", page=page, preview=preview)
