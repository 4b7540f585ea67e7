"""Topics: weighted phrases over headline, lead and body, a hint from the section, a threshold per topic.

An editor's phrase without a weight decides: it counts as much as its topic needs, wherever it stands.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from dateline.tagging.candidates import Candidate, Candidates
from dateline.tagging.lexicon import Lexicon, Phrase
from dateline.tagging.offsets import Offsets
from dateline.tagging.senses import Entry

MOST_TOPICS: Final = 8
MOST_EVIDENCE: Final = 2
"""Phrases that are shown for a topic."""
HEADLINE: Final = 2.5
LEAD: Final = 1.5
LEAD_LENGTH: Final = 300
"""Characters of the body that count as its lead."""
AGAIN: Final = 0.4
"""What a phrase counts that was there before."""
SECTION: Final = 1.0
THRESHOLD: Final = 3.2
"""The score a topic must reach unless its own threshold says otherwise."""
NEAR: Final = 0.6
"""The share of its threshold from which a topic is worth being named among those dropped."""
WEAKEST: Final = 0.42
"""The score below which a broader topic is not worth having."""
OF_NARROWER: Final = 0.75
"""A broader topic's score, as a share of the narrower one's."""


class Tally:
    """What the text says for one topic."""

    __slots__ = ("decided", "entry", "forbidden", "mentions", "parts", "score", "threshold")

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.threshold = entry.threshold or THRESHOLD
        self.score = 0.0
        self.mentions: list[tuple[int, int]] = []
        self.parts = 0
        self.forbidden = False
        self.decided = False
        """Whether a phrase is there that is enough by itself."""

    def with_section(self, section: str) -> float:
        """Its score in a text of that section, which may be a hint."""
        return self.score + (SECTION if section and section in self.entry.sections else 0.0)

    def reaches(self, score: float) -> bool:
        """Whether the text has the topic by this score."""
        return not self.forbidden and self.parts >= self.entry.needs and score >= self.threshold


class _Reached(NamedTuple):
    """A topic that reached its threshold, or one of whose narrower topics did (``by``)."""

    strength: float
    entry: Entry
    by: Tally
    rule: str


def find(candidates: Candidates, lexicon: Lexicon, phrases: list[tuple[int, int, Phrase]], section: str) -> None:
    """Add the topics of the text to ``candidates``: at most eight, strongest first, the broader ones among them."""
    reached: dict[str, _Reached] = {}
    for tally in tallied(candidates.offsets, phrases).values():
        entry, threshold, score = tally.entry, tally.threshold, tally.with_section(section)
        if tally.reaches(score):
            strength = score / (score + threshold)
            _reach(reached, _Reached(strength, entry, tally, "phrase"))
            for broader in lexicon.chain(entry):
                strength *= OF_NARROWER
                if strength < WEAKEST:
                    break
                _reach(reached, _Reached(strength, broader, tally, f"narrower:{entry.slug}"))
        elif candidates.explains and (tally.forbidden or score > threshold * NEAR):
            reason = "excluded by a phrase" if tally.forbidden else f"score {score:.1f} of {threshold:.1f}"
            candidates.drop("topic", entry.slug, entry.label, reason, *tally.mentions[0], "phrase")
    _keep_strongest(candidates, reached)


def tallied(offsets: Offsets, phrases: list[tuple[int, int, Phrase]]) -> dict[str, Tally]:
    """What a text says for each topic of which it has a phrase, by their keys."""
    summary, lead_end = offsets.summary, offsets.body + LEAD_LENGTH
    tallies: dict[str, Tally] = {}
    seen: set[Phrase] = set()
    for start, end, phrase in phrases:
        entry, weight = phrase.entry, phrase.weight
        tally = tallies.get(entry.key)
        if tally is None:
            tally = tallies[entry.key] = Tally(entry)
        tally.mentions.append((start, end))
        if weight < 0:
            tally.forbidden = True
            continue
        if phrase.decides:
            tally.decided = True
            weight = tally.threshold
        if start < summary:
            weight *= HEADLINE
        elif start < lead_end:
            weight *= LEAD
        if phrase in seen:
            weight *= AGAIN
        else:
            seen.add(phrase)
            if phrase.part >= 0:
                tally.parts += 1
        tally.score += weight
    return tallies


def _reach(reached: dict[str, _Reached], new: _Reached) -> None:
    before = reached.get(new.entry.key)
    if before is None or (_is_decided(before), before.strength) < (_is_decided(new), new.strength):
        reached[new.entry.key] = new


def _keep_strongest(candidates: Candidates, reached: dict[str, _Reached]) -> None:
    """The strongest eight; an editor's phrase decides, however many others there are."""
    ranked = sorted(reached.values(), key=lambda topic: (not _is_decided(topic), -topic.strength, topic.entry.slug))
    for number, topic in enumerate(ranked):
        entry, tally, rule = topic.entry, topic.by, topic.rule
        if number < MOST_TOPICS or _is_decided(topic):
            mentions = [(start, end, rule) for start, end in sorted(tally.mentions)[:MOST_EVIDENCE]]
            candidate = candidates.by_key[entry.key] = Candidate("topic", entry.slug, entry.label, known=True)
            candidate.mentions, candidate.base = mentions, topic.strength
        else:
            reason = f"more than {MOST_TOPICS} topics"
            candidates.drop("topic", entry.slug, entry.label, reason, *tally.mentions[0], rule)


def _is_decided(topic: _Reached) -> bool:
    return topic.by.decided and topic.by.entry is topic.entry
