"""The parameters of the calendar's pages: which view of which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

import marshmallow as ma
from marshmallow import ValidationError, validate

from dateline_web.calendar.ranges import RANGES, RangeName
from dateline_web.context import web
from dateline_web.dates.reader_zone import zone_named
from dateline_web.events.params import EventFilterParams, EventQuery, search_of
from dateline_web.listing_params import PlainDate
from dateline_web.urls import EVENTS

View = Literal["", "day", "week", "month", "agenda", "year"]
"""The empty one is a grid where there is room, and an agenda on a phone."""
VIEWS: Final[dict[View, str]] = {
    "day": "Day",
    "week": "Week",
    "month": "Month",
    "agenda": "Agenda",
    "year": "Year",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRequest:
    """Which page is wanted: a view, around a day; or the days of a range; or what ``query`` finds in all days."""

    view: View
    day: date | None
    range: RangeName | None
    query: EventQuery


class CalendarPageParams(EventFilterParams):
    """How the calendar is wanted, made into a ``CalendarRequest``."""

    blank_is_absent = True

    view = ma.fields.String(load_default="", validate=validate.OneOf(tuple(VIEWS)))
    day = PlainDate(load_default=None)
    range = ma.fields.String(load_default=None, validate=validate.OneOf(tuple(RANGES)))

    @ma.post_load
    def make(self, data: dict[str, Any], **_: object) -> CalendarRequest:
        """The request; a form that asks for a day and no view means that day."""
        today = web().today
        view: View = data["view"] or ("day" if data["day"] else "")
        return CalendarRequest(
            view=view, day=data["day"], range=data["range"], query=EventQuery(search=search_of(data, today, today))
        )  # fmt: skip


class Zone(ma.fields.Field[ZoneInfo]):
    """A zone of the IANA database."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> ZoneInfo:
        if zone := zone_named(value):
            return zone
        raise ValidationError("There is no such time zone.")


class ZoneParams(ma.Schema):
    """The zone that a reader chooses, and the page to go back to, which is one of events."""

    class Meta:
        """Addresses carry parameters that are not ours."""

        unknown = ma.EXCLUDE

    zone = Zone(load_default=None)
    back = ma.fields.String(
        load_default=EVENTS, validate=validate.Regexp(rf"{EVENTS}(?:/[\w%~-]+)*(?:\?[!-\[\]-~]*)?\Z")
    )
