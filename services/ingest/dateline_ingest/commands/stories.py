"""submit, status, withdraw: what reporters and editors do with a story, from the command line."""

from __future__ import annotations

import json
from typing import IO, Any
from urllib.parse import quote

import click
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from dateline_ingest.commands.client import CommandClient
from dateline_ingest.commands.options import as_json, echo_result, over_http
from dateline_ingest.commands.submission.front_matter import split_front_matter


@click.command(epilog="Example: dateline submit bridge.json --key bridge-1")
@click.argument("file", type=click.File("rb"))
@click.option("--headline", help="For a plain text: its headline (default: the first line).")
@click.option("--section", help="The section's slug.")
@click.option("--key", help="Idempotency-Key: sending again with it makes no second story.")
@click.option("--correct", "story_id", metavar="ID", help="Correct this story instead of submitting a new one.")
@as_json
@over_http
def submit(
    *, client: CommandClient, file: IO[bytes], headline: str | None, section: str | None, key: str | None,
    story_id: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Submit the story in FILE (- is standard input): JSON as the API takes it, or text that may have front matter."""
    story = story_of(file.read(), headline, section)
    headers = {"Idempotency-Key": key} if key else {}
    if story_id:
        headers["If-Match"] = client.request("GET", f"/v1/stories/{quote(story_id)}").headers["etag"]
        receipt = client.request("PUT", f"/v1/stories/{quote(story_id)}", story, headers).body
    else:
        receipt = client.request("POST", "/v1/stories", story, headers).body
    echo_result(receipt, as_json, f"{receipt['id']} revision {receipt['revision']}: {receipt['state']}")


def story_of(data: bytes, headline: str | None, section: str | None) -> dict[str, Any]:
    """The story in a file: a JSON object, or a text whose first line is the headline if its front matter has none."""
    try:
        text = data.decode("utf-8-sig")
        story: Any = json.loads(text) if text.lstrip().startswith("{") else None
    except ValueError as error:
        raise click.UsageError(f"This is neither a JSON object nor a text in UTF-8: {error}") from None
    if story is None:
        story, text = split_front_matter(text)
        if headline is None and "headline" not in story:
            story["headline"], _, text = (part.strip() for part in text.strip().partition("\n"))
        story.setdefault("body_text", text)
    return {**story, **({"headline": headline} if headline else {}), **({"section": section} if section else {})}


@click.command(epilog="Example: dateline status 01jd8x…")
@click.argument("story_id", required=False)
@as_json
@over_http
def status(*, client: CommandClient, story_id: str | None, as_json: bool) -> None:
    """Say where a story is, revision by revision; without an ID, how the whole newsroom does."""
    if story_id is None:
        metrics = newsroom_metrics(client.request("GET", "/metrics").body)
        echo_result(metrics, as_json, "\n".join(f"{name:<44} {value:g}" for name, value in metrics.items()))
        return
    story = client.request("GET", f"/v1/stories/{quote(story_id)}").body
    echo_result(story, as_json, "\n".join(_revision_line(revision) for revision in story["revisions"]))


def newsroom_metrics(text: str) -> dict[str, float]:
    """The newsroom's own of the service's metrics."""
    return {
        f"{sample.name.removeprefix('dateline_')}{_labels(sample.labels)}": sample.value
        for family in text_string_to_metric_families(text)  # type: ignore[no-untyped-call]
        for sample in family.samples
        if sample.name.startswith("dateline_") and not sample.name.endswith(("_bucket", "_created"))
    }


def _labels(labels: dict[str, str]) -> str:
    return f" {' '.join(labels.values())}" if labels else ""


def _revision_line(revision: dict[str, Any]) -> str:
    parts = [f"revision {revision['revision']}: {revision['state']}", f"received {revision['received_at']}"]
    if revision["indexed_at"]:
        parts.append(f"indexed {revision['indexed_at']}")
    if revision["error"]:
        parts.append(f"after {revision['attempts']} attempts: {revision['error']}")
    return ", ".join(parts)


@click.command(epilog='Example: dateline withdraw 01jd8x… --note "It was another bridge."')
@click.argument("story_id")
@click.option("--note", default="", help="What readers are told.")
@as_json
@over_http
def withdraw(*, client: CommandClient, story_id: str, note: str, as_json: bool) -> None:
    """Withdraw a story: readers get the note instead."""
    path = f"/v1/stories/{quote(story_id)}"
    revision = client.request("GET", path).headers["etag"]
    receipt = client.request("DELETE", path, {"note": note} if note else None, {"If-Match": revision}).body
    echo_result(receipt, as_json, f"{receipt['id']} revision {receipt['revision']}: withdrawn")
