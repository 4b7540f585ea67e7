"""Identifiers of items: 26 lower-case characters that sort by the time they were made (as ULIDs do)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o, u."""
CHARACTERS: Final = 26
RANDOM_BITS: Final = 80
"""After the milliseconds since 1970."""

_VALUES: Final = {letter: value for value, letter in enumerate(ALPHABET)}


def made_at(id: str) -> datetime | None:
    """When an item's id was made, which is when it was first received; None for what is no such id."""
    values = [_VALUES.get(letter) for letter in id]
    if len(values) != CHARACTERS or None in values:
        return None
    number = 0
    for value in values:
        number = number << 5 | (value or 0)
    milliseconds = number >> RANDOM_BITS
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC) if milliseconds < 1 << 45 else None
