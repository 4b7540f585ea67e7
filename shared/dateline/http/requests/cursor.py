"""Cursors: where the next page begins, opaque, and good for the listing they were made for and no other."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from hmac import compare_digest
from typing import Final

from dateline.errors import FieldError, InvalidInput

INVALID_CURSOR: Final = "This is no cursor of this listing; take the address that next names."
_NO_TEXT: Final = re.compile(r"[\x00\ud800-\udfff]")
"""What no position has: PostgreSQL refuses NUL, and UTF-8 half a surrogate pair."""


def encode(after: tuple[str, ...], listing: str) -> str:
    """The cursor of the page after ``after``. ``listing`` says what is listed: filters and sort."""
    text = json.dumps([_seal(after, listing), *after], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def decode(cursor: str, listing: str) -> tuple[str, ...]:
    """What ``encode`` was given. Raises ``InvalidInput`` for anything else, and for another listing's cursor.

    Anybody can make a cursor: what a position says must still be checked by who gave it.
    """
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        seal, *after = json.loads(urlsafe_b64decode(padded).decode("utf-8", "surrogatepass"))
    except (ValueError, TypeError, RecursionError):
        raise invalid_cursor() from None
    if not isinstance(seal, str) or not all(isinstance(part, str) and not _NO_TEXT.search(part) for part in after):
        raise invalid_cursor()
    if not seal.isascii() or not compare_digest(seal, _seal(tuple(after), listing)):
        raise invalid_cursor()
    return tuple(after)


def invalid_cursor() -> InvalidInput:
    """What to raise for a cursor that this listing never gave."""
    return InvalidInput(INVALID_CURSOR, (FieldError("/cursor", INVALID_CURSOR),))


def _seal(after: tuple[str, ...], listing: str) -> str:
    """A digest that ties a position to its listing. It guards against mistakes; a cursor opens nothing secret."""
    text = json.dumps([listing, *after])
    return blake2b(text.encode(), digest_size=9, person=b"dateline").hexdigest()
