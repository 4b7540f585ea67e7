"""The command line's way to the ingest service: one clear line for each thing that can go wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

import click

from dateline.errors import IngestUnavailable
from dateline.http_client import HttpClient, HttpResponse

_TIMEOUT_SECONDS: Final = 600
_MAY_PASS: Final = frozenset({429, 502, 503, 504})


class Refused(click.ClickException):
    """The server said no (``status``), or can't be reached (None): exit status 1."""

    exit_code = 1

    def __init__(self, message: str, status: int | None = None, retry_after: int = 0) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after

    @property
    def may_pass(self) -> bool:
        """Whether the same request may be taken after ``retry_after`` seconds."""
        return self.status is None or self.status in _MAY_PASS


class CommandClient:
    """Speaks to the ingest service for a command, which ends where the service refuses."""

    def __init__(self, http: HttpClient) -> None:
        self._http = http

    @property
    def base_url(self) -> str:
        """The service's address."""
        return self._http.base_url

    def request(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """One request with a JSON body or none. Raises ``Refused`` with what the server says."""
        with _unavailable_is_refused():
            return _expect_success(self._http.request(method, path, body, headers))

    def lines(self, path: str) -> Iterator[bytes]:
        """The lines of what a path answers, as they come. Raises ``Refused`` with what the server says."""
        with _unavailable_is_refused(), self._http.stream("GET", path, None, {}) as response:
            if response.status >= 400:
                _expect_success(self._http.read(response))
            yield from self._http.lines(response)

    def upload(
        self, path: str, body: bytes | IO[bytes], content_type: str, headers: Mapping[str, str] | None = None
    ) -> Iterator[bytes]:
        """POST ``body``, a file as it is read; the lines of the answer as they come.

        Raises ``Refused`` with what the server says. What the reader of the lines raises is the reader's own.
        """
        with _unavailable_is_refused():
            sent = {"Content-Type": content_type, **(headers or {})}
            with self._http.stream("POST", path, body, sent) as response:
                if response.status >= 400:
                    _expect_success(self._http.read(response))
                yield from self._http.lines(response)


@contextmanager
def _unavailable_is_refused() -> Iterator[None]:
    try:
        yield
    except IngestUnavailable as error:
        raise Refused(str(error)) from None


def _expect_success(response: HttpResponse) -> HttpResponse:
    if response.status >= 400:
        retry_after = response.headers.get("retry-after", "")
        seconds = int(retry_after) if retry_after.isdecimal() else 0
        raise Refused(_problem_text(response), response.status, seconds)
    return response


def _problem_text(response: HttpResponse) -> str:
    """What the server's problem details say, a wrong field a line."""
    problem: Any = response.body
    if not isinstance(problem, dict):
        return f"{response.status} {response.reason}"
    fields = [f"  {error.pointer or '/'}: {error.detail}" for error in response.errors]
    return "\n".join([f"{response.status} {problem.get('title', response.reason)}: {response.detail}", *fields])


def connect(ingest: str, data: str | None) -> CommandClient:
    """The client for the service at ``ingest``; its token is DATELINE_TOKEN, or the file in the data folder."""
    if urlsplit(ingest).scheme not in ("http", "https"):
        raise click.UsageError(f"DATELINE_INGEST must be an http or https address, and {ingest!r} isn't.")
    token = os.environ.get("DATELINE_TOKEN", "").strip() or _token_in_folder(data)
    return CommandClient(HttpClient(ingest, token, timeout=_TIMEOUT_SECONDS))


def _token_in_folder(data: str | None) -> str:
    path = Path(data or os.environ.get("DATELINE_DATA") or "var") / "token"
    try:
        return path.read_text().strip()
    except OSError:
        raise click.UsageError(
            f"There is no token: set DATELINE_TOKEN, or say with --data where it is ({path})."
        ) from None
