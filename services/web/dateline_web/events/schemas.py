"""The shapes of the JSON answers about events."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import fields

from dateline_web.next_page import next_field
from dateline_web.pictures.schemas import ImageRef, ImageSchema
from dateline_web.tags import TagSchema

_DAY_OR_TIME = {"description": "A plain date when all day, else a date-time with its offset."}


class LocationSchema(ma.Schema):
    """A place; latitude and longitude are WGS 84 degrees."""

    name = fields.String(required=True)
    address = fields.String(required=True)
    city = fields.String(required=True)
    country = fields.String(required=True)
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)


class TimeSchema(ma.Schema):
    """One time of an event, by itself: a further one, or one at which it was announced before it was moved."""

    start = fields.String(required=True, metadata=_DAY_OR_TIME)
    end = fields.String(required=True, allow_none=True, metadata=_DAY_OR_TIME)


class PriceSchema(ma.Schema):
    """What an event costs; texts are empty where nothing is said."""

    free = fields.Boolean(required=True)
    amount = fields.String(required=True, metadata={"description": "A decimal number: what it costs, or the least."})
    up_to = fields.String(required=True, metadata={"description": "A decimal number: the most, where that differs."})
    currency = fields.String(required=True, metadata={"description": "ISO 4217."})
    note = fields.String(required=True)


class EventLinkSchema(ma.Schema):
    """An address that an event points its readers to."""

    url = fields.Url(required=True, require_tld=False)
    title = fields.String(required=True)


class EventBase(ma.Schema):
    """What every answer says of an event."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    start = fields.String(required=True, metadata=_DAY_OR_TIME)
    end = fields.String(
        required=True, allow_none=True, metadata={"description": "A date is inclusive; null when there is none."}
    )
    all_day = fields.Boolean(required=True)
    timezone = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "IANA; null when all day, or on no such clock."},
    )
    status = fields.String(required=True, metadata={"enum": ["confirmed", "tentative", "cancelled", "postponed"]})
    reason = fields.String(required=True, metadata={"description": "Why it is cancelled, postponed or moved."})
    previous_times = fields.List(
        fields.Nested(TimeSchema), required=True, metadata={"description": "Its times before it was moved."}
    )
    location = fields.Nested(LocationSchema, required=True, allow_none=True)
    further_locations = fields.List(fields.Nested(LocationSchema), required=True)
    attendance = fields.String(required=True, metadata={"enum": ["offline", "online", "mixed"]})
    online_url = fields.Url(required=True, allow_none=True, require_tld=False)
    price = fields.Nested(PriceSchema, required=True, allow_none=True)
    categories = fields.List(fields.String(), required=True)
    url = fields.Url(required=True, require_tld=False)
    image = fields.Nested(
        ImageRef, required=True, allow_none=True, metadata={"description": "The picture that stands for it"}
    )
    tags = fields.List(fields.Nested(TagSchema), required=True)


class EventItem(EventBase):
    """One time that an event takes place, or was to take place before it was moved."""

    occurrence_id = fields.String(required=True)
    status = fields.String(
        required=True, metadata={"enum": ["confirmed", "tentative", "cancelled", "postponed", "rescheduled"]}
    )
    moved_to = fields.Nested(
        TimeSchema, required=True, allow_none=True,
        metadata={"description": "When it takes place instead, where it is rescheduled; else null."},
    )  # fmt: skip


class EventItems(ma.Schema):
    """A page of occurrences, by day and time."""

    items = fields.List(fields.Nested(EventItem), required=True)
    next = next_field()


class CoverageSchema(ma.Schema):
    """A story about the event."""

    id = fields.String(required=True)
    headline = fields.String(required=True)
    url = fields.Url(required=True, require_tld=False)
    published_at = fields.String(required=True, metadata={"format": "date-time"})


class EventWhole(EventBase):
    """An event with all its parts; ``start`` and ``end`` are its first time's."""

    revision = fields.Integer(required=True)
    updated_at = fields.String(required=True, metadata={"format": "date-time"})
    description_html = fields.String(required=True)
    description_text = fields.String(required=True)
    rrule = fields.String(required=True, metadata={"description": "RFC 5545 section 3.3.10; empty without one."})
    exdates = fields.List(fields.String(), required=True)
    rdates = fields.List(fields.String(), required=True)
    further_rrules = fields.List(fields.String(), required=True)
    periods = fields.List(fields.Nested(TimeSchema), required=True)
    vtimezone = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "The clock of a series that no zone of the IANA database has, as its calendar says it."
        },
    )
    organizer = fields.String(required=True)
    contact = fields.String(required=True)
    links = fields.List(fields.Nested(EventLinkSchema), required=True)
    language = fields.String(required=True, allow_none=True, metadata={"description": "BCP 47."})
    website = fields.String(required=True)
    section = fields.String(required=True)
    uid = fields.String(required=True)
    images = fields.List(fields.Nested(ImageSchema), required=True)
    occurrences = fields.List(
        fields.Nested(EventItem), required=True, metadata={"description": "The next ones, or the last ones."}
    )
    coverage = fields.List(
        fields.Nested(CoverageSchema), required=True, metadata={"description": "The newest stories about it."}
    )
