"""Sources that are pulled: rows that one worker at a time takes when they are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, now, reading, writing
from dateline.adapters.ledger.database.ids import new_id
from dateline.adapters.ledger.database.owners import live
from dateline.adapters.ledger.database.source_tables import pulled_sources
from dateline.adapters.ledger.database.tables import tokens
from dateline.adapters.ledger.metrics import count_outcomes
from dateline.adapters.ledger.tokens import insert_token
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.pulled_sources import (
    MOST_SOURCES,
    PULL_SECONDS,
    PulledSource,
    PullReport,
    SourceDetails,
    backoff,
)
from dateline.ports.ledger.tokens import Token

_STAGE: Final = "pull"
"""How the counters of outcomes call it."""
_UNHEARD: Final = timedelta(seconds=2 * PULL_SECONDS)
"""How long a source that was claimed is left to who did, however often it is pulled."""


class SqlPulledSources(SqlPart):
    """``ports.ledger.pulled_sources.PulledSources`` in SQL."""

    def add_source(self, details: SourceDetails, by: Token) -> PulledSource:
        with writing(self._engine) as connection:
            advisory_lock(connection, "pulled sources")
            at = now(connection)
            if connection.execute(select(func.count()).select_from(pulled_sources)).scalar_one() >= MOST_SOURCES:
                raise Conflict(f"there are {MOST_SOURCES} sources: remove one first")
            same = or_(pulled_sources.c.url == details.url, pulled_sources.c.name == details.name)
            if (other := connection.execute(select(pulled_sources).where(same)).first()) is not None:
                raise Conflict(f"this {'address' if other.url == details.url else 'name'} is pulled already")
            _, writer = insert_token(connection, at, details.name, "reporter", sources=(details.name,))
            source_id = new_id()
            connection.execute(
                insert(pulled_sources).values(
                    id=source_id, name=details.name, url=details.url, every_seconds=int(details.every.total_seconds()),
                    section=details.section, language=details.language, kind=details.kind, writer_id=writer.id,
                    added_by=by.name, added_at=at, paused=False, once=False,
                    next_at=at, claim=0, etag="", modified="", failures=0, error="", report="",
                )
            )  # fmt: skip
            record_audit(connection, at, by, "source-add", subject=f"source:{details.name}", detail=details.url)
            return _source_of(_row(connection, source_id))

    def sources(self) -> Sequence[PulledSource]:
        with reading(self._engine) as connection:
            rows = connection.execute(select(pulled_sources).order_by(func.lower(pulled_sources.c.name)))
            return tuple(_source_of(row) for row in rows)

    def source(self, source_id: str) -> PulledSource:
        with reading(self._engine) as connection:
            return _source_of(_row(connection, source_id))

    def pause_source(self, source_id: str, by: Token, *, paused: bool) -> None:
        self._change(source_id, by, "source-pause" if paused else "source-resume", paused=paused)

    def pull_source_soon(self, source_id: str, by: Token) -> None:
        self._change(source_id, by, "source-pull", once=True, etag="", modified="")

    def _change(self, source_id: str, by: Token, action: str, **values: Any) -> None:
        with writing(self._engine) as connection:
            at, row = now(connection), _row(connection, source_id)
            due = {} if values.get("paused") else {"next_at": at}
            connection.execute(_one(source_id).values(**values, **due))
            record_audit(connection, at, by, action, subject=f"source:{row.name}")

    def set_source_section(self, source_id: str, section: str, by: Token) -> None:
        with writing(self._engine) as connection:
            at, row = now(connection), _row(connection, source_id)
            connection.execute(_one(source_id).values(section=section))
            record_audit(connection, at, by, "source-section", subject=f"source:{row.name}", detail=section)

    def remove_source(self, source_id: str, by: Token) -> None:
        with writing(self._engine) as connection:
            at, row = now(connection), _row(connection, source_id)
            connection.execute(delete(pulled_sources).where(pulled_sources.c.id == source_id))
            connection.execute(
                update(tokens).where(tokens.c.writer_id == row.writer_id, live(at)).values(revoked_at=at)
            )
            record_audit(connection, at, by, "source-remove", subject=f"source:{row.name}", detail=row.url)

    def claim_source(self) -> PulledSource | None:
        with writing(self._engine) as connection:
            at = now(connection)
            wanted = or_(pulled_sources.c.paused.is_(False), pulled_sources.c.once.is_(True))
            due = (
                select(pulled_sources)
                .where(pulled_sources.c.next_at <= at, wanted)
                .order_by(pulled_sources.c.next_at)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if (row := connection.execute(due).first()) is None:
                return None
            rests = max(_UNHEARD, backoff(timedelta(seconds=row.every_seconds), row.failures + 1))
            claimed = _one(row.id).values(
                claim=row.claim + 1, once=False, next_at=at + rests, fetching_since=at, failures=row.failures + 1,
                error="it came to no end",
            )  # fmt: skip
            return _source_of(connection.execute(claimed.returning(*pulled_sources.c)).one())

    def note_pull(self, source: PulledSource, report: PullReport | None, *, etag: str = "", modified: str = "") -> None:
        with writing(self._engine) as connection:
            at = now(connection)
            kept = {"report": _report_json(report)} if report else {}
            noted = {"failures": 0, "error": "", "fetched_at": at, "etag": etag, "modified": modified, **kept}
            following = at + source.details.every
            _note(connection, source, "pulled" if report else "unchanged", next_at=following, **noted)

    def note_failed_pull(self, source: PulledSource, error: str, retry_after: timedelta = timedelta()) -> None:
        with writing(self._engine) as connection:
            rests = max(backoff(source.details.every, source.failures), retry_after)
            _note(connection, source, "failed", next_at=now(connection) + rests, error=error)


def _report_json(report: PullReport) -> str:
    """A report as it is kept: what a process of the version before doesn't know only where it says something."""
    members = asdict(report)
    return orjson.dumps({name: count for name, count in members.items() if count or name != "lapsed"}).decode()


def _note(connection: Connection, source: PulledSource, outcome: str, **values: Any) -> None:
    """What became of a claim; when an editor wanted another pull meanwhile, that one stays due."""
    current = select(pulled_sources.c.once).where(pulled_sources.c.id == source.id)
    if connection.execute(current).scalar():
        values = {name: value for name, value in values.items() if name not in ("next_at", "etag", "modified")}
    mine = _one(source.id).where(pulled_sources.c.claim == source.claim)
    if connection.execute(mine.values(fetching_since=None, **values)).rowcount:
        count_outcomes(connection, [(_STAGE, outcome)])


def _one(source_id: str) -> Any:
    return update(pulled_sources).where(pulled_sources.c.id == source_id)


def _row(connection: Connection, source_id: str) -> Row[Any]:
    row = connection.execute(select(pulled_sources).where(pulled_sources.c.id == source_id)).first()
    if row is None:
        raise NotFound("There is no such source.")
    return row


def _source_of(row: Row[Any]) -> PulledSource:
    report = orjson.loads(row.report) if row.report else None
    return PulledSource(
        id=row.id,
        details=SourceDetails(
            name=row.name, url=row.url, every=timedelta(seconds=row.every_seconds), section=row.section,
            language=row.language, kind=row.kind,
        ),
        writer_id=row.writer_id, added_by=row.added_by, added_at=row.added_at,
        paused=row.paused, next_at=row.next_at, claim=row.claim,
        etag=row.etag, modified=row.modified, fetching_since=row.fetching_since, fetched_at=row.fetched_at,
        failures=row.failures, error=row.error,
        report=PullReport(**{**report, "refusals": tuple(report["refusals"])}) if report else None,
    )  # fmt: skip
