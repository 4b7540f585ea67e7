"""Tokens: 256 random bits each, of which the ledger keeps the SHA-256."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, now, reading, writing
from dateline.adapters.ledger.database.tables import tokens
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.tokens import Role, Token


class SqlTokens(SqlPart):
    """``ports.ledger.tokens.Tokens`` in SQL."""

    def create_token(self, name: str, role: Role, expires_in: timedelta | None = None) -> tuple[str, Token]:
        with writing(self._engine) as connection:
            advisory_lock(connection, f"token {name}")
            at = now(connection)
            if connection.execute(select(tokens.c.id).where(tokens.c.name == name, _live(at))).first():
                raise Conflict(f"there is a live token named {name!r}: revoke it first, or take another name")
            secret = secrets.token_urlsafe(32)
            expires_at = at + expires_in if expires_in else None
            connection.execute(
                insert(tokens).values(
                    name=name, role=role, digest=_digest(secret), created_at=at, expires_at=expires_at
                )
            )
            record_audit(connection, at, name, "token-create", detail=role)
        return secret, Token(name=name, role=role, created_at=at, expires_at=expires_at)

    def find_token(self, secret: str) -> Token | None:
        return self._find(tokens.c.digest == _digest(secret))

    def live_token(self, name: str) -> Token | None:
        return self._find(tokens.c.name == name)

    def tokens(self) -> tuple[Token, ...]:
        with reading(self._engine) as connection:
            rows = connection.execute(select(tokens).order_by(tokens.c.created_at.desc(), tokens.c.id.desc()))
            return tuple(_token(row) for row in rows)

    def revoke_token(self, name: str) -> None:
        with writing(self._engine) as connection:
            at = now(connection)
            done = connection.execute(update(tokens).where(tokens.c.name == name, _live(at)).values(revoked_at=at))
            if done.rowcount == 0:
                raise NotFound(f"no live token is named {name!r}")
            record_audit(connection, at, name, "token-revoke")

    def _find(self, condition: Any) -> Token | None:
        with reading(self._engine) as connection:
            row = connection.execute(select(tokens).where(condition, _live(now(connection)))).first()
        return _token(row) if row else None


def _live(at: datetime) -> Any:
    return tokens.c.revoked_at.is_(None) & or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > at)


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _token(row: Row[Any]) -> Token:
    return Token(
        name=row.name, role=row.role, created_at=row.created_at, expires_at=row.expires_at, revoked_at=row.revoked_at
    )
