"""The pictures of a form: rows of fields, which one text keeps between pages; a line a picture, its parts between bars.

The text is ``image:ID | alt | credit | caption | lead decorative`` for one of the newsroom's, and begins with the
address for one that is shown from where it is. People read it where two changes meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from dateline.domain.html.own_pictures import PICTURE_ID
from dateline.errors import FieldError
from dateline_ingest.desk.forms.form_fields import whole_number

MOST: Final = 100
"""Pictures of one form."""
COLUMNS: Final = ("address", "alt", "credit", "caption")
MARKS: Final = ("lead", "decorative")
COLUMN_LABELS: Final[Mapping[str, str]] = {
    "address": "Address of the picture", "alt": "Alternative text", "credit": "Credit", "caption": "Caption",
    "lead": "Lead picture", "decorative": "Decorative",
}  # fmt: skip
ROW_LABELS: Final[Mapping[str, str]] = {
    f"picture_{number}_{column}": f"Picture {number + 1}: {label}"
    for number in range(MOST)
    for column, label in COLUMN_LABELS.items()
}
"""The labels of all fields of rows, as a list of errors says them."""
_FIELD: Final = re.compile(r"picture_(\d{1,2})_(address|alt|credit|caption|order|lead|decorative|gone)")
_PICKED: Final = re.compile(rf"pick:({PICTURE_ID.pattern})")
_OWN: Final = "image:"
_ON_THE_DESK: Final = re.compile(rf"(?:https?://[^/\s]+)?/pictures/({PICTURE_ID.pattern})/?")
_PART: Final = re.compile(r"((?:[^|\\]|\\.?)*)(\||$)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRow:
    """A row as it was typed. ``address`` is ``image:ID`` of one of the newsroom's."""

    address: str = ""
    alt: str = ""
    credit: str = ""
    caption: str = ""
    lead: bool = False
    decorative: bool = False

    @classmethod
    def of_json(cls, image: Mapping[str, Any]) -> Self:
        """The row of a picture in the JSON of what shows it."""
        alt, credit, caption = (str(image.get(name) or "") for name in COLUMNS[1:])
        address = f"{_OWN}{image['id']}" if image.get("id") else str(image.get("url") or "")
        lead, decorative = (bool(image.get(name)) for name in MARKS)
        return cls(address=address, alt=alt, credit=credit, caption=caption, lead=lead, decorative=decorative)

    @classmethod
    def of_line(cls, line: str) -> Self:
        """The row that a line says; what follows a fourth bar and is no mark belongs to the caption."""
        cells = [cell.strip() for cell in _cells(line)]
        marks: list[str] = []
        if len(cells) > len(COLUMNS) and set(cells[-1].split()) <= set(MARKS):
            marks = cells.pop().split()
        cells[3:] = [" | ".join(cells[3:])]
        texts = {name: _ESCAPED.sub(_unescaped, cell) for name, cell in zip(COLUMNS, cells, strict=False)}
        return cls(**texts, lead="lead" in marks, decorative="decorative" in marks)

    @property
    def picture_id(self) -> str:
        """The id of one of the newsroom's; empty of any other."""
        return self.address.removeprefix(_OWN) if self.address.startswith(_OWN) else ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not (self.address or self.alt or self.credit or self.caption)

    def line(self) -> str:
        """The row as a line."""
        cells = [_escaped(getattr(self, name)) for name in COLUMNS]
        cells.append(" ".join(name for name in MARKS if getattr(self, name)))
        while len(cells) > 1 and not cells[-1]:
            cells.pop()
        return " | ".join(cells)

    def json(self) -> dict[str, Any]:
        """The picture in the JSON of what shows it; its address is in it even when it is empty, to be refused with the
        rest."""
        where = {"id": self.picture_id} if self.picture_id else {"url": self.address}
        texts = {name: getattr(self, name) for name in COLUMNS[1:] if getattr(self, name)}
        marks = {name: True for name in MARKS if getattr(self, name)}
        if self.decorative:
            texts.pop("alt", None)
        return {**where, **texts, **marks}


def rows_of(text: str) -> list[PictureRow]:
    """The rows that a form's text says."""
    rows = (PictureRow.of_line(line) for line in text.replace("\r\n", "\n").split("\n") if line.strip())
    return [row for row in rows if not row.is_blank]


def text_of(rows: Iterable[PictureRow]) -> str:
    """The text that says these rows."""
    return "\n".join(row.line() for row in rows)


def images_text(images: Iterable[Mapping[str, Any]]) -> str:
    """The text of the pictures in the JSON of what shows them."""
    return text_of(map(PictureRow.of_json, images))


def images_json(text: str) -> list[dict[str, Any]]:
    """The JSON of the pictures that a form's text says."""
    return [row.json() for row in rows_of(text)]


def without_rows(values: Mapping[str, str], name: str = "images") -> dict[str, str]:
    """The fields of a form, its rows gone into the one field that keeps them, in the order that they were given; those
    that were picked are the last."""
    kept = {
        field: value for field, value in values.items() if not (_FIELD.fullmatch(field) or _PICKED.fullmatch(field))
    }
    if len(kept) == len(values):
        return kept
    typed = list(_typed_rows(values))
    rows = typed if any(map(_FIELD.fullmatch, values)) else rows_of(values.get(name, ""))
    there = {row.picture_id for row in rows}
    picked = (match[1] for match in map(_PICKED.fullmatch, values) if match)
    rows += [PictureRow(address=f"{_OWN}{one}") for one in picked if one not in there]
    return {**kept, name: text_of(rows)}


def row_errors(errors: Iterable[FieldError], name: str = "images") -> list[FieldError]:
    """Errors in the JSON of pictures at the fields of their rows."""
    return [FieldError(_pointer_of_row(error.pointer, name), error.detail) for error in errors]


def _typed_rows(values: Mapping[str, str]) -> Iterator[PictureRow]:
    """The rows in their order: one that was given another's number takes its place."""
    fields: dict[int, dict[str, str]] = {}
    for field, value in values.items():
        if match := _FIELD.fullmatch(field):
            fields.setdefault(int(match[1]), {})[match[2]] = value.strip()

    def place(number: int) -> tuple[int, int, int]:
        typed = whole_number(fields[number].get("order", ""))
        order = MOST + number if typed is None else typed
        return order, (order > number + 1) - (order < number + 1), number

    for number in sorted(fields, key=place):
        row = _typed_row(fields[number])
        if not row.is_blank and "gone" not in fields[number]:
            yield row


def _typed_row(typed: Mapping[str, str]) -> PictureRow:
    texts = {name: typed.get(name, "").replace("\r\n", "\n") for name in COLUMNS}
    if PICTURE_ID.fullmatch(texts["address"]):
        texts["address"] = f"{_OWN}{texts['address']}"
    elif page := _ON_THE_DESK.fullmatch(texts["address"]):
        texts["address"] = f"{_OWN}{page[1]}"
    return PictureRow(**texts, lead=bool(typed.get("lead")), decorative=bool(typed.get("decorative")))


def _pointer_of_row(pointer: str, name: str) -> str:
    field, *inside = pointer.strip("/").split("/")
    if name == "image":  # of a term, which has one
        inside.insert(0, "0")
    if field != name or not inside or not inside[0].isdecimal() or int(inside[0]) >= MOST:
        return pointer
    column = inside[1] if len(inside) > 1 and inside[1] in COLUMN_LABELS else "address"
    return f"/picture_{inside[0]}_{column}"


def _cells(line: str) -> list[str]:
    """The parts of a line between bars that aren't escaped."""
    cells: list[str] = []
    for part in _PART.finditer(line):
        cells.append(part[1])
        if not part[2]:
            break
    return cells


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n").strip()


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else found[1]
