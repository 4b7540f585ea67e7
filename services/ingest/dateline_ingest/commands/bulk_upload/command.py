"""bulk: a file of stories, submitted in one request."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from dateline_ingest.commands.client import CommandClient
from dateline_ingest.commands.options import as_json, over_http


@click.command(epilog="Example: dateline bulk archive.ndjson --key archive-2017")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", help="Idempotency-Key: with the line's number, each line's own key.")
@as_json
@over_http
def bulk(*, client: CommandClient, file: Path, key: str | None, as_json: bool) -> None:
    """Submit the stories of FILE, one JSON object a line; what is wrong with a line is told, the others are taken."""
    headers = {"Idempotency-Key": key} if key else {}
    taken = refused = 0
    with file.open("rb") as lines:
        for line in client.upload("/v1/stories/bulk", lines, "application/x-ndjson", headers):
            result = json.loads(line)
            taken, refused = (taken + 1, refused) if result["status"] == 202 else (taken, refused + 1)
            if as_json:
                click.echo(line.decode().rstrip())
            elif result["status"] != 202:
                click.echo(_refused_line(result), err=True)
    if not as_json:
        click.echo(f"{taken:,} taken, {refused:,} refused")
    if refused:
        raise SystemExit(1)


def _refused_line(result: dict[str, Any]) -> str:
    details = "; ".join(f"{error['pointer'] or '/'} {error['detail']}" for error in result["errors"])
    return f"line {result['line']}: {result['status']} {details}"
