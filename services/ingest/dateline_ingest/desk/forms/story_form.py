"""The form of a story: what was typed, and the story it says."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from dateline.domain.story import Story
from dateline.errors import FieldError, InvalidInput
from dateline.formats.strict_json import clean
from dateline.schemas.pointers import load
from dateline.schemas.story import StorySchema, story_json
from dateline_ingest.desk.forms.form_fields import list_field, number_field, row_field, row_text, time_field, time_text
from dateline_ingest.desk.forms.picture_rows import images_json, images_text, without_rows
from dateline_ingest.desk.forms.tag_choices import TYPED, TagChoices, without_boxes
from dateline_ingest.desk.forms.typed_fields import TypedForm

TEXTS: Final = (
    "headline", "slugline", "summary", "body_text", "body_html", "byline", "source", "place", "section", "language",
    "note", "correction",
)  # fmt: skip
TIMES: Final = ("published_at", "embargo_until")
EMBARGO_PARTS: Final = ("embargo_date", "embargo_time")
ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "links": ("url", "title"),
}
"""Lists of objects: a line each, the parts between bars."""
NOT_SHOWN: Final = ("related", "external_id")
"""What the form has no field for; it stays as it was."""
_NOT_CHOSEN: Final = "Choose in the list of tags which one is meant, or empty the field."


LABELS: Final[Mapping[str, str]] = {
    "headline": "Headline", "slugline": "Slugline", "summary": "Summary", "body_text": "Text",
    "body_html": "Text (HTML)", "byline": "Byline", "source": "Source", "place": "Place", "section": "Section",
    "language": "Language", "note": "Why this correction",
    "correction": "What readers are told", "published_at": "Published",
    "embargo_until": "Hold until",
    "urgency": "Urgency", "keywords": "Keywords", "people": "People", "places": "Places",
    "organisations": "Organisations", "topics": "Topics", "images": "Pictures", "links": "Links",
    "removed_tags": "Tags left out", "add_tag": "Add a tag",
}  # fmt: skip


class StoryForm(TypedForm):
    """The form of a story; a key of its own keeps it from being taken twice."""

    def __init__(self, values: Mapping[str, str] | None = None, cut: tuple[str, ...] = ()) -> None:
        """The form of ``values``, or an empty one."""
        super().__init__({**without_boxes(without_rows(_with_embargo(values or {}))), "key": uuid4().hex}, cut)

    @classmethod
    def of(cls, story: Story, zone: ZoneInfo) -> StoryForm:
        """The form filled with a story, its times on the newsroom's clock."""
        return cls({**story_fields(story_json(story), zone), "language": story.language, "note": "", "correction": ""})

    def body(self, zone: ZoneInfo, before: Story | None = None) -> dict[str, Any]:
        """What the form says, in the shape of a story sent as JSON.

        What the form doesn't show stays as it was in ``before``; so does a time that was not touched, to its last
        digit. Raises ``InvalidInput`` for what is no text, for more than the form shows, and for a tag that was named
        and not chosen.
        """
        self.check_whole()
        if name := self._text(TYPED):
            raise InvalidInput(_NOT_CHOSEN, (FieldError(f"/{TYPED}", f"{_NOT_CHOSEN} ({name[:100]})"),))
        earlier = story_json(before) if before else {}
        kept = {name: earlier[name] for name in NOT_SHOWN if name in earlier}
        body = kept | self._texts() | self._times(zone, earlier) | self._lists()
        if urgency := self._text("urgency"):
            body["urgency"] = number_field(urgency)
        cleaned: dict[str, Any] = clean(body)
        return cleaned

    @property
    def tag_choices(self) -> TagChoices:
        """What it says of the story's tags."""
        return TagChoices.of_fields(self.values)

    def _texts(self) -> dict[str, Any]:
        texts: dict[str, Any] = {name: self._text(name) for name in TEXTS if self._text(name)}
        texts["headline"] = self._text("headline")
        if "body_html" in texts:  # the editor tells the plain text too, for the tags
            texts.pop("body_text", None)
        else:
            texts["body_text"] = self._text("body_text")
        return texts

    def _times(self, zone: ZoneInfo, earlier: Mapping[str, Any]) -> dict[str, Any]:
        times: dict[str, Any] = {}
        for name in TIMES:
            typed = self._text(name)
            if typed and name in earlier and typed == time_text(datetime.fromisoformat(earlier[name]), zone):
                times[name] = earlier[name]
            elif typed:
                times[name] = time_field(typed, zone)
            elif name == "embargo_until" and name in earlier:
                times[name] = None
        embargo = earlier.get("embargo_until")
        if embargo and embargo == times.get("published_at") and embargo != times["embargo_until"]:
            del times["published_at"]  # it was the embargo's, and goes with it
        return times

    def _lists(self) -> dict[str, Any]:
        lists: dict[str, Any] = self.tag_choices.body()
        if keywords := list_field(self._text("keywords")):
            lists["keywords"] = keywords
        if images := images_json(self._text("images")):
            lists["images"] = images
        for name, columns in ROWS.items():
            if rows := [row_field(line, columns) for line in self._text(name).splitlines() if line.strip()]:
                lists[name] = rows
        return lists

    def _text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value.replace("\r\n", "\n") if name.startswith("body") else value.replace("\r\n", "\n").strip()


def story_fields(body: Mapping[str, Any], zone: ZoneInfo) -> dict[str, str]:
    """The form's fields as a story's JSON fills them, times on the newsroom's clock; nothing in it need be right."""
    values = {name: str(body.get(name, "")) for name in (*TEXTS, "urgency")}
    for name in TIMES:
        values[name] = _as_typed(body.get(name) or "", zone)
    values |= TagChoices.of_story(body).fields()
    values["keywords"] = ", ".join(body.get("keywords", ()))
    values["images"] = images_text(body.get("images", ()))
    for name, columns in ROWS.items():
        values[name] = "\n".join(row_text(row, columns) for row in body.get(name, ()))
    return values


def carried_fields(values: Mapping[str, str], but: Collection[str] = ()) -> dict[str, str]:
    """What a form says, for a page to carry along that doesn't show it; without the fields that it does show."""
    named = {*LABELS, "draft", "draft_revision", "correction"} - set(but)
    return {name: value for name, value in values.items() if value and name in named}


def _as_typed(text: str, zone: ZoneInfo) -> str:
    """A time on the newsroom's clock; what is none, as it was typed."""
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text)
        return time_text(moment, zone) if moment.tzinfo else text
    return text


def _with_embargo(values: Mapping[str, str]) -> dict[str, str]:
    """The fields with the embargo's date and time as one."""
    joined = {name: value for name, value in values.items() if name not in EMBARGO_PARTS}
    day, clock = (values.get(name, "").strip() for name in EMBARGO_PARTS)
    if day or clock:
        clock = f"{clock}:00" if len(clock) == len("18:00") else clock or "00:00:00"
        joined["embargo_until"] = f"{day}T{clock}"
    return joined


def embargo_parts(typed: str) -> tuple[str, str] | None:
    """An embargo as the form's fields for date and time have it; None for what was typed and is no time."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?", typed)
    if not match:
        return None if typed else ("", "")
    seconds = match[3] if match[3] != ":00" else None
    return match[1], match[2] + (seconds or "")


def load_story(body: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a story; raises ``InvalidInput``, as the JSON API does."""
    return load(StorySchema(), body)
