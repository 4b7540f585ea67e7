"""tag and vocabulary: what the tagger says of a text, and the editors' own terms from a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import quote

import click

from dateline.domain.tag import Evidence, Tag
from dateline.domain.tagging import Dropped, TaggedText, Tagging
from dateline.errors import FieldError, InvalidInput
from dateline.formats.strict_json import read_json
from dateline.schemas.pointers import invalid_input, load
from dateline.schemas.term import TermSchema, term_of
from dateline_ingest.commands.client import Client, Refused
from dateline_ingest.commands.options import as_json, over_http, tell
from dateline_ingest.commands.stories import story_of
from dateline_ingest.tag_json import tagging_json


@click.command(epilog="Example: dateline tag bridge.txt")
@click.argument("file", type=click.File("rb"))
@click.option("--headline", help="For a plain text: its headline (default: the first line).")
@as_json
def tag(*, file: IO[bytes], headline: str | None, as_json: bool) -> None:
    """Show the tags of the text in FILE and why, with the shipped vocabulary; no service is needed."""
    from dateline.tagging.tagger import Tagger
    from dateline.vocabulary import shipped

    story = story_of(file.read(), headline, None)
    known = {
        name: str(story[name]) for name in ("headline", "summary", "body_text", "section", "place") if name in story
    }
    if "body_html" in story:
        from dateline.domain.html import text_of

        known["body_text"] = text_of(story["body_html"])
    text = TaggedText(**{"headline": "", "body_text": "", **known})
    tagging = Tagger(shipped()).tag(text)
    tell(tagging_json(tagging), as_json, _words(tagging))


def _words(tagging: Tagging) -> str:
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


@click.group(epilog="Example: dateline vocabulary check terms.ndjson")
def vocabulary() -> None:
    """The editors' own terms, from a file of JSON objects, one a line, each with its type and slug."""


@vocabulary.command(epilog="Example: dateline vocabulary check terms.ndjson")
@click.argument("file", type=click.File("rb"))
@as_json
def check(*, file: IO[bytes], as_json: bool) -> None:
    """Say what is wrong in FILE; nothing is sent."""
    wrong = [(number, error) for number, errors, _ in read_terms(file) for error in errors]
    shown = [{"line": number, "pointer": error.pointer, "detail": error.detail} for number, error in wrong]
    lines = [f"line {one['line']}: {one['pointer'] or '/'} {one['detail']}" for one in shown]
    tell({"errors": shown}, as_json, "\n".join(lines) or "Nothing is wrong.")
    if wrong:
        raise SystemExit(Refused.exit_code)


@vocabulary.command("load", epilog="Example: dateline vocabulary load terms.ndjson")
@click.argument("file", type=click.File("rb"))
@as_json
@over_http
def load_terms(*, client: Client, file: IO[bytes], as_json: bool) -> None:
    """Make or change the terms of FILE; the stories they touch are retagged in the background."""
    answers = [_put(client, number, errors, body) for number, errors, body in read_terms(file)]
    refused = [one for one in answers if one["status"] != 202]
    lines = [f"line {one['line']}: {one['detail']}" for one in refused]
    tell(
        {"items": answers}, as_json,
        "\n".join([*lines, f"{len(answers) - len(refused)} taken, {len(refused)} refused"]),
    )  # fmt: skip
    if refused:
        raise SystemExit(Refused.exit_code)


def _put(client: Client, number: int, errors: tuple[FieldError, ...], body: dict[str, Any]) -> dict[str, Any]:
    if errors:
        detail = "; ".join(f"{error.pointer or '/'} {error.detail}" for error in errors)
        return {"line": number, "status": 422, "detail": detail}
    path = f"/v1/terms/{quote(body['type'])}/{quote(body['slug'])}"
    try:
        revision = client.ask("GET", path).headers["etag"]
    except Refused as none:
        if not none.message.startswith("404"):
            raise
        revision = ""
    try:
        receipt = client.ask("PUT", path, body, **({"If_Match": revision} if revision else {})).body
    except Refused as wrong:
        return {"line": number, "status": 422, "detail": wrong.message}
    return {"line": number, "status": 202, "id": receipt["id"], "revision": receipt["revision"]}


def read_terms(file: IO[bytes]) -> Iterator[tuple[int, tuple[FieldError, ...], dict[str, Any]]]:
    """Each line's number, what is wrong with it, and the term it says."""
    for number, line in enumerate(file, 1):
        if line.strip():
            errors, body = _read_term(line)
            yield number, errors, body


def _read_term(line: bytes) -> tuple[tuple[FieldError, ...], dict[str, Any]]:
    try:
        body = read_json(line)
        given = load(TermSchema(), body)
        missing = [FieldError(f"/{name}", "Missing.") for name in ("type", "slug") if name not in given]
        if not missing:
            with invalid_input():
                term_of(given, given["type"], given["slug"])
        return tuple(missing), body
    except InvalidInput as wrong:
        return wrong.errors, {}
    except ValueError as wrong:
        return (FieldError("", str(wrong)),), {}
