"""The parameters of events: days and filters; checked and made into an ``EventQuery``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Final, Literal

import marshmallow as ma
from marshmallow import ValidationError, validate

from dateline.analysis.label_key import label_key
from dateline.domain.event import Attendance
from dateline.http.requests import cursor
from dateline.ports.index import EVENT_FACETS, FACET_FIELDS, EventSearch, Facet
from dateline_web.context import web
from dateline_web.dates.days import shift_day
from dateline_web.listing_params import (
    DEFAULT_LIMIT,
    MAX_CHARACTERS,
    MAX_VALUES,
    ListingParams,
    PlainDate,
    values_field,
)

MAX_DAYS: Final = 400
DAYS_AHEAD: Final = 30

_FLAG: Final = ("1", "0")
_ONLINE: Final[dict[str, tuple[Attendance, ...]]] = {"1": ("online", "mixed"), "0": ("offline", "mixed")}
"""What ``online`` asks for."""

FilterKind = Facet | Literal["q", "free", "online"]
"""What events are narrowed down by, as addresses name it."""
_NONE: Final[dict[FilterKind, dict[str, Any]]] = {
    "q": {"text": ""},
    "free": {"free": None},
    "online": {"attendance": ()},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """Which events, and which page of them."""

    search: EventSearch
    limit: int = DEFAULT_LIMIT
    after: tuple[str, ...] | None = None
    format: str = "json"

    @property
    def chosen(self) -> list[tuple[Facet, str]]:
        """The chosen values of facets."""
        return [(name, value) for name in EVENT_FACETS for value in self.search.values(name)]

    @property
    def filters(self) -> list[tuple[str, str]]:
        """All that events are narrowed down to, as parameters, days left out."""
        search = self.search
        said: list[tuple[str, str]] = [("q", search.text)] if search.text else []
        said += self.chosen
        said += [("free", _FLAG[not search.free])] if search.free is not None else []
        return said + [("online", value) for value, kinds in _ONLINE.items() if kinds == search.attendance]

    def from_cursor(self, given: str | None) -> EventQuery:
        """The same from the page that a cursor names; from its first without one. Raises ``InvalidInput``."""
        return self if given is None else replace(self, after=cursor.decode(given, self.listing))

    def between(self, first: date, last: date) -> EventQuery:
        """The same on other days."""
        return replace(self, search=replace(self.search, first_day=first, last_day=last), after=None)

    def values(self, kind: FilterKind) -> tuple[str, ...]:
        """The chosen values of a kind."""
        return tuple(value for name, value in self.filters if name == kind)

    def toggled(self, kind: FilterKind, value: str) -> EventQuery:
        """The same with a filter's value added, or taken away when it was chosen."""
        if kind == "q" or kind == "free" or kind == "online":
            return self.without(kind) if value in self.values(kind) else self._with(kind, value)
        return replace(self, search=self.search.toggled(kind, value), after=None)

    def without(self, kind: FilterKind) -> EventQuery:
        """The same without the filters of one kind."""
        if kind == "q" or kind == "free" or kind == "online":
            return replace(self, search=replace(self.search, **_NONE[kind]), after=None)
        return replace(self, search=self.search.choosing(kind), after=None)

    def _with(self, kind: FilterKind, value: str) -> EventQuery:
        """The same with the one value of a kind that has one."""
        said: dict[str, Any] = {"free": value == "1"} if kind == "free" else {"attendance": _ONLINE[value]}
        return replace(self, search=replace(self.search, **said), after=None)

    def unfiltered(self) -> EventQuery:
        """The same days without filters."""
        bare = EventSearch(first_day=self.search.first_day, last_day=self.search.last_day)
        return replace(self, search=bare, after=None)

    @property
    def days(self) -> list[tuple[str, str]]:
        """The days as parameters."""
        return [("from", self.search.first_day.isoformat()), ("to", self.search.last_day.isoformat())]

    @property
    def listing(self) -> str:
        """What a cursor is good for."""
        return repr(self.search)


def search_of(data: Mapping[str, Any], first: date, last: date) -> EventSearch:
    """The events between two days that fit the filters which ``EventFilterParams`` loaded."""
    chosen: dict[str, Any] = {FACET_FIELDS[name]: tuple(data[name]) for name in EVENT_FACETS}
    chosen["categories"] = tuple(dict.fromkeys(filter(None, map(label_key, data["category"]))))
    chosen["free"] = None if data["free"] is None else data["free"] == "1"
    chosen["attendance"] = () if data["online"] is None else _ONLINE[data["online"]]
    return EventSearch(first_day=first, last_day=last, text=data["q"].strip(), **chosen)


class EventFilterParams(ListingParams):
    """What events can be narrowed down to."""

    section = values_field("section")
    topic = values_field("topic")
    person = values_field("person")
    place = values_field("place")
    organisation = values_field("organisation")
    category = ma.fields.List(
        ma.fields.String(),
        load_default=list,
        validate=validate.Length(max=MAX_VALUES),
        metadata={"description": "A category in any writing; repeat it for any of several."},
    )
    q = ma.fields.String(
        load_default="",
        validate=validate.Length(max=MAX_CHARACTERS),
        metadata={"description": 'Words and "phrases", of which each must be there; any text is a query.'},
    )
    free = ma.fields.String(
        load_default=None,
        validate=validate.OneOf(_FLAG),
        metadata={"description": "1: what costs nothing; 0: what says that it costs something."},
    )
    online = ma.fields.String(
        load_default=None,
        validate=validate.OneOf(_FLAG),
        metadata={"description": "1: what one can take part in from elsewhere; 0: what takes place somewhere."},
    )


def format_field() -> ma.fields.String:
    """In which format events are wanted."""
    return ma.fields.String(
        load_default="json", validate=validate.OneOf(("json", "ninjs")), metadata={"description": "ninjs: IPTC ninjs."}
    )


class EventFormatParams(ma.Schema):
    """How an event is wanted."""

    class Meta:
        """Addresses carry parameters that are not ours."""

        unknown = ma.EXCLUDE

    format = format_field()


class EventParams(EventFilterParams):
    """The parameters of events, made into an ``EventQuery``. Without days: today and 30 more."""

    reach: ClassVar[tuple[int, int]] = (0, DAYS_AHEAD)
    """The days before and after today that are meant where none are said."""

    first_day = PlainDate(
        data_key="from", load_default=None, metadata={"description": "First day, in the newsroom's time zone: today."}
    )
    last_day = PlainDate(
        data_key="to",
        load_default=None,
        metadata={"description": f"Last day: 30 days after the first; at most {MAX_DAYS} days after it."},
    )

    format = format_field()

    @ma.post_load
    def make_query(self, data: dict[str, Any], **_: object) -> EventQuery:
        """The query; its cursor must have been made for it."""
        first, last = self._range(data["first_day"], data["last_day"], web().today)
        query = EventQuery(search=search_of(data, first, last), limit=data["limit"], format=data["format"])
        return query.from_cursor(data["cursor"])

    def _range(self, first: date | None, last: date | None, today: date) -> tuple[date, date]:
        back, ahead = self.reach
        if first is None:
            begin = shift_day(today, -back)
            first = begin if last is None or last >= begin else shift_day(last, -ahead)
        last = last or shift_day(first, back + ahead)
        if last < first:
            raise ValidationError("This day lies before from.", "to")
        if (last - first).days > MAX_DAYS:
            raise ValidationError(f"At most {MAX_DAYS} days lie between from and to.", "to")
        return first, last
