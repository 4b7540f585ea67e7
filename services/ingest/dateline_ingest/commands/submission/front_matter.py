"""Front matter: the fields that a text begins with, in YAML between two lines of three hyphens."""

from __future__ import annotations

import re
from typing import Any, Final

import click
import yaml

_FENCED: Final = re.compile(
    r"\s*---[ \t]*\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)(?P<text>.*)", re.DOTALL | re.MULTILINE
)
_OPENS: Final = re.compile(r"\s*---[ \t]*(\n|\Z)")
_OTHER_NAMES: Final = {"title": "headline", "date": "published_at", "author": "byline", "description": "summary"}
"""What site generators call fields of a story."""
_NUMBERS: Final = ("urgency",)


def split_front_matter(content: str) -> tuple[dict[str, Any], str]:
    """The fields that a text begins with, as the API takes them, and the text after them; no fields where it has none.

    Raises ``click.UsageError`` for front matter that doesn't end, or is no YAML mapping.
    """
    content = content.replace("\r\n", "\n")
    match = _FENCED.fullmatch(content)
    if match is None:
        if _OPENS.match(content):
            raise click.UsageError("The front matter has no end: a line of three hyphens belongs behind its fields.")
        return {}, content
    fields = _read(match["fields"])
    told = {_name(name, value): _value(name, value) for name, value in fields.items() if value != ""}
    return told, match["text"].strip()


def _read(text: str) -> dict[str, Any]:
    """The mapping; every value of it a text, since YAML takes ``no`` for false and a date for what has no offset."""
    try:
        fields = yaml.load(text, yaml.BaseLoader) or {}
    except yaml.YAMLError as error:
        raise click.UsageError(f"The front matter is no YAML: {error}") from None
    if not isinstance(fields, dict) or not all(isinstance(name, str) for name in fields):
        raise click.UsageError("The front matter must name fields: headline: …, section: …")
    return fields


def _name(name: str, value: Any) -> str:
    """The story's own name of a field; a list of tags is one of keywords, since a story's tags have types."""
    return "keywords" if name == "tags" and isinstance(value, list) else _OTHER_NAMES.get(name, name)


def _value(name: str, value: Any) -> Any:
    return int(value) if name in _NUMBERS and isinstance(value, str) and value.isdecimal() else value
