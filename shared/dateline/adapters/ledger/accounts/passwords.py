"""How accounts sign in: hashes of passwords, and links by which one is chosen, of which the SHA-256 is kept."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from dateline.adapters.ledger.accounts.accounts import ACCOUNTS, account_of, subject_of
from dateline.adapters.ledger.accounts.sessions import opened_by
from dateline.adapters.ledger.database.account_tables import accounts, password_links
from dateline.adapters.ledger.database.audit import nobody_known, record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.tables import sessions, tokens
from dateline.adapters.ledger.tokens import FOUND, digest_of, is_enabled, token_of
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.accounts import Account
from dateline.ports.ledger.tokens import Token


class SqlPasswords(SqlPart):
    """``ports.ledger.accounts.Passwords`` in SQL."""

    def password_hash(self, account_id: str) -> str:
        chosen = select(accounts.c.password).join(tokens, tokens.c.writer_id == accounts.c.id)
        with reading(self._engine) as connection:
            its_own = accounts.c.id == account_id, tokens.c.revoked_at.is_(None)
            return connection.execute(chosen.where(*its_own)).scalar() or ""

    def set_password(self, account_id: str, password: str, by: Token | None) -> None:
        with writing(self._engine) as connection:
            _set_password(connection, account_id, password, by)

    def renew_hash(self, account_id: str, before: str, after: str) -> None:
        with writing(self._engine) as connection:
            unchanged = accounts.c.id == account_id, accounts.c.password == before
            connection.execute(update(accounts).where(*unchanged).values(password=after))

    def make_password_link(self, account_id: str, lasts: timedelta, by: Token | None) -> str:
        with writing(self._engine) as connection:
            who = _linkable(connection, account_id)
            record_audit(connection, now(connection), by, "password-link", subject=subject_of(who.name))
            return _make_link(connection, account_id, lasts)

    def make_forgotten_link(self, account_id: str, lasts: timedelta, *, again_after: timedelta) -> str:
        with writing(self._engine) as connection:
            who, at = _linkable(connection, account_id), now(connection)
            young = password_links.c.account_id == account_id, password_links.c.created_at > at - again_after
            if connection.execute(select(password_links.c.digest).where(*young)).first():
                return ""
            record_audit(connection, at, who, "password-forgotten", subject=subject_of(who.name))
            return _make_link(connection, account_id, lasts)

    def password_link(self, secret: str) -> Account | None:
        linked = ACCOUNTS.join(password_links, password_links.c.account_id == accounts.c.id)
        with reading(self._engine) as connection:
            row = connection.execute(linked.where(_is_good(secret, now(connection)))).first()
        return account_of(row) if row else None

    def use_password_link(self, secret: str, password: str) -> Account:
        with writing(self._engine) as connection:
            used = delete(password_links).where(_is_good(secret, now(connection)))
            gone = connection.execute(used.returning(password_links.c.account_id)).first()
            if gone is None:
                raise NotFound("this link was used, or it is over")
            _set_password(connection, gone.account_id, password, _writer(connection, gone.account_id))
            return account_of(connection.execute(ACCOUNTS.where(accounts.c.id == gone.account_id)).one())

    def signed_in(self, account_id: str, address: str) -> Token:
        with writing(self._engine) as connection:
            at = now(connection)
            who = _writer(connection, account_id)
            connection.execute(update(accounts).where(accounts.c.id == account_id).values(signed_in_at=at))
            record_audit(connection, at, replace(who, address=address), "sign-in")
        return who

    def note_failed_sign_in(self, account_id: str, address: str) -> None:
        with writing(self._engine) as connection:
            row = connection.execute(FOUND.where(tokens.c.writer_id == account_id)).first() if account_id else None
            at = now(connection)
            who = token_of(row) if row else nobody_known(at)
            record_audit(connection, at, replace(who, address=address), "sign-in-failed")


def _linkable(connection: Connection, account_id: str) -> Token:
    """Who writes for an account that may get a link. ``NotFound``, and ``Conflict`` for a disabled one."""
    row = connection.execute(FOUND.where(tokens.c.writer_id == account_id)).first()
    if row is None or row.account_id != account_id:
        raise NotFound("there is no such account")
    if row.revoked_at is not None:
        raise Conflict("this account is disabled")
    return token_of(row)


def _make_link(connection: Connection, account_id: str, lasts: timedelta) -> str:
    """A new link in the place of the one before."""
    secret, at = secrets.token_urlsafe(32), now(connection)
    connection.execute(delete(password_links).where(password_links.c.account_id == account_id))
    made = {"digest": digest_of(secret), "account_id": account_id, "created_at": at, "expires_at": at + lasts}
    connection.execute(insert(password_links).values(made))
    return secret


def _is_good(secret: str, at: datetime) -> ColumnElement[bool]:
    """Whether a link is the one of this secret, and isn't over."""
    return and_(password_links.c.digest == digest_of(secret), password_links.c.expires_at > at)


def _writer(connection: Connection, account_id: str) -> Token:
    """Who writes for an account. ``NotFound`` when it is disabled."""
    row = connection.execute(FOUND.where(is_enabled(account_id))).first()
    if row is None:
        raise NotFound("there is no such account, or it is disabled")
    return token_of(row)


def _set_password(connection: Connection, account_id: str, password: str, by: Token | None) -> None:
    changed = connection.execute(update(accounts).where(accounts.c.id == account_id).values(password=password))
    if changed.rowcount == 0:
        raise NotFound("there is no such account")
    connection.execute(delete(sessions).where(opened_by(tokens.c.account_id == account_id)))
    connection.execute(delete(password_links).where(password_links.c.account_id == account_id))
    name = connection.execute(select(tokens.c.name).where(tokens.c.writer_id == account_id)).scalar_one()
    record_audit(connection, now(connection), by, "password-set", subject=subject_of(name))
