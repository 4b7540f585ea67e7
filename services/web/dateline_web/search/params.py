"""The parameters of a search and of suggestions, checked and made into a ``StoryQuery``."""

from __future__ import annotations

from typing import Any, get_args

import marshmallow as ma
from marshmallow import ValidationError, validate

from dateline.ports.index import FACET_FIELDS, FACETS, Sort, StoryFilter
from dateline_web.listing_params import MAX_CHARACTERS, MAX_VALUES, ListingParams, PlainDate, WholeNumber, values_field
from dateline_web.search.query import StoryQuery
from dateline_web.search.syntax import parse


class SearchParams(ListingParams):
    """The parameters of a search, made into a ``StoryQuery``."""

    q = ma.fields.String(
        load_default="",
        validate=validate.Length(max=MAX_CHARACTERS),
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
        validate=validate.Length(max=MAX_VALUES),
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
        chosen: dict[str, Any] = {FACET_FIELDS[facet]: tuple(data[facet]) for facet in FACETS}
        query = StoryQuery(
            parsed=parse(data["q"]),
            filter=StoryFilter(first_day=data["first_day"], last_day=data["last_day"], **chosen),
            sort=data["sort"],
            limit=data["limit"],
        )
        return query.from_cursor(data["cursor"])


class SearchForm(SearchParams):
    """The same from the page's form."""

    blank_is_absent = True


class SuggestParams(ma.Schema):
    """What was typed so far."""

    class Meta:
        """Addresses carry parameters that are not ours."""

        unknown = ma.EXCLUDE

    q = ma.fields.String(
        load_default="",
        validate=validate.Length(max=MAX_CHARACTERS),
        metadata={"description": "What was typed so far."},
    )
    limit = WholeNumber(load_default=10, validate=validate.Range(1, 50), metadata={"description": "At most so many."})
