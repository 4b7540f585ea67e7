"""An event as it comes in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final, get_args

import marshmallow as ma
from marshmallow import fields, validate

from dateline.domain.event import Attendance, Event, EventStatus
from dateline.domain.payload import to_json
from dateline.domain.recurrence import check_rule, check_together
from dateline.domain.recurrence.rrule import MOST_CHARACTERS
from dateline.errors import InvalidInput
from dateline.schemas.base import (
    AssertedTagsSchema,
    Images,
    ItemSchema,
    LinkSchema,
    Strict,
    asserted_json,
)
from dateline.schemas.event_parts import (
    DAY_OR_TIME,
    MOST_PARTS,
    Categories,
    LocationSchema,
    PeriodSchema,
    PreviousTimeSchema,
    PriceSchema,
)
from dateline.schemas.fields import (
    LONG,
    Address,
    DayOrMoment,
    Html,
    Language,
    Listed,
    Slug,
    Text,
    Zone,
)

REASON: Final = 500
_TUPLES: Final = (
    "exdates", "rdates", "further_rrules", "periods", "images", "further_locations", "previous_times", "links",
    "categories",
)  # fmt: skip
_INTERNAL: Final = ("recurrence_id", "sequence", "modified", "vtimezone")
"""What a calendar said of an event, and an editor doesn't."""


class EventSchema(Strict):
    """An event. Loads to the arguments of ``Event``."""

    title = Text(least=1, required=True)
    description_html = Html()
    description_text = Text(None, lines=True)
    start = DayOrMoment(required=True, metadata=DAY_OR_TIME)
    end = DayOrMoment(metadata={**DAY_OR_TIME, "description": "Of the same kind as start; a date is inclusive"})
    timezone = Zone(metadata={"description": "IANA; the clock it recurs on. The newsroom's when missing"})
    rrule = Text(MOST_CHARACTERS, metadata={"description": "RFC 5545 section 3.3.10"})
    exdates = Listed(DayOrMoment(metadata=DAY_OR_TIME))
    rdates = Listed(DayOrMoment(metadata=DAY_OR_TIME))
    further_rrules = Listed(
        Text(MOST_CHARACTERS, least=1, metadata={"description": "More rules: any of them may name a time"})
    )
    periods = Listed(fields.Nested(PeriodSchema), metadata={"description": "Further times with an end of their own"})
    location = fields.Nested(LocationSchema)
    further_locations = Listed(fields.Nested(LocationSchema), MOST_PARTS)
    attendance = fields.String(
        validate=validate.OneOf(get_args(Attendance)),
        metadata={"description": "offline, unless an online_url says otherwise: then mixed where there is a location"},
    )
    online_url = Address(metadata={"description": "Where to take part from elsewhere"})
    status = fields.String(
        validate=validate.OneOf(get_args(EventStatus)),
        metadata={"description": "postponed: the new date isn't known yet"},
    )
    reason = Text(REASON, lines=True, metadata={"description": "What readers are told of it"})
    previous_times = Listed(
        fields.Nested(PreviousTimeSchema), MOST_PARTS, metadata={"description": "Its times before it was moved"}
    )
    price = fields.Nested(PriceSchema)
    url = Address()
    links = Listed(fields.Nested(LinkSchema), MOST_PARTS)
    organizer = Text()
    contact = Text(metadata={"description": "Whom to ask; readers see it"})
    categories = Categories(metadata={"description": "Free words, 1 to 60 characters"})
    language = Language(metadata={"description": "BCP 47; missing where nobody said"})
    section = Slug()
    tags = fields.Nested(AssertedTagsSchema)
    images = Images()
    external_id = Text(least=1, metadata={"description": "The UID"})
    note = Text(LONG, lines=True)

    @ma.validates_schema(skip_on_field_errors=True)
    def check_whole(self, data: dict[str, Any], **_: Any) -> None:
        """One description; times of one kind, in order."""
        errors = dict(event_problems(data))
        if "description_html" in data and "description_text" in data:
            errors["description_html"] = "Send description_html or description_text, not both."
        if data.get("online_url") and data.get("attendance") == "offline":
            errors["attendance"] = "What has an online_url is online or mixed."
        if errors:
            raise ma.ValidationError({name: [detail] for name, detail in errors.items()})

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The arguments of ``Event``: an all-day event has no zone, and the first of several rules is its ``rrule``."""
        given = {name: tuple(value) if name in _TUPLES else value for name, value in data.items()}
        if given.get("online_url"):
            given.setdefault("attendance", "mixed" if given.get("location") else "online")
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
