"""Compressed answers: brotli or gzip, as the client asks (RFC 9110 section 12.5.3).

A compressed answer has a weak ETag, since its bytes are others (section 8.8.3.3). If-None-Match compares weakly, and so
304 works for either form.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from typing import Final

import brotli
from flask import Request, Response, request

MIN_BYTES: Final = 1024
"""Shorter answers fit into one packet anyway."""

MAX_BYTES: Final = 16 * 1024 * 1024
"""Longer ones would hold their thread for too long."""

_TYPES: Final = frozenset({
    "application/json", "application/problem+json", "application/ninjs+json", "application/feed+json",
    "application/atom+xml", "application/rss+xml", "application/xml", "application/openmetrics-text", "image/svg+xml",
    "text/calendar", "text/css", "text/html", "text/javascript", "text/plain",
})  # fmt: skip
"""What is text, and comes to its end."""

_ENCODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": lambda data: brotli.compress(data, quality=4),
    "gzip": lambda data: gzip.compress(data, compresslevel=6, mtime=0),
}
"""The best first."""


def compress(response: Response) -> Response:
    """``response`` as small as the client may have it, where it is worth it."""
    size = _size(response)
    if size is None or not MIN_BYTES <= size <= MAX_BYTES:
        return response
    response.vary.add("Accept-Encoding")
    encoding = best_encoding(request)
    if encoding is None:
        return response
    etag, _ = response.get_etag()
    if etag is not None:
        response.set_etag(etag, weak=True)
    if response.status_code != 304:
        response.direct_passthrough = False
        response.set_data(_ENCODERS[encoding](response.get_data()))
        response.headers["Content-Encoding"] = encoding
        response.headers.pop("Accept-Ranges", None)
    return response


def _size(response: Response) -> int | None:
    """How long the answer's body is; None for what isn't to be compressed. 304 leaves its body out only later."""
    if response.mimetype not in _TYPES or response.status_code in (204, 206) or "Content-Encoding" in response.headers:
        return None
    if response.is_streamed:
        return response.content_length if response.direct_passthrough else None
    return sum(map(len, response.iter_encoded()))


def best_encoding(asked: Request) -> str | None:
    """The encoding that the client likes best of those there are; None when it wants none."""
    said = {name.lower(): quality for name, quality in asked.accept_encodings}
    liked = [(said.get(name, said.get("*", 0)), name) for name in _ENCODERS]
    quality, best = max(liked, key=lambda one: one[0])
    return best if quality > 0 and quality >= said.get("identity", 0) else None
