"""The front page."""

from __future__ import annotations

from flask import Blueprint, render_template

from dateline_web.context import web
from dateline_web.front.page import front_page

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
def page() -> str:
    """The latest stories, the sections, today's events and the month's calendar."""
    return render_template("front.html", page=front_page(web()))
