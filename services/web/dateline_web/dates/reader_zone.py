"""The reader's own time zone: chosen once, kept in a cookie, told beside the newsroom's on pages of events only."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from flask import Flask, g, request
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from dateline_web.context import web
from dateline_web.urls import EVENTS

COOKIE: Final = "zone"
UTC: Final = "UTC"
MAX_AGE: Final = 365 * 24 * 3600
AREAS: Final = (
    "Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip
_READ: Final = "reads_zone"


def reader_zone() -> ZoneInfo | None:
    """The zone that the reader chose; None without one, or when it's the newsroom's.

    What is said by it makes the answer one for this reader (``vary_by_zone``).
    """
    setattr(g, _READ, True)
    zone = zone_named(request.cookies.get(COOKIE, ""))
    return None if zone is None or zone.key == web().settings.timezone.key else zone


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of that name, where it is one that can be chosen."""
    if name == web().settings.timezone.key:
        return web().settings.timezone
    return ZoneInfo(name) if name == UTC or name in chain.from_iterable(zones_by_area().values()) else None


@cache
def zones_by_area() -> dict[str, tuple[str, ...]]:
    """The zones that one can choose, by their part of the world."""
    return {
        area: tuple(sorted(name for name in available_timezones() if name.startswith(f"{area}/"))) for area in AREAS
    }


def keep_zone(response: Response, zone: ZoneInfo) -> Response:
    """``response`` with the cookie; the newsroom's zone takes it away."""
    if zone.key == web().settings.timezone.key:
        response.delete_cookie(COOKIE, path=EVENTS, samesite="Lax", httponly=True)
    else:
        response.set_cookie(COOKIE, zone.key, max_age=MAX_AGE, path=EVENTS, samesite="Lax", httponly=True)
    response.headers["Cache-Control"] = "no-store"
    return response


def vary_by_zone(app: Flask) -> None:
    """Let caches tell apart the answers that say a reader's zone from those that don't."""

    @app.after_request
    def vary(response: FlaskResponse) -> FlaskResponse:
        if getattr(g, _READ, False):
            response.vary.add("Cookie")
            if COOKIE in request.cookies:
                response.headers.setdefault("Cache-Control", "private, max-age=0, must-revalidate")
        return response
