"""What the columns of tables stand for, as somebody said it: remembered for the next table with the same headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from dateline.ports.ledger.tokens import Token

DateOrder = Literal["", "dmy", "mdy"]
"""What 05/12/2017 means: the 5th of December (``dmy``) or May 12th (``mdy``); empty is what the column shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """What the columns of a table stand for: the field of each heading, "" for a column that says nothing of an event.
    ``dates`` says what 05/12/2017 means."""

    columns: Mapping[str, str] = field(default_factory=dict)
    dates: DateOrder = ""


class ColumnMappings(Protocol):
    """Mappings by the list that a table is of, "" for none that has a name, and the key of its headings."""

    def column_mapping(self, source: str, headings: str) -> ColumnMapping | None:
        """What was said last of tables with these headings: of this list, else of any."""
        ...

    def keep_column_mapping(self, source: str, headings: str, mapping: ColumnMapping, by: Token) -> None:
        """Remember it, in the place of what was said before; nothing where that is the same."""
        ...
