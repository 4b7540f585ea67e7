"""What stories, events and terms share: the strict base, tags, images, links, receipts and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from dateline.domain.html.own_pictures import PICTURE_ID
from dateline.domain.story import Image, Link
from dateline.domain.tag import PLURAL, TAG_TYPES, TagRef, TagType
from dateline.errors import FieldError
from dateline.ports.ledger.items import DIFF_STATES
from dateline.schemas.fields import LONG, Address, Flag, Listed, Moment, Slug, Text


class Strict(ma.Schema):
    """A schema that refuses unknown fields."""

    class Meta:
        unknown = ma.RAISE
        ordered = True


class ImageSchema(Strict):
    """Where something shows a picture: one of the newsroom's by its id, or one from where it is by its address."""

    id = fields.String(
        validate=validate.Regexp(rf"^{PICTURE_ID.pattern}\Z", error="Must be the id of a picture."),
        metadata={"description": "Exactly one of id and url; words left out are those that the picture has"},
    )
    url = Address()
    alt = Text(LONG)
    credit = Text(LONG)
    caption = Text(LONG, lines=True)
    decorative = Flag(metadata={"description": "It tells nothing that the text doesn't"})
    lead = Flag(metadata={"description": "It stands first and large; one at most"})

    @ma.validates_schema(skip_on_field_errors=False, pass_original=True)
    def check_source(self, data: dict[str, Any], sent: Any, **_: Any) -> None:
        """Exactly one way to the picture."""
        named = [name for name in ("id", "url") if isinstance(sent, Mapping) and name in sent]
        if len(named) == 2:
            raise ma.ValidationError("Send id or url, not both.", "url")
        if not named:
            raise ma.ValidationError("Missing data for required field: send id or url.", "url")

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> Image:
        """The domain's image."""
        return Image(**data)


class Images(Listed):
    """Pictures, of which one at most stands first."""

    def __init__(self) -> None:
        super().__init__(fields.Nested(ImageSchema))
        self.validators = [*self.validators, _check_one_lead]


def _check_one_lead(images: Sequence[Image]) -> None:
    leads = [place for place, image in enumerate(images) if image.lead]
    if len(leads) > 1:
        raise ma.ValidationError({leads[1]: {"lead": ["Another picture is the lead already."]}})


class LinkSchema(Strict):
    """An address a story points its readers to."""

    url = Address(required=True)
    title = Text(LONG)

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> Link:
        """The domain's link."""
        return Link(**data)


class AssertedTagsSchema(Strict):
    """Slugs of terms that the reporter asserts, or removes."""

    people = Listed(Slug())
    places = Listed(Slug())
    organisations = Listed(Slug())
    topics = Listed(Slug())

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> tuple[TagRef, ...]:
        """The asserted tags, in the order of the types."""
        return tuple(TagRef(type=type, slug=slug) for type in TAG_TYPES for slug in data.get(PLURAL[type], ()))


def asserted_json(tags: Iterable[TagRef]) -> dict[str, list[str]]:
    """The inverse of ``AssertedTagsSchema``."""
    shown: dict[str, list[str]] = {}
    for tag in tags:
        shown.setdefault(PLURAL[tag.type], []).append(tag.slug)
    return shown


def tag_problems(tags: Iterable[TagRef], known: Callable[[TagType, str], bool]) -> Iterator[FieldError]:
    """What is wrong with asserted tags: slugs that ``known`` doesn't know, at their place in the body."""
    places: Counter[TagType] = Counter()
    for tag in tags:
        if not known(tag.type, tag.slug):
            pointer = f"/tags/{PLURAL[tag.type]}/{places[tag.type]}"
            yield FieldError(pointer, f"Nobody knows the {tag.type} {tag.slug!r}.")
        places[tag.type] += 1


class TagRefSchema(Strict):
    """A tag named by a person."""

    type = fields.String(required=True, validate=validate.OneOf(TAG_TYPES))
    slug = Slug(required=True)

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> TagRef:
        """The domain's reference."""
        return TagRef(**data)


class EditorTagsSchema(Strict):
    """Tags an editor adds to an item and takes from it."""

    add = Listed(fields.Nested(TagRefSchema), load_default=[])
    remove = Listed(fields.Nested(TagRefSchema), load_default=[])


class DifferenceSchema(Strict):
    """What readers see of the difference that a correction made, and why."""

    diff = fields.String(
        required=True, validate=validate.OneOf(DIFF_STATES), metadata={"description": "removed: for good"}
    )
    reason = Text(LONG, load_default="", metadata={"description": "It stays on record"})


class ReceiptSchema(Strict):
    """What the writer gets after the revision is on disk."""

    id = fields.String(required=True)
    revision = fields.Integer(required=True)
    state = fields.String(required=True)
    received_at = Moment(required=True)
    status_url = fields.String(required=True)
    idempotency_expires_at = Moment(metadata={"description": "Until when a repeat with the same key gets this answer"})
    unchanged = fields.Boolean(metadata={"description": "True: this is what came last under its external id"})
    older = fields.Boolean(metadata={"description": "True: a newer version is on record, this one changed nothing"})
    notes = fields.List(fields.Dict(), metadata={"description": "What was read otherwise than it was sent"})


class RevisionSchema(Strict):
    """One revision and where it stands."""

    revision = fields.Integer(required=True)
    state = fields.String(required=True)
    action = fields.String()
    by = fields.String()
    received_at = Moment(required=True)
    indexed_at = Moment(allow_none=True)
    attempts = fields.Integer()
    stage = fields.String()
    error = fields.String()
    note = fields.String()
    correction = fields.String(metadata={"description": "What readers are told of it"})
    erased = fields.Boolean()
    diff = fields.String(metadata={"description": "What readers see of its difference: hidden or removed"})


class ItemSchema(ReceiptSchema):
    """One item: its receipt, its revisions, and what editors said of its tags."""

    owner = fields.String()
    embargo_until = Moment(allow_none=True)
    withheld = fields.Boolean(metadata={"description": "Held until its source, or an editor, lifts that"})
    published_revision = fields.Integer(allow_none=True)
    editor_tags = fields.Nested("EditorTagsSchema")
    revisions = fields.List(fields.Nested(RevisionSchema), required=True)


class SummarySchema(ReceiptSchema):
    """A line of a list."""

    label = fields.String()
    section = fields.String()
    owner = fields.String()
    indexed_at = Moment(allow_none=True)
    error = fields.String()
    embargo_until = Moment(allow_none=True)
    withheld = fields.Boolean()


class SummariesSchema(Strict):
    """A page of a list; ``next`` is the address of the following one."""

    items = fields.List(fields.Nested(SummarySchema), required=True)
    next = fields.String(required=True, allow_none=True)
