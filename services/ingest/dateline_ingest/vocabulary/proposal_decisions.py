"""An editor's decisions on proposed names: a term, another name of one, nothing; and taking that back."""

from __future__ import annotations

from dateline.domain.term import Term, TermType
from dateline.errors import Conflict, FieldError, InvalidInput
from dateline.ports.ledger.submissions import Receipt
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import Proposal, ProposalDecision
from dateline.ports.wakeup import Lane
from dateline_ingest.context import parts
from dateline_ingest.intake import Write
from dateline_ingest.vocabulary.term_editor import Entry, TermEditor, TermLedger, term_editor

LONGEST_LABEL = 300


class ProposalDecisions:
    """Decides on proposals; what becomes of terms with that is the ``TermEditor``'s, as merging is."""

    def __init__(self, terms: TermEditor, ledger: TermLedger) -> None:
        self._terms = terms
        self._ledger = ledger

    def accept(
        self, type: TermType, slug: str, by: Token, *, label: str = "", as_type: TermType | None = None
    ) -> Receipt:
        """Make a proposal a term, in another form of its name or of another type if that is said.

        The name as it was proposed stays one of the term's. Raises ``NotFound``, ``Conflict`` when it was decided on,
        or when there is such a term, and ``InvalidInput`` for a label that is too long.
        """
        proposal = self._terms.undecided(type, slug)
        known = self._terms.look_up(as_type or type, slug)
        if known.term is not None:
            raise Conflict(f"There is a {known.term.type} called {known.term.label} already: merge into it.")
        if len(label) > LONGEST_LABEL:
            raise InvalidInput(
                "The label is too long.", (FieldError("/label", f"At most {LONGEST_LABEL} characters."),)
            )
        chosen = label or proposal.label
        aliases = (proposal.label,) if chosen != proposal.label else ()
        term = Term(type=as_type or type, slug=slug, label=chosen, aliases=aliases)
        entry = Entry(key=term.key, item=known.item, proposal=proposal)
        return self._terms.put(entry, term, Write(by=by, if_match=entry.revision))

    def reject(self, type: TermType, slug: str, by: Token) -> Proposal:
        """Refuse a proposal. Raises ``NotFound``, and ``Conflict`` when it was decided on."""
        proposal = self._terms.undecided(type, slug)
        self._ledger.decide_proposal(ProposalDecision(type=type, slug=slug, status="rejected"), by)
        parts().wakeup.wake(Lane.RETAG)
        return proposal

    def take_back(self, type: TermType, slug: str, as_type: TermType, revision: int, by: Token) -> None:
        """Let a name be proposed again that was rejected, or accepted as the term's ``revision``.

        Raises ``Conflict`` when something followed: the term was changed, or the proposal was merged.
        """
        proposal = self._ledger.proposal(type, slug)
        again = ProposalDecision(type=type, slug=slug, status="proposed")
        if proposal and proposal.status == "rejected":
            self._ledger.decide_proposal(again, by)
            parts().wakeup.wake(Lane.RETAG)
        elif proposal and proposal.status == "accepted":
            entry = self._terms.entry(as_type, slug)
            if entry.revision != revision or entry.item is None:
                raise Conflict("The term was changed since: its page takes it out.")
            self._terms.remove(entry, Write(by=by, if_match=revision), "taken back", (again,))
        else:
            raise Conflict("There is nothing to take back.")


def proposal_decisions() -> ProposalDecisions:
    """The decisions of the app that answers this request."""
    return ProposalDecisions(term_editor(), parts().ledger)
