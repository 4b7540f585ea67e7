"""Writing a batch: versions decide, then all documents go in with a few statements."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from dateline.adapters.embedded.analysis import encodable
from dateline.adapters.embedded.tables.events_and_terms import write_events, write_terms
from dateline.adapters.embedded.tables.stories import write_stories
from dateline.adapters.kept_events import as_kept
from dateline.domain.document import Document, EventDocument, Kind, StoryDocument, TermDocument, kind_of
from dateline.domain.payload import to_json
from dateline.ports.index import PutResult, PutStatus

Key = tuple[Kind, str]
HIGHEST_VERSION: Final = 2**63 - 1


def write(
    connection: sqlite3.Connection, zone: ZoneInfo, documents: Sequence[Document], *, strictly: bool
) -> list[PutResult]:
    """Write those of the documents that are new enough, in order; ``strictly``: an equal version is not."""
    stored = _stored(connection, documents)
    versions = {key: version for key, (_, version) in stored.items()}
    results: list[PutResult] = []
    fresh: dict[Key, tuple[Document, str]] = {}
    for document in documents:
        key = (kind_of(document), document.id)
        known = versions.get(key)
        if known is not None and (document.version < known or (strictly and document.version == known)):
            results.append(PutResult(document.id, PutStatus.NEWER))
            continue
        text, reason = _as_json(document)
        if reason:
            results.append(PutResult(document.id, PutStatus.REFUSED, reason))
            continue
        results.append(PutResult(document.id, PutStatus.DONE))
        versions[key] = document.version
        fresh[key] = (document, text)
    _replace(connection, zone, fresh, {key: number for key, (number, _) in stored.items()})
    return results


def _stored(connection: sqlite3.Connection, documents: Iterable[Document]) -> dict[Key, tuple[int, int]]:
    """Number and version of those that are there already."""
    ids: dict[Kind, list[str]] = {}
    for document in documents:
        ids.setdefault(kind_of(document), []).append(encodable(document.id))
    return {
        (kind, id): (number, version)
        for kind, wanted in ids.items()
        for id, number, version in connection.execute(
            "SELECT id, number, version FROM document WHERE kind = ? AND id IN (SELECT value FROM json_each(?))",
            (kind, json.dumps(wanted)),
        )
    }


def _as_json(document: Document) -> tuple[str, str]:
    """The stored form, or why there can be none."""
    if not 0 <= document.version <= HIGHEST_VERSION:
        return "", f"a version is 0 to {HIGHEST_VERSION}, not {document.version}"
    text = json.dumps(to_json(as_kept(document)), ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return "", f"not Unicode text: {error.reason}"
    return text, ""


def _replace(
    connection: sqlite3.Connection,
    zone: ZoneInfo,
    fresh: dict[Key, tuple[Document, str]],
    numbers: dict[Key, int],
) -> None:
    free: int = connection.execute("SELECT coalesce(max(number), 0) FROM document").fetchone()[0]
    given = {key: numbers[key] if key in numbers else (free := free + 1) for key in fresh}
    connection.executemany(
        "INSERT OR REPLACE INTO document (number, kind, id, version, json) VALUES (?, ?, ?, ?, ?)",
        [(given[key], *key, document.version, text) for key, (document, text) in fresh.items()],
    )
    written = [(given[key], document) for key, (document, _) in fresh.items()]
    write_stories(connection, [(number, doc) for number, doc in written if isinstance(doc, StoryDocument)])
    write_events(connection, zone, [(number, doc) for number, doc in written if isinstance(doc, EventDocument)])
    write_terms(connection, [(number, doc) for number, doc in written if isinstance(doc, TermDocument)])
