"""What typed words are to the index, asked of SQLite's own tokeniser."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

FEW: Final = 2
"""So many words cost little, whether they have one stem or not."""


def stems_of(connection: sqlite3.Connection, tokens: Sequence[str]) -> Sequence[str]:
    """The stem of each token; of a few, and of what SQLite splits otherwise, the token in lower case."""
    lowered = [token.lower() for token in tokens]
    if len(set(lowered)) <= FEW:
        return lowered
    connection.execute("DELETE FROM temp.excerpt")
    connection.execute("INSERT INTO temp.excerpt (body) VALUES (?)", (" ".join(tokens),))
    found = connection.execute("SELECT term FROM temp.excerpt_token ORDER BY offset").fetchall()
    return [stem for (stem,) in found] if len(found) == len(tokens) else lowered
