"""A term of the vocabulary as editors write it, proposals, and the tags of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import marshmallow as ma
from marshmallow import fields, validate

from dateline.domain.payload import to_json
from dateline.domain.tag import TAG_TYPES
from dateline.domain.term import TERM_TYPES, Term, TopicRules
from dateline.schemas.base import ImageSchema, ItemSchema, Strict
from dateline.schemas.fields import LONG, Flag, Html, Language, Listed, Moment, Slug, Text, Texts, WholeNumber

_TUPLES: Final = ("aliases", "broader", "same_as")
_KEPT: Final = ("status", "named_by_story")
"""What we keep of a term, and no writer says."""
KEY: Final = re.compile(r"((person|place|organisation|topic|section):)?[a-z0-9-]{1,100}")
"""A term by its slug, or as ``type:slug``."""
BROADER: Final = r"^((person|place|organisation|topic|section):)?[a-z0-9-]{1,100}\Z"


_PHRASE: Final = r"^[^^]+(\^[0-9]{1,2}(\.[0-9]{1,3})?)?$"


class Phrase(Text):
    """A phrase of a topic as the tagger reads it; its weight may stand behind a ^."""

    def __init__(self) -> None:
        super().__init__(least=1, metadata={"pattern": _PHRASE})

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        phrase = super()._deserialize(value, attr, data, **kwargs)
        if not re.match(_PHRASE, phrase) or not any(char.isalnum() for char in phrase.partition("^")[0]):
            raise ma.ValidationError("Must have a letter or digit, and behind a ^ only its weight, such as 1.5.")
        return phrase


class RulesSchema(Strict):
    """Phrases that decide on a topic: one of any, each of all, never one of none."""

    any = Listed(Phrase())
    all = Listed(Phrase())
    none = Listed(Phrase())

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> TopicRules:
        """The domain's rules."""
        return TopicRules(**{name: tuple(phrases) for name, phrases in data.items()})


class TermSchema(Strict):
    """A term. ``type`` and ``slug`` are the address's and may be left out."""

    type = fields.String(validate=validate.OneOf(TERM_TYPES))
    slug = Slug()
    label = Text(least=1, required=True)
    labels = Texts()
    aliases = Listed(Text(least=1))
    description_html = Html()
    broader = Listed(fields.String(validate=validate.Regexp(BROADER, error="Must be a slug, or type:slug.")))
    same_as = Listed(Text(least=1, metadata={"description": "A Wikidata id or an IPTC qcode"}))
    rules = fields.Nested(RulesSchema, metadata={"description": "For topics"})
    landing = Flag(metadata={"description": "Puts it into the navigation"})
    order = WholeNumber(-1_000_000, 1_000_000)
    review = Flag(metadata={"description": "For sections: an editor other than who wrote a story puts it out"})

    image = fields.Nested(ImageSchema, metadata={"description": "The picture on its page"})

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The arguments of ``Term``, without type and slug where they were left out."""
        return {name: tuple(value) if name in _TUPLES else value for name, value in data.items()}


def term_of(given: Mapping[str, Any], type: str, slug: str) -> Term:
    """The term of the address (``type``, ``slug``) and the body; raises ``ValidationError`` when they differ."""
    errors = {name: [f"Must be {said!r}, as in the address."] for name, said in (("type", type), ("slug", slug))
             if given.get(name, said) != said}  # fmt: skip
    if given.get("rules") and type != "topic":
        errors["rules"] = ["Only topics have rules."]
    if given.get("review") and type != "section":
        errors["review"] = ["Only sections ask for a second pair of eyes."]
    if type == "topic":
        why = "A topic's names have no ^: a phrase's weight stands behind it."
        errors |= {name: [why] for name in ("label", "aliases") if "^" in "".join(given.get(name, ""))}
    if any(one in (slug, f"{type}:{slug}") for one in given.get("broader", ())):
        errors["broader"] = ["A term can't be broader than itself."]
    if errors:
        raise ma.ValidationError(errors)
    return Term(**{**given, "type": type, "slug": slug})


def term_json(term: Term) -> dict[str, Any]:
    """``term`` in the shape it is written in, ``type`` and ``slug`` included."""
    shown = {name: value for name, value in to_json(term).items() if name not in _KEPT}
    return {"type": term.type, "slug": term.slug, **shown}


class TermItemSchema(ItemSchema):
    """A term with its revision (0: as shipped), its status, and where it came from."""

    received_at = Moment(required=True, allow_none=True)
    term = fields.Nested(TermSchema, allow_none=True)
    status = fields.String()
    merged_into = fields.String()
    count = fields.Integer(metadata={"description": "How many stories mention a proposal"})
    sources = fields.Integer(metadata={"description": "How many reporters and agencies these stories are of"})


class TermLineSchema(Strict):
    """A line of the list of terms."""

    type = fields.String(required=True)
    slug = fields.String(required=True)
    label = fields.String(required=True)
    status = fields.String(required=True)
    count = fields.Integer(allow_none=True)
    sources = fields.Integer(
        metadata={"description": "Of a proposal: of how many reporters and agencies its stories are"}
    )
    first_day = fields.Date(allow_none=True, metadata={"description": "Of a proposal: the day of its first story"})
    last_day = fields.Date(allow_none=True, metadata={"description": "Of a proposal: the day of its last story"})
    url = fields.String()


class TermLinesSchema(Strict):
    """Terms, best first."""

    items = fields.List(fields.Nested(TermLineSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class AcceptSchema(Strict):
    """How a proposed name becomes a term: under another form of it, as another type."""

    label = Text(least=1)
    type = fields.String(validate=validate.OneOf(TAG_TYPES))


class MergeSchema(Strict):
    """The term that one is merged into: a slug of the same type, or ``type:slug``."""

    into = fields.String(
        required=True, validate=validate.Regexp(BROADER, error="Must be a slug, or type:slug."),
    )  # fmt: skip


class TouchedStorySchema(Strict):
    """A story that a term would be given to, or taken from."""

    id = fields.String(required=True)
    headline = fields.String(required=True)
    published_at = Moment(required=True)
    words = fields.List(fields.String(), metadata={"description": "What of its text speaks for the term"})
    url = fields.String(required=True)


class TouchedStoriesSchema(Strict):
    """How many stories, and the newest twenty of them."""

    count = fields.Integer(required=True)
    items = fields.List(fields.Nested(TouchedStorySchema), required=True)


class TermPreviewSchema(Strict):
    """What a term would do: the public stories that would gain it, and those that would lose it."""

    gain = fields.Nested(TouchedStoriesSchema, required=True)
    lose = fields.Nested(TouchedStoriesSchema, required=True)
    examined = fields.Integer(required=True, metadata={"description": "How many stories were looked at"})
    candidates = fields.Integer(required=True, metadata={"description": "How many stories have the words that change"})
    complete = fields.Boolean(
        required=True,
        metadata={"description": "Whether there was time for all of them; the counts are worked out from some else"},
    )
    archive = fields.Boolean(
        required=True, metadata={"description": "Whether it is said of the archive, or of the newest stories alone"}
    )


class TextSchema(Strict):
    """A text to be tagged. Evidence offsets count its code points, so nothing of it is changed."""

    headline = Text(None, exact=True, load_default="")
    body_text = Text(None, exact=True, load_default="")
    summary = Text(LONG, exact=True, load_default="")
    section = Text(exact=True, load_default="")
    place = Text(exact=True, load_default="")
    language = Language(load_default="en")


class EvidenceSchema(Strict):
    """Where a tag comes from: code points ``start`` to ``end`` of ``field``, the words there, and the rule."""

    field = fields.String(required=True)
    start = fields.Integer(required=True)
    end = fields.Integer(required=True)
    text = fields.String(required=True)
    rule = fields.String(required=True)


class TagSchema(Strict):
    """A tag the tagger gives."""

    type = fields.String(required=True)
    slug = fields.String(required=True)
    label = fields.String(required=True)
    score = fields.Float(required=True)
    status = fields.String(required=True)
    source = fields.String()
    evidence = fields.List(fields.Nested(EvidenceSchema), required=True)


class DroppedSchema(Strict):
    """Something considered and not made a tag, and why."""

    type = fields.String(required=True)
    slug = fields.String(required=True)
    label = fields.String(required=True)
    reason = fields.String(required=True)
    evidence = fields.List(fields.Nested(EvidenceSchema))


class TaggingSchema(Strict):
    """The tags of a text, and what was considered and dropped."""

    tags = fields.List(fields.Nested(TagSchema), required=True)
    dropped = fields.List(fields.Nested(DroppedSchema), required=True)
