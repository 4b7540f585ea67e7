"""import-events: a calendar, read in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dateline_ingest.commands.client import CommandClient, Refused
from dateline_ingest.commands.options import as_json, echo_result, over_http


@click.command("import-events", epilog="Example: dateline import-events holidays.ics")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
@over_http
def import_events(*, client: CommandClient, file: Path, as_json: bool) -> None:
    """Read in the calendar FILE (iCalendar); a second time changes nothing."""
    items = json.loads(b"".join(client.upload("/v1/events/import", file.read_bytes(), "text/calendar")))["items"]
    refused = [item for item in items if item["status"] != 202]
    lines = [f"{item['uid']}: {'; '.join(error['detail'] for error in item['errors'])}" for item in refused]
    echo_result(
        {"items": items}, as_json, "\n".join([*lines, f"{len(items) - len(refused)} taken, {len(refused)} refused"])
    )
    if refused:
        raise SystemExit(Refused.exit_code)
