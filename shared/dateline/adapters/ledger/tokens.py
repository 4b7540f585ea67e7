"""Tokens: 256 random bits each, of which the ledger keeps the SHA-256."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from dateline.adapters.ledger.database.account_tables import accounts
from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, now, reading, reading_once, writing
from dateline.adapters.ledger.database.ids import new_id
from dateline.adapters.ledger.database.owners import identify_writers, live, retire_name, sources_of
from dateline.adapters.ledger.database.tables import Instant, sessions, tokens
from dateline.adapters.ledger.submissions.source_rights import give_to_newsroom
from dateline.errors import Conflict, NotAllowed, NotFound
from dateline.ports.ledger.accounts import fold
from dateline.ports.ledger.tokens import ROTATION, SCOPES, Role, Token


class SqlTokens(SqlPart):
    """``ports.ledger.tokens.Tokens`` in SQL."""

    def create_token(
        self,
        name: str,
        role: Role,
        expires_in: timedelta | None = None,
        *,
        sources: Sequence[str] = (),
        account_id: str = "",
        by: Token | None = None,
    ) -> tuple[str, Token]:
        with writing(self._engine) as connection:
            at = now(connection)
            secret, made = insert_token(connection, at, name, role, expires_in, sources=sources, account_id=account_id)
            detail = ", ".join((role, *made.sources))
            record_audit(connection, at, by, "token-create", subject=subject_of(made), detail=detail)
        return secret, made

    def rotate_token(
        self, name: str, *, keep: timedelta = ROTATION, expires_in: timedelta | None = None, by: Token | None = None
    ) -> tuple[str, Token]:
        secret = secrets.token_urlsafe(32)
        with writing(self._engine) as connection:
            at = now(connection)
            ends = {"expires_at": at + expires_in} if expires_in else {}
            rotated = connection.execute(
                update(tokens)
                .where(tokens.c.name == name, live(at), IS_SECRET)
                .values(
                    digest=digest_of(secret), last_used_at=None, former_digest=tokens.c.digest,
                    former_until=at + keep, former_used_at=tokens.c.last_used_at, **ends,
                )
            )  # fmt: skip
            if rotated.rowcount == 0:
                raise NotFound(f"no live token is named {name!r}")
            made = token_of(connection.execute(FOUND.where(tokens.c.digest == digest_of(secret))).one())
            record_audit(connection, at, by, "token-rotate", subject=subject_of(made))
        return secret, made

    def set_sources(self, name: str, sources: Sequence[str], *, by: Token | None = None) -> Token:
        with writing(self._engine) as connection:
            at = now(connection)
            kept = tuple(dict.fromkeys(sources))
            changed = update(tokens).where(tokens.c.name == name, live(at)).values(sources=json.dumps(kept))
            if connection.execute(changed).rowcount == 0:
                raise NotFound(f"no live token is named {name!r}")
            given = token_of(connection.execute(FOUND.where(tokens.c.name == name, live(at))).one())
            give_to_newsroom(connection, kept, at)
            record_audit(connection, at, by, "token-sources", subject=f"token:{name}", detail=", ".join(kept))
        return given

    def find_token(self, secret: str) -> Token | None:
        return self._find(digest_of(secret))

    def note_token_use(self, secret: str) -> None:
        digest = digest_of(secret)
        with writing(self._engine) as connection:
            at = now(connection)
            connection.execute(update(tokens).where(tokens.c.digest == digest).values(last_used_at=at))
            connection.execute(update(tokens).where(tokens.c.former_digest == digest).values(former_used_at=at))

    def live_token(self, name: str) -> Token | None:
        with reading(self._engine) as connection:
            row = connection.execute(FOUND.where(tokens.c.name == name, live(now(connection)), IS_SECRET)).first()
        return token_of(row) if row else None

    def tokens(self, account_id: str = "") -> tuple[Token, ...]:
        chosen = FOUND.where(IS_SECRET).order_by(tokens.c.created_at.desc(), tokens.c.id.desc())
        if account_id:
            chosen = chosen.where(tokens.c.account_id == account_id)
        with reading(self._engine) as connection:
            return tuple(token_of(row) for row in connection.execute(chosen))

    def revoke_token(self, name: str, *, by: Token | None = None) -> None:
        with writing(self._engine) as connection:
            at = now(connection)
            found = connection.execute(FOUND.where(tokens.c.name == name, live(at), IS_SECRET)).first()
            if found is None:
                raise NotFound(f"no live token is named {name!r}")
            connection.execute(update(tokens).where(tokens.c.id == found.id).values(revoked_at=at))
            connection.execute(delete(sessions).where(sessions.c.writer_id == found.writer_id))
            record_audit(connection, at, by, "token-revoke", subject=subject_of(token_of(found)))

    def _find(self, digest: str) -> Token | None:
        with reading_once(self._engine) as connection:
            row = _by_digest(connection, digest)
        if row is not None and row.writer_id is None:  # a process of the version before made it
            with writing(self._engine) as connection:
                identify_writers(connection)
                row = _by_digest(connection, digest)
        return replace(token_of(row), by_former=row.digest != digest) if row else None


def insert_token(
    connection: Connection,
    at: datetime,
    name: str,
    role: Role,
    expires_in: timedelta | None = None,
    *,
    sources: Sequence[str] = (),
    account_id: str = "",
) -> tuple[str, Token]:
    """A new token and its secret, as ``create_token`` makes one; the audit is the caller's. Raises as that does."""
    advisory_lock(connection, f"token {name}")
    kept = tuple(dict.fromkeys(sources))
    secret = secrets.token_urlsafe(32)
    if account_id:
        _check_scope(connection, account_id, role)
        if _is_live_name(connection, name, at):
            raise Conflict("there is a live token of this name: end it first, or take another name")
    else:
        check_name_of_writer(connection, name, at)
        retire_holder(connection, name, role)
    connection.execute(
        insert(tokens).values(
            name=name, role=role, digest=digest_of(secret), created_at=at, writer_id=new_id(),
            expires_at=at + expires_in if expires_in else None, sources=json.dumps(kept),
            account_id=account_id or None,
        )
    )  # fmt: skip
    give_to_newsroom(connection, kept, at)
    return secret, token_of(connection.execute(FOUND.where(tokens.c.digest == digest_of(secret))).one())


_holder: Final = tokens.alias()
FOUND: Final = select(tokens, _holder.c.name.label("holder"), _holder.c.sources.label("holder_sources")).outerjoin(
    _holder, and_(_holder.c.writer_id == tokens.c.account_id, tokens.c.account_id.is_not(None))
)
"""Tokens, with the account whose own they are."""

NO_SECRET: Final = "account "
"""How the digest of an account's row begins, in the place of a secret's: an account has none."""
IS_SECRET: Final = ~tokens.c.digest.startswith(NO_SECRET)


def _with_digest(at: ColumnElement[datetime]) -> Select[Any]:
    asked = bindparam("digest", type_=Text)
    former = and_(tokens.c.former_digest == asked, tokens.c.former_until > at)
    return FOUND.where(or_(tokens.c.digest == asked, former), live(at))


_BY_DIGEST: Final = {
    "sqlite": _with_digest(bindparam("at", type_=Instant)),
    "postgresql": _with_digest(func.clock_timestamp()),
}
"""Made once, and one way to the server: every request asks it."""


def _by_digest(connection: Connection, digest: str) -> Row[Any] | None:
    asked: dict[str, Any] = {"digest": digest}
    if connection.dialect.name == "sqlite":
        asked["at"] = now(connection)
    return connection.execute(_BY_DIGEST[connection.dialect.name], asked).first()


def subject_of(token: Token) -> str:
    """What the audit calls a token."""
    return f"token:{token.name}/{token.label}" if token.label else f"token:{token.name}"


def check_name_of_writer(connection: Connection, name: str, at: datetime) -> None:
    """Raise ``Conflict`` when an account, or a live token, has the name."""
    named = select(accounts.c.id).where(accounts.c.name_folded == fold(name))
    if connection.execute(named).first():
        raise Conflict(f"there is an account named {name!r}: take another name")
    if _is_live_name(connection, name, at):
        raise Conflict(f"there is a live token named {name!r}: revoke it first, or take another name")


def _is_live_name(connection: Connection, name: str, at: datetime) -> bool:
    return connection.execute(select(tokens.c.id).where(tokens.c.name == name, live(at))).first() is not None


def is_enabled(account_id: str) -> ColumnElement[bool]:
    """Whether a row is the one that an account writes by, and the account isn't disabled."""
    its_own = and_(tokens.c.writer_id == account_id, tokens.c.account_id == account_id)
    return its_own & tokens.c.revoked_at.is_(None)


def _check_scope(connection: Connection, account_id: str, role: Role) -> None:
    """Raise ``NotAllowed`` when a live account of that id may have no own token of the role."""
    held: Role | None = connection.execute(select(tokens.c.role).where(is_enabled(account_id))).scalar()
    if held is None or role not in SCOPES[held]:
        raise NotAllowed(f"an account of the role {held} has no tokens of the role {role}")


def retire_holder(connection: Connection, name: str, role: Role) -> None:
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
    """A token from a row of ``FOUND``."""
    return Token(
        name=row.holder or row.name, role=row.role, created_at=row.created_at, expires_at=row.expires_at,
        revoked_at=row.revoked_at, id=row.account_id or row.writer_id or "", token_id=row.writer_id or "",
        sources=sources_of(row.holder_sources or row.sources), account=row.account_id is not None,
        label=row.name.partition("/")[2] if row.account_id not in (None, row.writer_id) else "",
        last_used_at=row.last_used_at, former_until=row.former_until, former_used_at=row.former_used_at,
    )  # fmt: skip
