"""Tokens: who may write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

Role = Literal["reporter", "editor", "ops"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as the ledger knows it: only the SHA-256 of the token itself is kept."""

    name: str
    role: Role
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


class Tokens(Protocol):
    """Making, finding and revoking tokens."""

    def create_token(self, name: str, role: Role, expires_in: timedelta | None = None) -> tuple[str, Token]:
        """A new 256-bit token, shown this once, and its record. ``Conflict`` when a live token has the name."""
        ...

    def find_token(self, secret: str) -> Token | None:
        """The live token of this secret; None when unknown, expired or revoked."""
        ...

    def live_token(self, name: str) -> Token | None:
        """The live token of this name, of which there is at most one."""
        ...

    def tokens(self) -> tuple[Token, ...]:
        """All tokens, newest first."""
        ...

    def revoke_token(self, name: str) -> None:
        """End a token. ``NotFound`` when no live token has the name."""
        ...
