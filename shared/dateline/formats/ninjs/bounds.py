"""How much one ninjs object may hold: looked at before its schema is, which costs a thousand times as much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dateline.errors import FieldError, InvalidInput
from dateline.schemas.pointers import INVALID, reference_token

MAX_LISTED: Final = 100
"""Of anything listed, but for what ``_MANY`` names."""
MAX_MANY: Final = 1_000
_MANY: Final = frozenset({"subjects", "people", "organisations", "places", "associations"})
MAX_OBJECTS: Final = 5_000
"""In all lists at any depth together."""
LARGEST_NUMBER: Final = 2**63
"""Beyond it no two programs read a number alike (RFC 8259 section 6), and what is kept could not be written."""


def check_bounds(sent: Any) -> None:
    """Raise ``InvalidInput`` with pointers for lists that are too long, and for numbers that nothing can be as large
    as; of an object that holds too much altogether that is all that is said."""
    errors: list[FieldError] = []
    objects = 0
    waiting = [(sent, "", "")]
    while waiting:
        value, pointer, name = waiting.pop()
        if isinstance(value, list):
            most = MAX_MANY if name in _MANY else MAX_LISTED
            objects += len(value)
            if objects > MAX_OBJECTS:
                detail = f"All lists together hold at most {MAX_OBJECTS:,} members."
                raise InvalidInput(INVALID, (*errors, FieldError("", detail)))
            if len(value) > most:
                errors.append(FieldError(pointer, f"Takes at most {most:,}."))
                continue
        elif isinstance(value, int | float) and not -LARGEST_NUMBER < value < LARGEST_NUMBER:
            errors.append(FieldError(pointer, "Is larger than any number may be."))
        waiting += _inside(value, pointer, name)
    if errors:
        raise InvalidInput(INVALID, tuple(errors))


def _inside(value: Any, pointer: str, name: str) -> Iterator[tuple[Any, str, str]]:
    """The members of an object and of a list, with their pointers and the name of the list that they are in."""
    if isinstance(value, Mapping):
        yield from ((inner, f"{pointer}/{reference_token(key)}", key) for key, inner in value.items())
    elif isinstance(value, list):
        yield from ((inner, f"{pointer}/{place}", name) for place, inner in enumerate(value))
