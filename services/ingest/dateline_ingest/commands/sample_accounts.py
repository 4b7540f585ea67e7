"""account sample: an editor and a reporter for the sample newsroom, so that somebody can sign in at once."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

import click

from dateline.ports.ledger import Ledger
from dateline.ports.ledger.accounts import AccountDetails
from dateline_ingest.commands.options import data_folder, newsroom
from dateline_ingest.passwords.hashes import PasswordHashes

SAMPLE_ACCOUNTS: Final = (
    AccountDetails(name="Natalia Verbitskaya", email="natalia@example.org", role="editor"),
    AccountDetails(name="Oleg Savitsky", email="oleg@example.org", role="reporter"),
)
"""Two whose bylines stand in the sample."""


@click.command(hidden=True, epilog="Example: dateline account sample --data var")
@data_folder
def sample(*, data: str | None) -> None:
    """Make the sample newsroom's accounts in a ledger that holds nothing; their passwords go to DATA/accounts."""
    with newsroom(data) as (settings, ledger):
        if not ledger.accounts() and not any(ledger.metrics().revisions.values()):
            _write_private(settings.data / "accounts", "".join(_made(ledger, one) for one in SAMPLE_ACCOUNTS))


def _made(ledger: Ledger, details: AccountDetails) -> str:
    """A line that says how to sign in to a new account."""
    password = secrets.token_urlsafe(12)
    ledger.create_account(details, None, password=PasswordHashes().hash(password))
    return f"{details.role}\t{details.name}\t{details.email}\t{password}\n"


def _write_private(path: Path, text: str) -> None:
    """Write a file of mode 600, whole or not at all."""
    fresh = path.with_name(f".{path.name}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)
