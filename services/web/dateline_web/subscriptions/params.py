"""The parameters of a calendar one subscribes to: which events, and how they are wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

import marshmallow as ma
from marshmallow import ValidationError, validate

from dateline.domain.term import TermType
from dateline.formats.ics import CalendarOptions
from dateline.ports.index import EventSearch
from dateline_web.context import web
from dateline_web.dates.days import shift_day
from dateline_web.events.params import EventFilterParams, EventQuery, search_of
from dateline_web.listing_params import MAX_VALUES, PlainDate

DAYS_BACK: Final = 365
"""What is over stays so long in a calendar that names no days; what is to come has no end."""
LONGEST_ALARM: Final = timedelta(weeks=4)

_ALARM: Final = re.compile(
    r"P(?:(?P<weeks>\d{1,2})W|(?:(?P<days>\d{1,2})D)?(?:T(?=\d)(?:(?P<hours>\d{1,3})H)?(?:(?P<minutes>\d{1,5})M)?)?)",
    re.ASCII,
)
"""A duration (RFC 5545 section 3.3.6) without seconds."""
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A calendar: which events, and how. ``alarm`` is as it was written, "" for none."""

    query: EventQuery
    days: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()
    alarm: str = ""
    bars: bool = False
    at: str = field(default="", compare=False)
    """The key of the one time that is wanted of a series."""
    term: tuple[str, str] | None = None
    """The filter that the calendar's own path says."""

    @property
    def search(self) -> EventSearch:
        """Which events are looked for."""
        return self.query.search

    @property
    def options(self) -> CalendarOptions:
        """How the events are written."""
        return CalendarOptions(alarm=duration_of(self.alarm) if self.alarm else None, bars=self.bars)

    @property
    def manner(self) -> list[tuple[str, str]]:
        """How the events are wanted, as parameters."""
        return [*([("alarm", self.alarm)] if self.alarm else []), *([("long", "days")] if self.bars else [])]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """All that an address says."""
        filters = [chosen for chosen in self.query.filters if chosen != self.term]
        languages = [("language", language) for language in self.languages]
        return [*self.days, *filters, *languages, *self.manner]

    def of_term(self, type: TermType, slug: str) -> Subscription:
        """The same of one term's events."""
        return replace(self, query=replace(self.query, search=self.search.choosing(type, slug)), term=(type, slug))


def duration_of(text: str) -> timedelta:
    """How long before an event a reminder comes. Raises ``ValidationError``."""
    found = _ALARM.fullmatch(text)
    parts = {name: int(number) for name, number in found.groupdict().items() if number} if found else {}
    if not parts:
        raise ValidationError("A reminder is like PT30M, PT2H or P1D.")
    before = timedelta(**parts)
    if before > LONGEST_ALARM:
        raise ValidationError("A reminder comes at most four weeks before.")
    return before


class SubscriptionParams(EventFilterParams):
    """Filters, days and manner, made into a ``Subscription``. Without days: from a year ago, without end."""

    blank_is_absent = True

    first_day = PlainDate(data_key="from", load_default=None)
    last_day = PlainDate(data_key="to", load_default=None)
    language = ma.fields.List(ma.fields.String(validate=validate.Regexp(_LANGUAGE, error="This is no language.")),
                              load_default=list, validate=validate.Length(max=MAX_VALUES))  # fmt: skip
    alarm = ma.fields.String(load_default="")
    long = ma.fields.String(load_default="", validate=validate.OneOf(("", "days")))
    on = ma.fields.String(load_default="")

    @ma.validates("alarm")
    def check_alarm(self, value: str, **_: object) -> None:
        """It must be a duration."""
        if value:
            duration_of(value)

    @ma.post_load
    def make(self, data: dict[str, Any], **_: object) -> Subscription:
        """The subscription."""
        first, last = data["first_day"], data["last_day"]
        begin = first or min(shift_day(web().today, -DAYS_BACK), last or date.max)
        if last and last < begin:
            raise ValidationError("This day lies before from.", "to")
        said = [(name, day.isoformat()) for name, day in (("from", first), ("to", last)) if day]
        return Subscription(
            query=EventQuery(search=search_of(data, begin, last or date.max), limit=data["limit"]),
            days=tuple(said),
            languages=tuple(dict.fromkeys(data["language"])),
            alarm=data["alarm"],
            bars=data["long"] == "days",
            at=data["on"],
        )
