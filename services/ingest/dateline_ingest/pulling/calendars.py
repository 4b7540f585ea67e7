"""Calendars of others: one is fetched, its events go in as whom it writes, and those that it no longer has are
withdrawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from dateline.ports.fetch import Fetcher
from dateline.ports.ledger.pulled_sources import MOST_REFUSALS, PulledSource, PullReport, SourceDetails
from dateline.ports.ledger.tokens import Token
from dateline_ingest.calendars.event_file import EventFile, ImportedFile, ImportLedger, import_file
from dateline_ingest.calendars.event_import import EventDefaults, EventImport, Imported
from dateline_ingest.calendars.file_types import ACCEPT, media_type_of
from dateline_ingest.calendars.import_settings import ImportSettings
from dateline_ingest.calendars.missing_events import MISSING, missing_events
from dateline_ingest.calendars.outcomes import Outcome
from dateline_ingest.calendars.table_import import TableChoice
from dateline_ingest.conditional_fetch import Refetched, fetch_unless_same
from dateline_ingest.intake import Intake
from dateline_ingest.pulling.pull import Pull

_CONFLICT: Final = 409
_COUNTED: Final[dict[Outcome, str]] = {
    "new": "new", "changed": "changed", "restored": "changed", "unchanged": "unchanged", "older": "unchanged",
    "left_out": "unchanged", "lapsed": "lapsed", "refused": "refused",
}  # fmt: skip
_MOST_IN_REASON: Final = 300


class CalendarIntake:
    """Hands in what a calendar has, as whom it writes."""

    def __init__(
        self, intake: Intake, ledger: ImportLedger, settings: ImportSettings, source: SourceDetails, by: Token
    ) -> None:
        self._intake = intake
        self._ledger = ledger
        self._settings = settings
        self._source = source
        self._by = by

    def take(self, file: EventFile, *, dry_run: bool = False) -> ImportedFile:
        """Put its events on record, and take off what it no longer has; of a dry run, what would become of them.

        Raises ``InvalidInput`` for what can't be read as a whole, ``LedgerUnavailable``.
        """
        defaults = EventDefaults(section=self._source.section, language=self._source.language)
        importing = EventImport(self._intake, self._by, dry_run=dry_run, defaults=defaults)
        imported = import_file(file, importing, self._ledger, self._settings)
        missing = missing_events(imported.done, self._ledger, self._by, self._settings.zone)
        gone = importing.take(missing, why_lapsed=MISSING)
        return ImportedFile(done=[*imported.done, *gone], table=imported.table)


def pull_calendar(fetcher: Fetcher, source: PulledSource, intake: CalendarIntake) -> Pull:
    """Pull a calendar once. Raises ``FetchRefused`` and ``FetchFailed``, and what ``CalendarIntake.take`` does."""
    url = source.details.url
    answer = fetch_unless_same(fetcher, url, ACCEPT, etag=source.etag, modified=source.modified)
    marks = {"etag": answer.etag, "modified": answer.modified}
    if answer.fetched is None:
        return Pull(report=None, **marks)
    return Pull(report=report_of(intake.take(fetched_file(answer, source.details)).done), **marks)


def fetched_file(answer: Refetched, source: SourceDetails) -> EventFile:
    """What was fetched, as a file of events."""
    assert answer.fetched is not None
    data, said = answer.fetched.body, answer.content_type
    charset = said.partition("charset=")[2].partition(";")[0].strip(' "')
    choice = TableChoice(source=source.name)
    return EventFile(data=data, media_type=media_type_of(data, source.url, said), charset=charset, choice=choice)


def report_of(done: Sequence[Imported]) -> PullReport:
    """What became of a calendar's events, in numbers; and why the first refused ones were."""
    told = [one for one in done if not (one.read.implied and one.outcome == "unchanged")]
    counts = Counter("kept_out" if one.status == _CONFLICT else _COUNTED[one.outcome] for one in told)
    refused = [(number, one) for number, one in enumerate(told, 1) if one.status not in (202, _CONFLICT)]
    refusals = [f"event {number}: {_reason(one)}" for number, one in refused[:MOST_REFUSALS]]
    return PullReport(**counts, refusals=tuple(refusals))


def _reason(one: Imported) -> str:
    first = one.errors[0] if one.errors else None
    if first is None:
        return "refused"
    return f"{first.pointer}: {first.detail}"[:_MOST_IN_REASON] if first.pointer else first.detail[:_MOST_IN_REASON]
