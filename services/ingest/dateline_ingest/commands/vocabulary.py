"""vocabulary check, load: the editors' own terms from a file."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import IO, Any
from urllib.parse import quote

import click

from dateline.errors import FieldError, InvalidInput
from dateline.formats.strict_json import read_json
from dateline.schemas.pointers import invalid_input, load
from dateline.schemas.term import TermSchema, term_of
from dateline_ingest.commands.client import CommandClient, Refused
from dateline_ingest.commands.options import as_json, echo_result, over_http


@click.group(epilog="Example: dateline vocabulary check terms.ndjson")
def vocabulary() -> None:
    """Check and load the editors' own terms. A file has a JSON object a line, each with its type and slug."""


@vocabulary.command(epilog="Example: dateline vocabulary check terms.ndjson")
@click.argument("file", type=click.File("rb"))
@as_json
def check(*, file: IO[bytes], as_json: bool) -> None:
    """Say what is wrong in FILE; nothing is sent."""
    found = [(number, error) for number, errors, _ in read_terms(file) for error in errors]
    errors = [{"line": number, "pointer": error.pointer, "detail": error.detail} for number, error in found]
    lines = [f"line {one['line']}: {one['pointer'] or '/'} {one['detail']}" for one in errors]
    echo_result({"errors": errors}, as_json, "\n".join(lines) or "Nothing is wrong.")
    if errors:
        raise SystemExit(Refused.exit_code)


@vocabulary.command("load", epilog="Example: dateline vocabulary load terms.ndjson")
@click.argument("file", type=click.File("rb"))
@as_json
@over_http
def load_terms(*, client: CommandClient, file: IO[bytes], as_json: bool) -> None:
    """Make or change the terms of FILE. The stories they touch are retagged in the background."""
    items = [_put(client, number, errors, body) for number, errors, body in read_terms(file)]
    refused = [one for one in items if one["status"] != 202]
    lines = [f"line {one['line']}: {one['detail']}" for one in refused]
    echo_result(
        {"items": items}, as_json,
        "\n".join([*lines, f"{len(items) - len(refused)} taken, {len(refused)} refused"]),
    )  # fmt: skip
    if refused:
        raise SystemExit(Refused.exit_code)


def _put(client: CommandClient, number: int, errors: tuple[FieldError, ...], body: dict[str, Any]) -> dict[str, Any]:
    if errors:
        detail = "; ".join(f"{error.pointer or '/'} {error.detail}" for error in errors)
        return {"line": number, "status": 422, "detail": detail}
    path = f"/v1/terms/{quote(body['type'])}/{quote(body['slug'])}"
    try:
        revision = client.request("GET", path).headers["etag"]
    except Refused as refusal:
        if refusal.status != HTTPStatus.NOT_FOUND:
            raise
        revision = ""
    try:
        receipt = client.request("PUT", path, body, {"If-Match": revision} if revision else {}).body
    except Refused as refusal:
        return {"line": number, "status": 422, "detail": refusal.message}
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
    except InvalidInput as error:
        return error.errors, {}
    except ValueError as error:
        return (FieldError("", str(error)),), {}
