"""Sessions: 256 random bits each, of which the ledger keeps the SHA-256; they end here."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select, update

from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.owners import live
from dateline.adapters.ledger.database.tables import sessions, tokens
from dateline.adapters.ledger.tokens import FOUND, digest_of, token_of
from dateline.errors import LedgerUnavailable
from dateline.ports.ledger.sessions import Session
from dateline.ports.ledger.tokens import Token

_ID: Final = 26
"""How much of a session's digest is its id: it opens nothing."""

_NOTED: Final = timedelta(minutes=1)
"""When a session was seen is put on record no oftener."""

_SEEN: Final = func.coalesce(sessions.c.last_seen_at, sessions.c.created_at, type_=sessions.c.created_at.type)


class SqlSessions(SqlPart):
    """``ports.ledger.sessions.Sessions`` in SQL."""

    def open_session(self, by: Token, lasts: timedelta, *, address: str = "", agent: str = "") -> str:
        """Those that are over go at the same time."""
        secret = secrets.token_urlsafe(32)
        with writing(self._engine) as connection:
            at = now(connection)
            connection.execute(delete(sessions).where(sessions.c.expires_at <= at))
            connection.execute(
                insert(sessions).values(
                    digest=digest_of(secret), writer_id=by.token_id or by.id, created_at=at, expires_at=at + lasts,
                    last_seen_at=at, address=address, agent=agent,
                )
            )  # fmt: skip
        return secret

    def session_token(self, secret: str, *, idle: timedelta | None = None) -> Token | None:
        with reading(self._engine) as connection:
            at = now(connection)
            row = connection.execute(
                FOUND.add_columns(_SEEN.label("seen"))
                .join(sessions, sessions.c.writer_id == tokens.c.writer_id)
                .where(sessions.c.digest == digest_of(secret), _goes_on(at, idle), live(at))
            ).first()
        if row is None:
            return None
        if at - row.seen >= _NOTED:
            self._note_seen(secret)
        return token_of(row)

    def _note_seen(self, secret: str) -> None:
        """That it is late with one minute hurts nobody, so a ledger that takes no writes is no reason to refuse."""
        with suppress(LedgerUnavailable), writing(self._engine) as connection:
            seen = {"last_seen_at": now(connection)}
            connection.execute(update(sessions).where(sessions.c.digest == digest_of(secret)).values(seen))

    def sessions(self, of: Token, *, idle: timedelta | None = None) -> tuple[Session, ...]:
        with reading(self._engine) as connection:
            at = now(connection)
            chosen = select(sessions, _SEEN.label("seen")).where(_are(of), _goes_on(at, idle)).order_by(_SEEN.desc())
            return tuple(map(_session, connection.execute(chosen)))

    def session_id(self, secret: str) -> str:
        return digest_of(secret)[:_ID]

    def end_session(self, secret: str) -> None:
        with writing(self._engine) as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest_of(secret)))

    def end_sessions(self, of: Token, *, only: str = "", but: str = "") -> int:
        ended = delete(sessions).where(_are(of))
        if only:
            ended = ended.where(sessions.c.digest.startswith(only, autoescape=True))
        if but:
            ended = ended.where(~sessions.c.digest.startswith(but, autoescape=True))
        with writing(self._engine) as connection:
            return connection.execute(ended).rowcount


def _goes_on(at: datetime, idle: timedelta | None) -> ColumnElement[bool]:
    """Whether a session is neither over nor idle."""
    unended = sessions.c.expires_at > at
    return unended if idle is None else and_(unended, at - idle < _SEEN)


def _are(of: Token) -> ColumnElement[bool]:
    """Whether sessions are those of a token, or of an account with all its tokens."""
    whole = of.account and not of.label
    own = tokens.c.account_id == of.id if whole else tokens.c.writer_id == of.token_id
    return opened_by(own)


def opened_by(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether sessions were opened by tokens of which ``which`` holds."""
    return sessions.c.writer_id.in_(select(tokens.c.writer_id).where(which))


def _session(row: Row[Any]) -> Session:
    return Session(
        id=row.digest[:_ID], created_at=row.created_at, last_seen_at=row.seen, expires_at=row.expires_at,
        address=row.address or "", agent=row.agent or "",
    )  # fmt: skip
