"""pull: a feed of somebody else's, fetched once or every so often, whose entries are submitted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from threading import Event
from urllib.parse import urlsplit

import click

from dateline.bootstrap import open_fetcher
from dateline.domain.timestamps import rfc3339
from dateline.errors import BadSetting, FetchFailed, Permanent
from dateline.formats.feeds import FeedEntry
from dateline.ports.ledger.pulled_sources import PullReport, SourceDetails, backoff
from dateline.settings import read_settings
from dateline_ingest.commands.client import CommandClient, Refused
from dateline_ingest.commands.options import as_json, echo_result, over_http
from dateline_ingest.commands.tokens import Span
from dateline_ingest.pulling.entries import story_json
from dateline_ingest.pulling.pull import Pull, Taken, pull, report_in_words

PullOnce = Callable[[str, str], Pull]
"""Pulls, unless the feed is as this ETag and this date say."""


@click.command("pull", epilog="Example: dateline pull https://news.example/rss --every 5m")
@click.argument("url")
@click.option("--every", type=Span(), help="Go on, and fetch it every 5m, 2h …; without it, once.")
@click.option("--source", help="The agency that its stories name (default: the address's host).")
@click.option("--section", default="", help="The section of stories that name none.")
@click.option("--language", default="", help="The language of stories that name none.")
@as_json
@over_http
def pull_url(
    *, client: CommandClient, url: str, every: timedelta | None, source: str | None, section: str, language: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Submit the entries of the feed at URL.

    It is RSS, Atom, JSON Feed or a list of ninjs; a second time changes nothing.
    """
    host = urlsplit(url).hostname or url
    details = SourceDetails(
        name=source or host, url=url, every=every or timedelta(), section=section, language=language
    )
    try:
        fetcher = open_fetcher(read_settings())
    except BadSetting as error:
        raise click.UsageError(str(error)) from None

    def once(etag: str, modified: str) -> Pull:
        return pull(fetcher, url, EntrySender(client, details).take, etag=etag, modified=modified)

    if every is None:
        _pull_once(once, as_json)
    else:
        pull_every(once, every, lambda seconds: Event().wait(seconds), as_json)


class EntrySender:
    """Submits entries to the ingest service, as who its token stands for."""

    def __init__(self, client: CommandClient, source: SourceDetails) -> None:
        self._client = client
        self._source = source

    def take(self, entries: Sequence[FeedEntry]) -> Sequence[Taken]:
        """Send each. Raises ``FetchFailed`` when the service can't take more: what is left comes with the next pull."""
        return [self._sent(entry) for entry in entries]

    def _sent(self, entry: FeedEntry) -> Taken:
        is_ninjs = entry.ninjs is not None
        body = entry.ninjs if is_ninjs else story_json(entry, self._source)
        media_type = "application/ninjs+json" if is_ninjs else "application/json"
        try:
            receipt = self._client.request("POST", "/v1/stories", body, {"Content-Type": media_type}).body
        except Refused as refusal:
            if refusal.may_pass:
                raise FetchFailed(str(refusal), retry_after=refusal.retry_after) from refusal
            return Taken(outcome="kept_out") if refusal.status == 409 else _refused(refusal)
        if receipt.get("unchanged") or receipt.get("older"):
            return Taken(outcome="unchanged")
        return Taken(outcome="new" if receipt["revision"] == 1 else "changed")


def pull_every(once: PullOnce, every: timedelta, rest: Callable[[float], bool], as_json: bool) -> None:
    """Pull until ``rest`` says that it is enough; a failure is told, and rests twice as long each time."""
    etag = modified = ""
    failures = 0
    while True:
        pause = every
        try:
            done = once(etag, modified)
        except (Permanent, FetchFailed) as error:
            failures += 1
            wanted = timedelta(seconds=error.retry_after) if isinstance(error, FetchFailed) else timedelta()
            pause = max(backoff(every, failures), wanted)
            click.echo(f"{_now()} not pulled: {error}; the next time in {pause}", err=True)
        else:
            failures, etag, modified = 0, done.etag, done.modified
            _tell(done.report, as_json)
        if rest(pause.total_seconds()):
            return


def _pull_once(once: PullOnce, as_json: bool) -> None:
    """Exit status 1 when it can't be pulled, or an entry was refused."""
    try:
        report = once("", "").report
    except (Permanent, FetchFailed) as error:
        raise Refused(str(error)) from None
    _tell(report, as_json)
    if report and report.refused:
        raise SystemExit(Refused.exit_code)


def _tell(report: PullReport | None, as_json: bool) -> None:
    shown = report or PullReport()
    words = report_in_words(report) if report else "nothing new"
    text = "\n".join([f"{_now()} {words}", *(f"  {refusal}" for refusal in shown.refusals)])
    echo_result({"at": _now(), "modified": report is not None, **asdict(shown)}, as_json, text)


def _refused(refusal: Refused) -> Taken:
    return Taken(outcome="refused", why=" ".join(str(refusal).split()))


def _now() -> str:
    return rfc3339(datetime.now(UTC).replace(microsecond=0))
