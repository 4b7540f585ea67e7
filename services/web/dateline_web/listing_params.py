"""The parameters that all listings share (limit, cursor, days, facet values), and how a page reads its query string.

What is wrong is 422 with a pointer to it; a page ignores parameters that aren't its own.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any, ClassVar, Final

import marshmallow as ma
from marshmallow import ValidationError, validate
from webargs.multidictproxy import MultiDictProxy

from dateline.http.requests.body import StrictParser

DEFAULT_LIMIT: Final = 20
MAX_ITEMS: Final = 100
MAX_VALUES: Final = 100
"""How many values one facet may be given."""
MAX_CHARACTERS: Final = 200
"""Characters of a query."""

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
        validate=validate.Range(1, MAX_ITEMS),
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
        validate=validate.Length(max=MAX_VALUES),
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


class PageParams(ListingParams):
    """A page of a listing whose filter its address says."""

    blank_is_absent = True


def read_params(schema: type[ma.Schema]) -> Any:
    """The query string of this request by ``schema``; aborts with 422 and the wrong parameters."""
    return _PARSER.parse(_made(schema), location="query")


@cache
def _made(schema: type[ma.Schema]) -> ma.Schema:
    """Each is made once: that takes longer than reading a query string."""
    return schema()
