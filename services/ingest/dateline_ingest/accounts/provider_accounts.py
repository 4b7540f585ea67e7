"""The account of who signs in by the provider of single sign-on: found, linked or made, with the role that it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from dateline.errors import Conflict, NotAllowed
from dateline.ports.ledger.accounts import Account, AccountDetails
from dateline.ports.ledger.tokens import Token
from dateline_ingest.accounts.password_change import details_of
from dateline_ingest.accounts.person import Person
from dateline_ingest.context import parts

_NAMESAKES: Final = 20


def sign_in_by_provider(person: Person, address: str) -> Token:
    """Who writes for the account of who signs in. Raises ``NotAllowed`` where it is disabled, or somebody else's."""
    ledger = parts().ledger
    account = ledger.account_of_subject(person.subject) or _linked(person) or _made(person)
    if account.disabled_at is not None:
        raise NotAllowed("This account is disabled.")
    if account.role != person.role:
        ledger.change_account(account.id, replace(details_of(account), role=person.role), _provider())
    return ledger.signed_in(account.id, address)


def _linked(person: Person) -> Account | None:
    """The account of the same address, which is that person's if the provider has verified it."""
    account = parts().ledger.find_account(person.email)
    if account is None or account.email.casefold() != person.email.casefold():
        return None
    if not person.email_verified or account.subject:
        raise NotAllowed("There is an account of this e-mail address already; sign in to it as you did before.")
    parts().ledger.link_subject(account.id, person.subject, _provider())
    return parts().ledger.account(account.id)


def _made(person: Person) -> Account:
    """A new account; its name gets a number where others have it."""
    for number in range(1, _NAMESAKES):
        name = person.name if number == 1 else f"{person.name} {number}"
        details = AccountDetails(name=name, email=person.email, role=person.role)
        try:
            return parts().ledger.create_account(details, _provider(), subject=person.subject)
        except Conflict:
            continue
    raise NotAllowed("Too many people have this name.")


def _provider() -> Token:
    """Who makes and changes accounts, as the audit says."""
    return Token(name="single sign-on", role="editor", created_at=datetime.now(UTC))
