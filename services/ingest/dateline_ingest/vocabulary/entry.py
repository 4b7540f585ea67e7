"""What is known of one term, and the submissions that change it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.domain.payload import to_payload
from dateline.domain.term import Term, changes_stories
from dateline.errors import Conflict, StaleRevision
from dateline.ports.ledger.items import Action, Item, Payload
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.vocabulary import Proposal
from dateline_ingest.intake import Write


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of one term: itself (None when removed), its item once it was changed, or the proposal."""

    key: str
    term: Term | None = None
    item: Item | None = None
    proposal: Proposal | None = None

    @property
    def revision(self) -> int:
        """The revision that a writer starts from; 0 is a term as shipped."""
        return self.item.newest_revision if self.item else 0

    @property
    def status(self) -> str:
        """accepted, proposed, rejected, merged or removed."""
        if self.term is not None:
            return "accepted"
        return self.proposal.status if self.proposal else "removed"

    @property
    def known(self) -> bool:
        """Whether there is such a term, so that a write of it must name the revision."""
        return self.term is not None or self.item is not None

    @property
    def has_page(self) -> bool:
        """Whether readers may open it: an editor's word is enough, a story's name for its section only once in use."""
        in_use = self.item is not None and self.item.published_revision is not None
        return self.term is not None and (in_use or not self.term.named_by_story)


def written(entry: Entry, term: Term, write: Write) -> Submission:
    """The submission that makes a term, or changes it."""
    submission = _submission(entry, "correct" if entry.item else "submit", to_payload(term), term.label, write)
    return replace(submission, retags=entry.term is None or changes_stories(entry.term, term))


def removal(entry: Entry, write: Write, note: str, merged_into: str = "") -> list[Submission]:
    """The tombstone of a term, removed or merged into the term of another key; a shipped one is first put on record as
    it was shipped."""
    if entry.term is None and (entry.item is None or write.idempotency is None):
        raise Conflict("This term is no longer in the vocabulary.")
    # one that is gone may have gone by this very write, sent before: the ledger knows its key
    payload = to_payload(entry.term) if entry.term else {}
    label = entry.term.label if entry.term else ""
    tombstone = _submission(entry, "withdraw", {**payload, "merged_into": merged_into}, label, write, note)
    if entry.item:
        return [tombstone]
    as_shipped = _submission(entry, "submit", payload, label, replace(write, idempotency=None))
    return [as_shipped, replace(tombstone, if_match=1)]


def _submission(entry: Entry, action: Action, payload: Payload, label: str, write: Write, note: str = "") -> Submission:
    """The submission of a term. The ledger has none yet of one as shipped: its revision 0 is only ours."""
    if entry.item is None and write.if_match not in (None, 0):
        raise StaleRevision('The newest revision is "0"; read it and make the change again.')
    return Submission(
        kind="term",
        action=action,
        item_id=entry.key,
        payload=payload,
        by=write.by,
        label=label,
        note=note,
        if_match=write.if_match if entry.item else None,
        idempotency=write.idempotency,
    )
