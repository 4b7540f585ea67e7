"""The parts of an event: places, further and previous times, what it costs, its categories."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import marshmallow as ma
from babel.numbers import list_currencies
from marshmallow import fields, validate

from dateline.analysis.label_key import label_key
from dateline.domain.event import Location, Occurrence, Price
from dateline.schemas.base import Strict
from dateline.schemas.fields import DayOrMoment, Degrees, Flag, Listed, Text

MOST_PARTS: Final = 20
"""Of places, previous times, links and categories."""
MOST_IN_CATEGORY: Final = 60
DAY_OR_TIME: Final = {"type": "string", "description": "A plain date, or a date-time with its offset"}

_AMOUNT: Final = r"^[0-9]{1,9}(\.[0-9]{1,4})?$"
_CURRENCIES: Final = frozenset(list_currencies()) | {""}


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

    start = DayOrMoment(required=True, metadata=DAY_OR_TIME)
    end = DayOrMoment(required=True, metadata=DAY_OR_TIME)

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> Occurrence:
        """The domain's occurrence."""
        return Occurrence(**data)


class PreviousTimeSchema(Strict):
    """A time at which an event was announced before it was moved; ``end`` may be unknown."""

    start = DayOrMoment(required=True, metadata=DAY_OR_TIME)
    end = DayOrMoment(metadata=DAY_OR_TIME)

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> Occurrence:
        """The domain's occurrence. Its end is of the kind of its start, and not before it."""
        time = Occurrence(**data)
        if time.end is not None and Occurrence(start=time.end).all_day != time.all_day:
            raise ma.ValidationError({"end": ["Must be of the same kind as start."]})
        if time.end is not None and time.end < time.start:
            raise ma.ValidationError({"end": ["Must not be before start."]})
        return time


class Amount(fields.String):
    """A decimal number as text: ``12`` or ``12.50``."""

    def __init__(self, **options: Any) -> None:
        rule = validate.Regexp(re.compile(_AMOUNT), error='Must be a decimal number as text, such as "12.50".')
        super().__init__(validate=rule, metadata={"pattern": _AMOUNT, **options.pop("metadata", {})}, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        return super()._deserialize(value, attr, data, **kwargs).strip()


class PriceSchema(Strict):
    """What an event costs: nothing (free), an amount of a currency, or what a note says."""

    free = Flag()
    amount = Amount(metadata={"description": "What it costs, or the least of it"})
    up_to = Amount(metadata={"description": "The most of it, where that differs"})
    currency = fields.String(
        validate=validate.OneOf(_CURRENCIES, error="Must be a currency of ISO 4217, such as BYN."),
        metadata={"description": "ISO 4217"},
    )
    note = Text()

    @ma.validates_schema(skip_on_field_errors=True)
    def check_whole(self, data: dict[str, Any], **_: Any) -> None:
        """What is said of it fits together."""
        amount, up_to, currency = (data.get(name, "") for name in ("amount", "up_to", "currency"))
        if data.get("free") and (amount or up_to):
            raise ma.ValidationError("What is free has no amount.", "free")
        if up_to and not amount:
            raise ma.ValidationError("up_to goes with an amount.", "amount")
        if up_to and Decimal(up_to) < Decimal(amount):
            raise ma.ValidationError("Must not be less than amount.", "up_to")
        if bool(amount) != bool(currency):
            raise ma.ValidationError("An amount and its currency come together.", "currency" if amount else "amount")
        if not (data.get("free") or amount or data.get("note")):
            raise ma.ValidationError("Say free, an amount with its currency, or a note.", "free")

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> Price:
        """The domain's price."""
        return Price(**data)


class Categories(Listed):
    """Free words, no two of which are one (``label_key``)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Text(MOST_IN_CATEGORY, least=1), MOST_PARTS, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        given = [" ".join(one.split()) for one in super()._deserialize(value, attr, data, **kwargs)]
        errors: dict[int, list[str]] = {}
        known: set[str] = set()
        for number, one in enumerate(given):
            key = label_key(one)
            if not key:
                errors[number] = ["Must have a letter or a digit."]
            elif key in known:
                errors[number] = [f"{one!r} comes twice: case and accents don't count."]
            known.add(key)
        if errors:
            raise ma.ValidationError(errors)
        return given
