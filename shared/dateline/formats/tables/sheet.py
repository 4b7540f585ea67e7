"""A table as it stands in a file: headings, and rows of cells; bounded before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from itertools import chain
from typing import Final

from dateline.errors import InvalidInput, TooMuch

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 100
MOST_IN_CELL: Final = 32_767
"""As many characters as a cell of Excel holds."""
_LOOKED_AT: Final = 10
"""Rows among which the headings are looked for: a title may stand above them."""

Cell = str | int | float | bool | datetime | date | time | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that holds something: its number in the file, counted from 1, and a cell a column."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table: one heading a column, no two alike, and the rows below."""

    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    @property
    def key(self) -> str:
        """What tables with the same headings have in common."""
        return sha256("\n".join(map(folded, self.headings)).encode()).hexdigest()[:32]


def sheet_of(rows: Iterable[Sequence[Cell]], known: frozenset[str] = frozenset()) -> Sheet:
    """The table that ``rows`` are, from the file's first on. ``known`` are headings (``folded``) by which the row of
    headings is told from what stands above it; else it is the first that isn't empty.

    Raises ``InvalidInput`` where there is none, ``TooMuch`` for more than is taken.
    """
    filled = _filled(rows)
    first: list[SheetRow] = []
    for row in filled:
        first.append(row)
        if len(first) == _LOOKED_AT:
            break
    if not first:
        raise InvalidInput("This table is empty.")
    place = max(range(len(first)), key=lambda one: (_known_in(first[one], known), -one))
    headings = _headings(first[place].cells)
    below = [SheetRow(row.number, row.cells[: len(headings)]) for row in chain(first[place + 1 :], filled)]
    return Sheet(headings=headings, rows=tuple(below))


def folded(heading: str) -> str:
    """A heading as it is compared: letters and digits in lower case, ``ё`` as ``е``."""
    words = "".join(sign if sign.isalnum() else " " for sign in heading.casefold().replace("ё", "е")).split()
    return " ".join(words)


def text_of_cell(cell: Cell) -> str:
    """A cell as a text; whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _filled(rows: Iterable[Sequence[Cell]]) -> Iterable[SheetRow]:
    filled = 0
    for count, cells in enumerate(rows, 1):
        if len(cells) > MOST_COLUMNS and any(cell not in (None, "") for cell in cells[MOST_COLUMNS:]):
            raise TooMuch(f"A table has at most {MOST_COLUMNS} columns.")
        if any(isinstance(cell, str) and len(cell) > MOST_IN_CELL for cell in cells):
            raise TooMuch(f"Row {count}: a cell holds at most {MOST_IN_CELL:,} characters.")
        if any(cell not in (None, "") for cell in cells):
            filled += 1
            if filled > MOST_ROWS:
                raise TooMuch(f"A table has at most {MOST_ROWS:,} rows.")
            yield SheetRow(count, tuple(cells[:MOST_COLUMNS]))


def _known_in(row: SheetRow, known: frozenset[str]) -> int:
    return sum(isinstance(cell, str) and folded(cell) in known for cell in row.cells)


def _headings(cells: Sequence[Cell]) -> tuple[str, ...]:
    """One a column: those without a name are called by their place, and what comes twice by its number."""
    named: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = " ".join(text_of_cell(cell).split())[:100] or f"column {place}"
        number = 2
        unique = name
        while unique in named:
            unique, number = f"{name} ({number})", number + 1
        named.append(unique)
    while named and named[-1] == f"column {len(named)}":
        named.pop()
    return tuple(named)
