"""The quarantine: what could not be indexed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import click

from dateline_ingest.commands.client import CommandClient
from dateline_ingest.commands.options import as_json, echo_result, over_http


@click.group(epilog="Example: dateline quarantine list")
def quarantine() -> None:
    """What could not be indexed, with the reason."""


@quarantine.command("list", epilog="Example: dateline quarantine list --json")
@as_json
@over_http
def list_all(*, client: CommandClient, as_json: bool) -> None:
    """List what is in quarantine, newest first."""
    items = list(_all_items(client))
    lines = [f"{one['id']}  {one['kind']} {one['revision']}  {one['stage']}: {one['reason']}" for one in items]
    echo_result({"items": items}, as_json, "\n".join(lines) or "Nothing is in quarantine.")


@quarantine.command(epilog="Example: dateline quarantine show 01jd8x…")
@click.argument("item_id")
@as_json
@over_http
def show(*, client: CommandClient, item_id: str, as_json: bool) -> None:
    """Show one item: why it is there, and since when."""
    found = client.request("GET", f"/v1/quarantine/{quote(item_id)}").body
    echo_result(found, as_json, "\n".join(f"{name:<9} {value}" for name, value in found.items()))


@quarantine.command(epilog="Example: dateline quarantine requeue 01jd8x…")
@click.argument("item_id")
@click.option("--alike", is_flag=True, help="And all that failed as it did.")
@as_json
@over_http
def requeue(*, client: CommandClient, item_id: str, alike: bool, as_json: bool) -> None:
    """Try an item again."""
    if alike:
        many = client.request("POST", "/v1/quarantine/requeue", {"like": item_id}).body
        echo_result(many, as_json, f"{many['requeued']:,} tried again.")
        return
    done = client.request("POST", f"/v1/quarantine/{quote(item_id)}/requeue").body
    echo_result(done, as_json, f"{item_id} is tried again.")


@quarantine.command(epilog="Example: dateline quarantine discard 01jd8x…")
@click.argument("item_id")
@as_json
@over_http
def discard(*, client: CommandClient, item_id: str, as_json: bool) -> None:
    """Give up on an item's revision. An older published one stays."""
    done = client.request("DELETE", f"/v1/quarantine/{quote(item_id)}").body
    echo_result(done, as_json, f"{item_id} is given up.")


def _all_items(client: CommandClient) -> Iterator[dict[str, Any]]:
    """The items of every page."""
    page = client.request("GET", "/v1/quarantine").body
    yield from page["items"]
    while page["next"]:
        page = client.request("GET", f"/v1/quarantine?{urlsplit(page['next']).query}").body
        yield from page["items"]
