"""The files of pictures that readers get."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, request

from dateline_web.context import web
from dateline_web.media.answer import MISSING, caching_until, media_answer
from dateline_web.media.hotlinks import check_hotlink

blueprint = Blueprint("media", __name__)

CONTENT_SECURITY: Final = "default-src 'none'"
"""A picture by itself does nothing."""


@blueprint.get("/media/<sha256:sha256>/<rendition:rendition>")
def file(sha256: str, rendition: str) -> Response:
    """A rendition of a picture."""
    check_hotlink(request, web().settings)
    now = web().now()
    until = web().media.shown_until(sha256, now)
    return media_answer(web().media.store, request, sha256, rendition, caching_until(until, now))


@blueprint.after_request
def say_how_it_may_be_used(response: Response) -> Response:
    """By whom it may be shown, how long an error may be kept, and that it is nothing but a picture."""
    anywhere = web().settings.media_hotlinks
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if anywhere else "same-site"
    if not anywhere:
        response.vary.update(("Sec-Fetch-Site", "Sec-Fetch-Dest"))
    if response.status_code < 400:
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY
    else:
        response.headers["Cache-Control"] = MISSING if response.status_code == 404 else "no-store"
    return response
