"""submit, bulk, status, withdraw, import-events: what reporters and editors do, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlencode

import click
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from dateline_ingest.commands.client import Client, Refused
from dateline_ingest.commands.options import as_json, over_http, tell


@click.command(epilog="Example: dateline submit bridge.json --key bridge-1")
@click.argument("file", type=click.File("rb"))
@click.option("--headline", help="For a plain text: its headline (default: the first line).")
@click.option("--section", help="The section's slug.")
@click.option("--key", help="Idempotency-Key: sending again with it makes no second story.")
@click.option("--correct", "story_id", metavar="ID", help="Correct this story instead of submitting a new one.")
@as_json
@over_http
def submit(
    *, client: Client, file: IO[bytes], headline: str | None, section: str | None, key: str | None,
    story_id: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Submit the story in FILE (- is standard input): JSON as the API takes it, or plain text."""
    story = story_of(file.read(), headline, section)
    headers = {"Idempotency_Key": key} if key else {}
    if story_id:
        headers["If_Match"] = client.ask("GET", f"/v1/stories/{quote(story_id)}").headers["etag"]
        receipt = client.ask("PUT", f"/v1/stories/{quote(story_id)}", story, **headers).body
    else:
        receipt = client.ask("POST", "/v1/stories", story, **headers).body
    tell(receipt, as_json, f"{receipt['id']} revision {receipt['revision']}: {receipt['state']}")


def story_of(data: bytes, headline: str | None, section: str | None) -> dict[str, Any]:
    """The story in a file: a JSON object, or a plain text whose first line is the headline."""
    try:
        text = data.decode("utf-8-sig")
        story: Any = json.loads(text) if text.lstrip().startswith("{") else None
    except ValueError as wrong:
        raise click.UsageError(f"This is neither a JSON object nor a text in UTF-8: {wrong}") from None
    if story is None:
        first, _, rest = text.strip().partition("\n")
        story = {"headline": first.strip(), "body_text": rest.strip()} if headline is None else {"body_text": text}
    return {**story, **({"headline": headline} if headline else {}), **({"section": section} if section else {})}


@click.command(epilog="Example: dateline bulk archive.ndjson --key archive-2017")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", help="Idempotency-Key: with the line's number, each line's own key.")
@as_json
@over_http
def bulk(*, client: Client, file: Path, key: str | None, as_json: bool) -> None:
    """Submit the stories of FILE, one JSON object a line; what is wrong with a line is told, the others are taken."""
    headers = {"Idempotency_Key": key} if key else {}
    taken = refused = 0
    with file.open("rb") as lines:
        opened = client.open("POST", "/v1/stories/bulk", lines, "application/x-ndjson", **headers)
        with opened as response:
            for line in response:
                answer = json.loads(line)
                taken, refused = (taken + 1, refused) if answer["status"] == 202 else (taken, refused + 1)
                if as_json:
                    click.echo(line.decode().rstrip())
                elif answer["status"] != 202:
                    click.echo(_wrong_line(answer), err=True)
    if not as_json:
        click.echo(f"{taken:,} taken, {refused:,} refused")
    if refused:
        raise SystemExit(1)


def _wrong_line(answer: dict[str, Any]) -> str:
    details = "; ".join(f"{error['pointer'] or '/'} {error['detail']}" for error in answer["errors"])
    return f"line {answer['line']}: {answer['status']} {details}"


@click.command(epilog="Example: dateline status 01jd8x…")
@click.argument("story_id", required=False)
@as_json
@over_http
def status(*, client: Client, story_id: str | None, as_json: bool) -> None:
    """Say where a story is, revision by revision; without an ID, how the whole newsroom does."""
    if story_id is None:
        figures = newsroom(client.ask("GET", "/metrics").body)
        tell(figures, as_json, "\n".join(f"{name:<44} {value:g}" for name, value in figures.items()))
        return
    story = client.ask("GET", f"/v1/stories/{quote(story_id)}").body
    tell(story, as_json, "\n".join(_revision(revision) for revision in story["revisions"]))


def newsroom(text: str) -> dict[str, float]:
    """The newsroom's own figures in the service's metrics."""
    return {
        f"{sample.name.removeprefix('dateline_')}{_labels(sample.labels)}": sample.value
        for family in text_string_to_metric_families(text)  # type: ignore[no-untyped-call]
        for sample in family.samples
        if sample.name.startswith("dateline_") and not sample.name.endswith(("_bucket", "_created"))
    }


def _labels(labels: dict[str, str]) -> str:
    return f" {' '.join(labels.values())}" if labels else ""


def _revision(revision: dict[str, Any]) -> str:
    told = [f"revision {revision['revision']}: {revision['state']}", f"received {revision['received_at']}"]
    if revision["indexed_at"]:
        told.append(f"indexed {revision['indexed_at']}")
    if revision["error"]:
        told.append(f"after {revision['attempts']} attempts: {revision['error']}")
    return ", ".join(told)


@click.command(epilog='Example: dateline withdraw 01jd8x… --note "It was another bridge."')
@click.argument("story_id")
@click.option("--note", default="", help="What readers are told.")
@as_json
@over_http
def withdraw(*, client: Client, story_id: str, note: str, as_json: bool) -> None:
    """Withdraw a story: readers get the note instead."""
    path = f"/v1/stories/{quote(story_id)}"
    revision = client.ask("GET", path).headers["etag"]
    query = f"?{urlencode({'note': note})}" if note else ""
    receipt = client.ask("DELETE", f"{path}{query}", If_Match=revision).body
    tell(receipt, as_json, f"{receipt['id']} revision {receipt['revision']}: withdrawn")


@click.command("import-events", epilog="Example: dateline import-events holidays.ics")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
@over_http
def import_events(*, client: Client, file: Path, as_json: bool) -> None:
    """Read in the calendar FILE (iCalendar); a second time changes nothing."""
    with client.open("POST", "/v1/events/import", file.read_bytes(), "text/calendar") as response:
        items = json.loads(response.read())["items"]
    wrong = [item for item in items if item["status"] != 202]
    lines = [f"{item['uid']}: {'; '.join(error['detail'] for error in item['errors'])}" for item in wrong]
    tell({"items": items}, as_json, "\n".join([*lines, f"{len(items) - len(wrong)} taken, {len(wrong)} refused"]))
    if wrong:
        raise SystemExit(Refused.exit_code)
