"""How large a form may be: looked at in its bytes, before werkzeug takes it apart."""

from __future__ import annotations

import re
from typing import Final

from flask import Request, abort

from dateline.http.requests.body import MAX_BODY_BYTES, whole_body

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
MAX_FORM_BYTES: Final = 3 * MAX_BODY_BYTES
"""A form writes a Cyrillic letter in six bytes, JSON in two; and Flask's own bound for forms is 500 kB."""
MAX_STRANGERS_PARTS_BYTES: Final = 64 * 1024
"""Of a form in parts from who isn't signed in: what waits for a sign-in, browsers send URL-encoded."""
MAX_FORM_FIELDS: Final = 1_000
MAX_PART_HEADER_BYTES: Final = 8 * 1024
MAX_HEADERS_BYTES: Final = 128 * 1024
"""Of all parts together. A header may have a million parameters, and each costs what a thousand bytes of text do."""

LENIENT_BYTES: Final = 64 * 1024
"""Up to here a form may have any ``%``; in a longer one each that says nothing costs what a thousand letters do."""
_UTF_8: Final = re.compile(
    rb"(?:[^%]++|%[0-7]H|%(?:C[2-9A-F]|DH)T|%E0%[AB]HT|%E[1-9A-CEF]TT|%ED%[89]HT|%F0%[9AB]HTT|%F[1-3]TTT|%F4%8HTT)*+"
    .replace(b"T", b"%[89AB]H").replace(b"H", b"[0-9A-F]"),
    re.IGNORECASE,
)  # fmt: skip
"""Percent-encoded UTF-8 (RFC 3986 section 2.1, RFC 3629 section 4)."""
_BLANK_LINE: Final = re.compile(rb"\r\n\r\n|\r\r|\n\n")


def check_form(req: Request, *, known: bool) -> None:
    """Say how large the form of a request may be, and see that it isn't larger; ``known``: its sender is signed in.

    Aborts with 413 for more bytes, fields or header than that, 400 for a part that has no name (RFC 7578 section 4.2),
    or for text that can't be read.
    """
    if req.mimetype == MULTIPART and not known:
        req.max_content_length = req.max_form_memory_size = MAX_STRANGERS_PARTS_BYTES
    else:
        req.max_content_length = req.max_form_memory_size = MAX_FORM_BYTES
    if req.mimetype == FORM:
        _check_fields(whole_body(req))
    if req.mimetype == MULTIPART:
        _check_headers(whole_body(req), req.mimetype_params.get("boundary", "").encode())
        if any(name is None for fields in (req.form, req.files) for name in fields):
            abort(400, description="A part of the form has no name.")


def _check_fields(data: bytes) -> None:
    if data.count(b"&") >= MAX_FORM_FIELDS:
        abort(413, description=f"A form has at most {MAX_FORM_FIELDS:,} fields.")
    if len(data) > LENIENT_BYTES and not _UTF_8.fullmatch(data):
        abort(400, description="The form is not percent-encoded UTF-8.")


def _check_headers(data: bytes, boundary: bytes) -> None:
    """Abort with 413 for parts whose headers are too long. Parts begin and end where werkzeug's decoder sees them."""
    delimiter = re.compile(rb"(?:\r\n|\n|\r)?--%s[^\S\n\r]*(?:\r\n|\n|\r)" % re.escape(boundary))
    total, found = 0, delimiter.search(data)
    while found:
        blank = _BLANK_LINE.search(data, found.end())
        end = blank.start() if blank else len(data)
        total += (length := end - found.end())
        if length > MAX_PART_HEADER_BYTES or total > MAX_HEADERS_BYTES:
            abort(413, description="The headers of the form's parts are too long.")
        found = delimiter.search(data, end)
