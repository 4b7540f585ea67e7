"""tag: what the tagger says of a text, and why. With the shipped vocabulary; no service is needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click

from dateline.domain.tag import Evidence, Tag
from dateline.domain.tagged_text import Dropped, TaggedText, Tagging
from dateline_ingest.commands.options import as_json, echo_result
from dateline_ingest.commands.submission.formats import read_story
from dateline_ingest.tag_json import tagging_json


@click.command(epilog="Example: dateline tag bridge.txt")
@click.argument("file", type=click.File("rb"))
@click.option("--headline", help="For a plain text: its headline (default: the first line).")
@as_json
def tag(*, file: IO[bytes], headline: str | None, as_json: bool) -> None:
    """Show the tags of the text in FILE, and why. The vocabulary is the shipped one; no service is needed."""
    from dateline.tagging.tagger import Tagger
    from dateline.vocabulary import shipped

    story = read_story(file.read(), Path(file.name).suffix.lower(), headline).body
    text_fields: dict[str, Any] = {
        name: str(story[name]) for name in ("headline", "summary", "body_text", "section", "place") if name in story
    }
    if "body_html" in story:
        from dateline.domain.html import text_of

        text_fields["body_text"] = text_of(story["body_html"])
    text = TaggedText(**{"headline": "", "body_text": "", **text_fields})
    tagging = Tagger(shipped()).tag(text)
    echo_result(tagging_json(tagging), as_json, _explanation(tagging))


def _explanation(tagging: Tagging) -> str:
    lines = [line for tag in tagging.tags for line in _tag_lines(tag)]
    if tagging.dropped:
        lines += ["", "Not made tags:", *(_dropped_line(one) for one in tagging.dropped)]
    return "\n".join(lines) or "Nothing was found."


def _tag_lines(tag: Tag) -> Iterator[str]:
    yield f"{tag.score:.2f}  {tag.type} {tag.label} ({tag.slug}, {tag.status})"
    for one in tag.evidence[:5]:
        yield f"      {_evidence(one)}"


def _evidence(one: Evidence) -> str:
    return f"{one.field} {one.start}–{one.end} {one.text!r}: {one.rule}"


def _dropped_line(one: Dropped) -> str:
    return f"      {one.type} {one.label}: {one.reason}"
