"""The IPTC's structure of ninjs 2.1 and 3.1, and what of an object is not as it says, at any depth.

``ninjs-2.1.json`` and ``ninjs-3.1.json`` hold the structure of the published schemas without their prose; GeoJSON is
any object, and what ``unevaluatedProperties`` forbids is said by ``additionalProperties``, so that each unknown member
has its pointer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from functools import cache
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal

from dateline.domain.timestamps import read_timestamp
from dateline.errors import FieldError, InvalidInput
from dateline.schemas.pointers import INVALID, reference_token

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

Version = Literal["2.1", "3.1"]

MAX_ERRORS: Final = 100
"""How many errors are looked for: an answer names no more."""

_TYPES: Final = {
    "string": "a text", "array": "a list", "object": "an object", "number": "a number", "integer": "a whole number",
}  # fmt: skip


def checked_version(sent: Any) -> Version:
    """The version of ninjs by which ``sent`` is valid: 2.1 or 3.1 where all its names are lower case, else 3.1.

    Raises ``InvalidInput`` with a pointer to each member that is unknown, missing or wrong, by the nearer of the two.
    """
    candidates: tuple[Version, ...] = ("2.1", "3.1") if _is_lower_case(sent) else ("3.1",)
    found: list[list[FieldError]] = []
    for version in candidates:
        errors = errors_in(sent, version)
        if not errors:
            return version
        found.append(errors)
    nearest = min(found, key=len)
    raise InvalidInput(INVALID, tuple(nearest))


def errors_in(sent: Any, version: Version) -> list[FieldError]:
    """What of ``sent`` is not as the schema of ``version`` says: the first ``MAX_ERRORS``."""
    found = (told for error in validator(version).iter_errors(sent) for told in _field_errors(error))
    return list(islice(found, MAX_ERRORS))


@cache
def validator(version: Version) -> Draft202012Validator:
    """The compiled schema of a version; the library is loaded with the first object that comes.

    ``date-time`` is asserted; ``uri`` is an annotation (JSON Schema Validation 2020-12, section 7.2.1).
    """
    from jsonschema import Draft202012Validator, FormatChecker

    formats = FormatChecker(formats=())
    formats.checks("date-time", raises=ValueError)(lambda value: not isinstance(value, str) or _is_moment(value))
    return Draft202012Validator(structure(version), format_checker=formats)


@cache
def structure(version: Version) -> Mapping[str, Any]:
    """The JSON schema of a version."""
    text = resources.files("dateline.formats.ninjs").joinpath(f"ninjs-{version}.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def in_3_1(sent: Mapping[str, Any]) -> dict[str, Any]:
    """A valid object of version 2.1 by the names of 3.1."""
    return {_name(name): _renamed(name, value) for name, value in sent.items()}


def pointer_in_2_1(pointer: str) -> str:
    """The pointer into an object of version 2.1 for one into what ``in_3_1`` made of it."""
    return pointer.lower().replace("/embargoeduntil", "/embargoed")


def _renamed(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return value if name == "geojson" else in_3_1(value)
    return [_renamed(name, one) for one in value] if isinstance(value, list) else value


def _name(name: str) -> str:
    return "embargoedUntil" if name == "embargoed" else _names().get(name, name)


@cache
def _names() -> Mapping[str, str]:
    """The names of 3.1 by themselves in lower case."""
    return {name.lower(): name for name in _properties(structure("3.1"))}


def _properties(schema: Any) -> Iterator[str]:
    if isinstance(schema, Mapping):
        yield from schema.get("properties", ())
        for inner in schema.values():
            yield from _properties(inner)


def _is_lower_case(value: Any) -> bool:
    """Whether all names in ``value`` are, but for those of GeoJSON, which are its own."""
    if isinstance(value, Mapping):
        return all(name == name.lower() and (name == "geojson" or _is_lower_case(one)) for name, one in value.items())
    return all(map(_is_lower_case, value)) if isinstance(value, list) else True


def _is_moment(value: str) -> bool:
    """Whether it is one in UTC too, where times are compared and kept."""
    try:
        read_timestamp(value).astimezone(UTC)
    except OverflowError:
        return False
    return True


def _field_errors(error: ValidationError) -> Iterator[FieldError]:
    pointer = "".join(f"/{reference_token(step)}" for step in error.absolute_path)
    rule: Any = error.validator_value
    match error.validator:
        case "additionalProperties":
            known = error.schema["properties"] if isinstance(error.schema, Mapping) else {}
            unknown = (name for name in error.instance if name not in known)
            yield from (FieldError(f"{pointer}/{reference_token(name)}", "Unknown.") for name in unknown)
        case "required":
            missing = next((name for name in rule if f"'{name}'" in error.message), "")
            yield FieldError(f"{pointer}/{missing}", "Missing.")
        case "type":
            yield FieldError(pointer, f"Must be {_TYPES[rule]}.")
        case "enum":
            yield FieldError(pointer, f"Must be one of {', '.join(rule)}.")
        case "format":
            yield FieldError(pointer, "Must be a date-time with an offset.")
        case "minimum" | "maximum":
            yield FieldError(pointer, f"Must be at {'least' if error.validator == 'minimum' else 'most'} {rule}.")
        case "oneOf" | "anyOf":
            yield FieldError(pointer, f"Must have one of {', '.join(_alternatives(rule))}, and not several.")
        case _:
            yield FieldError(pointer, "Is not as the schema says.")


def _alternatives(rules: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for rule in rules:
        yield from rule.get("required") or _alternatives(rule.get("oneOf", ()))
