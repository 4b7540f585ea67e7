"""Fronts as they looked: found by their ids, which sort as their times do."""

from __future__ import annotations

import json
import sqlite3

from dateline.adapters.embedded.analysis import encodable
from dateline.domain.document import FrontDocument
from dateline.domain.front import FrontRecord
from dateline.domain.payload import from_json


def front_records(connection: sqlite3.Connection, first: str, before: str, limit: int) -> list[FrontRecord]:
    """The newest records between two ids."""
    rows = connection.execute(
        "SELECT json FROM document WHERE kind = 'front' AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?",
        (encodable(first), encodable(before), limit),
    )
    documents = [from_json(FrontDocument, json.loads(text)) for (text,) in rows]
    return [one.record for one in documents if one.record]
