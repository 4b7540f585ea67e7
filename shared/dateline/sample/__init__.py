"""The sample newsroom: a Belarusian city desk with terms, stories and events enough to fill every page.

The texts stand in TOML files beside this module, grouped by subject or year, so that a writer can add to them without
touching code (``docs/sample.md``). What these functions give are request bodies as the ingest service takes them.
Load the pictures first, then the terms: a story that asserts a topic nobody knows is refused. Terms, stories and events
name pictures; with the ids that the newsroom gave them they show those, without an id they leave a picture out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from html import escape
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from dateline.domain.payload import JsonObject

PROSE = ("body_text", "summary", "description_text", "description_html")
"""Fields whose lines are wrapped for the eye: only an empty line starts a new paragraph."""


PictureIds = Mapping[str, str]
"""The ids of pictures in the newsroom, by the names that they have here."""
_NONE: Final[PictureIds] = MappingProxyType({})
_CREDIT: Final = "Dateline drawing"
_LICENCE: Final = "As Dateline itself"
_OWN_KEYS: Final = ("_correction", "pictures", "picture", "in_text")


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePicture:
    """A drawing: its file, and the fields of ``POST /v1/images``."""

    name: str
    filename: str
    content: bytes
    fields: dict[str, str]


def pictures() -> Iterator[SamplePicture]:
    """The drawings that terms, stories and events show, one after the other."""
    folder = resources.files(__name__) / "pictures"
    for entry in _entries("pictures", "picture"):
        filename = entry["file"]
        across, down = entry["focal"]
        fields = {"focal_x": str(across / 100), "focal_y": str(down / 100), "credit": _CREDIT, "licence": _LICENCE}
        words = {"alt": entry["alt"], "caption": entry["caption"], "place": entry.get("place", "")}
        yield SamplePicture(
            name=filename.rpartition(".")[0],
            filename=filename,
            content=(folder / filename).read_bytes(),
            fields=fields | {name: value for name, value in words.items() if value},
        )


def terms(pictures: PictureIds = _NONE) -> list[JsonObject]:
    """The sections and landing topics, each the body of ``PUT /v1/terms/{type}/{slug}``, broader ones first."""
    bodies = []
    for entry in _entries("terms", "term"):
        image = _images([entry["picture"]] if "picture" in entry else [], pictures)
        bodies.append(_body(entry) | ({"image": image[0]} if image else {}))
    return bodies


def stories(pictures: PictureIds = _NONE) -> list[JsonObject]:
    """The stories as first submitted, oldest first, each the body of ``POST /v1/stories`` with an ``external_id``."""
    bodies = [_illustrated(entry, pictures) for entry in _entries("stories", "story")]
    return sorted(bodies, key=lambda body: (datetime.fromisoformat(body["published_at"]), body["external_id"]))


def corrections(pictures: PictureIds = _NONE) -> list[JsonObject]:
    """Whole new revisions of some stories, with a ``note``; ``external_id`` says of which.

    In the files a story's ``_correction`` table holds what changed and why. ``PUT`` these after the stories.
    """
    return [
        {**_illustrated(entry, pictures), **_body(entry["_correction"])}
        for entry in _entries("stories", "story")
        if "_correction" in entry
    ]


def events(pictures: PictureIds = _NONE) -> list[JsonObject]:
    """The events, each the body of ``POST /v1/events`` with an ``external_id``."""
    return [_illustrated(entry, pictures) for entry in _entries("events", "event")]


def _illustrated(entry: Mapping[str, Any], pictures: PictureIds) -> JsonObject:
    images = _images(entry.get("pictures", ()), pictures)
    if images:
        images[0]["lead"] = True
    body = _body(entry) | ({"images": images} if images else {})
    within = entry.get("in_text")
    return _with_figure(body, within, pictures) if within and within["picture"] in pictures else body


def _with_figure(body: JsonObject, within: Mapping[str, Any], pictures: PictureIds) -> JsonObject:
    """The story in HTML, with a picture after one of its paragraphs."""
    name = within["picture"]
    paragraphs = [f"<p>{escape(text)}</p>" for text in body.pop("body_text").split("\n\n")]
    figure = f'<figure><img data-image="{pictures[name]}" alt="{escape(_alt()[name])}"></figure>'
    paragraphs.insert(within["after"], figure)
    return body | {"body_html": "".join(paragraphs)}


def _images(names: Iterable[str], pictures: PictureIds) -> list[JsonObject]:
    return [{"id": pictures[name], "alt": _alt()[name]} for name in names if name in pictures]


@cache
def _alt() -> Mapping[str, str]:
    return {entry["file"].rpartition(".")[0]: entry["alt"] for entry in _entries("pictures", "picture")}


def _entries(folder: str, table: str) -> Iterator[dict[str, Any]]:
    files = (resources.files(__name__) / folder).iterdir()
    for file in sorted(files, key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield from tomllib.loads(file.read_text(encoding="utf-8"))[table]


def _body(entry: Mapping[str, Any]) -> JsonObject:
    return {
        field: _unwrapped(value) if field in PROSE else _json_ready(value)
        for field, value in entry.items()
        if field not in _OWN_KEYS
    }


def _unwrapped(text: str) -> str:
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _json_ready(value: Any) -> Any:
    match value:
        case date():  # date-times too
            return value.isoformat()
        case list():
            return [_json_ready(item) for item in value]
        case dict():
            return {key: _json_ready(item) for key, item in value.items()}
        case _:
            return value
