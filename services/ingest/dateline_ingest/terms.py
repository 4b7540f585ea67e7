"""The vocabulary as editors work on it: shipped terms, changed terms, and names that the tagger proposes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.domain.payload import to_payload
from dateline.domain.term import Term, TermType
from dateline.errors import Conflict, FieldError, InvalidInput, NotFound, StaleRevision
from dateline.ports.ledger import Ledger
from dateline.ports.ledger.items import Action, Item, Payload
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import Proposal
from dateline.ports.vocabulary import LiveTerms
from dateline.ports.wakeup import Lane, WakeUp
from dateline_ingest.context import parts
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


class TermDesk:
    """Looks up and changes terms."""

    def __init__(self, ledger: Ledger, wakeup: WakeUp, words: LiveTerms) -> None:
        self._ledger = ledger
        self._wakeup = wakeup
        self._words = words

    def entry(self, type: TermType, slug: str) -> Entry:
        """What is known of a term; ``NotFound`` when nobody ever heard of it."""
        entry = self.look_up(type, slug)
        if not entry.known and entry.proposal is None:
            raise NotFound(f"There is no {type} {slug!r}.")
        return entry

    def look_up(self, type: TermType, slug: str) -> Entry:
        """What is known of a term, maybe nothing."""
        key = f"{type}:{slug}"
        term = self._words.current().find(type, slug)
        return Entry(
            key=key, term=term, item=self._item(key), proposal=self._proposal(type, slug) if not term else None
        )

    def put(self, entry: Entry, term: Term, write: Write) -> Receipt:
        """Write a term, also one that was proposed; the stories it touches are retagged in the background."""
        action: Action = "correct" if entry.item else "submit"
        receipt = self._record([self._submission(entry, action, to_payload(term), term.label, write)])
        if entry.proposal is not None:
            self._ledger.decide_proposal(term.type, term.slug, "accepted", write.by)
        return receipt

    def remove(self, entry: Entry, write: Write, note: str = "", merged_into: str = "") -> Receipt:
        """Take a term out of the vocabulary, as removed or as merged into the term of another key.

        A shipped term is first put on record as it was shipped, in the same transaction.
        """
        if entry.term is None and (entry.item is None or write.idempotency is None):
            raise Conflict("This term is no longer in the vocabulary.")
        # one that is gone may have gone by this very write, sent before: the ledger knows its key
        payload = to_payload(entry.term) if entry.term else {}
        label = entry.term.label if entry.term else ""
        made = (
            [] if entry.item else [self._submission(entry, "submit", payload, label, replace(write, idempotency=None))]
        )
        last = self._submission(entry, "withdraw", {**payload, "merged_into": merged_into}, label, write, note)
        return self._record([*made, last if entry.item else replace(last, if_match=1)])

    def accept(self, type: TermType, slug: str, by: Token) -> Receipt:
        """Make a proposal a term."""
        proposal = self._proposed(type, slug)
        entry = Entry(key=f"{type}:{slug}", item=self._item(f"{type}:{slug}"), proposal=proposal)
        term = Term(type=type, slug=slug, label=proposal.label)
        return self.put(entry, term, Write(by=by, if_match=entry.revision))

    def reject(self, type: TermType, slug: str, by: Token) -> Proposal:
        """Refuse a proposal for ever."""
        proposal = self._proposed(type, slug)
        self._ledger.decide_proposal(type, slug, "rejected", by)
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
        name = entry.term.label if entry.term else self._proposed(type, slug).label
        receipt = self.put(target, _named_too(target.term, name, entry.term), Write(by=by, if_match=target.revision))
        if entry.term is not None:
            self.remove(entry, Write(by=by, if_match=entry.revision), f"merged into {into}", target.key)
        else:
            self._ledger.decide_proposal(type, slug, "merged", by, merged_into=into)
        return receipt

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

    def _record(self, submissions: list[Submission]) -> Receipt:
        """Put them on record in one transaction; the last one's receipt."""
        results = self._ledger.submit_many(submissions)
        for result in results:
            if isinstance(result, Exception):
                raise result
        self._wakeup.wake(Lane.LIVE)
        last = results[-1]
        assert isinstance(last, Receipt)
        return last

    def _item(self, key: str) -> Item | None:
        try:
            return self._ledger.item("term", key)
        except NotFound:
            return None

    def _proposal(self, type: str, slug: str) -> Proposal | None:
        found = (
            one
            for status in ("proposed", "rejected", "merged")
            for one in self._ledger.proposals(status=status, type=type)
            if one.slug == slug
        )
        return next(found, None)

    def _proposed(self, type: str, slug: str) -> Proposal:
        proposal = self._proposal(type, slug)
        if proposal is None:
            raise NotFound(f"There is no proposed {type} {slug!r}.")
        if proposal.status != "proposed":
            raise Conflict(f"This proposal is {proposal.status} already.")
        return proposal


def _named_too(term: Term, name: str, merged: Term | None) -> Term:
    """``term`` with the name, and the aliases of what is merged into it, as aliases."""
    names = (*term.aliases, name, *(merged.aliases if merged else ()))
    return replace(term, aliases=tuple(dict.fromkeys(one for one in names if one and one != term.label)))


def term_desk() -> TermDesk:
    """The vocabulary of the app that answers this request."""
    here = parts()
    return TermDesk(here.ledger, here.wakeup, here.vocabulary)
