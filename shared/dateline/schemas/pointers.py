"""marshmallow's messages as field errors with JSON pointers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

import marshmallow as ma

from dateline.errors import FieldError, InvalidInput

INVALID: Final = "Something here is not as it must be."
"""What an error says as a whole, when each wrong field says more."""


def load(schema: ma.Schema, body: Any, **options: Any) -> dict[str, Any]:
    """What ``schema`` makes of ``body``; raises ``InvalidInput`` with a pointer to each wrong field."""
    with invalid_input():
        loaded: dict[str, Any] = schema.load(body, **{"partial": _optional(type(schema)), **options})
    return loaded


@contextmanager
def invalid_input() -> Iterator[None]:
    """Turn marshmallow's ``ValidationError`` into ``InvalidInput`` with a pointer to each wrong field."""
    try:
        yield
    except ma.ValidationError as error:
        raise InvalidInput(INVALID, tuple(field_errors(error.messages))) from None


@cache
def _optional(schema: type[ma.Schema]) -> frozenset[str]:
    """The fields that may be absent and then have no value: named as ``partial``, marshmallow passes them by.

    Otherwise it takes as long over an absent field as over a present one, and most of a story's are absent.
    """
    fields = schema().load_fields.items()
    return frozenset(name for name, field in fields if not field.required and field.load_default is ma.missing)


def field_errors(messages: Any, pointer: str = "") -> Iterator[FieldError]:
    """The field errors in marshmallow's messages: nested dicts of lists of texts, each at its JSON pointer."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from field_errors(inner, pointer if key == "_schema" else f"{pointer}/{reference_token(key)}")
    elif isinstance(messages, Sequence) and not isinstance(messages, str):
        for inner in messages:
            yield from field_errors(inner, pointer)
    else:
        yield FieldError(pointer, str(messages))


def reference_token(key: object) -> str:
    """A key as a reference token: one step of a JSON pointer, escaped (RFC 6901 section 3)."""
    return str(key).encode("utf-8", "replace").decode().replace("~", "~0").replace("/", "~1")
