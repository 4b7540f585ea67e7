"""What the page of proposals shows: each with its sentences, the forms of its name, and the terms that it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from dateline.domain.document import StoryDocument
from dateline.domain.term import Term
from dateline.errors import IndexUnavailable
from dateline.ports.ledger.items import Payload
from dateline.ports.ledger.vocabulary import Proposal, ProposalMention
from dateline_ingest.context import parts
from dateline_ingest.desk.proposals.sentences import ShownSentence, forms_of, in_document, in_payload, sentences_of

ON_A_PAGE: Final = 25
MENTIONS: Final = 5
"""Of the stories that have a name so many are read, the newest."""
MOST_LIKELY: Final = 3
MOST_FORMS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProposal:
    """A proposal with what helps to decide: ``forms`` of the name and how often each was seen, ``likely`` terms."""

    proposal: Proposal
    sentences: tuple[ShownSentence, ...]
    forms: Sequence[tuple[str, int]]
    likely: Sequence[Term]
    newest: ProposalMention | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPage:
    """Some proposals of ``total``; ``next`` is where the following ones begin, None at the end."""

    items: tuple[ShownProposal, ...]
    total: int
    next: int | None


def proposal_page(query: str, type: str, start: int) -> ProposalPage:
    """The undecided proposals from ``start`` on whose name contains ``query``, of one type or of all."""
    ledger = parts().ledger
    found = ledger.proposals(type=type, query=query, limit=None if query else ON_A_PAGE, start=0 if query else start)
    total = len(found) if query else ledger.proposals_waiting(type)
    chosen = found[start : start + ON_A_PAGE] if query else found
    more = start + ON_A_PAGE if total > start + ON_A_PAGE else None
    return ProposalPage(items=_shown(chosen), total=total, next=more)


def _shown(chosen: Sequence[Proposal]) -> tuple[ShownProposal, ...]:
    here = parts()
    mentions = here.ledger.mentions_of([(one.type, one.slug) for one in chosen], each=MENTIONS)
    stories = [one for some in mentions.values() for one in some if one.kind == "story"]
    documents = _documents([one.item_id for one in stories if one.public])
    payloads = here.ledger.newest_texts([one.item_id for one in stories if one.item_id not in documents])
    return tuple(
        _one(proposal, mentions[f"{proposal.type}:{proposal.slug}"], documents, payloads) for proposal in chosen
    )


def _one(
    proposal: Proposal,
    mentions: Sequence[ProposalMention],
    documents: Mapping[str, StoryDocument],
    payloads: Mapping[str, Payload],
) -> ShownProposal:
    def read() -> Iterator[ShownSentence]:
        for mention in mentions:
            if mention.item_id in documents:
                yield from in_document(proposal, mention, documents[mention.item_id])
            elif mention.item_id in payloads:
                yield from in_payload(proposal, mention, payloads[mention.item_id])

    found = list(read())
    return ShownProposal(
        proposal=proposal,
        sentences=sentences_of(found),
        forms=forms_of(proposal, found)[:MOST_FORMS],
        likely=parts().vocabulary.current().like(proposal.label, MOST_LIKELY),
        newest=mentions[0] if mentions else None,
    )


def _documents(item_ids: Sequence[str]) -> dict[str, StoryDocument]:
    """Public stories as readers have them; none while the index is away: the record has their texts too."""
    found: dict[str, StoryDocument] = {}
    with suppress(IndexUnavailable):
        for one in parts().index.get("story", list(dict.fromkeys(item_ids))):
            if isinstance(one, StoryDocument) and not one.withdrawn:
                found[one.id] = one
    return found
