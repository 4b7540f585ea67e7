"""export, restore: every item with every revision as NDJSON, and pictures' files. On ledger and media store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Any

import click

from dateline.bootstrap import open_media, open_media_folder
from dateline.errors import DatelineError
from dateline.ports.ledger import Ledger
from dateline.settings import Settings
from dateline_ingest.backup_file import BackupContents, BackupReader, replaced_when_whole, write_backup
from dateline_ingest.commands.client import Refused
from dateline_ingest.commands.options import as_json, data_folder, echo_result, newsroom
from dateline_ingest.pictures.originals import Originals, check_originals, copy_originals, files_on_record
from dateline_ingest.pictures.remaking import remake_all

media_folder = click.option(
    "--media", type=click.Path(file_okay=False, path_type=Path), help="The folder of the backup for pictures' files."
)


@click.command(epilog="Example: dateline export newsroom.ndjson --media pictures")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path), default="-")
@media_folder
@click.option("--verify", is_flag=True, help="Export nothing: read FILE, and say what it holds and if it is whole.")
@as_json
@data_folder
def export(*, file: Path, media: Path | None, verify: bool, as_json: bool, data: str | None) -> None:
    """Write every item with every revision to a file.

    FILE (default: the standard output) is a JSON object a line, for this user alone to read. It takes its name when it
    is whole; its last line says what it holds. Pictures' files as they came go to the folder of --media, those that it
    lacks; status 1 says that one is missing.
    """
    contents, originals = _verified(file, media) if verify else _exported(file, media, data)
    _echo(contents, originals, as_json, err=str(file) == "-")


def _verified(file: Path, media: Path | None) -> tuple[BackupContents, Originals | None]:
    with click.open_file(str(file), "rb") as opened:
        contents = BackupReader(opened).read_to_end()
    try:
        found = check_originals(sorted(contents.originals), open_media_folder(media)) if media else None
    except DatelineError as error:
        raise Refused(str(error)) from None
    return contents, found


def _exported(file: Path, media: Path | None, data: str | None) -> tuple[BackupContents, Originals | None]:
    with newsroom(data) as (settings, ledger):
        if str(file) == "-":
            contents = write_backup(ledger.export(), sys.stdout.buffer)
        else:
            with replaced_when_whole(file) as opened:
                contents = write_backup(ledger.export(), opened)
        if media is None:
            return contents, None
        return contents, copy_originals(files_on_record(ledger), open_media(settings), open_media_folder(media))


@click.command(epilog="Example: dateline restore newsroom.ndjson --media pictures --data new-folder")
@click.argument("file", type=click.File("rb"))
@media_folder
@click.option("--without-end", is_flag=True, help="Take a file that lacks its last line, as earlier versions' do.")
@as_json
@data_folder
def restore(*, file: IO[bytes], media: Path | None, without_end: bool, as_json: bool, data: str | None) -> None:
    """Read what export wrote into an empty ledger. It takes all of it, or nothing.

    Pictures' files come from the folder of --media then; what readers get of them is made anew.
    """
    backup = BackupReader(file, needs_end=not without_end)
    with newsroom(data, make=True) as (settings, ledger):
        ledger.restore(iter(backup))
        originals = _restore_media(settings, ledger, media) if media else None
    _echo(backup.contents, originals, as_json, before="Restored ")


def _restore_media(settings: Settings, ledger: Ledger, media: Path) -> Originals:
    found = copy_originals(files_on_record(ledger), open_media_folder(media), open_media(settings))
    remake_all(ledger)
    return found


def _echo(
    contents: BackupContents, originals: Originals | None, as_json: bool, *, before: str = "", err: bool = False
) -> None:
    result: dict[str, Any] = contents.json | ({"pictures": originals.json} if originals else {})
    text = f"{before}{contents}" + (f"\n{originals}" if originals else "")
    if originals is None and contents.kinds["image"]:
        text += "\nThe files of its pictures are not in it: --media names their folder"
    echo_result(result, as_json, text, err=err)
    if originals is not None and not originals.whole:
        sys.exit(1)
