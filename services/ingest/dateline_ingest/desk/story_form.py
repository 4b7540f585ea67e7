"""The submission form: what was typed, the story it says, and the errors beside its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from marshmallow import ValidationError

from dateline.domain.story import Story
from dateline.domain.tag import PLURAL
from dateline.errors import FieldError, InvalidInput
from dateline.formats.control_characters import drop_control_characters
from dateline.formats.strict_json import clean
from dateline.schemas.fields import Slug
from dateline.schemas.pointers import load
from dateline.schemas.story import StorySchema, story_json

TEXTS: Final = (
    "headline", "slugline", "summary", "body_text", "body_html", "byline", "source", "place", "section", "language",
    "note",
)  # fmt: skip
TIMES: Final = ("published_at", "embargo_until")
LISTS: Final = ("people", "places", "organisations", "topics")
ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "images": ("url", "alt", "credit", "caption"),
    "links": ("url", "title"),
}
"""Lists of objects: a line each, the parts between bars."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """An error beside a field: the field's name, its label, and what is wrong."""

    field: str
    label: str
    detail: str


LABELS: Final[Mapping[str, str]] = {
    "headline": "Headline", "slugline": "Slugline", "summary": "Summary", "body_text": "Text",
    "body_html": "Text (HTML)", "byline": "Byline", "source": "Source", "place": "Place", "section": "Section",
    "language": "Language", "note": "Why this correction", "published_at": "Published",
    "embargo_until": "Embargo until",
    "urgency": "Urgency", "keywords": "Keywords", "people": "People", "places": "Places",
    "organisations": "Organisations", "topics": "Topics", "images": "Images", "links": "Links",
}  # fmt: skip


class StoryForm:
    """The form as it was typed. ``values`` is shown again, whatever is wrong with it."""

    def __init__(self, typed: Mapping[str, str] | None = None) -> None:
        """The form of ``typed``, or an empty one."""
        self.values: dict[str, str] = dict(typed or {})
        self.values["key"] = uuid4().hex

    @classmethod
    def of(cls, story: Story, zone: ZoneInfo) -> StoryForm:
        """The form filled with a story, its times on the newsroom's clock."""
        values = {name: str(getattr(story, name) or "") for name in (*TEXTS, "urgency")}
        for name in TIMES:
            moment: datetime | None = getattr(story, name)
            values[name] = typed_time(moment, zone) if moment else ""
        for tag in story.tags:
            listed = values.setdefault(PLURAL[tag.type], "")
            values[PLURAL[tag.type]] = f"{listed}, {tag.slug}" if listed else tag.slug
        values["keywords"] = ", ".join(story.keywords)
        for name, columns in ROWS.items():
            values[name] = "\n".join(_row(one, columns) for one in getattr(story, name))
        return cls({**values, "note": ""})

    def body(self, zone: ZoneInfo, before: Story | None = None) -> dict[str, Any]:
        """What the form says, in the shape of a story sent as JSON.

        What the form doesn't show stays as it was in ``before``; so does a time that was not touched, to its last
        digit. Raises ``InvalidInput`` for what is no text.
        """
        body = self._kept(before) | self._texts() | self._times(zone, before) | self._lists()
        if urgency := self._text("urgency"):
            body["urgency"] = typed_number(urgency)
        cleaned: dict[str, Any] = clean(body)
        return cleaned

    def _kept(self, before: Story | None) -> dict[str, Any]:
        """What the form doesn't show."""
        kept = story_json(before) if before else {}
        return {name: kept[name] for name in ("related", "external_id") if name in kept}

    def _texts(self) -> dict[str, Any]:
        texts: dict[str, Any] = {name: self._text(name) for name in TEXTS if self._text(name)}
        texts["headline"] = self._text("headline")
        if "body_html" not in texts:
            texts["body_text"] = self._text("body_text")
        return texts

    def _times(self, zone: ZoneInfo, before: Story | None) -> dict[str, Any]:
        kept = story_json(before) if before else {}
        times: dict[str, Any] = {}
        for name in TIMES:
            typed = self._text(name)
            if typed and name in kept and typed == typed_time(datetime.fromisoformat(kept[name]), zone):
                times[name] = kept[name]
            elif typed:
                times[name] = sent_time(typed, zone)
            elif name == "embargo_until" and name in kept:
                times[name] = None
        embargo = kept.get("embargo_until")
        if embargo and embargo == times.get("published_at") and embargo != times["embargo_until"]:
            del times["published_at"]  # it was the embargo's, and goes with it
        return times

    def _lists(self) -> dict[str, Any]:
        lists: dict[str, Any] = {}
        if tags := {name: listed(self._text(name)) for name in LISTS if self._text(name)}:
            lists["tags"] = tags
        if keywords := listed(self._text("keywords")):
            lists["keywords"] = keywords
        for name, columns in ROWS.items():
            if rows := [_object(line, columns) for line in self._text(name).splitlines() if line.strip()]:
                lists[name] = rows
        return lists

    def _text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value.replace("\r\n", "\n") if name.startswith("body") else value.replace("\r\n", "\n").strip()


def read(body: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a story; raises ``InvalidInput``, as the JSON API does."""
    return load(StorySchema(), body)


def beside(errors: Iterable[FieldError]) -> tuple[Wrong, ...]:
    """The errors of the JSON API at the form's fields."""
    return tuple(_wrong(error) for error in errors)


def _wrong(error: FieldError) -> Wrong:
    steps = error.pointer.strip("/").split("/")
    field = steps[1] if steps[0] == "tags" and len(steps) > 1 else steps[0]
    label = LABELS.get(field, "")
    place = f"{int(steps[-1]) + 1}: " if len(steps) > 1 and steps[-1].isdecimal() else ""
    return Wrong(field if label else "headline", label, place + error.detail)


def typed_number(text: str) -> int | str:
    """The whole number that was typed; what is none goes on as it is, to be refused with the rest."""
    return int(text) if re.fullmatch("-?[0-9]{1,8}", text) else text


def typed_slug(typed: Mapping[str, str], name: str) -> str:
    """The slug in a field. Raises ``InvalidInput``."""
    try:
        return str(Slug().deserialize(drop_control_characters(typed.get(name, "")).strip()))
    except ValidationError as wrong:
        raise InvalidInput(" ".join(wrong.messages)) from None


def typed_revision(typed: Mapping[str, str]) -> int:
    """The revision that a form was made from. Raises ``InvalidInput``."""
    revision = typed.get("revision", "")
    if not (revision.isascii() and revision.isdecimal()) or len(revision) > 9:
        raise InvalidInput("The form doesn't say which revision it was made from.")
    return int(revision)


def listed(text: str) -> list[str]:
    """The parts of a text between commas or line ends."""
    return [part.strip() for part in re.split(r"[,\n]", text) if part.strip()]


def typed_time(moment: datetime, zone: ZoneInfo) -> str:
    """A time as the form shows it: on the newsroom's clock, without an offset."""
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="seconds")


def sent_time(text: str, zone: ZoneInfo) -> str:
    """A typed time with the newsroom's offset; what is no time goes on as it is, to be refused with the rest."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat()


def _row(thing: Any, columns: tuple[str, ...]) -> str:
    parts = [str(getattr(thing, column)).replace("\n", " ") for column in columns]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _object(line: str, columns: tuple[str, ...]) -> dict[str, str]:
    parts = [part.strip() for part in line.split("|", len(columns) - 1)]
    return {column: part for column, part in zip(columns, parts, strict=False) if part or column == "url"}
