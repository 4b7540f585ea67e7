"""The HTTP client of those who speak to the ingest service: the command line, and the loader of the sample newsroom.

On urllib3, which the Elasticsearch client brings along anyway.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, Final
from urllib.request import getproxies, proxy_bypass

from urllib3 import BaseHTTPResponse, PoolManager, ProxyManager, Retry
from urllib3.exceptions import HTTPError, MaxRetryError
from urllib3.util import make_headers, parse_url

from dateline.errors import FieldError, IngestUnavailable

_ONCE: Final = Retry(total=None, connect=0, read=0, status=0, other=0, redirect=5)
"""A request is sent once: who sends knows whether a second time would do harm. Redirects are followed."""

_LOOPBACK: Final = frozenset({"127.0.0.1", "[::1]", "localhost"})


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A whole answer: its status, its headers in lower case, and its JSON, or its text where it is none."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: Any

    @property
    def detail(self) -> str:
        """What problem details (RFC 9457) say; the status in words where there are none."""
        return str(self.body["detail"]) if isinstance(self.body, dict) and "detail" in self.body else self.reason

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """The wrong fields that problem details (RFC 9457) name."""
        errors = self.body.get("errors", ()) if isinstance(self.body, dict) else ()
        return tuple(FieldError(error["pointer"], error["detail"]) for error in errors)


class HttpClient:
    """Speaks to the service at ``base_url`` with a bearer token, over connections that are kept open."""

    def __init__(self, base_url: str, token: str, *, timeout: float) -> None:
        self.base_url = base_url.rstrip("/")
        self._authorization = {"Authorization": f"Bearer {token}"}
        self._pool = _pool(self.base_url, timeout)

    def request(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """Send a JSON body, or none, and read the whole answer, whatever its status.

        Raises ``IngestUnavailable`` when the service can't be reached.
        """
        data = None if body is None else json.dumps(body).encode()
        with self.stream(method, path, data, {"Content-Type": "application/json", **(headers or {})}) as response:
            return self.read(response)

    @contextmanager
    def stream(
        self, method: str, path: str, body: bytes | IO[bytes] | None, headers: Mapping[str, str]
    ) -> Iterator[BaseHTTPResponse]:
        """Send ``body``, a file as it is read, and give the answer to be read as it comes.

        Raises ``IngestUnavailable`` when the service can't be reached.
        """
        sent = {**self._authorization, **headers}
        if body is not None and not isinstance(body, bytes):
            sent["Content-Length"] = str(os.fstat(body.fileno()).st_size)
        with self._connected():
            response = self._pool.request(
                method, f"{self.base_url}{path}", body=body, headers=sent, preload_content=False, retries=_ONCE
            )
        try:
            yield response
        finally:
            response.close()  # the connection of an answer that was read whole is in the pool again, and stays open

    def lines(self, response: BaseHTTPResponse) -> Iterator[bytes]:
        """The lines of an answer as they come. Raises ``IngestUnavailable`` when the connection is lost."""
        lines = iter(response)
        while True:
            with self._connected():
                line = next(lines, None)
            if line is None:
                return
            yield line

    def read(self, response: BaseHTTPResponse) -> HttpResponse:
        """The rest of an answer. Raises ``IngestUnavailable`` when the connection is lost."""
        with self._connected():
            data = response.read()
        headers = {name.lower(): value for name, value in response.headers.items()}
        body = _decoded(data, headers.get("content-type", ""))
        return HttpResponse(response.status, response.reason or "", headers, body)

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    @contextmanager
    def _connected(self) -> Iterator[None]:
        try:
            yield
        except HTTPError as error:
            cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
            raise IngestUnavailable(
                f"The ingest service at {self.base_url} can't be reached: {cause.__cause__ or cause}"
            ) from error


def _decoded(data: bytes, content_type: str) -> Any:
    """JSON where the answer says so; a proxy's page that is none stays text."""
    try:
        return json.loads(data) if "json" in content_type else data.decode("utf-8", "replace")
    except ValueError:
        return data.decode("utf-8", "replace")


def _pool(base_url: str, timeout: float) -> PoolManager:
    """Connections to ``base_url``, through the proxy that the environment names; never to this machine."""
    url = parse_url(base_url)
    proxy = getproxies().get(url.scheme or "")
    if proxy is None or url.host in _LOOPBACK or proxy_bypass(url.netloc or ""):
        return PoolManager(timeout=timeout)
    login = parse_url(proxy).auth
    return ProxyManager(proxy, timeout=timeout, proxy_headers=make_headers(proxy_basic_auth=login) if login else None)
