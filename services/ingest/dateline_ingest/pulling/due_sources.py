"""The sources that are kept on the desk, pulled when they are due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import Protocol

import structlog

from dateline.errors import FetchFailed, NotAllowed, Permanent
from dateline.ports.fetch import Fetcher
from dateline.ports.ledger.column_mappings import ColumnMappings
from dateline.ports.ledger.items import Items
from dateline.ports.ledger.pulled_sources import PulledSource, PulledSources
from dateline.ports.ledger.tokens import Token, Tokens
from dateline.ports.vocabulary import Terms
from dateline_ingest.calendars.import_settings import ImportSettings
from dateline_ingest.intake import Intake
from dateline_ingest.pulling.calendars import CalendarIntake, pull_calendar
from dateline_ingest.pulling.entries import EntryIntake
from dateline_ingest.pulling.pull import Pull, pull

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.puller")


class SourcesLedger(PulledSources, Tokens, Items, ColumnMappings, Protocol):
    """What of the ledger is needed here."""


class DueSources:
    """Claims what is due, pulls it, and keeps what became of it."""

    def __init__(
        self,
        ledger: SourcesLedger,
        fetcher: Fetcher,
        intake: Intake,
        terms: Callable[[], Terms],
        settings: ImportSettings,
    ) -> None:
        self._ledger = ledger
        self._fetcher = fetcher
        self._intake = intake
        self._terms = terms
        self._settings = settings

    def work(self, seconds: float) -> None:
        """Pull until nothing is due, or until no pull may begin any more. Raises ``LedgerUnavailable``."""
        end = monotonic() + seconds
        while monotonic() < end and (source := self._ledger.claim_source()) is not None:
            self._pull(source)

    def _pull(self, source: PulledSource) -> None:
        name = source.details.name
        try:
            done = self._pulled(source)
        except FetchFailed as failure:
            self._ledger.note_failed_pull(source, str(failure), timedelta(seconds=failure.retry_after))
            log.warning("not pulled", source=name, reason=str(failure))
        except Permanent as refusal:
            self._ledger.note_failed_pull(source, str(refusal))
            log.warning("not pulled", source=name, reason=str(refusal))
        else:
            self._ledger.note_pull(source, done.report, etag=done.etag, modified=done.modified)
            names = ("new", "changed", "lapsed", "refused")
            counts = {name: getattr(done.report, name) for name in names} if done.report else {}
            if any(counts.values()):
                log.info("pulled", source=name, **counts)

    def _pulled(self, source: PulledSource) -> Pull:
        if source.details.kind == "calendar":
            intake = self._intake.with_terms(self._terms())
            calendar = CalendarIntake(intake, self._ledger, self._settings, source.details, self._writer(source))
            return pull_calendar(self._fetcher, source, calendar)
        entries = EntryIntake(self._intake, self._terms, source.details, self._writer(source))
        return pull(self._fetcher, source.details.url, entries.take, etag=source.etag, modified=source.modified)

    def _writer(self, source: PulledSource) -> Token:
        writer = self._ledger.live_token(source.details.name)
        if writer is None or writer.id != source.writer_id:
            raise NotAllowed("the token that this source writes as was ended: remove the source, and add it again")
        return writer
