"""The editors' layer over the shipped vocabulary: its number, what is in it, and the edits that a retag follows."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, reading, reading_once
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.named_values import VOCABULARY_NUMBER, read_fact, write_fact
from dateline.adapters.ledger.database.tables import items, payloads, revisions, term_edits
from dateline.adapters.ledger.database.vocabulary_tables import proposals
from dateline.adapters.ledger.items import IS_NEWEST, IS_PAYLOAD
from dateline.domain.payload import from_payload
from dateline.domain.term import Term
from dateline.ports.ledger.vocabulary import TermChange

IN_THE_LAYER: Final = ("rejected", "merged")
"""Proposals that an editor wants to see no more: part of the layer, as removals of terms that never were."""


class SqlTermChanges(SqlPart):
    """``ports.ledger.vocabulary.TermChanges`` in SQL."""

    def vocabulary_number(self) -> int:
        with reading_once(self._engine) as connection:
            return _vocabulary_number(connection)

    def term_changes(self) -> tuple[TermChange, ...]:
        """Every edited term, newest revision; a removed one, and a name that was refused, without its term. One that
        was taken out to be proposed again is none."""
        edited = (
            select(items.c.id, revisions.c.action, payloads.c.body)
            .select_from(items)
            .join(revisions, IS_NEWEST)
            .outerjoin(payloads, IS_PAYLOAD)
            .where(items.c.kind == "term")
        )
        refused = select(proposals).where(proposals.c.status.in_(IN_THE_LAYER))
        with reading(self._engine) as connection:
            changes = {
                change.key: change
                for change in (
                    *map(_refused_change, connection.execute(refused)),
                    *map(_term_change, connection.execute(edited)),
                )
            }
            again = _proposed_again(connection, [key for key, change in changes.items() if change.term is None])
        return tuple(changes[key] for key in sorted(changes) if key not in again)


def _proposed_again(connection: Connection, removed: Sequence[str]) -> set[str]:
    """Those of the removed terms that are proposals to decide on."""
    key = proposals.c.type + ":" + proposals.c.slug
    slugs = {one.partition(":")[2] for one in removed}
    chosen = select(key).where(proposals.c.status == "proposed", in_list(proposals.c.slug, slugs))
    return set(connection.scalars(chosen)).intersection(removed)


def record_term_edits(connection: Connection, at: datetime, keys: Sequence[str], still: Collection[str] = ()) -> None:
    """Count a change of these terms, and keep their old and new names for the retag; of those ``still`` the same in
    stories nothing is kept."""
    if not keys:
        return
    _count_changes(connection, len(keys))
    if not (keys := [key for key in keys if key not in still]):
        return
    rows = connection.execute(
        select(payloads.c.item_id, payloads.c.body)
        .where(in_list(payloads.c.item_id, set(keys)))
        .order_by(payloads.c.item_id, payloads.c.revision.desc())
    )
    bodies: dict[str, list[str]] = {}
    for row in rows:
        bodies.setdefault(row.item_id, []).append(row.body)
    # A section's name is an everyday word (news, sport): its stories are found by its key alone.
    named = {key: [] if key.startswith("section:") else _names(bodies.get(key, [])) for key in keys}
    connection.execute(insert(term_edits), [{"key": key, "names": json.dumps(named[key]), "at": at} for key in keys])


def record_refused_name(connection: Connection, at: datetime, key: str) -> None:
    """Count a change of the layer that has no term: a name that is proposed no more."""
    _count_changes(connection, 1)
    connection.execute(insert(term_edits).values(key=key, names="[]", at=at))


def _vocabulary_number(connection: Connection) -> int:
    return int(read_fact(connection, VOCABULARY_NUMBER) or 0)


def _count_changes(connection: Connection, number: int) -> None:
    advisory_lock(connection, VOCABULARY_NUMBER)
    write_fact(connection, VOCABULARY_NUMBER, str(_vocabulary_number(connection) + number))


def _names(bodies: Sequence[str]) -> list[str]:
    labelled = [payload for payload in map(json.loads, bodies) if "label" in payload]  # a tombstone has none
    terms = [from_payload(Term, payload) for payload in labelled[:2]]
    return sorted({name for term in terms for name in (*term.names, *_phrases(term))})


def _phrases(term: Term) -> list[str]:
    """A topic's phrases as they stand in a text: without their weights."""
    return [phrase.partition("^")[0] for phrase in (*term.rules.any, *term.rules.all)]


def _refused_change(row: Any) -> TermChange:
    return TermChange(key=f"{row.type}:{row.slug}", term=None, merged_into=row.merged_into)


def _term_change(row: Any) -> TermChange:
    body = json.loads(row.body) if row.body else {}
    if row.action == "withdraw" or not body:
        return TermChange(key=row.id, term=None, merged_into=body.get("merged_into", ""))
    return TermChange(key=row.id, term=from_payload(Term, body))
