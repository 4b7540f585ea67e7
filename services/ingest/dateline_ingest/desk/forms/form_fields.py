"""Fields of the desk's forms: what was typed, read as the JSON API has it, and the API's errors beside the fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from marshmallow import ValidationError

from dateline.errors import FieldError, InvalidInput
from dateline.formats.control_characters import drop_control_characters
from dateline.http.responses.faults import Faults
from dateline.schemas.fields import LONG, Slug

_FIELD_GROUPS: Final[Mapping[str, str]] = {"tags": "", "rules": "rules_"}
"""Objects of the API whose members are fields of their own in a form, and what their names begin with there."""


@dataclass(frozen=True, slots=True)
class FormError:
    """An error beside a field: the field's name, its label, and what is wrong."""

    field: str
    label: str
    detail: str


def form_errors(errors: Iterable[FieldError], labels: Mapping[str, str]) -> tuple[FormError, ...]:
    """The errors of the JSON API at the fields of the form with ``labels``; what belongs to none is at the first.

    Named are as many as the API names.
    """
    faults = Faults.of(errors)
    named = [_form_error(error, labels) for error in faults.named]
    if faults.omitted:
        named.append(FormError(next(iter(labels)), "", f"{faults.omitted:,} more faults are not named."))
    return tuple(named)


def _form_error(error: FieldError, labels: Mapping[str, str]) -> FormError:
    name, *inside = error.pointer.strip("/").split("/")
    if name in _FIELD_GROUPS and inside:
        name = _FIELD_GROUPS[name] + inside.pop(0)
    line = f"{_line_name(inside[0])}: " if inside else ""
    return FormError(name if name in labels else next(iter(labels)), labels.get(name, ""), line + error.detail)


def _line_name(step: str) -> str:
    """Which line of a field a step of the pointer means: by its number, counted from 1, or its key."""
    return str(int(step) + 1) if step.isdecimal() else step


def query_fields(arguments: Mapping[str, str]) -> dict[str, str]:
    """The parameters of an address that say something, without control characters."""
    return {name: drop_control_characters(value) for name, value in arguments.items() if value}


def number_field(text: str) -> int | str:
    """The whole number that was typed; what is none goes on as it is, to be refused with the rest."""
    return int(text) if re.fullmatch("-?[0-9]{1,8}", text) else text


def whole_number(text: str) -> int | None:
    """The number that a text of digits says; None for any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def slug_field(form: Mapping[str, str], name: str) -> str:
    """The slug in a field. Raises ``InvalidInput``."""
    try:
        return str(Slug().deserialize(drop_control_characters(form.get(name, "")).strip()))
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages)) from None


def revision_field(form: Mapping[str, str]) -> int:
    """The revision that a form was made from. Raises ``InvalidInput``."""
    revision = whole_number(form.get("revision", ""))
    if revision is None:
        raise InvalidInput("The form doesn't say which revision it was made from.")
    return revision


def key_field(form: Mapping[str, str]) -> str:
    """The form's own key, by which a form that is sent twice is known; "" without one."""
    key = form.get("key", "")
    return f"desk-{key}"[:255] if key.isalnum() else ""


def note_field(form: Mapping[str, str]) -> str:
    """The note in a form, cut where the API's bound is."""
    return drop_control_characters(form.get("note", "")).strip()[:LONG]


def list_field(text: str) -> list[str]:
    """The parts of a text between commas or line ends."""
    return [part.strip() for part in re.split(r"[,\n]", text) if part.strip()]


def time_text(moment: datetime, zone: ZoneInfo) -> str:
    """A time as the form shows it: on the newsroom's clock, without an offset."""
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="seconds")


def time_field(text: str, zone: ZoneInfo) -> str:
    """A typed time with the newsroom's offset; what is no time goes on as it is, to be refused with the rest."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat()


def row_text(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    """An object as a line of a form: its ``columns`` between bars, empty ones at the end left out."""
    cells = [str(row.get(column, "")).replace("\n", " ") for column in columns]
    while len(cells) > 1 and not cells[-1]:
        cells.pop()
    return " | ".join(cells)


def row_field(line: str, columns: Sequence[str]) -> dict[str, Any]:
    """The object that a line says; its address is in it even when it is empty, to be refused with the rest."""
    cells = [cell.strip() for cell in line.split("|", len(columns) - 1)]
    return {column: cell for column, cell in zip(columns, cells, strict=False) if cell or column == "url"}
