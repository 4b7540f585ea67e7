"""Tokens: 256 random bits each, of which the ledger keeps the SHA-256."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, now, reading, writing
from dateline.adapters.ledger.database.ids import new_id
from dateline.adapters.ledger.database.owners import identify_writers, live, retire_name, sources_of
from dateline.adapters.ledger.database.tables import sessions, tokens
from dateline.adapters.ledger.submissions.source_rights import give_to_newsroom
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.tokens import Role, Token


class SqlTokens(SqlPart):
    """``ports.ledger.tokens.Tokens`` in SQL."""

    def create_token(
        self,
        name: str,
        role: Role,
        expires_in: timedelta | None = None,
        *,
        sources: Sequence[str] = (),
        by: Token | None = None,
    ) -> tuple[str, Token]:
        with writing(self._engine) as connection:
            advisory_lock(connection, f"token {name}")
            at = now(connection)
            if connection.execute(select(tokens.c.id).where(tokens.c.name == name, live(at))).first():
                raise Conflict(f"there is a live token named {name!r}: revoke it first, or take another name")
            _retire_holder(connection, name, role)
            secret = secrets.token_urlsafe(32)
            made = Token(
                name=name, role=role, created_at=at, expires_at=at + expires_in if expires_in else None, id=new_id(),
                sources=tuple(dict.fromkeys(sources)),
            )  # fmt: skip
            connection.execute(
                insert(tokens).values(
                    name=name, role=role, digest=digest_of(secret), created_at=at, expires_at=made.expires_at,
                    writer_id=made.id, sources=json.dumps(made.sources),
                )
            )  # fmt: skip
            give_to_newsroom(connection, made.sources, at)
            record_audit(
                connection, at, by, "token-create", subject=f"token:{name}", detail=", ".join((role, *made.sources))
            )
        return secret, made

    def set_sources(self, name: str, sources: Sequence[str], *, by: Token | None = None) -> Token:
        with writing(self._engine) as connection:
            at = now(connection)
            kept = tuple(dict.fromkeys(sources))
            changed = update(tokens).where(tokens.c.name == name, live(at)).values(sources=json.dumps(kept))
            row = connection.execute(changed.returning(tokens)).first()
            if row is None:
                raise NotFound(f"no live token is named {name!r}")
            give_to_newsroom(connection, kept, at)
            record_audit(connection, at, by, "token-sources", subject=f"token:{name}", detail=", ".join(kept))
        return token_of(row)

    def find_token(self, secret: str) -> Token | None:
        return self._find(tokens.c.digest == digest_of(secret))

    def live_token(self, name: str) -> Token | None:
        return self._find(tokens.c.name == name)

    def tokens(self) -> tuple[Token, ...]:
        with reading(self._engine) as connection:
            rows = connection.execute(select(tokens).order_by(tokens.c.created_at.desc(), tokens.c.id.desc()))
            return tuple(token_of(row) for row in rows)

    def revoke_token(self, name: str, *, by: Token | None = None) -> None:
        with writing(self._engine) as connection:
            at = now(connection)
            revoked = update(tokens).where(tokens.c.name == name, live(at)).values(revoked_at=at)
            ended = connection.execute(revoked.returning(tokens.c.writer_id)).all()
            if not ended:
                raise NotFound(f"no live token is named {name!r}")
            connection.execute(delete(sessions).where(sessions.c.writer_id.in_([row.writer_id for row in ended])))
            record_audit(connection, at, by, "token-revoke", subject=f"token:{name}")

    def _find(self, condition: ColumnElement[bool]) -> Token | None:
        found = select(tokens).where(condition)
        with reading(self._engine) as connection:
            row = connection.execute(found.where(live(now(connection)))).first()
        if row is not None and row.writer_id is None:  # a process of the version before made it
            with writing(self._engine) as connection:
                identify_writers(connection)
                row = connection.execute(found.where(live(now(connection)))).first()
        return token_of(row) if row else None


def _retire_holder(connection: Connection, name: str, role: Role) -> None:
    """Keep what the last holder of a name wrote from who gets it now; editors see everything anyway."""
    identify_writers(connection)
    last = connection.execute(
        select(tokens.c.writer_id, tokens.c.role).where(tokens.c.name == name).order_by(tokens.c.id.desc()).limit(1)
    ).first()
    if last is not None and (last.role, role) != ("editor", "editor"):
        retire_name(connection, name, last.writer_id)


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def token_of(row: Row[Any]) -> Token:
    """A token from its row."""
    return Token(
        name=row.name, role=row.role, created_at=row.created_at, expires_at=row.expires_at, revoked_at=row.revoked_at,
        id=row.writer_id or "", sources=sources_of(row.sources),
    )  # fmt: skip
