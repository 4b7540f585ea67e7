"""Accounts in SQL: what one writes by stands in a row of ``tokens`` without a secret, all else in ``accounts``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, or_, select, update

from dateline.adapters.ledger.accounts.sessions import opened_by
from dateline.adapters.ledger.database.account_tables import accounts, password_links
from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, now, reading, writing
from dateline.adapters.ledger.database.ids import new_id
from dateline.adapters.ledger.database.owners import sources_of
from dateline.adapters.ledger.database.tables import items, sessions, tokens
from dateline.adapters.ledger.submissions.source_rights import give_to_newsroom
from dateline.adapters.ledger.tokens import NO_SECRET, check_name_of_writer, retire_holder
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.accounts import Account, AccountDetails, fold
from dateline.ports.ledger.tokens import SCOPES, Role, Token

ACCOUNTS: Final = select(
    accounts, tokens.c.name, tokens.c.role, tokens.c.sources, tokens.c.created_at, tokens.c.revoked_at
).join(tokens, tokens.c.writer_id == accounts.c.id)
_LOCK: Final = "accounts"


class SqlAccounts(SqlPart):
    """``ports.ledger.accounts.Accounts`` in SQL."""

    def create_account(
        self,
        details: AccountDetails,
        by: Token | None,
        *,
        password: str = "",
        subject: str = "",
        sources: Sequence[str] = (),
    ) -> Account:
        made, kept = new_id(), tuple(dict.fromkeys(sources))
        with writing(self._engine) as connection:
            advisory_lock(connection, _LOCK)
            advisory_lock(connection, f"token {details.name}")
            at = now(connection)
            check_name_of_writer(connection, details.name, at)
            _check_email(connection, details.email, made)
            retire_holder(connection, details.name, details.role)
            connection.execute(
                insert(tokens).values(
                    name=details.name, role=details.role, digest=NO_SECRET + made, created_at=at, writer_id=made,
                    account_id=made, sources=json.dumps(kept),
                )
            )  # fmt: skip
            connection.execute(
                insert(accounts).values(id=made, password=password, subject=subject or None, **_told(details))
            )
            give_to_newsroom(connection, kept, at)
            _audit(connection, by, "account-create", details.name, details.role)
        return self.account(made)

    def account(self, account_id: str) -> Account:
        with reading(self._engine) as connection:
            return account_of(_row(connection, account_id))

    def find_account(self, login: str) -> Account | None:
        named = or_(accounts.c.email_folded == fold(login), accounts.c.name_folded == fold(login))
        with reading(self._engine) as connection:
            # a name that is another's address finds whose address it is
            rows = sorted(connection.execute(ACCOUNTS.where(named)), key=lambda row: row.email_folded != fold(login))
        return account_of(rows[0]) if rows else None

    def account_of_subject(self, subject: str) -> Account | None:
        with reading(self._engine) as connection:
            row = connection.execute(ACCOUNTS.where(accounts.c.subject == subject)).first()
        return account_of(row) if row else None

    def link_subject(self, account_id: str, subject: str, by: Token | None) -> None:
        with writing(self._engine) as connection:
            row = _row(connection, account_id)
            if row.subject or connection.execute(select(accounts.c.id).where(accounts.c.subject == subject)).first():
                raise Conflict("this account, or who signs in, has another already")
            connection.execute(update(accounts).where(accounts.c.id == account_id).values(subject=subject))
            _audit(connection, by, "account-link", row.name)

    def accounts(self) -> tuple[Account, ...]:
        with reading(self._engine) as connection:
            return tuple(map(account_of, connection.execute(ACCOUNTS.order_by(accounts.c.name_folded))))

    def change_account(self, account_id: str, details: AccountDetails, by: Token | None) -> Account:
        with writing(self._engine) as connection:
            advisory_lock(connection, _LOCK)
            advisory_lock(connection, f"token {details.name}")
            before = _row(connection, account_id)
            if fold(details.name) != before.name_folded:
                check_name_of_writer(connection, details.name, now(connection))
            _check_email(connection, details.email, account_id)
            connection.execute(update(accounts).where(accounts.c.id == account_id).values(_told(details)))
            its_own = tokens.c.writer_id == account_id
            connection.execute(update(tokens).where(its_own).values(name=details.name, role=details.role))
            if details.name != before.name:
                renamed = update(items).where(items.c.owner == before.name, items.c.owner_id == account_id)
                connection.execute(renamed.values(owner=details.name))
            if details.role != before.role:
                _end_tokens(connection, _beyond(account_id, details.role))
                _audit(connection, by, "account-role", details.name, details.role)
            renamed_to = details.name if details.name != before.name else ""
            _audit(connection, by, "account-change", before.name, renamed_to)
        return self.account(account_id)

    def disable_account(self, account_id: str, by: Token | None) -> None:
        with writing(self._engine) as connection:
            row = _row(connection, account_id)
            if row.revoked_at is not None:
                return
            _end_tokens(connection, tokens.c.account_id == account_id)
            connection.execute(delete(password_links).where(password_links.c.account_id == account_id))
            _audit(connection, by, "account-disable", row.name)

    def enable_account(self, account_id: str, by: Token | None) -> None:
        with writing(self._engine) as connection:
            row = _row(connection, account_id)
            connection.execute(update(tokens).where(tokens.c.writer_id == account_id).values(revoked_at=None))
            _audit(connection, by, "account-enable", row.name)


def _row(connection: Connection, account_id: str) -> Row[Any]:
    row = connection.execute(ACCOUNTS.where(accounts.c.id == account_id)).first()
    if row is None:
        raise NotFound("there is no such account")
    return row


def _check_email(connection: Connection, email: str, account_id: str) -> None:
    others = and_(accounts.c.email_folded == fold(email), accounts.c.id != account_id)
    if connection.execute(select(accounts.c.id).where(others)).first():
        raise Conflict(f"there is an account with the address {email!r}")


def _told(details: AccountDetails) -> dict[str, str]:
    return {
        "name_folded": fold(details.name), "email": details.email, "email_folded": fold(details.email),
        "sections": json.dumps(details.sections),
    }  # fmt: skip


def _beyond(account_id: str, role: Role) -> ColumnElement[bool]:
    """Whether tokens are own ones that an account of ``role`` may not have."""
    return and_(tokens.c.account_id == account_id, tokens.c.writer_id != account_id, tokens.c.role.not_in(SCOPES[role]))


def _end_tokens(connection: Connection, which: ColumnElement[bool]) -> None:
    """End tokens, and the sessions they opened."""
    connection.execute(delete(sessions).where(opened_by(which)))
    connection.execute(update(tokens).where(which, tokens.c.revoked_at.is_(None)).values(revoked_at=now(connection)))


def _audit(connection: Connection, by: Token | None, action: str, name: str, detail: str = "") -> None:
    record_audit(connection, now(connection), by, action, subject=subject_of(name), detail=detail)


def subject_of(name: str) -> str:
    """What the audit calls an account."""
    return f"account:{name}"


def account_of(row: Row[Any]) -> Account:
    """An account from a row of both tables."""
    return Account(
        id=row.id, name=row.name, email=row.email, role=row.role, created_at=row.created_at,
        sections=sources_of(row.sections), sources=sources_of(row.sources), disabled_at=row.revoked_at,
        signed_in_at=row.signed_in_at, has_password=bool(row.password), subject=row.subject or "",
    )  # fmt: skip
