"""A file of a picture as an answer: kept for good, in parts if asked, and never whole in memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from flask import Request, Response

from dateline.domain.picture import FORMATS
from dateline.errors import MediaMissing, NotFound
from dateline.ports.media import MediaStore, rendition_key

TYPES: Final = {**FORMATS, "gif": "image/gif"}
YEAR: Final = 31_536_000
KEPT_FOR_GOOD: Final = f"public, max-age={YEAR}, immutable"
MISSING: Final = "public, max-age=5"
"""Of what isn't there: it may come."""


def media_answer(store: MediaStore, asked: Request, sha256: str, name: str, caching: str) -> Response:
    """The file ``name`` of a picture, or what is asked of it (RFC 9110 sections 13 and 14): 304 for who has it, 206 for
    a part, 416 for one that lies behind its end.

    A name stands for the same bytes, and so does its entity tag. Raises ``NotFound``, ``MediaUnavailable``.
    """
    etag, key = f"{sha256[:16]}-{name}", rendition_key(sha256, name)
    headers = {"ETag": f'"{etag}"', "Cache-Control": caching, "Accept-Ranges": "bytes"}
    try:
        if asked.if_none_match.contains_weak(etag):
            _size(store, key)
            return Response(status=304, headers=headers)
        if asked.method == "HEAD":
            return _empty(_size(store, key), name, headers)
        if asked.range is not None and _is_for(asked, etag):
            return _part(store, asked, key, name, headers)
        return _whole(store, key, name, headers)
    except MediaMissing as error:
        raise NotFound("There is no such picture.") from error


def caching_until(until: datetime | None, now: datetime) -> str:
    """How long an answer may be kept: for good, or until its rights end."""
    return KEPT_FOR_GOOD if until is None else f"public, max-age={min(YEAR, int((until - now).total_seconds()))}"


def _size(store: MediaStore, key: str) -> int:
    size = store.size(key)
    if size is None:
        raise MediaMissing(f"{key} isn't in the media store")
    return size


def _is_for(asked: Request, etag: str) -> bool:
    """Whether a part is wanted of the file as it is (If-Range, RFC 9110 section 13.1.5)."""
    made = asked.if_range
    return made.date is None and made.etag in (None, etag)


def _empty(size: int, name: str, headers: Mapping[str, str]) -> Response:
    return Response(headers={**headers, "Content-Length": str(size)}, mimetype=_type(name))


def _whole(store: MediaStore, key: str, name: str, headers: Mapping[str, str]) -> Response:
    file = store.open(key)
    headers = {**headers, "Content-Length": str(file.size)}
    return Response(file.pieces, headers=headers, mimetype=_type(name), direct_passthrough=True)


def _part(store: MediaStore, asked: Request, key: str, name: str, headers: Mapping[str, str]) -> Response:
    """Several parts at once, and units that nobody knows, are answered with the whole (RFC 9110 section 14.2)."""
    size, wanted = _size(store, key), asked.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return _whole(store, key, name, headers)
    if (bounds := wanted.range_for_length(size)) is None:
        return Response(status=416, headers={"Content-Range": f"bytes */{size}", "Cache-Control": MISSING})
    first, end = bounds
    file = store.open(key, first, end - first)
    said = {"Content-Range": f"bytes {first}-{end - 1}/{size}", "Content-Length": str(file.length)}
    return Response(file.pieces, 206, {**headers, **said}, mimetype=_type(name), direct_passthrough=True)


def _type(name: str) -> str:
    return TYPES[name.rpartition(".")[2]]
