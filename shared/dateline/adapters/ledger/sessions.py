"""Sessions: 256 random bits each, of which the ledger keeps the SHA-256; they end here."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete, insert, select

from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.owners import live
from dateline.adapters.ledger.database.tables import sessions, tokens
from dateline.adapters.ledger.tokens import digest_of, token_of
from dateline.ports.ledger.tokens import Token


class SqlSessions(SqlPart):
    """``ports.ledger.tokens.Sessions`` in SQL."""

    def open_session(self, by: Token, lasts: timedelta) -> str:
        """Those that are over go at the same time."""
        secret = secrets.token_urlsafe(32)
        with writing(self._engine) as connection:
            at = now(connection)
            connection.execute(delete(sessions).where(sessions.c.expires_at <= at))
            connection.execute(
                insert(sessions).values(digest=digest_of(secret), writer_id=by.id, created_at=at, expires_at=at + lasts)
            )
        return secret

    def session_token(self, secret: str) -> Token | None:
        with reading(self._engine) as connection:
            at = now(connection)
            row = connection.execute(
                select(tokens)
                .join(sessions, sessions.c.writer_id == tokens.c.writer_id)
                .where(sessions.c.digest == digest_of(secret), sessions.c.expires_at > at, live(at))
            ).first()
        return token_of(row) if row else None

    def end_session(self, secret: str) -> None:
        with writing(self._engine) as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest_of(secret)))
