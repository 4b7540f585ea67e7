"""A front that isn't saved, as readers would see it: for who has what the desk signed, some minutes, in its frame."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from dateline.documents.preview import preview_key, read_front_preview
from dateline.http.requests.forms import check_form
from dateline_web.context import web
from dateline_web.front.page import front_page
from dateline_web.stories.previews import for_colleagues

blueprint = Blueprint("front_previews", __name__)


@blueprint.post("/preview/front")
def show() -> Response:
    """The front of the placement in the field ``preview``; 403 for what the desk didn't sign, or too late."""
    check_form(request, known=False)
    preview = read_front_preview(request.form.get("preview", ""), preview_key(web().settings), web().now())
    page = render_template("front_preview.html", page=front_page(web(), preview.placement), preview=preview)
    return for_colleagues(make_response(page), preview.desk)
