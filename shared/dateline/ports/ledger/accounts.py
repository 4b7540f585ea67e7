"""Accounts of people: who they are, how they sign in, what they may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from dateline.ports.ledger.tokens import Role, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account as others see it. ``id`` stays whatever changes: what it wrote is its own by that.

    ``sections`` are those it works for; ``subject`` is who it is to the provider of single sign-on.
    """

    id: str
    name: str
    email: str
    role: Role
    created_at: datetime
    sections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    disabled_at: datetime | None = None
    signed_in_at: datetime | None = None
    has_password: bool = False
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails:
    """What is said of an account, when it is made or changed."""

    name: str
    email: str
    role: Role
    sections: tuple[str, ...] = ()


def fold(name: str) -> str:
    """A name or an e-mail address as it is compared."""
    return " ".join(name.split()).casefold()


class Accounts(Protocol):
    """Making, finding, changing and disabling accounts. ``by`` is who does so, for the audit; None is an operator."""

    def create_account(
        self,
        details: AccountDetails,
        by: Token | None,
        *,
        password: str = "",
        subject: str = "",
        sources: Sequence[str] = (),
    ) -> Account:
        """A new account; ``password`` is the hash of one, ``subject`` who it is to the provider of single sign-on.

        ``Conflict`` when another account or a live token has the name, or another account the e-mail address.
        """
        ...

    def account(self, account_id: str) -> Account:
        """One account. ``NotFound``."""
        ...

    def find_account(self, login: str) -> Account | None:
        """The account of a name or an e-mail address, whatever their case; disabled ones too."""
        ...

    def account_of_subject(self, subject: str) -> Account | None:
        """The account of who is ``subject`` to the provider of single sign-on; disabled ones too."""
        ...

    def link_subject(self, account_id: str, subject: str, by: Token | None) -> None:
        """Let ``subject`` sign in to an account that nobody signed in to so. ``Conflict``, ``NotFound``."""
        ...

    def accounts(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        ...

    def change_account(self, account_id: str, details: AccountDetails, by: Token | None) -> Account:
        """Change what is said of an account. What it wrote stays its own; own tokens that its role doesn't allow any
        more are ended. ``NotFound``, ``Conflict``."""
        ...

    def disable_account(self, account_id: str, by: Token | None) -> None:
        """Let nobody sign in to an account; its sessions, tokens and links end. ``NotFound``; nothing happens to a
        disabled one."""
        ...

    def enable_account(self, account_id: str, by: Token | None) -> None:
        """Let it sign in again. ``NotFound``."""
        ...


class Passwords(Protocol):
    """How accounts sign in: passwords, of which only hashes come here, and links by which one is chosen."""

    def password_hash(self, account_id: str) -> str:
        """The hash of an account's password; "" when it has none, is disabled or isn't there."""
        ...

    def set_password(self, account_id: str, password: str, by: Token | None) -> None:
        """Keep the hash of a new password; all sessions and links of the account end. ``NotFound``."""
        ...

    def renew_hash(self, account_id: str, before: str, after: str) -> None:
        """Put another hash of the same password in the place of ``before``, if that is still there."""
        ...

    def make_password_link(self, account_id: str, lasts: timedelta, by: Token | None) -> str:
        """A new 256-bit secret by which a password can be chosen once; the one before ends. ``NotFound``, and
        ``Conflict`` for a disabled account."""
        ...

    def make_forgotten_link(self, account_id: str, lasts: timedelta, *, again_after: timedelta) -> str:
        """The same for who says to have forgotten the password; "" when the last link is younger than ``again_after``,
        and stays good. ``NotFound``, ``Conflict``."""
        ...

    def password_link(self, secret: str) -> Account | None:
        """The account for which the link of this secret was made; None when it was used or is over."""
        ...

    def use_password_link(self, secret: str, password: str) -> Account:
        """Keep the hash of the password that was chosen by a link, which ends. ``NotFound`` when it has ended."""
        ...

    def signed_in(self, account_id: str, address: str) -> Token:
        """Who writes for an account that signs in now; put on record. ``NotFound`` when it is disabled."""
        ...

    def note_failed_sign_in(self, account_id: str, address: str) -> None:
        """Put a failed sign-in on record; ``account_id`` is "" where nobody is of that name."""
        ...
