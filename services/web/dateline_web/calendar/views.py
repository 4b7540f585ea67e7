"""The calendar's pages."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response as WerkzeugResponse

from dateline_web.calendar.page import calendar_page
from dateline_web.calendar.params import CalendarPageParams, ZoneParams
from dateline_web.context import web
from dateline_web.dates.days import day_at
from dateline_web.dates.reader_zone import keep_zone, reader_zone, zones_by_area
from dateline_web.events import in_words
from dateline_web.events.linked_data import linked_list
from dateline_web.listing_params import read_params

blueprint = Blueprint("calendar", __name__)


@blueprint.get("/events")
def calendar() -> str:
    """This week and the next ones; or what the parameters ask for."""
    return _shown(None)


@blueprint.get("/events/zone")
def zone() -> str | WerkzeugResponse:
    """Where a reader chooses a time zone; the choice goes into a cookie."""
    wanted = read_params(ZoneParams)
    if wanted["zone"]:
        return keep_zone(redirect(wanted["back"], 303), wanted["zone"])
    return render_template("events/zone.html", zones=zones_by_area(), chosen=reader_zone(), back=wanted["back"])


@blueprint.get("/events/<digits(4):year>/<digits(2):month>")
def month(year: int, month: int) -> str:
    """A month of the calendar."""
    return _shown(day_at(year, month))


def _shown(month: date | None) -> str:
    page = calendar_page(web(), month, read_params(CalendarPageParams))
    return render_template("events/calendar.html", page=page, in_words=in_words, linked_data=linked_list(page.listed))
