"""The sample newsroom: a Belarusian city desk with terms, stories and events enough to fill every page.

The texts stand in TOML files beside this module, grouped by subject or year, so that a writer can add to them without
touching code (``docs/sample.md``). What these functions give are request bodies as the ingest service takes them.
Load the terms first: a story that asserts a topic nobody knows is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from importlib import resources
from typing import Any

from dateline.domain.payload import JsonObject

PROSE = ("body_text", "summary", "description_text", "description_html")
"""Fields whose lines are wrapped for the eye: only an empty line starts a new paragraph."""


def terms() -> list[JsonObject]:
    """The sections and landing topics, each the body of ``PUT /v1/terms/{type}/{slug}``, broader ones first."""
    return [_body(entry) for entry in _entries("terms", "term")]


def stories() -> list[JsonObject]:
    """The stories as first submitted, oldest first, each the body of ``POST /v1/stories`` with an ``external_id``."""
    bodies = [_body(entry) for entry in _entries("stories", "story")]
    return sorted(bodies, key=lambda body: (datetime.fromisoformat(body["published_at"]), body["external_id"]))


def corrections() -> list[JsonObject]:
    """Whole new revisions of some stories, with a ``note``; ``external_id`` says of which.

    In the files a story's ``_correction`` table holds what changed and why. ``PUT`` these after the stories.
    """
    return [
        {**_body(entry), **_body(entry["_correction"])}
        for entry in _entries("stories", "story")
        if "_correction" in entry
    ]


def events() -> list[JsonObject]:
    """The events, each the body of ``POST /v1/events`` with an ``external_id``."""
    return [_body(entry) for entry in _entries("events", "event")]


def _entries(folder: str, table: str) -> Iterator[dict[str, Any]]:
    files = (resources.files(__name__) / folder).iterdir()
    for file in sorted(files, key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield from tomllib.loads(file.read_text(encoding="utf-8"))[table]


def _body(entry: dict[str, Any]) -> JsonObject:
    return {
        field: _unwrapped(value) if field in PROSE else _json_ready(value)
        for field, value in entry.items()
        if field != "_correction"
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
