"""The fetcher: asks one address after the other, each checked, within what a fetch may take."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence
from functools import cache
from http.client import HTTPException
from typing import Final, Literal
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.util import Url, parse_url

from dateline.adapters.fetch.addresses import Network, Resolve, checked_addresses, resolve_by_system
from dateline.adapters.fetch.connections import connection_to
from dateline.adapters.fetch.deadline import FetchDeadline
from dateline.errors import FetchFailed, FetchRefused
from dateline.ports.fetch import DEFAULT_LIMITS, Fetched, FetchLimits

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_CHUNK: Final = 65_536
_LONGEST_URL: Final = 2_000
_OWN_HEADERS: Final = {"User-Agent": "Dateline", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}


class CheckedFetcher:
    """``ports.fetch.Fetcher`` on urllib3's connections. It keeps none open, sends no cookie and knows no proxy."""

    def __init__(
        self, allowed: Sequence[Network] = (), resolve: Resolve = resolve_by_system, tls: ssl.SSLContext | None = None
    ) -> None:
        """``allowed`` are private networks from which may be fetched all the same."""
        self._allowed = tuple(allowed)
        self._resolve = resolve
        self._tls = tls

    def fetch(
        self,
        url: str,
        *,
        method: Literal["GET", "HEAD"] = "GET",
        headers: Mapping[str, str] | None = None,
        limits: FetchLimits = DEFAULT_LIMITS,
    ) -> Fetched:
        sent = {**_OWN_HEADERS, **(headers or {})}
        with FetchDeadline(limits.seconds) as deadline:
            for _ in range(limits.redirects + 1):
                fetched = self._ask(_parsed(url), method, sent, limits, deadline)
                location = fetched.headers.get("location", "")
                if fetched.status not in _REDIRECTS or not location:
                    return fetched
                url = urljoin(fetched.url, location)
        raise FetchRefused(f"the address leads on more than {limits.redirects} times")

    def _ask(
        self, url: Url, method: str, headers: Mapping[str, str], limits: FetchLimits, deadline: FetchDeadline
    ) -> Fetched:
        """One request, and its answer. Raises as ``fetch`` does."""
        host, port = (url.host or "").strip("[]"), url.port or (443 if url.scheme == "https" else 80)
        addresses = checked_addresses(host, port, self._allowed, self._resolve)
        connection = connection_to(url, addresses, deadline, self._tls or _system_certificates())
        try:
            connection.request(method, url.request_uri, headers=headers, preload_content=False)
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.headers.items()}
            return Fetched(
                url=url.url, status=answer.status, headers=names, body=_read(answer, method, limits, deadline)
            )
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            reason = f"no whole answer within {deadline.seconds:g} seconds" if deadline.is_over else _in_words(error)
            raise FetchFailed(f"{host} can't be read: {reason}") from error
        finally:
            connection.close()


def _read(answer: BaseHTTPResponse, method: str, limits: FetchLimits, deadline: FetchDeadline) -> bytes:
    """The body of a 2xx, unpacked piece by piece: what would grow beyond the limit isn't unpacked."""
    if method == "HEAD" or not 200 <= answer.status < 300:
        return b""
    body = bytearray()
    for chunk in answer.stream(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > limits.bytes:
            raise FetchRefused(f"the answer is longer than {limits.bytes:,} bytes")
        if deadline.is_over:
            raise TimeoutError
    return bytes(body)


def _parsed(url: str) -> Url:
    """An address that may be asked. Raises ``FetchRefused``."""
    try:
        parsed = parse_url(url)
    except LocationParseError:
        parsed = Url()
    if parsed.scheme not in ("http", "https") or not parsed.host or len(url) > _LONGEST_URL:
        raise FetchRefused("only http:// and https:// addresses are fetched")
    if parsed.auth:
        raise FetchRefused("an address with a user or a password in it isn't fetched")
    return parsed._replace(fragment=None)


def _in_words(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error) or type(error).__name__


@cache
def _system_certificates() -> ssl.SSLContext:
    return ssl.create_default_context()
