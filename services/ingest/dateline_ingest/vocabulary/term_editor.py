"""The vocabulary as editors work on it: shipped terms, changed terms, and names that the tagger proposes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from dateline.domain.payload import to_payload
from dateline.domain.term import Term, TermType
from dateline.errors import Conflict, FieldError, InvalidInput, NotFound, StaleRevision
from dateline.ports.ledger.items import Action, Item, Items, Payload
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import Proposal, ProposalDecision, Proposals
from dateline.ports.vocabulary import LiveTerms
from dateline.ports.wakeup import Lane, WakeUp
from dateline_ingest.context import parts
from dateline_ingest.intake import Write
from dateline_ingest.shown_images import SubmittedPictures, check_image
from dateline_ingest.vocabulary.broader import check_broader


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


class TermLedger(SubmittedPictures, Items, Proposals, Protocol):
    """What editing terms asks of the ledger."""


class TermEditor:
    """Looks up and changes terms, and decides on proposals."""

    def __init__(self, ledger: TermLedger, wakeup: WakeUp, vocabulary: LiveTerms) -> None:
        self._ledger = ledger
        self._wakeup = wakeup
        self._vocabulary = vocabulary

    def entry(self, type: TermType, slug: str) -> Entry:
        """What is known of a term; ``NotFound`` when nobody ever heard of it."""
        entry = self.look_up(type, slug)
        if not entry.known and entry.proposal is None:
            raise NotFound(f"There is no {type} {slug!r}.")
        return entry

    def look_up(self, type: TermType, slug: str) -> Entry:
        """What is known of a term, maybe nothing."""
        key = f"{type}:{slug}"
        term = self._vocabulary.current().find(type, slug)
        return Entry(
            key=key, term=term, item=self._item(key), proposal=self._proposal(type, slug) if not term else None
        )

    def put(self, entry: Entry, term: Term, write: Write) -> Receipt:
        """Write a term, also one that was proposed; the stories it touches are retagged in the background.

        Raises ``InvalidInput`` for a picture that isn't on record, and for broader terms that go in a circle.
        """
        check_image(term.image, self._ledger)
        check_broader(term, self._vocabulary.current())
        return self._record([self._written(entry, term, write)], write.by, _accepted(entry))

    def remove(self, entry: Entry, write: Write, note: str = "") -> Receipt:
        """Take a term out of the vocabulary, a shipped one too."""
        return self._record(self._removal(entry, write, note), write.by)

    def accept(self, type: TermType, slug: str, by: Token) -> Receipt:
        """Make a proposal a term."""
        proposal = self._undecided(type, slug)
        entry = Entry(key=f"{type}:{slug}", item=self._item(f"{type}:{slug}"), proposal=proposal)
        term = Term(type=type, slug=slug, label=proposal.label)
        return self.put(entry, term, Write(by=by, if_match=entry.revision))

    def reject(self, type: TermType, slug: str, by: Token) -> Proposal:
        """Refuse a proposal for ever."""
        proposal = self._undecided(type, slug)
        self._ledger.decide_proposal(ProposalDecision(type=type, slug=slug, status="rejected"), by)
        self._wakeup.wake(Lane.RETAG)
        return proposal

    def merge(self, type: TermType, slug: str, into: str, by: Token) -> Receipt:
        """Make a proposal, or a term, another name of the term ``into``; the receipt is that term's."""
        target = self.look_up(type, into)
        if target.term is None or into == slug:
            raise InvalidInput(
                "Merge into another term.", (FieldError("/into", f"There is no other {type} {into!r}."),)
            )
        entry = self.entry(type, slug)
        name = entry.term.label if entry.term else self._undecided(type, slug).label
        renamed = _with_alias(target.term, name, entry.term)
        written = self._written(target, renamed, Write(by=by, if_match=target.revision))
        if entry.term is None:
            return self._record([written], by, (_merged(type, slug, into),))
        write = Write(by=by, if_match=entry.revision)
        return self._record([*self._removal(entry, write, f"merged into {into}", target.key), written], by)

    def _written(self, entry: Entry, term: Term, write: Write) -> Submission:
        return self._submission(entry, "correct" if entry.item else "submit", to_payload(term), term.label, write)

    def _removal(self, entry: Entry, write: Write, note: str, merged_into: str = "") -> list[Submission]:
        """The tombstone of a term, removed or merged into the term of another key; a shipped one is first put on
        record as it was shipped."""
        if entry.term is None and (entry.item is None or write.idempotency is None):
            raise Conflict("This term is no longer in the vocabulary.")
        # one that is gone may have gone by this very write, sent before: the ledger knows its key
        payload = to_payload(entry.term) if entry.term else {}
        label = entry.term.label if entry.term else ""
        tombstone = self._submission(entry, "withdraw", {**payload, "merged_into": merged_into}, label, write, note)
        if entry.item:
            return [tombstone]
        as_shipped = self._submission(entry, "submit", payload, label, replace(write, idempotency=None))
        return [as_shipped, replace(tombstone, if_match=1)]

    @staticmethod
    def _submission(
        entry: Entry, action: Action, payload: Payload, label: str, write: Write, note: str = ""
    ) -> Submission:
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

    def _record(
        self, submissions: list[Submission], by: Token, decisions: tuple[ProposalDecision, ...] = ()
    ) -> Receipt:
        """Put them and the decisions on record in one transaction; the last one's receipt."""
        receipts = self._ledger.submit_all(submissions, decisions=decisions, by=by)
        self._wakeup.wake(Lane.LIVE)
        return receipts[-1]

    def _item(self, key: str) -> Item | None:
        try:
            return self._ledger.item("term", key)
        except NotFound:
            return None

    def _proposal(self, type: str, slug: str) -> Proposal | None:
        """The proposal, unless it was accepted: then the term tells, also when it was removed since."""
        proposal = self._ledger.proposal(type, slug)
        return proposal if proposal and proposal.status != "accepted" else None

    def _undecided(self, type: str, slug: str) -> Proposal:
        proposal = self._proposal(type, slug)
        if proposal is None:
            raise NotFound(f"There is no proposed {type} {slug!r}.")
        if proposal.status != "proposed":
            raise Conflict(f"This proposal is {proposal.status} already.")
        return proposal


def _accepted(entry: Entry) -> tuple[ProposalDecision, ...]:
    """The decision that writing a proposed term is."""
    if entry.proposal is None:
        return ()
    return (ProposalDecision(type=entry.proposal.type, slug=entry.proposal.slug, status="accepted"),)


def _merged(type: str, slug: str, into: str) -> ProposalDecision:
    return ProposalDecision(type=type, slug=slug, status="merged", merged_into=into)


def _with_alias(term: Term, name: str, merged: Term | None) -> Term:
    """``term`` with the name, and the aliases of what is merged into it, as aliases."""
    names = (*term.aliases, name, *(merged.aliases if merged else ()))
    return replace(term, aliases=tuple(dict.fromkeys(one for one in names if one and one != term.label)))


def term_editor() -> TermEditor:
    """The vocabulary of the app that answers this request."""
    here = parts()
    return TermEditor(here.ledger, here.wakeup, here.vocabulary)
