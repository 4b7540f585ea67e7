"""Tokens: 256 random bits each, of which the ledger keeps the SHA-256."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from dateline.adapters.ledger.database.audit import note
from dateline.adapters.ledger.database.engine import now, serialize
from dateline.adapters.ledger.database.tables import tokens
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.tokens import Role, Token


def create(connection: Connection, name: str, role: Role, expires_in: timedelta | None) -> tuple[str, Token]:
    """A new token and its record; ``Conflict`` when a live one has the name."""
    serialize(connection, f"token {name}")
    at = now(connection)
    if connection.execute(select(tokens.c.id).where(tokens.c.name == name, _live(at))).first():
        raise Conflict(f"there is a live token named {name!r}: revoke it first, or take another name")
    secret = secrets.token_urlsafe(32)
    token = Token(name=name, role=role, created_at=at, expires_at=at + expires_in if expires_in else None)
    connection.execute(
        insert(tokens).values(name=name, role=role, digest=_digest(secret), created_at=at, expires_at=token.expires_at)
    )
    note(connection, at, name, "token-create", detail=role)
    return secret, token


def find(connection: Connection, secret: str) -> Token | None:
    """The live token of a secret."""
    query = select(tokens).where(tokens.c.digest == _digest(secret), _live(now(connection)))
    row = connection.execute(query).first()
    return _token(row) if row else None


def listed(connection: Connection) -> tuple[Token, ...]:
    """All tokens, newest first."""
    rows = connection.execute(select(tokens).order_by(tokens.c.created_at.desc(), tokens.c.id.desc()))
    return tuple(_token(row) for row in rows)


def revoke(connection: Connection, name: str) -> None:
    """End the live token of a name; ``NotFound`` when there is none."""
    at = now(connection)
    done = connection.execute(update(tokens).where(tokens.c.name == name, _live(at)).values(revoked_at=at))
    if done.rowcount == 0:
        raise NotFound(f"no live token is named {name!r}")
    note(connection, at, name, "token-revoke")


def _live(at: datetime) -> Any:
    return tokens.c.revoked_at.is_(None) & or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > at)


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _token(row: Row[Any]) -> Token:
    return Token(
        name=row.name, role=row.role, created_at=row.created_at, expires_at=row.expires_at, revoked_at=row.revoked_at
    )
