"""export, restore: every item with every revision as NDJSON. Straight on the ledger; no service is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import click

from dateline.ports.ledger.backup import Backup
from dateline_ingest.commands.options import as_json, echo_result, on_the_ledger


@click.command(epilog="Example: dateline export newsroom.ndjson")
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
@on_the_ledger
def export(*, ledger: Backup, file: IO[str]) -> None:
    """Write every item with every revision to FILE, a JSON object a line, for this user alone to read."""
    if Path(file.name).is_file():  # and not the standard output, whose name is none of a file
        Path(file.name).chmod(0o600)  # one that was there before has its mode still
    count = 0
    for line in ledger.export():
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    click.echo(f"{count:,} items", err=True)


@click.command(epilog="Example: dateline restore newsroom.ndjson --data new-folder")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@as_json
@on_the_ledger
def restore(*, ledger: Backup, file: IO[str], as_json: bool) -> None:
    """Read what export wrote into an empty ledger."""
    count = ledger.restore(_read(file))
    echo_result({"items": count}, as_json, f"{count:,} items restored")


def _read(file: IO[str]) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(file, 1):
        try:
            yield json.loads(line)
        except ValueError as error:
            raise click.UsageError(f"Line {number} is not JSON: {error}") from None
