"""The tables of accounts. What an account writes by, its role and its name stand in ``tokens``, in a row of its own."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Table, Text

from dateline.adapters.ledger.database.tables import Instant, metadata

accounts: Final = Table(
    "accounts", metadata,
    Column("id", Text, primary_key=True),
    Column("name_folded", Text, nullable=False, unique=True),
    Column("email", Text, nullable=False),
    Column("email_folded", Text, nullable=False, unique=True),
    Column("sections", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("subject", Text, unique=True),
    Column("signed_in_at", Instant),
)  # fmt: skip
"""``id`` is the ``writer_id`` of its row in ``tokens``; ``password`` is Argon2's hash, "" where there is none yet;
``subject`` is who it is to the provider of single sign-on."""

password_links: Final = Table(
    "password_links", metadata,
    Column("digest", Text, primary_key=True),
    Column("account_id", Text, nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)  # fmt: skip
