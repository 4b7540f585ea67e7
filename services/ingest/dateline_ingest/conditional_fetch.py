"""Fetching again what may be as it was: with the ETag and the date that its server said the last time."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from dateline.errors import FetchFailed
from dateline.ports.fetch import Fetched, Fetcher, FetchLimits

_LIMITS: Final = FetchLimits(bytes=2_000_000)
_LONGEST_REST: Final = 86_400
_MOST_IN_MARK: Final = 1_000
"""Characters of an ETag or a date that are kept; longer ones are as none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refetched:
    """What an address gave, None where it is as it was; and what its server said of that, for the next time."""

    fetched: Fetched | None
    etag: str = ""
    modified: str = ""

    @property
    def content_type(self) -> str:
        """What the server says that it is."""
        return self.fetched.headers.get("content-type", "") if self.fetched else ""


def fetch_unless_same(fetcher: Fetcher, url: str, accept: str, *, etag: str = "", modified: str = "") -> Refetched:
    """Ask for ``url``. Raises ``FetchRefused``, and ``FetchFailed`` for any answer but 200 and 304 too."""
    conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
    asked = {"Accept": accept, **{name: value for name, value in conditions.items() if value}}
    fetched = fetcher.fetch(url, headers=asked, limits=_LIMITS)
    new_etag, new_modified = _mark(fetched, "etag"), _mark(fetched, "last-modified")
    if fetched.status == HTTPStatus.NOT_MODIFIED:
        return Refetched(fetched=None, etag=new_etag or etag, modified=new_modified or modified)
    if fetched.status != HTTPStatus.OK:
        raise FetchFailed(f"the address answers {_in_words(fetched.status)}", retry_after=_retry_after(fetched))
    return Refetched(fetched=fetched, etag=new_etag, modified=new_modified)


def _mark(fetched: Fetched, name: str) -> str:
    value = fetched.headers.get(name, "").strip()
    return value if len(value) <= _MOST_IN_MARK and value.isprintable() and value.isascii() else ""


def _retry_after(fetched: Fetched) -> int:
    """The seconds that a busy server wants to be left alone (RFC 9110 section 10.2.3); 0 where it doesn't say."""
    wanted = fetched.headers.get("retry-after", "")
    return min(int(wanted), _LONGEST_REST) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10 else 0


def _in_words(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)
