"""status, withdraw: what reporters and editors do with a story, from the command line."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import click
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from dateline_ingest.commands.client import CommandClient
from dateline_ingest.commands.options import as_json, echo_result, over_http


@click.command(epilog="Example: dateline status 01jd8x…")
@click.argument("story_id", required=False)
@as_json
@over_http
def status(*, client: CommandClient, story_id: str | None, as_json: bool) -> None:
    """Say where a story is, or how the whole newsroom does."""
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
