"""The vocabulary as editors work on it: shipped terms, changed terms, and names that the tagger proposes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from dateline.domain.term import Term, TermType
from dateline.errors import Conflict, FieldError, InvalidInput, NotFound
from dateline.ports.index import Index
from dateline.ports.ledger.duplicates import Duplicates
from dateline.ports.ledger.items import Item, Items
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.term_moves import NewMove, TermMoves
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import Proposal, ProposalDecision, Proposals
from dateline.ports.vocabulary import LiveTerms
from dateline.ports.wakeup import Lane, WakeUp
from dateline_ingest.context import parts
from dateline_ingest.intake import Write
from dateline_ingest.shown_images import SubmittedPictures, check_image
from dateline_ingest.vocabulary.broader import check_broader, check_merge
from dateline_ingest.vocabulary.entry import Entry, removal, written
from dateline_ingest.vocabulary.merging import merge, with_names
from dateline_ingest.vocabulary.retiring import retire
from dateline_ingest.vocabulary.splitting import Split, split
from dateline_ingest.vocabulary.undoing import undo

__all__ = ["Entry", "TermEditor", "TermLedger", "term_editor"]


class TermLedger(SubmittedPictures, Items, Proposals, TermMoves, Duplicates, Protocol):
    """What editing terms asks of the ledger."""


class TermEditor:
    """Looks up and changes terms, and decides on proposals."""

    def __init__(self, ledger: TermLedger, wakeup: WakeUp, vocabulary: LiveTerms, index: Index) -> None:
        self._ledger = ledger
        self._wakeup = wakeup
        self._vocabulary = vocabulary
        self._index = index

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
        return self._record([written(entry, term, write)], write.by, _accepted(entry))

    def put_all(self, changed: Sequence[tuple[Entry, Term]], by: Token) -> None:
        """Write several terms in one transaction, each from the revision that its entry has.

        Raises ``StaleRevision`` where one was changed since, and then writes none.
        """
        if changed:
            self._record([written(entry, term, Write(by=by, if_match=entry.revision)) for entry, term in changed], by)

    def retire(self, entry: Entry, write: Write, note: str = "") -> None:
        """Take a term out; those below it stand where it stood. That can be undone for a day."""
        plan = retire(entry, write, note, terms=self._vocabulary.current(), look_up=self.look_up)
        self._moved(*plan, write.by)

    def remove(
        self, entry: Entry, write: Write, note: str = "", decisions: tuple[ProposalDecision, ...] = ()
    ) -> Receipt:
        """Take a term out of the vocabulary, a shipped one too, with ``decisions`` in the same transaction."""
        return self._record(removal(entry, write, note), write.by, decisions)

    def merge(self, type: TermType, slug: str, into: str, by: Token) -> Receipt:
        """Make a proposal, or a term, another name of the term ``into``: a slug of the same type, or ``type:slug``. The
        receipt is that term's. A term's merge can be undone for a day."""
        entry, target = self.pair(type, slug, into)
        if entry.term is not None:
            check_merge(entry.term, cast(Term, target.term), self._vocabulary.current())
            plan = merge(
                entry, target, Write(by=by, if_match=entry.revision), ledger=self._ledger, index=self._index,
                terms=self._vocabulary.current(), look_up=self.look_up,
            )  # fmt: skip
            return next(receipt for receipt in self._moved(*plan, by) if receipt.id == target.key)
        proposal = self.undecided(type, slug)
        assert target.term is not None
        renamed = with_names(target.term, (proposal.label,))
        write = Write(by=by, if_match=target.revision)
        return self._record([written(target, renamed, write)], by, (_merged(type, slug, target.key),))

    def pair(self, type: TermType, slug: str, into: str) -> tuple[Entry, Entry]:
        """What is merged, and what it is merged into. Raises ``InvalidInput``, ``NotFound``."""
        target = self._target(type, slug, into)
        return self.entry(type, slug), target

    def split(self, type: TermType, slug: str, into: Split, by: Token) -> Sequence[Receipt]:
        """Make several terms of one, which can be undone for a day; the receipts of the parts, in their order.

        Raises ``InvalidInput`` for parts that can't be, ``NotFound``, ``Conflict`` (it is no longer there).
        """
        entry = self.entry(type, slug)
        plan = split(entry, into, Write(by=by, if_match=entry.revision), ledger=self._ledger, look_up=self.look_up,
                     terms=self._vocabulary.current())  # fmt: skip
        receipts = {receipt.id: receipt for receipt in self._moved(*plan, by)}
        return [receipts[f"{type}:{part.slug}"] for part in into.parts]

    def undo(self, move_id: str, by: Token) -> Sequence[Receipt]:
        """Undo a merge, a split or a retirement of the last day; what was changed since stays.

        Raises ``NotFound``, ``Conflict`` (it was undone, or is older).
        """
        submissions = undo(self._ledger.term_move(move_id), by, ledger=self._ledger, look_up=self.look_up)
        receipts = self._ledger.undo_move(move_id, submissions, by)
        self._wakeup.wake(Lane.LIVE)
        return receipts

    def _target(self, type: TermType, slug: str, into: str) -> Entry:
        """The term that one is merged into. Sections are merged with sections alone."""
        other, colon, name = into.rpartition(":")
        target = self.look_up(cast(TermType, other) if colon else type, name)
        mixed = "section" in (type, other) and other not in ("", type)
        if target.term is None or mixed or target.key == f"{type}:{slug}":
            raise InvalidInput(
                "Merge into another term.", (FieldError("/into", f"There is no other {type} {into!r}."),)
            )
        return target

    def _moved(self, move: NewMove, submissions: Sequence[Submission], by: Token) -> Sequence[Receipt]:
        _, receipts = self._ledger.move_terms(move, submissions, by)
        self._wakeup.wake(Lane.LIVE)
        return receipts

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

    def undecided(self, type: str, slug: str) -> Proposal:
        """A proposal that waits for a decision. Raises ``NotFound``, and ``Conflict`` for one that was decided on."""
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
    """The decision that merging a proposal into the term of the key ``into`` is."""
    return ProposalDecision(type=type, slug=slug, status="merged", merged_into=into.removeprefix(f"{type}:"))


def term_editor() -> TermEditor:
    """The vocabulary of the app that answers this request."""
    here = parts()
    return TermEditor(here.ledger, here.wakeup, here.vocabulary, here.index)
