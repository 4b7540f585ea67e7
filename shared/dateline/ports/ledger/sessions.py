"""Sessions that accounts and tokens open: they end here, whatever a browser keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from dateline.ports.ledger.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session as its owner sees it in a list: from which address and browser it was opened, and seen last."""

    id: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    address: str
    agent: str


class Sessions(Protocol):
    """Opening, finding, listing and ending sessions."""

    def open_session(self, by: Token, lasts: timedelta, *, address: str = "", agent: str = "") -> str:
        """A new session of a token or an account; the 256-bit secret that a browser keeps."""
        ...

    def session_token(self, secret: str, *, idle: timedelta | None = None) -> Token | None:
        """Who opened the session; None when it has ended, was idle for longer than ``idle``, or its token or account
        has ended."""
        ...

    def sessions(self, of: Token, *, idle: timedelta | None = None) -> tuple[Session, ...]:
        """The sessions that go on of a token, or of an account with all its tokens; seen last first."""
        ...

    def session_id(self, secret: str) -> str:
        """The id that the session of this secret has, or had when it went on."""
        ...

    def end_session(self, secret: str) -> None:
        """End a session; nothing happens to one that has ended."""
        ...

    def end_sessions(self, of: Token, *, only: str = "", but: str = "") -> int:
        """End the sessions of a token or an account: all, ``only`` the one of this id, or all ``but`` this one; how
        many have ended."""
        ...
