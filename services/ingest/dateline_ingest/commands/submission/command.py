"""submit: a story in a file, or a folder of them, once or as they come."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from pathlib import Path
from typing import get_args
from urllib.parse import quote

import click

from dateline_ingest.commands.client import CommandClient, Refused
from dateline_ingest.commands.options import as_json, echo_result, over_http
from dateline_ingest.commands.submission.folder import FolderSubmission, Outcome, Status, story_files
from dateline_ingest.commands.submission.formats import FileStory, read_story
from dateline_ingest.commands.submission.journal import Journal


@click.command(epilog="Example: dateline submit bridge.md --key bridge-1; dateline submit inbox --watch")
@click.argument("source", metavar="FILE|DIR", type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.option("--headline", help="The headline (default: what the file says; of a plain text its first line).")
@click.option("--section", help="The section's slug.")
@click.option("--key", help="Idempotency-Key: sending again with it makes no second story.")
@click.option("--correct", "story_id", metavar="ID", help="Correct this story instead of submitting a new one.")
@click.option("--watch", is_flag=True, help="Stay, and submit what comes into DIR, until SIGTERM.")
@click.option("--settle", type=click.FloatRange(0, 3600), default=1.0, show_default=True, metavar="SECONDS",
              help="With --watch: a file is whole when it didn't change for so long.")  # fmt: skip
@click.option("--done", type=click.Path(file_okay=False, path_type=Path), help="Move what was submitted of DIR there.")
@click.option("--overwrite", is_flag=True, help="A changed file of DIR stands over what the desk changed since.")
@as_json
@over_http
def submit(
    *, client: CommandClient, source: Path, headline: str | None, section: str | None, key: str | None,
    story_id: str | None, watch: bool, settle: float, done: Path | None, overwrite: bool, as_json: bool,
) -> None:  # fmt: skip
    """Submit the story in FILE, or those in DIR.

    - is standard input. Of a folder each is taken once, and a changed file corrects its story.
    Files are Markdown or plain text, which may have front matter, HTML, JSON as the API takes it, or ninjs.
    """
    if not source.is_dir():
        if watch or done or overwrite:
            raise click.UsageError("--watch, --done and --overwrite are for a folder.")
        with click.open_file(str(source), "rb") as file:
            story = read_story(file.read(), source.suffix.lower(), headline, section)
        _submit_one(client, story, key, story_id, as_json)
        return
    if headline or key or story_id:
        raise click.UsageError("--headline, --key and --correct are for a single file.")
    folder = source.resolve()
    submission = FolderSubmission(
        client=client, folder=folder, journal=Journal(folder, client.base_url), section=section, overwrite=overwrite,
        done=done.resolve() if done else None,
    )  # fmt: skip
    if watch:
        _watch(submission, settle, as_json)
    else:
        _submit_all(submission, as_json)


def _submit_one(client: CommandClient, story: FileStory, key: str | None, story_id: str | None, as_json: bool) -> None:
    headers = {"Content-Type": story.content_type, **({"Idempotency-Key": key} if key else {})}
    method, path = "POST", "/v1/stories"
    if story_id:
        method, path = "PUT", f"/v1/stories/{quote(story_id)}"
        headers["If-Match"] = client.request("GET", path).headers["etag"]
    receipt = client.request(method, path, story.body, headers).body
    echo_result(receipt, as_json, f"{receipt['id']} revision {receipt['revision']}: {receipt['state']}")


def _submit_all(submission: FolderSubmission, as_json: bool) -> None:
    """Submit a folder's files once; ends with status 1 where one was refused."""
    outcomes: list[Outcome] = []
    failure: Refused | None = None
    try:
        for path in story_files(submission.folder, submission.done):
            outcome = submission.submit_file(path)
            outcomes.append(outcome)
            if not as_json:
                _tell(outcome, as_json)
    except Refused as refused:
        failure = refused
    counts = Counter(outcome.status for outcome in outcomes)
    summary = {**{status: counts[status] for status in get_args(Status)}, "complete": failure is None}
    text = ", ".join(f"{counts[status]:,} {status}" for status in get_args(Status))
    echo_result({**summary, "items": [outcome.json() for outcome in outcomes]}, as_json, text)
    if failure is not None:
        raise failure
    if counts["refused"]:
        raise SystemExit(Refused.exit_code)


def _watch(submission: FolderSubmission, settle: float, as_json: bool) -> None:
    from dateline_ingest.commands.submission.watch import FolderWatch

    click.echo(f"Watching {submission.folder}", err=True)
    FolderWatch(submission=submission, settle=settle, told=partial(_tell, as_json=as_json)).run()


def _tell(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(outcome.json(), ensure_ascii=False))
    elif outcome.status != "unchanged":
        click.echo(outcome.text(), err=outcome.status == "refused")
