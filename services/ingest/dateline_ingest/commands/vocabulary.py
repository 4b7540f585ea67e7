"""vocabulary check, load, export: terms from a file and into one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import IO, Any, Final
from urllib.parse import quote, urlencode

import click

from dateline.domain.term import TERM_TYPES
from dateline.errors import InvalidInput
from dateline.schemas.term import term_json
from dateline_ingest.commands.client import CommandClient, Refused
from dateline_ingest.commands.options import as_json, echo_result, over_http
from dateline_ingest.commands.term_files import FORMATS, ReadTerm, format_of, read_terms, written

_FORMAT: Final = click.option("--format", "said", type=click.Choice(FORMATS), help="What its name ends in, or ndjson.")


@click.group(epilog="Example: dateline vocabulary load terms.csv --dry-run")
def vocabulary() -> None:
    """Check, load and export terms.

    Files are NDJSON, a JSON list, or CSV, each term with its type and slug.
    """


@vocabulary.command(epilog="Example: dateline vocabulary check terms.ndjson")
@click.argument("file", type=click.File("rb"))
@_FORMAT
@as_json
def check(*, file: IO[bytes], said: str | None, as_json: bool) -> None:
    """Say what is wrong in FILE; nothing is sent."""
    found = [(one.number, error) for one in _read(file, said) for error in one.errors]
    errors = [{"line": number, "pointer": error.pointer, "detail": error.detail} for number, error in found]
    lines = [f"line {one['line']}: {one['pointer'] or '/'} {one['detail']}" for one in errors]
    echo_result({"errors": errors}, as_json, "\n".join(lines) or "Nothing is wrong.")
    if errors:
        raise SystemExit(Refused.exit_code)


@vocabulary.command("load", epilog="Example: dateline vocabulary load terms.csv --dry-run")
@click.argument("file", type=click.File("rb"))
@_FORMAT
@click.option("--dry-run", is_flag=True, help="Say what is new, changed, unchanged or refused; nothing is sent.")
@as_json
@over_http
def load_terms(*, client: CommandClient, file: IO[bytes], said: str | None, dry_run: bool, as_json: bool) -> None:
    """Make or change the terms of FILE. The stories they touch are retagged in the background."""
    known = _known(client)
    items = [_outcome(client, one, known, dry_run=dry_run) for one in _read(file, said)]
    counts = Counter(item["state"] for item in items)
    lines = [f"line {one['line']}: {one['state']} {one['detail']}" for one in items if "detail" in one]
    echo_result({"items": items}, as_json, "\n".join([*lines, _totals(counts, dry_run=dry_run)]))
    if counts["refused"]:
        raise SystemExit(Refused.exit_code)


@vocabulary.command(epilog="Example: dateline vocabulary export terms.csv --type topic")
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True), default="-")
@_FORMAT
@click.option("--type", type=click.Choice(TERM_TYPES), help="Terms of one type alone.")
@click.option("--changed", is_flag=True, help="Those alone that editors made or changed.")
@over_http
def export(*, client: CommandClient, file: Any, said: str | None, type: str | None, changed: bool) -> None:
    """Write all terms to FILE, as load takes them.

    Without FILE they go to standard output.
    """
    asked = {**({"type": type} if type else {}), **({"changed": "true"} if changed else {})}
    terms = map(json.loads, client.lines(f"/v1/terms/export?{urlencode(asked)}"))
    for text in written(terms, format_of(file.name, said)):
        file.write(text)


def _read(file: IO[bytes], said: str | None) -> Iterator[ReadTerm]:
    try:
        yield from read_terms(file, format_of(file.name, said))
    except InvalidInput as error:
        raise Refused(str(error)) from None


def _known(client: CommandClient) -> dict[str, bytes]:
    """The terms that there are, each with what its content is told by: 40,000 of them take some megabytes."""
    terms = map(json.loads, client.lines("/v1/terms/export"))
    return {f"{term['type']}:{term['slug']}": _digest(term) for term in terms}


def _digest(term: Mapping[str, Any]) -> bytes:
    return sha256(json.dumps(term, sort_keys=True).encode()).digest()


def _outcome(client: CommandClient, one: ReadTerm, known: Mapping[str, bytes], *, dry_run: bool) -> dict[str, Any]:
    """What became of a line, or would."""
    if one.term is None:
        return _refused(one.number, "; ".join(f"{error.pointer or '/'} {error.detail}" for error in one.errors))
    before = known.get(one.term.key)
    if before == _digest(json.loads(json.dumps(term_json(one.term)))):
        return {"line": one.number, "status": 200, "state": "unchanged", "id": one.term.key}
    state = "changed" if before else "new"
    if dry_run:
        return {"line": one.number, "status": 200, "state": state, "id": one.term.key, "detail": one.term.key}
    return _put(client, one.number, one.body, state)


def _put(client: CommandClient, number: int, body: dict[str, Any], state: str) -> dict[str, Any]:
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
        return _refused(number, refusal.message)
    return {"line": number, "status": 202, "state": state, "id": receipt["id"], "revision": receipt["revision"]}


def _refused(number: int, detail: str) -> dict[str, Any]:
    return {"line": number, "status": 422, "state": "refused", "detail": detail}


def _totals(counts: Counter[str], *, dry_run: bool) -> str:
    new, changed, same, refused = (counts[state] for state in ("new", "changed", "unchanged", "refused"))
    if dry_run:
        return f"Nothing was sent. {new} new, {changed} changed, {same} unchanged, {refused} refused"
    return f"{new + changed} taken, {refused} refused, {same} unchanged"
