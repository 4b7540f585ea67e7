"""How long clients may take, and how much is kept for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dateline.settings import Settings

MAX_BUFFERED_BYTES: Final = 32 * 1024 * 1024
"""Bytes of one request's body that are kept: more than any route takes, so that each can say 413 itself."""
MAX_DRAINED_BYTES: Final = 64 * 1024 * 1024
"""Bytes of one request's body that are read: a server that closes on unread bytes resets the connection, and a client
that is still sending never sees its 413."""
MAX_SPOOLED_BYTES: Final = 256 * 1024 * 1024
"""Bytes of all bodies together that one process keeps; the next one gets 503."""
MAX_CLIENTS_BYTES: Final = 64 * 1024 * 1024
"""Bytes of one client's bodies together."""
SLOWEST_UPLOAD: Final = 16 * 1024
"""Bytes a second that somebody sends at least who uploads a file: a phone takes minutes over what others send at
once."""
_OVER: Final = 1024 * 1024
"""Bytes of a file over its bound that are kept, so that its route sees that it is too large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploads:
    """Paths whose POSTs may be as large as ``most`` bytes, and may take their time; they are kept in ``folder``, which
    is made when it is missing, or where the system keeps what is temporary."""

    paths: frozenset[str] = frozenset()
    most: int = 0
    folder: Path | None = None

    @property
    def kept(self) -> int:
        """Bytes of one that are kept."""
        return max(MAX_BUFFERED_BYTES, self.most + _OVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """One process's. Seconds for a request's headers, for its body or a pause in what it sends or takes; threads for
    requests; connections; behind how many proxies it is."""

    header_seconds: float = 10.0
    body_seconds: float = 60.0
    threads: int = 8
    connections: int = 1000
    proxies: int = 0

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """What the settings say."""
        return cls(
            header_seconds=settings.header_timeout,
            body_seconds=settings.body_timeout,
            threads=settings.threads,
            connections=settings.connections,
            proxies=settings.proxies,
        )
