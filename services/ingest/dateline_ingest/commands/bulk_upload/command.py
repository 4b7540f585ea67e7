"""bulk: files of stories, a JSON object a line."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from http import HTTPStatus
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import click
from tqdm import tqdm

from dateline_ingest.commands.bulk_upload.output_files import OutputFiles, Result, refusal_text
from dateline_ingest.commands.bulk_upload.parts import Position, digest_of
from dateline_ingest.commands.bulk_upload.progress_file import Progress, ProgressFile
from dateline_ingest.commands.bulk_upload.upload import Upload
from dateline_ingest.commands.client import CommandClient, Refused
from dateline_ingest.commands.options import as_json, echo_result, over_http

_OUTPUT = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command(epilog="Example: dateline bulk archive.ndjson --report refused.ndjson --resume")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--report", type=_OUTPUT, help="Keep the refused lines in this file, to be mended and sent again.")
@click.option("--results", type=_OUTPUT, help="Keep what became of each line in this file, a JSON object a line.")
@click.option("--resume", is_flag=True, help="Go on where the last bulk of these files broke off.")
@click.option("--key", help="Idempotency-Key: with the line's number, each line's own key.  [default: from the file]")
@as_json
@over_http
def bulk(
    *, client: CommandClient, files: tuple[Path, ...], report: Path | None, results: Path | None, resume: bool,
    key: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Submit the stories of FILES, one JSON object a line. What is wrong with a line is told, the others are taken.

    The same file sent again changes nothing: each line is taken once. Blank lines and lines that begin with # are left
    out, so that the report can be sent as it is.
    """
    _check_outputs(files, report, results)
    names = dict.fromkeys(files)
    progress = {file: _begun(file, _key_of(file, key, alone=len(names) == 1), resume) for file in names}
    failure: Refused | None = None
    with OutputFiles(report, results, _kept(progress.values())) as outputs:
        try:
            for file in names:
                told = _tell_nothing if report else partial(_tell_refused, f"{file}: " if len(names) > 1 else "")
                _send(Upload(client=client, source=file, progress=progress, outputs=outputs, told=told))
        except Refused as refused:
            failure = refused
    if failure is None:
        for file in names:
            ProgressFile(file).remove()
    summary = _summary(progress, report, failure)
    echo_result(summary, as_json, _summary_text(summary))
    if failure is not None:
        raise failure
    if summary["refused"]:
        raise SystemExit(Refused.exit_code)


def _send(upload: Upload) -> None:
    """Send a file; nothing stays beside it where the service refused it as a whole."""
    try:
        _run(upload)
    except Refused as refused:
        if not refused.may_pass and upload.file_progress.position == Position():
            ProgressFile(upload.source).remove()
        raise


def _key_of(file: Path, key: str | None, *, alone: bool) -> str | None:
    """The key of one of the files: they have their line numbers in common."""
    if key is None or alone:
        return key
    return f"{key}-{hashlib.sha256(file.name.encode()).hexdigest()[:16]}"


def _check_outputs(files: Iterable[Path], *outputs: Path | None) -> None:
    """Raise ``click.UsageError`` for an output that would overwrite what is sent."""
    paths = [*(file.resolve() for file in dict.fromkeys(files)), *(path.resolve() for path in outputs if path)]
    if len(set(paths)) < len(paths):
        raise click.UsageError("The files that are sent, --report and --results must be different files.")


def _begun(file: Path, key: str | None, resume: bool) -> Progress:
    """Where the bulk of ``file`` begins; raises ``click.UsageError`` where it can't go on as it began."""
    if not file.is_file():
        raise click.UsageError(f"{file} is no file on a disk: a bulk reads it more than once.")
    with file.open("rb") as stories:
        size = file.stat().st_size
        sha256 = digest_of(stories, size)
        progress = ProgressFile(file).read() if resume else None
        if progress is None:
            return Progress(key=key or f"bulk-{sha256[:32]}", size=size, sha256=sha256, position=Position(), outputs={})
        if digest_of(stories, progress.size) != progress.sha256:
            raise click.UsageError(f"{file} has changed since its bulk broke off; without --resume it begins anew.")
    if key not in (None, progress.key):
        raise click.UsageError(f"The bulk of {file} began with the key {progress.key}.")
    return progress


def _kept(begun: Iterable[Progress]) -> dict[str, int]:
    """How much of each output is from lines that were dealt with: what the last of the files says."""
    kept: dict[str, int] = {}
    for progress in begun:
        kept |= {name: max(length, kept.get(name, 0)) for name, length in progress.outputs.items()}
    return kept


def _run(upload: Upload) -> None:
    """Send a file, with a progress bar where standard error is a terminal."""
    at = upload.file_progress.position.offset
    size = upload.source.stat().st_size
    columns, lines = get_terminal_size()  # 80 and 24 where the terminal says 0, as that of a recorder does
    with tqdm(
        total=size, initial=at, desc=upload.source.name, unit="B", unit_scale=True, leave=False, disable=None,
        ncols=columns, nrows=lines,
    ) as bar:  # fmt: skip

        def advanced(by: int) -> None:
            bar.update(by)
            bar.set_postfix(taken=upload.file_progress.taken, refused=upload.file_progress.refused)

        upload.run(advanced)


def _tell_nothing(result: Result) -> None:
    """The report has it."""


def _tell_refused(before: str, result: Result) -> None:
    if result["status"] != HTTPStatus.ACCEPTED:
        with tqdm.external_write_mode(file=sys.stderr):
            click.echo(before + refusal_text(result), err=True)


def _summary(progress: Mapping[Path, Progress], report: Path | None, failure: Refused | None) -> dict[str, Any]:
    files = [
        {"file": str(file), "taken": one.taken, "refused": one.refused, "next_line": one.position.line}
        for file, one in progress.items()
    ]
    return {
        "taken": sum(one.taken for one in progress.values()),
        "refused": sum(one.refused for one in progress.values()),
        "complete": failure is None,
        "report": str(report) if report else None,
        "files": files,
    }


def _summary_text(summary: Mapping[str, Any]) -> str:
    text = f"{summary['taken']:,} taken, {summary['refused']:,} refused"
    if not summary["complete"]:
        return f"{text}; the rest waits: the same command with --resume goes on"
    if summary["refused"] and summary["report"]:
        return f"{text}: mend {summary['report']}, and send it"
    return text
