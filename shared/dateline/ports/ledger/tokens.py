"""Tokens: who may write, and who may follow what changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

Role = Literal["reporter", "editor", "ops", "subscriber"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as the ledger knows it: only the SHA-256 of the token itself is kept.

    ``id`` is who it stands for: a name can be given again when its token has ended, an id never. It is "" for who has
    none (an operator at the command line). ``sources`` are those whose external ids a reporter may write.
    ``token_id`` is its own id; ``id`` is that too, but for who signed in to an account, or bears one of an account's
    own tokens, which have a ``label``: ``account`` says so, and name and id are the account's. While a token is
    rotated, its former secret lives ``former_until``. ``address`` is where it is used from just now; the audit keeps it
    with what is done, and it is no part of the token.
    """

    name: str
    role: Role
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    id: str = ""
    sources: tuple[str, ...] = ()
    address: str = field(default="", compare=False)
    token_id: str = ""
    account: bool = False
    label: str = ""
    last_used_at: datetime | None = None
    former_until: datetime | None = None
    former_used_at: datetime | None = None
    by_former: bool = field(default=False, compare=False)
    """Whether it was found by its former secret."""

    @property
    def namespace(self) -> str:
        """Within what its Idempotency-Keys, and its external ids without a source, are unique: a token's name, which
        stays, or an account, whose name may change."""
        return f"account {self.id}" if self.account else self.name

    @property
    def secret_used_at(self) -> datetime | None:
        """When the secret that it was found by was used last."""
        return self.former_used_at if self.by_former else self.last_used_at

    def is_live(self, at: datetime) -> bool:
        """Whether it is neither revoked nor over."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)

    @property
    def every_source(self) -> bool:
        """Whether it may write for any source: editors may."""
        return self.role == "editor"


ROTATION: Final = timedelta(days=1)
"""How long the former secret of a token that is rotated goes on, unless somebody says otherwise."""

SCOPES: Final[Mapping[Role, tuple[Role, ...]]] = {
    "reporter": ("reporter",),
    "editor": ("reporter", "editor", "ops", "subscriber"),
    "ops": ("ops", "subscriber"),
    "subscriber": ("subscriber",),
}
"""Which roles the own tokens of an account of a role may have."""


def own_token_name(account_id: str, label: str) -> str:
    """The name of an account's own token, where tokens are named: unique, and the same when the account is renamed."""
    return f"{account_id}/{label}"


class Tokens(Protocol):
    """Making, finding, rotating and revoking tokens; the audit keeps who does it, an operator where nobody is named."""

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
        """A new 256-bit token, shown this once, and its record. ``Conflict`` when a live token or an account has the
        name.

        Who had the name before keeps what was written under it: the new one owns nothing of that. One of an account
        (its name: ``own_token_name``) writes as the account, with no more than its role: else ``NotAllowed``.
        """
        ...

    def rotate_token(
        self, name: str, *, keep: timedelta = ROTATION, expires_in: timedelta | None = None, by: Token | None = None
    ) -> tuple[str, Token]:
        """A new secret for the live token of this name; the one before lives on for ``keep``, one before that has
        ended. With ``expires_in`` the token ends then, else when it was to end. ``NotFound``.
        """
        ...

    def note_token_use(self, secret: str) -> None:
        """Remember that the token of this secret was used now."""
        ...

    def set_sources(self, name: str, sources: Sequence[str], *, by: Token | None = None) -> Token:
        """Say for which sources the live token of this name may write; its record. ``NotFound``."""
        ...

    def find_token(self, secret: str) -> Token | None:
        """The live token of this secret; None when unknown, expired or revoked."""
        ...

    def live_token(self, name: str) -> Token | None:
        """The live token of this name, of which there is at most one."""
        ...

    def tokens(self, account_id: str = "") -> tuple[Token, ...]:
        """All tokens, newest first; with ``account_id`` that account's own."""
        ...

    def revoke_token(self, name: str, *, by: Token | None = None) -> None:
        """End a token, and the sessions it opened. ``NotFound`` when no live token has the name."""
        ...
