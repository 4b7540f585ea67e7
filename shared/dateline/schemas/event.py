"""An event as it comes in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final, get_args

import marshmallow as ma
from marshmallow import fields, validate

from dateline.domain.event import Event, EventStatus, Location, Occurrence
from dateline.domain.payload import to_json
from dateline.domain.recurrence import check_rule, check_together
from dateline.domain.recurrence.rrule import MOST_CHARACTERS
from dateline.errors import InvalidInput
from dateline.schemas.base import AssertedTagsSchema, ImageSchema, ItemSchema, Strict, asserted_json
from dateline.schemas.fields import (
    LONG,
    Address,
    DayOrMoment,
    Degrees,
    Html,
    Listed,
    Slug,
    Text,
    Zone,
)

_DAY_OR_TIME: Final = {"type": "string", "description": "A plain date, or a date-time with its offset"}
_TUPLES: Final = ("exdates", "rdates", "further_rrules", "periods", "images")
_INTERNAL: Final = ("recurrence_id", "sequence", "modified", "vtimezone")
"""What a calendar said of an event, and an editor doesn't."""


class LocationSchema(Strict):
    """Where an event is; latitude and longitude (WGS 84 degrees) come together."""

    name = Text(least=1, required=True)
    address = Text()
    city = Text()
    country = Text()
    lat = Degrees(90)
    lon = Degrees(180)

    @ma.validates_schema(skip_on_field_errors=True)
    def check_pair(self, data: dict[str, Any], **_: Any) -> None:
        """Both coordinates or none."""
        if ("lat" in data) != ("lon" in data):
            raise ma.ValidationError("lat and lon come together.", "lon" if "lat" in data else "lat")

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> Location:
        """The domain's location."""
        return Location(**data)


class PeriodSchema(Strict):
    """A further time of an event, which lasts as long as it says."""

    start = DayOrMoment(required=True, metadata=_DAY_OR_TIME)
    end = DayOrMoment(required=True, metadata=_DAY_OR_TIME)

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> Occurrence:
        """The domain's occurrence."""
        return Occurrence(**data)


class EventSchema(Strict):
    """An event. Loads to the arguments of ``Event``."""

    title = Text(least=1, required=True)
    description_html = Html()
    description_text = Text(None, lines=True)
    start = DayOrMoment(required=True, metadata=_DAY_OR_TIME)
    end = DayOrMoment(metadata={**_DAY_OR_TIME, "description": "Of the same kind as start; a date is inclusive"})
    timezone = Zone(metadata={"description": "IANA; the clock it recurs on. The newsroom's when missing"})
    rrule = Text(MOST_CHARACTERS, metadata={"description": "RFC 5545 section 3.3.10"})
    exdates = Listed(DayOrMoment(metadata=_DAY_OR_TIME))
    rdates = Listed(DayOrMoment(metadata=_DAY_OR_TIME))
    further_rrules = Listed(
        Text(MOST_CHARACTERS, least=1, metadata={"description": "More rules: any of them may name a time"})
    )
    periods = Listed(fields.Nested(PeriodSchema), metadata={"description": "Further times with an end of their own"})
    location = fields.Nested(LocationSchema)
    status = fields.String(validate=validate.OneOf(get_args(EventStatus)))
    url = Address()
    organizer = Text()
    section = Slug()
    tags = fields.Nested(AssertedTagsSchema)
    images = Listed(fields.Nested(ImageSchema))
    external_id = Text(least=1, metadata={"description": "The UID"})
    note = Text(LONG, lines=True)

    @ma.validates_schema(skip_on_field_errors=True)
    def check_whole(self, data: dict[str, Any], **_: Any) -> None:
        """One description; times of one kind, in order."""
        errors = dict(event_problems(data))
        if "description_html" in data and "description_text" in data:
            errors["description_html"] = "Send description_html or description_text, not both."
        if errors:
            raise ma.ValidationError({name: [detail] for name, detail in errors.items()})

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The arguments of ``Event``: an all-day event has no zone, and the first of several rules is its ``rrule``."""
        given = {name: tuple(value) if name in _TUPLES else value for name, value in data.items()}
        if not isinstance(given["start"], datetime):
            given.pop("timezone", None)
        if "rrule" in given:
            given["rrule"] = str(given["rrule"]).removeprefix("RRULE:")
        if "further_rrules" in given:
            given["further_rrules"] = tuple(str(rule).removeprefix("RRULE:") for rule in given["further_rrules"])
            if given["further_rrules"] and not given.get("rrule"):
                given["rrule"], *further = given["further_rrules"]
                given["further_rrules"] = tuple(further)
        return given


def event_problems(data: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """What is wrong with the times of an event, by field."""
    start, end = data["start"], data.get("end")
    timed = isinstance(start, datetime)
    kind = "a date-time with an offset, as start is" if timed else "a plain date, as start is"
    if end is not None and isinstance(end, datetime) != timed:
        yield "end", f"Must be {kind}."
    elif end is not None and _before(end, start):
        yield "end", "Must not be before start."
    elif end is not None and end - start > timedelta(days=3660):
        yield "end", "Must lie within ten years of start."
    for name in ("exdates", "rdates"):
        if any(isinstance(one, datetime) != timed for one in data.get(name, ())):
            yield name, f"Each must be {kind}."
    for period in data.get("periods", ()):
        if {isinstance(one, datetime) for one in (period.start, period.end)} != {timed}:
            yield "periods", f"Each start and end must be {kind}."
        elif _before(period.end, period.start):
            yield "periods", "No end must be before its start."
    rules = [("rrule", data["rrule"])] if data.get("rrule") else []
    rules += [("further_rrules", rule) for rule in data.get("further_rrules", ())]
    for name, rule in rules:
        try:
            check_rule(rule, start, end if isinstance(end, datetime) == timed else None)
        except InvalidInput as error:
            yield name, str(error)
            return
    try:
        check_together([rule for _, rule in rules])
    except InvalidInput as error:
        yield "further_rrules", str(error)


def _before(end: date | datetime, start: date | datetime) -> bool:
    return end < start


def event_json(event: Event) -> dict[str, Any]:
    """``event`` in the shape it came in, so that it can be sent again."""
    shown = to_json(event)
    for name in _INTERNAL:
        shown.pop(name, None)
    if event.tags:
        shown["tags"] = asserted_json(event.tags)
    return shown


class EventItemSchema(ItemSchema):
    """An event on record: its receipt, the event as submitted, and its revisions."""

    event = fields.Nested(EventSchema, allow_none=True)
    recurrence_id = fields.String()
