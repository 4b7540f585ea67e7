"""The WSGI environ of an ASGI request (PEP 3333; https://asgi.readthedocs.io/en/latest/specs/www.html)."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import IO, Any
from urllib.parse import unquote_to_bytes

Scope = dict[str, Any]


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The environ of ``scope``'s request. ``body`` ends where the request's body ends."""
    raw: bytes = scope["raw_path"]
    query = scope["query_string"].decode("latin-1")
    address = f"{raw.decode('latin-1')}?{query}" if query else raw.decode("latin-1")
    server, port = scope["server"] or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(raw).decode("latin-1"),
        "QUERY_STRING": query,
        "RAW_URI": address,
        "REQUEST_URI": address,
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server,
        "SERVER_PORT": str(port or ""),
        "REMOTE_ADDR": (scope["client"] or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    _add_headers(environ, scope["headers"])
    return environ


def _add_headers(environ: dict[str, Any], headers: Iterable[tuple[bytes, bytes]]) -> None:
    """Several headers of one name become one, joined as RFC 9110 section 5.3 says, cookies as RFC 6265 does."""
    for name, value in headers:
        key = name.decode("latin-1").upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        text = value.decode("latin-1")
        before = environ.get(key)
        environ[key] = text if before is None else f"{before}{'; ' if key == 'HTTP_COOKIE' else ','}{text}"
