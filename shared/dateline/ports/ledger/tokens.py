"""Tokens: who may write, and who may follow what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

Role = Literal["reporter", "editor", "ops", "subscriber"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as the ledger knows it: only the SHA-256 of the token itself is kept.

    ``id`` is who it stands for: a name can be given again when its token has ended, an id never. It is "" for who has
    none (an operator at the command line). ``sources`` are those whose external ids a reporter may write. ``address``
    is where it is used from just now; the audit keeps it with what is done, and it is no part of the token.
    """

    name: str
    role: Role
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    id: str = ""
    sources: tuple[str, ...] = ()
    address: str = field(default="", compare=False)

    @property
    def every_source(self) -> bool:
        """Whether it may write for any source: editors may."""
        return self.role == "editor"


class Tokens(Protocol):
    """Making, finding and revoking tokens; the audit keeps who does it, an operator where nobody is named."""

    def create_token(
        self,
        name: str,
        role: Role,
        expires_in: timedelta | None = None,
        *,
        sources: Sequence[str] = (),
        by: Token | None = None,
    ) -> tuple[str, Token]:
        """A new 256-bit token, shown this once, and its record. ``Conflict`` when a live token has the name.

        Who had the name before keeps what was written under it: the new one owns nothing of that.
        """
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

    def tokens(self) -> tuple[Token, ...]:
        """All tokens, newest first."""
        ...

    def revoke_token(self, name: str, *, by: Token | None = None) -> None:
        """End a token, and the sessions it opened. ``NotFound`` when no live token has the name."""
        ...


class Sessions(Protocol):
    """Sessions that tokens open: they end here, whatever a browser keeps."""

    def open_session(self, by: Token, lasts: timedelta) -> str:
        """A new session of a token; the 256-bit secret that a browser keeps."""
        ...

    def session_token(self, secret: str) -> Token | None:
        """The live token that opened the session; None when either has ended."""
        ...

    def end_session(self, secret: str) -> None:
        """End a session; nothing happens to one that has ended."""
        ...
