"""Terms in files: NDJSON, a JSON list, or CSV with a line of headings; read, and written so that they can be read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import PurePath
from typing import IO, Any, Final, Literal, NamedTuple

from dateline.domain.term import Term
from dateline.errors import FieldError, InvalidInput
from dateline.formats.strict_json import read_json
from dateline.schemas.pointers import invalid_input, load
from dateline.schemas.term import TermSchema, term_of

Format = Literal["ndjson", "json", "csv"]
FORMATS: Final[tuple[Format, ...]] = ("ndjson", "json", "csv")
_LISTS: Final = ("aliases", "broader", "same_as")
_RULES: Final = ("rules_any", "rules_all", "rules_none")
_TEXTS: Final = ("type", "slug", "label", "description_html")
_FLAGS: Final = ("landing", "review")
COLUMNS: Final = (
    "type", "slug", "label", "labels", "aliases", "description_html", "broader", "same_as", *_RULES, "landing", "order",
    "review", "image",
)  # fmt: skip
"""Of a CSV. What is several stands a line each in its cell; labels as ``be | Гандаль``; a picture as JSON."""


class ReadTerm(NamedTuple):
    """What a line of a file says: the ``term``, or what is wrong; ``body`` is what is sent."""

    number: int
    errors: tuple[FieldError, ...]
    body: dict[str, Any]
    term: Term | None


def format_of(name: str, said: str | None) -> Format:
    """The format that was said, or that a file's name ends in; else NDJSON."""
    ending = said or PurePath(name).suffix.removeprefix(".").casefold()
    return ending if ending in FORMATS else "ndjson"


def read_terms(file: IO[bytes], format: Format = "ndjson") -> Iterator[ReadTerm]:
    """What each line says; of a JSON list, each element; of a CSV each row, the headings being the first.

    Raises ``InvalidInput`` for a file that is no such one at all.
    """
    if format == "csv":
        yield from _rows(file)
    elif format == "json":
        yield from _elements(file.read())
    else:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _read(number, partial(read_json, line))


def written(terms: Iterable[Mapping[str, Any]], format: Format) -> Iterator[str]:
    """Terms, as ``term_json`` gives them, in a file."""
    if format == "csv":
        yield _csv_line(COLUMNS)
        yield from (_csv_line(_cells(term)) for term in terms)
    elif format == "json":
        before = "[\n"
        for term in terms:
            yield before + json.dumps(term, ensure_ascii=False)
            before = ",\n"
        yield "[]\n" if before == "[\n" else "\n]\n"
    else:
        yield from (json.dumps(term, ensure_ascii=False) + "\n" for term in terms)


def _read(number: int, body_of: Callable[[], Any]) -> ReadTerm:
    try:
        body = body_of()
        given = load(TermSchema(), body)
        if missing := tuple(FieldError(f"/{name}", "Missing.") for name in ("type", "slug") if name not in given):
            return ReadTerm(number, missing, body, None)
        with invalid_input():
            return ReadTerm(number, (), body, term_of(given, given["type"], given["slug"]))
    except InvalidInput as error:
        return ReadTerm(number, error.errors or (FieldError("", str(error)),), {}, None)
    except ValueError as error:
        return ReadTerm(number, (FieldError("", str(error)),), {}, None)


def _same(body: Any) -> Any:
    return body


def _elements(data: bytes) -> Iterator[ReadTerm]:
    try:
        found = read_json(data)
    except ValueError as error:
        raise InvalidInput(f"It is no JSON: {error}") from None
    if not isinstance(found, list):
        raise InvalidInput("It is no list of terms.")
    for number, body in enumerate(found, 1):
        yield _read(number, partial(_same, body))


def _rows(file: IO[bytes]) -> Iterator[ReadTerm]:
    try:
        rows = csv.DictReader(_lines(file), strict=True)
        if unknown := set(rows.fieldnames or ()) - set(COLUMNS):
            raise InvalidInput(f"It has columns that no term has: {', '.join(sorted(unknown))}.")
        for row in rows:
            yield _read(rows.line_num, partial(_body, row))
    except (csv.Error, UnicodeDecodeError) as error:
        raise InvalidInput(f"It is no CSV in UTF-8: {error}") from None


def _lines(file: IO[bytes]) -> Iterator[str]:
    """The lines of a file in UTF-8, without the mark that spreadsheets put at its beginning."""
    for number, line in enumerate(file):
        yield line.decode("utf-8" if number else "utf-8-sig")


def _body(row: Mapping[str | None, Any]) -> dict[str, Any]:
    """A row in the shape of a term sent as JSON; what is empty is left out."""
    if None in row:
        raise ValueError("It has more cells than headings.")
    cells = {str(name): text.replace("\r\n", "\n").strip() for name, text in row.items() if text and text.strip()}
    body: dict[str, Any] = {name: cells[name] for name in _TEXTS if name in cells}
    body |= {name: cells[name].split("\n") for name in _LISTS if name in cells}
    body |= {name: _flag(cells[name]) for name in _FLAGS if name in cells}
    if rules := {name.removeprefix("rules_"): cells[name].split("\n") for name in _RULES if name in cells}:
        body["rules"] = rules
    if "labels" in cells:
        pairs = (line.partition("|") for line in cells["labels"].split("\n"))
        body["labels"] = {language.strip(): label.strip() for language, _, label in pairs}
    if "order" in cells:
        body["order"] = int(cells["order"])
    if "image" in cells:
        body["image"] = read_json(cells["image"].encode())
    return body


def _flag(text: str) -> bool:
    if text.casefold() not in ("true", "false"):
        raise ValueError(f"{text!r} must be true or false.")
    return text.casefold() == "true"


def _cells(term: Mapping[str, Any]) -> Iterator[str]:
    for name in COLUMNS:
        value = term.get("rules", {}).get(name[6:]) if name in _RULES else term.get(name)
        if name == "labels" and value:
            yield "\n".join(f"{language} | {label}" for language, label in value.items())
        elif name == "image" and value:
            yield json.dumps(value, ensure_ascii=False)
        elif isinstance(value, bool):
            yield "true" if value else ""
        else:
            yield "\n".join(value) if isinstance(value, list | tuple) else str(value or "")


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
