"""account sample: an editor and a reporter for the sample newsroom, so that somebody can sign in at once."""

from __future__ import annotations

import secrets
from typing import Final

import click

from dateline.ports.ledger import Ledger
from dateline.ports.ledger.accounts import AccountDetails
from dateline.private_files import write_private
from dateline.supervisor.data_folder import DataFolder
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
    """Make the sample newsroom's accounts. The ledger must hold nothing; their passwords go to DATA/accounts."""
    with newsroom(data, make=True) as (settings, ledger):
        if not ledger.accounts() and not any(ledger.metrics().revisions.values()):
            write_private(DataFolder(settings.data).accounts, "".join(_made(ledger, one) for one in SAMPLE_ACCOUNTS))


def _made(ledger: Ledger, details: AccountDetails) -> str:
    """A line that says how to sign in to a new account."""
    password = secrets.token_urlsafe(12)
    ledger.create_account(details, None, password=PasswordHashes().hash(password))
    return f"{details.role}\t{details.name}\t{details.email}\t{password}\n"
