"""The parameters of the calendar's pages: which view of which days."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import marshmallow as ma
from marshmallow import validate

from dateline_web.context import web
from dateline_web.events.params import EventFilterParams, EventQuery, search_of
from dateline_web.listing_params import PlainDate

View = Literal["", "month", "week", "agenda"]
"""The empty one is a grid where there is room, and an agenda on a phone."""


class CalendarPageParams(EventFilterParams):
    """How the calendar is wanted, made into (view, day, ``EventQuery``)."""

    blank_is_absent = True

    view = ma.fields.String(load_default="", validate=validate.OneOf(("month", "week", "agenda")))
    day = PlainDate(load_default=None)

    @ma.post_load
    def make(self, data: dict[str, Any], **_: object) -> tuple[View, date | None, EventQuery]:
        """The view, the day whose week is meant, and the filters."""
        today = web().today
        return data["view"], data["day"], EventQuery(search=search_of(data, today, today))
