"""The calendar's pages."""

from __future__ import annotations

from flask import Blueprint, render_template

from dateline_web.calendar.page import calendar_page
from dateline_web.calendar.params import CalendarPageParams
from dateline_web.context import web
from dateline_web.dates.days import day_at
from dateline_web.events import in_words
from dateline_web.listing_params import read_params

blueprint = Blueprint("calendar", __name__)


@blueprint.get("/events")
def calendar() -> str:
    """This month, and the next 30 days."""
    page = calendar_page(web(), None, read_params(CalendarPageParams))
    return render_template("events/calendar.html", page=page, in_words=in_words)


@blueprint.get("/events/<digits(4):year>/<digits(2):month>")
def month(year: int, month: int) -> str:
    """A month of the calendar."""
    page = calendar_page(web(), day_at(year, month), read_params(CalendarPageParams))
    return render_template("events/calendar.html", page=page, in_words=in_words)
