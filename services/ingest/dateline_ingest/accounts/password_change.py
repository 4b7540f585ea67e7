"""A password that somebody chose: checked, and hashed."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.errors import FieldError, InvalidInput
from dateline.ports.ledger.accounts import Account, AccountDetails
from dateline.ports.ledger.tokens import Token
from dateline_ingest.accounts.sign_in import confirm_password
from dateline_ingest.context import parts
from dateline_ingest.passwords.strength import check_strength


def chosen_password(account: Account, form: Mapping[str, str]) -> str:
    """The hash of the password in a form. Raises ``InvalidInput`` for one that is easily guessed."""
    password = form.get("password", "")
    check_strength(password, details_of(account), parts().settings.title)
    return parts().password_hashes.hash(password)


def changed_password(account: Account, by: Token, form: Mapping[str, str]) -> None:
    """Change the password of who is signed in to the one in a form, which has the present one too.

    Raises ``InvalidInput``; aborts with 429 when the present one was wrong too often.
    """
    if account.has_password and not confirm_password(by, form.get("current", "")):
        detail = "This is not your password."
        raise InvalidInput(detail, (FieldError("/current", detail),))
    parts().ledger.set_password(account.id, chosen_password(account, form), by)


def details_of(account: Account) -> AccountDetails:
    """What is said of an account."""
    return AccountDetails(name=account.name, email=account.email, role=account.role, sections=account.sections)
