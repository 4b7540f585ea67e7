"""A picture as it comes in: what is said of a file, and its rights; and as it goes out to those who work with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import marshmallow as ma
from marshmallow import fields, validate

from dateline.domain.picture import FocalPoint, Picture
from dateline.domain.timestamps import rfc3339
from dateline.schemas.base import ReceiptSchema, RevisionSchema, Strict
from dateline.schemas.fields import LONG, Flag, Listed, Moment, Text, address_or_nothing

NO_ALT: Final = "Say what the picture shows, for those who don't see it, or that it is decorative."
ALT_OF_DECORATIVE: Final = "A decorative picture has no alternative text."
NO_CREDIT: Final = "Say whom the picture is credited to."
_FILE: Final = ("sha256", "media_type", "width", "height", "size", "filename")
_TUPLES: Final = ("keywords", "people")


class _Fraction(fields.Float):
    """A part of the whole, from 0 to 1."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Range(0, 1), allow_nan=False, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:
        if type(value) not in (int, float):
            raise ma.ValidationError("Must be a number from 0 to 1.")
        return float(super()._deserialize(value, attr, data, **kwargs))


def shown_address(value: str) -> str:
    """``value`` where it is an address without a user name or password (RFC 3986, section 3.2.1); else empty."""
    address = address_or_nothing(value)
    return "" if address and "@" in urlsplit(address).netloc else address


class PictureSchema(Strict):
    """What is said of a picture. Loads to those arguments of ``Picture`` that were given."""

    alt = Text(LONG, lines=True, metadata={"description": "Required, unless it is decorative"})
    decorative = Flag(metadata={"description": "true: it says nothing that the text doesn't"})
    caption = Text(LONG, lines=True)
    credit = Text(LONG, metadata={"description": "Required"})
    byline = Text(metadata={"description": "Who took it"})
    copyright = Text(LONG)
    licence = Text(LONG)
    licence_url = Text(4000, metadata={"description": "An address of http or https"})
    source = Text()
    taken_at = Text(metadata={"description": "The date it was taken, as it is known"})
    place = Text()
    keywords = Listed(Text(least=1))
    people = Listed(Text(least=1))
    usable_from = Moment(allow_none=True)
    usable_until = Moment(allow_none=True, metadata={"description": "From then on no reader sees it"})
    restriction = Text(LONG, lines=True, metadata={"description": "Territory or channel, in words"})
    feeds = Flag(metadata={"description": "false: it doesn't go out by feeds"})
    focal_x = _Fraction(allow_none=True, metadata={"description": "0 is the left edge, 1 the right one"})
    focal_y = _Fraction(allow_none=True, metadata={"description": "0 is the top, 1 the bottom"})
    note = Text(LONG, lines=True, metadata={"description": "For colleagues"})

    @ma.validates("licence_url")
    def check_address(self, value: str, data_key: str) -> None:
        """An address that may be shown, or nothing."""
        if value and not address_or_nothing(value):
            raise ma.ValidationError("Must be an absolute address that begins with http:// or https://.")
        if value and not shown_address(value):
            raise ma.ValidationError("Must have no user name or password in it: readers see it.")

    @ma.validates_schema(skip_on_field_errors=False)
    def check_words(self, data: dict[str, Any], **_: Any) -> None:
        """Alternative text or none on purpose, a credit, an end after the beginning, a whole focal point."""
        errors: dict[str, list[str]] = {}
        if data.get("decorative") and data.get("alt"):
            errors["alt"] = [ALT_OF_DECORATIVE]
        elif not (data.get("decorative") or data.get("alt")):
            errors["alt"] = [NO_ALT]
        if not data.get("credit"):
            errors["credit"] = [NO_CREDIT]
        start, end = data.get("usable_from"), data.get("usable_until")
        if start and end and end <= start:
            errors["usable_until"] = ["Must be after usable_from."]
        missing = [name for name in ("focal_x", "focal_y") if data.get(name) is None]
        if len(missing) == 1:
            errors[missing[0]] = ["focal_x and focal_y go together."]
        if errors:
            raise ma.ValidationError(errors)

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The arguments of ``Picture``; the focal point in per cent."""
        given: dict[str, Any] = {}
        given |= {name: tuple(value) if name in _TUPLES else value for name, value in data.items()}
        across, down = given.pop("focal_x", None), given.pop("focal_y", None)
        if across is not None:
            given["focal"] = FocalPoint(round(across * 100), round(down * 100))
        elif "focal_x" in data:
            given["focal"] = None
        return given


def picture_json(picture: Picture) -> dict[str, Any]:
    """What is said of ``picture`` in the shape it came in, so that it can be sent again."""
    shown: dict[str, Any] = {
        name: getattr(picture, name) for name in PictureSchema().fields if name not in ("focal_x", "focal_y")
    }
    shown = {name: list(value) if isinstance(value, tuple) else value for name, value in shown.items()}
    for name in ("usable_from", "usable_until"):
        shown[name] = rfc3339(shown[name]) if shown[name] else None
    focal = picture.focal
    return {**shown, "focal_x": focal.x / 100 if focal else None, "focal_y": focal.y / 100 if focal else None}


def file_json(picture: Picture) -> dict[str, Any]:
    """What its file is."""
    return {name: getattr(picture, name) for name in _FILE}


class RenditionSchema(Strict):
    """A file that was made of a picture."""

    url = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    type = fields.String(required=True)
    crop = fields.String(required=True, metadata={"description": "16:9, 4:3, 1:1; empty: the whole picture"})


class PictureLineSchema(ReceiptSchema):
    """A line of the list of pictures."""

    owner = fields.String(required=True)
    alt = fields.String(required=True)
    decorative = fields.Boolean(required=True)
    caption = fields.String(required=True)
    credit = fields.String(required=True)
    width = fields.Integer(required=True, metadata={"description": "The right way up"})
    height = fields.Integer(required=True)
    filename = fields.String(required=True)
    rights = fields.String(required=True, validate=validate.OneOf(("usable", "not yet", "ended")))
    ready = fields.Boolean(required=True, metadata={"description": "Whether its renditions are there"})
    error = fields.String(required=True)
    url = fields.String(required=True, allow_none=True, metadata={"description": "The largest whole JPEG, for staff"})


class PictureLinesSchema(Strict):
    """A page of pictures, newest first; ``next`` is the address of the following one."""

    items = fields.List(fields.Nested(PictureLineSchema), required=True)
    next = fields.String(required=True, allow_none=True)
    without_alt = fields.Integer(
        required=True, metadata={"description": "How many pictures in all have no alternative text"}
    )


class PictureUseSchema(Strict):
    """A story, event or term that shows a picture."""

    kind = fields.String(required=True)
    id = fields.String(required=True)
    label = fields.String(required=True)
    state = fields.String(required=True)
    public = fields.Boolean(required=True, metadata={"description": "Whether readers see it"})


class AlikeSchema(Strict):
    """A picture that is nearly the same."""

    id = fields.String(required=True)
    caption = fields.String(required=True)
    status_url = fields.String(required=True)
    uses = fields.Integer(required=True, metadata={"description": "How many stories, events and terms show it"})


class FocalSchema(Strict):
    """What a picture is about, and who says so: ``hand``, ``guess``, or ``middle`` where nobody did yet."""

    x = fields.Float(required=True)
    y = fields.Float(required=True)
    by = fields.String(required=True)


class FileSchema(Strict):
    """What the file of a picture is."""

    sha256 = fields.String(required=True)
    media_type = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    size = fields.Integer(required=True)
    filename = fields.String(required=True)


class PictureItemSchema(PictureLineSchema):
    """A picture on record: what is said of it as it came in (``image``), its file, what was made of it, what shows
    it, and which others are nearly the same."""

    image = fields.Nested(PictureSchema, required=True)
    file = fields.Nested(FileSchema, required=True)
    original = fields.String(required=True, metadata={"description": "The file as it came, for staff"})
    focal = fields.Nested(FocalSchema, required=True)
    renditions = fields.List(fields.Nested(RenditionSchema), required=True)
    uses = fields.List(fields.Nested(PictureUseSchema), required=True)
    other_uses = fields.Integer(required=True, metadata={"description": "How many more, which are others' drafts"})
    alike = fields.List(fields.Nested(AlikeSchema), required=True)
    revisions = fields.List(fields.Nested(RevisionSchema), required=True)


class TakedownSchema(Strict):
    """What shows a picture, and whether it was taken down."""

    id = fields.String(required=True)
    state = fields.String(required=True)
    taken_down = fields.Boolean(required=True)
    uses = fields.List(fields.Nested(PictureUseSchema), required=True)
    other_uses = fields.Integer(required=True)
    left = fields.String(required=True, metadata={"description": "Where it may be yet"})
