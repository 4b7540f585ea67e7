"""Merges, splits and retirements of terms undone: each term is what it was, but for what was changed since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, cast

from dateline.domain.term import Term, TermType
from dateline.errors import Conflict
from dateline.ports.ledger.items import Items
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.term_moves import TermMove
from dateline.ports.ledger.tokens import Token
from dateline.vocabulary import find_shipped
from dateline_ingest.intake import Write, content_of
from dateline_ingest.vocabulary.entry import Entry, removal, written


def undo(move: TermMove, by: Token, *, ledger: Items, look_up: Callable[[TermType, str], Entry]) -> list[Submission]:
    """The submissions that undo a move. Raises ``Conflict`` where a term is gone since, or its earlier text."""
    submissions: list[Submission] = []
    for key, (before, after) in move.revisions.items():
        type, _, slug = key.partition(":")
        entry = look_up(cast(TermType, type), slug)
        write = Write(by=by, if_match=entry.revision)
        earlier = _earlier(key, before, ledger)
        if earlier is None:
            submissions += removal(entry, write, "undone") if entry.term else []
        elif entry.revision == after:
            submissions.append(written(entry, earlier, write))
        elif (moved := _term(key, after, ledger)) is not None:
            submissions.append(written(entry, taken_back(_present(entry), earlier, moved), write))
    return submissions


def _present(entry: Entry) -> Term:
    if entry.term is None:
        raise Conflict(f"{entry.key} was merged or taken out since: that must be undone first.")
    return entry.term


def taken_back(now: Term, before: Term, after: Term) -> Term:
    """``now`` without what changed from ``before`` to ``after``; what was changed since stays."""
    values: dict[str, Any] = {}
    for field in fields(Term):
        old, new, present = (getattr(term, field.name) for term in (before, after, now))
        if present == new:
            values[field.name] = old
        elif isinstance(new, tuple):
            kept = [one for one in present if one in old or one not in new]
            values[field.name] = tuple(dict.fromkeys((*kept, *(one for one in old if one not in new))))
    return replace(now, **values)


def _earlier(key: str, revision: int, ledger: Items) -> Term | None:
    """The term as it was: as shipped where the ledger had none; None where it wasn't there."""
    if revision:
        return _term(key, revision, ledger)
    type, _, slug = key.partition(":")
    return find_shipped(cast(TermType, type), slug)


def _term(key: str, revision: int, ledger: Items) -> Term | None:
    """What a revision says; None for a tombstone."""
    found = next(one for one in ledger.item("term", key, payloads=(revision,)).revisions if one.revision == revision)
    if found.erased:
        raise Conflict("What one of these terms was has been erased: this can't be undone any more.")
    return None if found.action == "withdraw" else content_of(Term, found.payload)
