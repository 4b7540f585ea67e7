"""import-events: a file of events, or an address that gives one, read in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any, Final
from urllib.parse import urlencode

import click

from dateline.bootstrap import open_fetcher
from dateline.errors import BadSetting, FetchFailed, Permanent
from dateline.ports.ledger.pulled_sources import backoff
from dateline.settings import read_settings
from dateline_ingest.calendars.file_types import ACCEPT, list_named, media_type_of
from dateline_ingest.calendars.outcomes import OUTCOME_WORDS
from dateline_ingest.commands.client import CommandClient, Refused
from dateline_ingest.commands.options import as_json, echo_result, over_http
from dateline_ingest.commands.tokens import Span
from dateline_ingest.conditional_fetch import Refetched, fetch_unless_same

IMPORT: Final = "/v1/events/import"
_ADDRESSES: Final = ("http://", "https://")
_SILENT: Final = frozenset({"unchanged"})
"""What is counted and not told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Where files go, and how they are taken."""

    client: CommandClient
    dry_run: bool
    as_json: bool
    table: Sequence[tuple[str, str]] = ()
    """What is said of a table, as parameters."""

    def send(self, data: bytes, content_type: str) -> Mapping[str, Any]:
        """Import a file, tell what became of it, and return the answer. Raises ``Refused``."""
        query = [*([("dry_run", "true")] if self.dry_run else []), *self.table]
        address = f"{IMPORT}?{urlencode(query)}" if query else IMPORT
        answer: dict[str, Any] = json.loads(b"".join(self.client.upload(address, data, content_type)))
        echo_result(answer, self.as_json, "\n".join(_lines(answer)))
        return answer


@click.command("import-events", epilog="Example: dateline import-events https://museum.example/events.ics --every 1h")
@click.argument("source", metavar="FILE|URL")
@click.option("--every", type=Span(), help="Go on, and fetch the address every 1h, 30m …; without it, once.")
@click.option("--dry-run", is_flag=True, help="Say what would become of each event, and change nothing.")
@click.option("--map", "columns", multiple=True, metavar="COLUMN=FIELD", help="Of a table: what a column stands for.")
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="Of a table: what 05/12/2017 means.")
@click.option("--list", "list_name", help="Of a table: the list that it is of (default: as file or host are called).")
@as_json
@over_http
def import_events(
    *, client: CommandClient, source: str, every: timedelta | None, dry_run: bool, columns: tuple[str, ...],
    dates: str | None, list_name: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Read in the events of FILE, or of what is at URL.

    They are iCalendar, CSV or Excel; a second time changes nothing.
    """
    if any("=" not in one for one in columns):
        raise click.BadParameter("must be COLUMN=FIELD", param_hint="--map")
    named = list_name if list_name is not None else list_named(source)
    said = [("source", named[:100]), *(("map", one) for one in columns), *([("dates", dates)] if dates else [])]
    sending = Sending(client=client, dry_run=dry_run, as_json=as_json, table=said)
    if source.lower().startswith(_ADDRESSES):
        _import_address(sending, source, every)
    elif every is not None:
        raise click.UsageError("--every goes with an address, not with a file.")
    else:
        data = _read(Path(source))
        _end(sending.send(data, media_type_of(data, source)))


def _content_type(data: bytes, url: str, said: str) -> str:
    """The media type, with the charset that a server says of the same one."""
    media_type = media_type_of(data, url, said)
    return said if said.lower().startswith(media_type) else media_type


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise click.BadParameter(f"{path}: {error.strerror}", param_hint="FILE|URL") from None


def _import_address(sending: Sending, url: str, every: timedelta | None) -> None:
    try:
        fetcher = open_fetcher(read_settings())
    except BadSetting as error:
        raise click.UsageError(str(error)) from None

    def once(before: Refetched | None) -> Refetched:
        marks = {"etag": before.etag, "modified": before.modified} if before else {}
        answer = fetch_unless_same(fetcher, url, ACCEPT, **marks)
        if answer.fetched is None:
            echo_result({"modified": False}, sending.as_json, "nothing new")
            return answer
        done = sending.send(answer.fetched.body, _content_type(answer.fetched.body, url, answer.content_type))
        if every is None:
            _end(done)
        return answer

    if every is not None:
        import_every(once, every, lambda seconds: Event().wait(seconds))
        return
    try:
        once(None)
    except (Permanent, FetchFailed) as error:
        raise Refused(str(error)) from None


def import_every(
    once: Callable[[Refetched | None], Refetched], every: timedelta, rest: Callable[[float], bool]
) -> None:
    """Import until ``rest`` says that it is enough; a failure is told, and rests twice as long each time."""
    before: Refetched | None = None
    failures = 0
    while True:
        pause = every
        try:
            before = once(before)
            failures = 0
        except (Permanent, FetchFailed, Refused) as error:
            failures += 1
            pause = max(backoff(every, failures), timedelta(seconds=getattr(error, "retry_after", 0)))
            click.echo(f"not imported: {_said(error)}; the next time in {pause}", err=True)
        if rest(pause.total_seconds()):
            return


def _said(error: Exception) -> str:
    return error.message if isinstance(error, Refused) else str(error)


def _end(answer: Mapping[str, Any]) -> None:
    if answer["counts"].get("refused"):
        raise SystemExit(Refused.exit_code)


def _lines(answer: Mapping[str, Any]) -> Sequence[str]:
    """What became of each, those left as they were counted only; then the sums."""
    listed = [_line(one) for one in (*answer["items"], *answer["implied"]) if one["outcome"] not in _SILENT]
    counts = answer["counts"]
    sums = ", ".join(f"{counts[outcome]:,} {words}" for outcome, words in OUTCOME_WORDS.items() if counts.get(outcome))
    return [*listed, f"{'would be: ' if answer['dry_run'] else ''}{sums or 'nothing in it'}"]


def _line(one: Mapping[str, Any]) -> str:
    name = " · ".join(str(part) for part in (one["title"], one["start"]) if part) or one["uid"]
    why = "; ".join(error["detail"] for error in one["errors"]) or ", ".join(
        f"{change['field']}: {change['before'] or '–'} → {change['after'] or '–'}" for change in one["changes"]
    )
    return f"{OUTCOME_WORDS[one['outcome']]}: {' '.join(part for part in (name, f'({why})' if why else '') if part)}"
