"""A story that isn't sent, as readers would see it: for who has what the desk signed, some minutes, in its frame."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from dateline.documents.preview import preview_key, read_preview
from dateline.http.requests.forms import check_form
from dateline.http.setup import content_security_policy
from dateline_web.context import web
from dateline_web.stories.page import story_page

blueprint = Blueprint("previews", __name__)


@blueprint.post("/preview")
def show() -> Response:
    """The story in the field ``preview``; 403 for what the desk didn't sign, and when its time is over."""
    check_form(request, known=False)
    preview = read_preview(request.form.get("preview", ""), preview_key(web().settings), web().now())
    page = render_template("preview.html", page=story_page(web(), preview.story), preview=preview)
    return for_colleagues(make_response(page), preview.desk)


def for_colleagues(response: Response, desk: str) -> Response:
    """``response`` as a preview: kept by nobody, found by nobody, framed by the ``desk``'s origins alone."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Content-Security-Policy"] = content_security_policy({"frame-ancestors": desk})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
