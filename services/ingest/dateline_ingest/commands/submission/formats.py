"""A story in a file, whatever its format: the API's JSON, ninjs, HTML, Markdown or plain text."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any, Final

import click
from markdown_it import MarkdownIt

from dateline_ingest.commands.submission.front_matter import split_front_matter
from dateline_ingest.commands.submission.html_page import story_of_page

JSON: Final = "application/json"
NINJS: Final = "application/ninjs+json"

_MARKDOWN_SUFFIXES: Final = (".md", ".markdown")
_HTML_SUFFIXES: Final = (".html", ".htm", ".xhtml")
_MARKUP_SUFFIXES: Final = (*_MARKDOWN_SUFFIXES, *_HTML_SUFFIXES)
SUFFIXES: Final = (*_MARKUP_SUFFIXES, ".json", ".ninjs", ".txt")
"""How files are named that hold a story."""

_MARKDOWN: Final = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_FIRST_HEADING: Final = re.compile(r"\A\s*#[ \t]+(?P<headline>[^\n]*?)[ \t]*#*[ \t]*(?:\n|\Z)")
_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_ONLY_NINJS: Final = frozenset(
    {"uri", "standard", "headlines", "bodies", "body_xhtml", "pubStatus", "pubstatus", "versionCreated"}
)
"""Members that tell ninjs from a story in JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStory:
    """What is sent of a file, and as what."""

    body: dict[str, Any]
    content_type: str = JSON

    @property
    def has_own_id(self) -> bool:
        """Whether the service knows the story's next version by an id in it."""
        return self.content_type == NINJS or "external_id" in self.body

    @property
    def digest(self) -> str:
        """The SHA-256 of what is sent."""
        sent = json.dumps([self.content_type, self.body], sort_keys=True)
        return hashlib.sha256(sent.encode()).hexdigest()


def read_story(data: bytes, suffix: str = "", headline: str | None = None, section: str | None = None) -> FileStory:
    """The story in a file with this suffix; ``headline`` and ``section`` stand before what it says itself.

    Raises ``click.UsageError`` for what is no story of that format.
    """
    text = _decoded(data, suffix)
    given = {**({"headline": headline} if headline else {}), **({"section": section} if section else {})}
    if suffix in (".json", ".ninjs") or (suffix not in _MARKUP_SUFFIXES and text.lstrip().startswith("{")):
        body = _json_object(text)
        if suffix != ".ninjs" and not _ONLY_NINJS & body.keys():
            return FileStory(body={**body, **given})
        if given:
            raise click.UsageError("ninjs says its headline and section itself.")
        return FileStory(body=body, content_type=NINJS)
    if suffix in _HTML_SUFFIXES:
        return FileStory(body={**story_of_page(text), **given})
    return FileStory(body={**_story_of_text(text, headline, markdown=suffix in _MARKDOWN_SUFFIXES), **given})


def _decoded(data: bytes, suffix: str) -> str:
    declared = _CHARSET.search(data[:2048]) if suffix in _HTML_SUFFIXES else None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            if declared:
                return data.decode(declared[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass
        raise click.UsageError(f"This is neither a JSON object nor a text in UTF-8: {error}") from None


def _json_object(text: str) -> dict[str, Any]:
    try:
        body: Any = json.loads(text)
    except ValueError as error:
        raise click.UsageError(f"This is neither a JSON object nor a text in UTF-8: {error}") from None
    if not isinstance(body, dict):
        raise click.UsageError("A story in JSON is an object.")
    return body


def _story_of_text(text: str, headline: str | None, *, markdown: bool) -> dict[str, Any]:
    """The fields of its front matter, and its text; without a headline there the first line is that."""
    story, text = split_front_matter(text)
    text = text.strip()
    if headline is None and "headline" not in story:
        heading = _FIRST_HEADING.match(text) if markdown else None
        if heading:
            story["headline"], text = heading["headline"], text[heading.end() :].strip()
        else:
            story["headline"], _, text = (part.strip() for part in text.partition("\n"))
    if "body_text" in story or "body_html" in story:
        return story
    return {**story, **({"body_html": _MARKDOWN.render(text)} if markdown else {"body_text": text})}
