"""The archive: years, months and days."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from dateline.http import JsonBlueprint
from dateline_web.archive import schemas
from dateline_web.archive.archive_json import month_json
from dateline_web.archive.page import day_page, month_page, newest_day, year_page
from dateline_web.archive.params import ArchiveParams
from dateline_web.context import web
from dateline_web.dates.days import day_at
from dateline_web.listing_params import read_params
from dateline_web.urls import day_path, month_path, with_same_query

blueprint = Blueprint("archive", __name__)
api = JsonBlueprint("Archive", __name__, description="The archive by day.", always=(304, 429, 503))


@blueprint.get("/archive")
def newest() -> Response:
    """To the newest month that has stories."""
    return redirect(with_same_query(month_path(newest_day(web().index) or web().today)), 302)


@blueprint.get("/archive/<digits(4):year>")
def year(year: int) -> str:
    """A year's twelve months."""
    day_at(year)
    return render_template("year.html", page=year_page(web(), year))


@blueprint.get("/archive/<digits(4):year>/<digits(2):month>")
def month(year: int, month: int) -> str:
    """A month's calendar and stories."""
    first = day_at(year, month)
    return render_template("month.html", page=month_page(web(), first, read_params(ArchiveParams), month_path(first)))


@blueprint.get("/archive/<digits(4):year>/<digits(2):month>/<digits(2):day>")
def day(year: int, month: int, day: int) -> str:
    """A day's stories."""
    when = day_at(year, month, day)
    return render_template("day.html", page=day_page(web(), when, read_params(ArchiveParams), day_path(when)))


@blueprint.get("/archive/<digits(4):year>/<digits(1):month>")
@blueprint.get("/archive/<digits(4):year>/<digits(1):month>/<digits(1):day>")
@blueprint.get("/archive/<digits(4):year>/<digits(1):month>/<digits(2):day>")
@blueprint.get("/archive/<digits(4):year>/<digits(2):month>/<digits(1):day>")
def without_zeros(year: int, month: int, day: int | None = None) -> Response:
    """To the address with two digits each: people type 2017/12/5."""
    when = day_at(year, month, day or 1)
    return redirect(with_same_query(day_path(when) if day is not None else month_path(when)), 301)


@api.get("/v1/archive/<digits(4):year>/<digits(2):month>")
@api.response(200, schemas.ArchiveMonth)
@api.problems(404)
def month_counts(year: int, month: int) -> dict[str, Any]:
    """How many stories each day of a month has; days without one are left out."""
    return month_json(web(), day_at(year, month))
