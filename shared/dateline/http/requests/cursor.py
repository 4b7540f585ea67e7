"""Cursors: where the next page begins, opaque, and good for the listing they were made for and no other."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from hmac import compare_digest

from dateline.errors import FieldError, InvalidInput

INVALID_CURSOR = "This is no cursor of this listing; take the address that next names."


def encode(after: tuple[str, ...], listing: str) -> str:
    """The cursor of the page after ``after``. ``listing`` says what is listed: filters and sort."""
    text = json.dumps([_seal(after, listing), *after], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def decode(cursor: str, listing: str) -> tuple[str, ...]:
    """What ``encode`` was given. Raises ``InvalidInput`` for anything else, and for another listing's cursor."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        seal, *after = json.loads(urlsafe_b64decode(padded).decode("utf-8", "surrogatepass"))
    except (ValueError, TypeError, RecursionError):
        raise _invalid_cursor() from None
    if not isinstance(seal, str) or not all(isinstance(part, str) for part in after):
        raise _invalid_cursor()
    if not seal.isascii() or not compare_digest(seal, _seal(tuple(after), listing)):
        raise _invalid_cursor()
    return tuple(after)


def _invalid_cursor() -> InvalidInput:
    return InvalidInput(INVALID_CURSOR, (FieldError("/cursor", INVALID_CURSOR),))


def _seal(after: tuple[str, ...], listing: str) -> str:
    """A digest that ties a position to its listing. It guards against mistakes; a cursor opens nothing secret."""
    text = json.dumps([listing, *after])
    return blake2b(text.encode(), digest_size=9, person=b"dateline").hexdigest()
