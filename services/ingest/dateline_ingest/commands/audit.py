"""audit: who did what, when, and from where. Straight on the ledger; no service is needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import click

from dateline.domain.timestamps import rfc3339
from dateline.ports.ledger.audit import Audit, AuditEntry, AuditSearch
from dateline_ingest.audit.export import csv_lines, entry_json, ndjson_lines, pages
from dateline_ingest.audit.search import read_filters, search_of
from dateline_ingest.commands.options import as_json, data_folder, echo_result, newsroom


@click.command(epilog="Example: dateline audit --who rita --from 2026-11-01 --to 2026-11-30")
@click.option("--who", help="A name, as it was then, or a writer's id.")
@click.option("--what", help="A deed such as erase, or what it was done to: an id, token:NAME …")
@click.option("--from", "from_", metavar="DAY", help="From this day (2026-11-30) or time (…T18:00:00+03:00) on.")
@click.option("--to", metavar="DAY", help="Up to this day, which counts, or before this time.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--ndjson", "form", flag_value="ndjson", help="Print an entry a line, as JSON.")
@as_json
@data_folder
def audit(*, data: str | None, as_json: bool, form: str | None, from_: str | None, **given: str | None) -> None:
    """List who did what, when and from where, newest first."""
    asked = {name: value for name, value in {**given, "from": from_}.items() if value}
    query, problems = read_filters(asked)
    if problems:
        raise click.UsageError(" ".join(f"--{name}: {said}" for name, said in problems.items()))
    with newsroom(data) as (settings, ledger):
        search = search_of(query, settings.timezone)
        if as_json:
            items = [entry_json(entry) for page in pages(ledger, search) for entry in page]
            echo_result({"items": items}, as_json, "")
            return
        for part in _FORMS[form](ledger, search):
            click.echo(part, nl=False)


def _text_lines(ledger: Audit, search: AuditSearch) -> Iterator[str]:
    for page in pages(ledger, search):
        yield "".join(_line(entry) + "\n" for entry in page)


_FORMS: Final = {None: _text_lines, "csv": csv_lines, "ndjson": ndjson_lines}


def _line(entry: AuditEntry) -> str:
    subject = f"{entry.subject} r{entry.revision}" if entry.revision else entry.subject
    parts = (rfc3339(entry.at), entry.who or "–", entry.action, subject, entry.address, entry.detail)
    return "  ".join(part for part in parts if part)
