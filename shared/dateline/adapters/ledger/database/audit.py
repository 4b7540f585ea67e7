"""Who did what, when and from where: one row for every write, kept when a payload is erased."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert

from dateline.adapters.ledger.database.tables import audit
from dateline.ports.ledger.tokens import Token

OPERATOR: Final = "operator"
"""Who does what nobody signs in for: at the command line, or when the newsroom starts."""


def nobody_known(at: datetime) -> Token:
    """Who did what nobody signed in for, and no operator did: neither a name nor an id."""
    return Token(name="", role="reporter", created_at=at)


def record_audit(
    connection: Connection,
    at: datetime,
    by: Token | None,
    action: str,
    *,
    subject: str = "",
    revision: int | None = None,
    detail: str = "",
) -> None:
    """Put one row into the audit; without ``by`` an operator did it."""
    connection.execute(
        insert(audit).values(
            at=at, by=by.name if by else OPERATOR, writer_id=by.id if by else "", address=by.address if by else "",
            action=action, item_id=subject, revision=revision, detail=detail,
        )
    )  # fmt: skip
