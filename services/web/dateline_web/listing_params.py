"""The parameters of listings, checked: what is wrong is 422 with a pointer to it, unknown ones are ignored."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any, ClassVar, Final, get_args

import marshmallow as ma
from marshmallow import ValidationError, validate
from webargs.multidictproxy import MultiDictProxy

from dateline.http.body import StrictParser
from dateline.ports.index import Sort, StoryFilter
from dateline_web.search.query import StoryQuery
from dateline_web.search.syntax import MOST_CHARACTERS, parse

DEFAULT_LIMIT: Final = 20
MOST_ITEMS: Final = 100
MOST_VALUES: Final = 100
"""How many values one facet may be given."""

_PARSER: Final = StrictParser()
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class PlainDate(ma.fields.Date):
    """A day as 2017-12-05, and in no other of ISO 8601's ways."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValidationError("This is no day; it must be like 2017-12-05.")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValidationError("There is no such day in the calendar.") from None


class WholeNumber(ma.fields.Integer):
    """A number in plain digits."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> int:
        if not isinstance(value, str) or not value.isascii() or not value.isdecimal() or len(value) > 9:
            raise ValidationError("This is no whole number.")
        return int(value)


def limit_field(default: int = DEFAULT_LIMIT) -> WholeNumber:
    """``limit``, as every listing has it."""
    return WholeNumber(
        load_default=default,
        validate=validate.Range(1, MOST_ITEMS),
        metadata={"description": "How many items a page has."},
    )


def cursor_field() -> ma.fields.String:
    """``cursor``, as every listing has it."""
    return ma.fields.String(
        load_default=None, metadata={"description": "Where the page begins: taken from `next` of the page before."}
    )


def values_field(what: str) -> ma.fields.List[str]:
    """A facet's parameter, which may repeat."""
    return ma.fields.List(
        ma.fields.String(),
        load_default=list,
        validate=validate.Length(max=MOST_VALUES),
        metadata={"description": f"Slug of a {what}; repeat it for any of several."},
    )


class ListingParams(ma.Schema):
    """Where a page of any listing begins, and how long it is."""

    class Meta:
        """Addresses carry parameters that are not ours."""

        unknown = ma.EXCLUDE

    blank_is_absent: ClassVar[bool] = False
    """A form sends fields that nobody filled in."""

    limit = limit_field()
    cursor = cursor_field()

    @ma.pre_load
    def drop_blank(self, data: Any, **_: object) -> Any:
        """Leave out parameters without a value, where a form may have sent them."""
        if not self.blank_is_absent or not isinstance(data, MultiDictProxy):
            return data
        given: Any = data.data
        filled = type(given)((name, value) for name, value in given.items(multi=True) if value.strip())
        return MultiDictProxy(filled, self)


class SearchParams(ListingParams):
    """The parameters of a search, made into a ``StoryQuery``."""

    q = ma.fields.String(
        load_default="",
        validate=validate.Length(max=MOST_CHARACTERS),
        metadata={"description": 'Words, "phrases", -excluded ones, headline:fielded ones; any text is a query.'},
    )
    section = values_field("section")
    topic = values_field("topic")
    person = values_field("person")
    place = values_field("place")
    organisation = values_field("organisation")
    language = ma.fields.List(
        ma.fields.String(),
        load_default=list,
        validate=validate.Length(max=MOST_VALUES),
        metadata={"description": "BCP 47 tag of a language; repeat it for any of several."},
    )
    first_day = PlainDate(
        data_key="from", load_default=None, metadata={"description": "First day, in the newsroom's time zone."}
    )
    last_day = PlainDate(
        data_key="to", load_default=None, metadata={"description": "Last day, in the newsroom's time zone."}
    )
    sort = ma.fields.String(
        load_default="relevance",
        validate=validate.OneOf(get_args(Sort)),
        metadata={"description": "Without words, relevance is newest."},
    )

    @ma.validates_schema
    def check_range(self, data: dict[str, Any], **_: object) -> None:
        """``to`` must not lie before ``from``."""
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            raise ValidationError("This day lies before from.", "to")

    @ma.post_load
    def make_query(self, data: dict[str, Any], **_: object) -> StoryQuery:
        """The query; its cursor must have been made for it."""
        query = StoryQuery(
            parsed=parse(data["q"]),
            filter=StoryFilter(
                sections=tuple(data["section"]),
                topics=tuple(data["topic"]),
                persons=tuple(data["person"]),
                places=tuple(data["place"]),
                organisations=tuple(data["organisation"]),
                languages=tuple(data["language"]),
                first_day=data["first_day"],
                last_day=data["last_day"],
            ),
            sort=data["sort"],
            limit=data["limit"],
        )
        return query.beginning(data["cursor"])


class SearchForm(SearchParams):
    """The same from the page's form."""

    blank_is_absent = True


class PageParams(ListingParams):
    """A page of a listing whose filter its address says."""

    blank_is_absent = True


class TermsParams(ListingParams):
    """A page of an A–Z, from the terms whose labels begin with ``prefix``."""

    blank_is_absent = True

    prefix = ma.fields.String(
        load_default="", validate=validate.Length(max=50), metadata={"description": "What labels begin with."}
    )


class TermsPageParams(TermsParams):
    """The same for people, who see more on one page."""

    limit = limit_field(MOST_ITEMS)


class ArchiveParams(PageParams):
    """A page of a month or a day, which are read as a whole."""

    limit = limit_field(50)


class SuggestParams(ma.Schema):
    """What was typed so far."""

    class Meta:
        """Addresses carry parameters that are not ours."""

        unknown = ma.EXCLUDE

    q = ma.fields.String(
        load_default="",
        validate=validate.Length(max=MOST_CHARACTERS),
        metadata={"description": "What was typed so far."},
    )
    limit = WholeNumber(load_default=10, validate=validate.Range(1, 50), metadata={"description": "At most so many."})


class StoryParams(ma.Schema):
    """How a story is wanted."""

    class Meta:
        """Addresses carry parameters that are not ours."""

        unknown = ma.EXCLUDE

    format = ma.fields.String(
        load_default="json", validate=validate.OneOf(("json", "ninjs")), metadata={"description": "ninjs: IPTC ninjs."}
    )


def read(schema: type[ma.Schema]) -> Any:
    """The query string of this request by ``schema``; aborts with 422 and the wrong parameters."""
    return _PARSER.parse(_made(schema), location="query")


@cache
def _made(schema: type[ma.Schema]) -> ma.Schema:
    """Each is made once: that takes longer than reading a query string."""
    return schema()
