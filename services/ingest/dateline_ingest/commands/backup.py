"""export, restore: every item with every revision as NDJSON. Straight on the ledger; no service is needed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

import click

from dateline_ingest.backup_file import BackupContents, BackupReader, replaced_when_whole, write_backup
from dateline_ingest.commands.options import as_json, data_folder, echo_result, newsroom


@click.command(epilog="Example: dateline export newsroom.ndjson && dateline export --verify newsroom.ndjson")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path), default="-")
@click.option("--verify", is_flag=True, help="Export nothing: read FILE, and say what it holds and if it is whole.")
@as_json
@data_folder
def export(*, file: Path, verify: bool, as_json: bool, data: str | None) -> None:
    """Write every item with every revision to a file.

    FILE (default: the standard output) is a JSON object a line, for this user alone to read. It takes its name when it
    is whole; its last line says what it holds.
    """
    to_standard_output = str(file) == "-"
    contents = _verified(file) if verify else _exported(file, data)
    echo_result(contents.json, as_json, str(contents), err=to_standard_output)


def _verified(file: Path) -> BackupContents:
    with click.open_file(str(file), "rb") as opened:
        return BackupReader(opened).read_to_end()


def _exported(file: Path, data: str | None) -> BackupContents:
    with newsroom(data) as (_, ledger):
        if str(file) == "-":
            return write_backup(ledger.export(), sys.stdout.buffer)
        with replaced_when_whole(file) as opened:
            return write_backup(ledger.export(), opened)


@click.command(epilog="Example: dateline restore newsroom.ndjson --data new-folder")
@click.argument("file", type=click.File("rb"))
@click.option("--without-end", is_flag=True, help="Take a file that lacks its last line, as earlier versions' do.")
@as_json
@data_folder
def restore(*, file: IO[bytes], without_end: bool, as_json: bool, data: str | None) -> None:
    """Read what export wrote into an empty ledger. It takes all of it, or nothing."""
    backup = BackupReader(file, needs_end=not without_end)
    with newsroom(data, make=True) as (_, ledger):
        ledger.restore(iter(backup))
    echo_result(backup.contents.json, as_json, f"Restored {backup.contents}")
