"""A term is taken out with what follows: those below it stand where it stood."""

from __future__ import annotations

from dataclasses import replace

from dateline.domain.term import Term
from dateline.errors import Conflict
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.term_moves import NewMove
from dateline.ports.vocabulary import Terms
from dateline_ingest.intake import Write
from dateline_ingest.vocabulary.entry import Entry, removal, written
from dateline_ingest.vocabulary.merging import LookUp, terms_below


def retire(entry: Entry, write: Write, note: str, *, terms: Terms, look_up: LookUp) -> tuple[NewMove, list[Submission]]:
    """What takes a term out. Raises ``Conflict`` where it is gone, ``InvalidInput`` where too much stands below it."""
    if entry.term is None:
        raise Conflict("This term is no longer in the vocabulary.")
    below = terms_below(entry.term, terms, look_up)
    by = replace(write, idempotency=None)
    submissions = removal(entry, write, note)
    for one in below:
        assert one.term is not None
        submissions.append(written(one, _raised(one.term, entry.term), replace(by, if_match=one.revision)))
    before = {one.key: one.revision for one in (entry, *below)}
    return NewMove(kind="retire", key=entry.key, before=before), submissions


def _raised(term: Term, gone: Term) -> Term:
    """A term that stood below one that goes, as it stands where that stood; a section outside the navigation."""
    mine = {gone.key, gone.slug} if term.type == gone.type else {gone.key}
    theirs = (name if ":" in name or term.type == gone.type else f"{gone.type}:{name}" for name in gone.broader)
    moved = dict.fromkeys((*(name for name in term.broader if name not in mine), *theirs))
    broader = tuple(name for name in moved if name not in (term.key, term.slug))
    return replace(term, broader=broader, order=0 if term.type == "section" else term.order)
