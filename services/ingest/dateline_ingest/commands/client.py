"""The command line's way to the ingest service: plain HTTP, one clear line for each thing that can go wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, build_opener

import click

DEFAULT: Final = "http://127.0.0.1:8001"
_OPENER: Final = build_opener()
_TIMEOUT: Final = 600


class Refused(click.ClickException):
    """The server said no, or can't be reached: exit status 1."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer below 400: its headers in lower case, and its JSON."""

    headers: Mapping[str, str]
    body: Any = field(default=None)


@dataclass(frozen=True, slots=True)
class Client:
    """Speaks to the ingest service at ``base`` with ``token``."""

    base: str
    token: str

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request with a JSON body or none. Raises ``Refused`` with what the server says."""
        data = None if body is None else json.dumps(body).encode()
        with self.open(method, path, data, "application/json", **headers) as response:
            text = response.read()
            found = {name.lower(): value for name, value in response.headers.items()}
            return Answer(found, json.loads(text) if "json" in found.get("content-type", "") else text.decode())

    @contextmanager
    def open(
        self, method: str, path: str, data: bytes | IO[bytes] | None, content_type: str, **headers: str
    ) -> Iterator[HTTPResponse]:
        """The open response to one request, for those who read it as it comes."""
        request = Request(f"{self.base}{path}", data=data, method=method, headers={
            "Authorization": f"Bearer {self.token}", "Content-Type": content_type,
            **{name.replace("_", "-"): value for name, value in headers.items()},
        })  # fmt: skip
        if data is not None and not isinstance(data, bytes):
            request.add_header("Content-Length", str(os.fstat(data.fileno()).st_size))
        try:
            with _OPENER.open(request, timeout=_TIMEOUT) as response:
                yield response
        except HTTPError as wrong:
            with wrong:
                raise Refused(said(wrong)) from None
        except (URLError, HTTPException, OSError) as wrong:
            reason = getattr(wrong, "reason", wrong)
            raise Refused(f"The ingest service at {self.base} can't be reached: {reason}") from None


def said(wrong: HTTPError) -> str:
    """What the server's problem details say, a wrong field a line."""
    try:
        problem = json.loads(wrong.read())
        fields = [f"  {error['pointer'] or '/'}: {error['detail']}" for error in problem.get("errors", ())]
        return "\n".join([f"{wrong.code} {problem['title']}: {problem['detail']}", *fields])
    except (ValueError, KeyError, TypeError):
        return f"{wrong.code} {wrong.reason}"


def connect(ingest: str, data: str | None) -> Client:
    """The client for the service at ``ingest``; its token is DATELINE_TOKEN, or the file in the data folder."""
    if urlsplit(ingest).scheme not in ("http", "https"):
        raise click.UsageError(f"DATELINE_INGEST must be an http or https address, and {ingest!r} isn't.")
    return Client(ingest.rstrip("/"), os.environ.get("DATELINE_TOKEN", "").strip() or _kept_token(data))


def _kept_token(data: str | None) -> str:
    path = Path(data or os.environ.get("DATELINE_DATA") or "var") / "token"
    try:
        return path.read_text().strip()
    except OSError:
        raise click.UsageError(
            f"There is no token: set DATELINE_TOKEN, or say with --data where it is ({path})."
        ) from None
