"""Domain objects to JSON-ready dicts and back: for the ledger's payloads and the index's sources.

Dates are ISO 8601; a plain date stays a plain date. Fields at their default are left out, so that a payload shows what
was said. Each ledger payload carries ``schema``; an older one is upgraded step by step when it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar, cast

from cattrs import Converter
from cattrs.cols import namedtuple_dict_structure_factory, namedtuple_dict_unstructure_factory
from cattrs.gen import make_dict_unstructure_fn, override

from dateline.domain.document import (
    Correction,
    Crumb,
    EventDocument,
    FrontDocument,
    StoryDocument,
    TermDocument,
)
from dateline.domain.event import EVENT_SCHEMA, Event, Location, Occurrence, Price
from dateline.domain.front import (
    FRONT_SCHEMA,
    BreakingLine,
    FrontRecord,
    PlacedColumn,
    PlacedStory,
    Placement,
)
from dateline.domain.picture import PICTURE_SCHEMA, FocalPoint, MadePicture, Picture, PublicImage
from dateline.domain.story import STORY_SCHEMA, Image, Link, Story
from dateline.domain.tag import EditorTags, Evidence, Tag, TagRef
from dateline.domain.term import TERM_SCHEMA, Term, TopicRules
from dateline.domain.wall_times import by_todays_rules, on_own_clock

T = TypeVar("T")

JsonObject = dict[str, Any]

_BARE: Final = frozenset(("type", "slug", "label"))


def _day_or_time(value: str, _: object) -> date | datetime:
    return date.fromisoformat(value) if len(value) == len("2017-12-05") else datetime.fromisoformat(value)


def _make_converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_unstructure_hook(date | datetime, lambda moment: moment.isoformat())
    converter.register_unstructure_hook(date | datetime | None, lambda moment: moment and moment.isoformat())
    converter.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    converter.register_structure_hook(date | datetime, _day_or_time)
    converter.register_structure_hook(
        date | datetime | None, lambda value, kind: None if value is None else _day_or_time(value, kind)
    )
    converter.register_unstructure_hook(FocalPoint, list)
    converter.register_structure_hook(FocalPoint, lambda value, _: FocalPoint(*value))
    converter.register_unstructure_hook(Evidence, namedtuple_dict_unstructure_factory(Evidence, converter))
    converter.register_structure_hook(Evidence, namedtuple_dict_structure_factory(Evidence, converter))
    converter.register_unstructure_hook(Tag, namedtuple_dict_unstructure_factory(Tag, converter, True))
    tag_of = namedtuple_dict_structure_factory(Tag, converter)
    converter.register_structure_hook(Tag, lambda tag, kind: tag if type(tag) is Tag else tag_of(tag, kind))
    for cls in (
        TagRef, EditorTags, Image, Link, Location, Occurrence, Price, Crumb, Correction, TopicRules,
        Picture, MadePicture, PublicImage, Story, Event, Term, StoryDocument, EventDocument, TermDocument,
        BreakingLine, Placement, PlacedStory, PlacedColumn, FrontRecord, FrontDocument,
    ):  # fmt: skip
        converter.register_unstructure_hook(cls, make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True))
    return converter


_converter: Final = _make_converter()

_story_without_tags: Final = make_dict_unstructure_fn(
    StoryDocument, _converter, _cattrs_omit_if_default=True, tags=override(omit=True)
)

ON_OWN_CLOCK: Final = 4
"""The schema since which an event's times are on record as its clock says them."""
SCHEMAS: Final[dict[type, int]] = {
    Story: STORY_SCHEMA,
    Event: EVENT_SCHEMA,
    Term: TERM_SCHEMA,
    Picture: PICTURE_SCHEMA,
    Placement: FRONT_SCHEMA,
    FrontRecord: FRONT_SCHEMA,
}


def _section_of_story(term: JsonObject) -> JsonObject:
    """A section with nothing but its label is as a story makes one."""
    return {**term, "named_by_story": True} if term.keys() <= _BARE and term.get("type") == "section" else term


UPGRADES: Final[dict[tuple[type, int], Callable[[JsonObject], JsonObject]]] = {
    (Story, 1): lambda story: story,  # 2: ninjs; absent before
    (Story, 2): lambda story: story,  # 3: removed_tags; absent before
    (Story, 3): lambda story: story,  # 4: pictures by their id; absent before
    (Event, 1): lambda event: event,  # 2: further_rrules, periods, vtimezone, sequence, modified; absent before
    (Event, 3): lambda event: event,  # 4: times are those of its clock
    (Event, 4): lambda event: event,  # 5: pictures by their id; absent before
    (Event, 2): lambda event: event,  # 3: places, price, categories and what else an announcement says; absent before
    (Term, 2): lambda term: term,  # 3: image; absent before
    (Term, 1): _section_of_story,  # 2: named_by_story
}
"""(class, schema n) -> the function that turns a payload of schema n into one of n + 1."""


def to_json(thing: object) -> JsonObject:
    """The JSON-ready dict of a domain object or document."""
    result: JsonObject = _converter.unstructure(thing)
    return result


def story_without_tags(story: StoryDocument) -> JsonObject:
    """``to_json`` of a story but for its tags, for those who write these in their own way: they are most of it."""
    return _story_without_tags(story)


def from_json(cls: type[T], data: Mapping[str, Any]) -> T:
    """The object of class ``cls`` that ``to_json`` made ``data`` from."""
    return _converter.structure(data, cls)


def to_payload(thing: Story | Event | Term | Picture | Placement | FrontRecord) -> JsonObject:
    """``to_json`` with the schema number: what the ledger keeps. The times of an event are those of its clock."""
    said = on_own_clock(thing) if isinstance(thing, Event) else thing
    return {"schema": SCHEMAS[type(thing)], **to_json(said)}


def tombstone_payload(ninjs: Mapping[str, Any]) -> JsonObject:
    """What the ledger keeps of a story that its source withdrew: what that said, by which later versions are judged."""
    return {"schema": STORY_SCHEMA, "tombstone": True, "ninjs": dict(ninjs)}


def lapsed_payload(sequence: int) -> JsonObject:
    """What the ledger keeps of an event that a newer version of its series, of that SEQUENCE, doesn't have."""
    return {"schema": EVENT_SCHEMA, "tombstone": True, "sequence": sequence}


def is_tombstone(payload: Mapping[str, Any]) -> bool:
    """Whether ``payload`` is of ``tombstone_payload`` or ``lapsed_payload``: there is no story or event in it."""
    return bool(payload.get("tombstone"))


def from_payload(cls: type[T], payload: Mapping[str, Any]) -> T:
    """The story, event or term of a ledger payload of any schema up to today's; an event at the times of its clock, by
    the rules that its zone has today."""
    data = dict(payload)
    schema = data.pop("schema")
    for step in range(schema, SCHEMAS[cls]):
        data = UPGRADES[cls, step](data)
    thing = from_json(cls, data)
    if isinstance(thing, Event) and schema >= ON_OWN_CLOCK:
        return cast(T, by_todays_rules(thing))
    return thing
