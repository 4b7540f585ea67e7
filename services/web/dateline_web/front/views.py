"""The front page, now and as it was."""

from __future__ import annotations

from flask import Blueprint, render_template

from dateline_web.context import web
from dateline_web.front.history import hour_at, past_front
from dateline_web.front.page import front_page

blueprint = Blueprint("front", __name__)

_DAY = "/front/<digits(4):year>/<digits(2):month>/<digits(2):day>"


@blueprint.get("/")
def page() -> str:
    """What leads, the sections, today's events and the month's calendar."""
    return render_template("front.html", page=front_page(web()))


@blueprint.get(f"{_DAY}T<digits(2):hour>")
@blueprint.get(f"{_DAY}T<digits(2):hour>:<digits(2):minute>")
def past(year: int, month: int, day: int, hour: int, minute: int | None = None) -> str:
    """The front page as it stood at the end of an hour, or in a minute."""
    at = hour_at(web(), year, month, day, hour, minute)
    return render_template("past_front.html", page=past_front(web(), at, whole_hour=minute is None))
