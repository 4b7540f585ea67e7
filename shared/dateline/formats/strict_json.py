"""JSON read strictly: UTF-8 of RFC 8259, no name twice, no lone surrogates, no control characters, bounded nesting."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, NoReturn

from dateline.errors import FieldError, InvalidInput
from dateline.formats.control_characters import drop_control_characters
from dateline.schemas.pointers import INVALID, reference_token

MAX_DEPTH: Final = 100
"""How deep a body may be nested (RFC 8259 section 9 lets a reader say)."""

MAX_MEMBERS: Final = 1_000
"""Members of one object: to say of each that nobody knows it costs ten times what it costs to read."""

_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_MAY_NEED_CLEANING: Final = re.compile(rb"[\x7f]|\\u00[01789]|\\u[dD][89a-fA-F]|\xc2[\x80-\x9f]", re.IGNORECASE)


class NotJson(ValueError):
    """The bytes are no JSON text."""


def read_json(data: bytes, *, keep_controls: bool = False) -> Any:
    """The value of a JSON text, control characters dropped from its strings (tab, newline and return stay) unless
    they are to be kept.

    Raises ``NotJson``; and ``InvalidInput`` for an object of too many members, for a name that comes twice in one, of
    which one value would be lost (RFC 7493 section 2.3), and with a pointer for each string with a lone surrogate.
    """
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_reject_constant, object_pairs_hook=_unique_members)
        _check_depth(value, data)
    except json.JSONDecodeError as error:
        raise NotJson(f"The body is not JSON: {error}") from error
    except (ValueError, RecursionError) as error:
        raise NotJson(_NOT_JSON) from error
    return clean(value) if not keep_controls and _MAY_NEED_CLEANING.search(data) else value


def digest(value: Any) -> str:
    """The SHA-256 of a JSON value, the same however its text was written."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


_NOT_JSON: Final = "The body is not JSON: it must be UTF-8 text as RFC 8259 says, not nested too deeply."


def _reject_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MAX_MEMBERS:
        raise InvalidInput(INVALID, (FieldError("", f"An object has at most {MAX_MEMBERS:,} members."),))
    members = dict(pairs)
    if len(members) != len(pairs):
        raise InvalidInput(INVALID, tuple(_duplicate_names(name for name, _ in pairs)))
    return members


def _duplicate_names(names: Iterable[str]) -> Iterator[FieldError]:
    seen = Counter(drop_control_characters(name) for name in names)
    return (FieldError("", f"{name[:100]!r} comes twice in an object.") for name, times in seen.items() if times > 1)


def _check_depth(value: Any, data: bytes) -> None:
    """Refuse what is nested deeper than anything we read, before our own recursion meets it."""
    if data.count(b"[") + data.count(b"{") <= MAX_DEPTH:
        return
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _containers_in(outer)]
        if not level:
            return
    raise ValueError("nested too deeply")


def _containers_in(value: Any) -> Iterable[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (one for one in inner if isinstance(one, dict | list))


def clean(value: Any) -> Any:
    """``value`` without control characters in its strings; ``InvalidInput`` for lone surrogates, and for names that
    differ in control characters only."""
    errors: list[FieldError] = []
    result = _clean_value(value, "", errors)
    if errors:
        raise InvalidInput(INVALID, tuple(errors))
    return result


def _clean_value(value: Any, pointer: str, errors: list[FieldError]) -> Any:
    if isinstance(value, str):
        if _SURROGATES.search(value):
            errors.append(FieldError(pointer, "Half of a surrogate pair is no character."))
        return drop_control_characters(value)
    if isinstance(value, list):
        return [_clean_value(inner, f"{pointer}/{index}", errors) for index, inner in enumerate(value)]
    if isinstance(value, dict):
        members = {
            _clean_value(key, pointer, errors): _clean_value(inner, f"{pointer}/{reference_token(key)}", errors)
            for key, inner in value.items()
        }
        if len(members) != len(value):
            errors.extend(_duplicate_names(value))
        return members
    return value
