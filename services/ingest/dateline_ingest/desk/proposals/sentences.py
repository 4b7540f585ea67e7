"""The most telling sentences in which a proposed name stands: what says who or what it is, in few words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dateline.announcements.sentences import sentence_around
from dateline.domain.body import body_of
from dateline.domain.document import StoryDocument
from dateline.domain.payload import from_payload
from dateline.domain.slugs import slug_of
from dateline.domain.story import Story
from dateline.errors import Permanent
from dateline.ports.ledger.items import Payload
from dateline.ports.ledger.vocabulary import Proposal, ProposalMention
from dateline_ingest.desk.tagging.evidence_in_texts import LONGEST_SENTENCE, evidence_in_texts

MOST: Final = 3
LONG: Final = 240
"""Characters of a sentence from which on it tells less."""
LONGEST_TEXT: Final = 200_000
"""Characters of a text's payload that is read: the page has no time for more."""
_MOST_PLACES: Final = 4
_TELLING: Final = {
    "role": 3, "title": 3, "described": 3, "age": 2.5, "speaking verb": 2, "agent": 2, "given name": 2,
    "called a place": 2,
       "acronym": 2, "ticker": 2, "legal form": 2, "head": 2, "tail": 2, "in a region": 2,
}  # fmt: skip
"""Rules that found the name by words beside it which say what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSentence:
    """A sentence around the ``words`` that are the name, and the item it is of; ``public``: readers have that."""

    before: str
    words: str
    after: str
    mention: ProposalMention
    worth: float = 0.0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the name stands in a text, and by which rule it was found."""

    text: str
    start: int
    end: int
    rule: str


def sentences_of(found: Iterable[ShownSentence]) -> tuple[ShownSentence, ...]:
    """The best of each item, no sentence twice; of these the most telling, the newest first among equals."""
    best: dict[str, ShownSentence] = {}
    for one in sorted(found, key=lambda one: -one.worth):
        best.setdefault(one.mention.item_id, one)
    distinct = {f"{one.before}{one.words}{one.after}": one for one in reversed(best.values())}
    return tuple(sorted(distinct.values(), key=lambda one: -one.worth)[:MOST])


def in_document(proposal: Proposal, mention: ProposalMention, document: StoryDocument) -> Iterator[ShownSentence]:
    """The sentences of a public story, by the evidence of its tag."""
    for text, one in evidence_in_texts(document, f"{proposal.type}:{proposal.slug}"):
        yield _shown(_Place(text, one.start, one.end, one.rule), mention)


def in_payload(proposal: Proposal, mention: ProposalMention, payload: Payload) -> Iterator[ShownSentence]:
    """The sentences of a story as it is on record, where the name stands word for word."""
    for text in _texts(payload):
        name = re.compile(rf"(?<!\w){re.escape(proposal.label)}(?!\w)", re.IGNORECASE)
        for number, match in enumerate(name.finditer(text)):
            if number == _MOST_PLACES:
                break
            yield _shown(_Place(text, match.start(), match.end(), ""), mention)


def forms_of(proposal: Proposal, found: Sequence[ShownSentence]) -> list[tuple[str, int]]:
    """The forms of the name in texts, with how often each was seen; first the most frequent."""
    seen = Counter(one.words for one in found if slug_of(one.words) == proposal.slug)
    seen.setdefault(proposal.label, 0)
    return sorted(seen.items(), key=lambda form: (-form[1], form[0] != proposal.label, form[0]))


def _texts(payload: Payload) -> Iterator[str]:
    try:
        story = from_payload(Story, payload)
        if len(story.body_html or "") + len(story.body_text or "") > LONGEST_TEXT:
            yield story.headline
            return
        _, body = body_of(story.body_html, story.body_text)
    except Permanent:  # what can't be read is in quarantine, with the reason
        return
    yield from (body, story.summary, story.headline)


def _shown(place: _Place, mention: ProposalMention) -> ShownSentence:
    start, end = sentence_around(place.text, place.start, place.end, LONGEST_SENTENCE)
    before, after = place.text[start : place.start], place.text[place.end : end]
    length = end - start
    worth = _TELLING.get(place.rule, 0.0 if place.rule == "surname" else 1.0)
    worth += 1.0 if 40 <= length <= LONG else 0.0
    return ShownSentence(
        before=before, words=place.text[place.start : place.end], after=after, mention=mention, worth=worth
    )
