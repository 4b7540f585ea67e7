"""Fetching what an address of somebody else's answers: a feed, a page that a story links to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What one fetch may take: ``bytes`` of a body, unpacked; ``seconds`` and ``redirects`` from beginning to end."""

    bytes: int = 5_000_000
    seconds: float = 15.0
    redirects: int = 5


DEFAULT_LIMITS: Final = FetchLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer, whatever its status. ``url`` is where it came from in the end; header names are in lower case; the
    body, without its compression, is that of a 2xx only."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Fetcher(Protocol):
    """Fetches over http and https from public addresses, and from private ones that the settings allow."""

    def fetch(
        self,
        url: str,
        *,
        method: Literal["GET", "HEAD"] = "GET",
        headers: Mapping[str, str] | None = None,
        limits: FetchLimits = DEFAULT_LIMITS,
    ) -> Fetched:
        """Ask, follow redirects, and give the last answer. Each address is checked, and that one connected to.

        Raises ``FetchRefused`` for an address that isn't fetched from, too many redirects, and an answer that is too
        large; ``FetchFailed`` when nobody answers in time, or in a way that can't be read.
        """
        ...
