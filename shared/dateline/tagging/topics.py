"""Topics: weighted phrases over headline, lead and body, a hint from the section, a threshold per topic."""

from __future__ import annotations

from typing import Final

from dateline.tagging.found import Candidate, Found
from dateline.tagging.lexicon import Entry, Lexicon, Phrase

MOST_TOPICS: Final = 8
HEADLINE: Final = 2.5
LEAD: Final = 1.5
BODY: Final = 1.0
LEAD_LENGTH: Final = 300
"""Characters of the body that count as its lead."""
AGAIN: Final = 0.4
"""What a phrase counts that was there before."""
SECTION: Final = 1.0
THRESHOLD: Final = 3.0
"""The score a topic must reach unless its own threshold says otherwise."""
OF_NARROWER: Final = 0.75
"""A broader topic's score, as a share of the narrower one's."""


class _Tally:
    """What the text says for one topic."""

    __slots__ = ("entry", "forbidden", "mentions", "parts", "score", "seen")

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.score = 0.0
        self.mentions: list[tuple[int, int]] = []
        self.seen: set[int] = set()
        self.parts: set[int] = set()
        self.forbidden = False


def find_topics(found: Found, lexicon: Lexicon, phrases: list[tuple[int, int, Phrase]], section: str) -> None:
    """Add the topics of the text to ``found``: at most eight, strongest first, the broader ones among them."""
    tallies = _tallied(found, phrases)
    reached: dict[str, tuple[float, Entry, list[tuple[int, int, str]]]] = {}
    for tally in tallies.values():
        entry = tally.entry
        score = tally.score + (SECTION if section and section in entry.sections else 0.0)
        threshold = entry.threshold or THRESHOLD
        if tally.forbidden or len(tally.parts) < entry.needs or score < threshold:
            reason = "excluded by a phrase" if tally.forbidden else f"score {score:.1f} of {threshold:.1f}"
            found.drop("topic", entry.slug, entry.label, reason, *tally.mentions[0], "phrase")
            continue
        strength = score / (score + threshold)
        mentions = [(start, end, "phrase") for start, end in tally.mentions]
        _reach(reached, entry, strength, mentions)
        _reach_broader(reached, lexicon, entry, strength * OF_NARROWER, tally.mentions)
    _keep_strongest(found, reached)


def _tallied(found: Found, phrases: list[tuple[int, int, Phrase]]) -> dict[str, _Tally]:
    summary, lead_end = found.reading.summary, found.reading.body + LEAD_LENGTH
    tallies: dict[str, _Tally] = {}
    for start, end, phrase in phrases:
        key = phrase.entry.key
        tally = tallies.get(key)
        if tally is None:
            tally = tallies[key] = _Tally(phrase.entry)
        tally.mentions.append((start, end))
        if phrase.weight < 0:
            tally.forbidden = True
            continue
        weight = phrase.weight * (HEADLINE if start < summary else LEAD if start < lead_end else BODY)
        if id(phrase) in tally.seen:
            weight *= AGAIN
        tally.seen.add(id(phrase))
        tally.score += weight
        if phrase.part >= 0:
            tally.parts.add(phrase.part)
    return tallies


def _reach(
    reached: dict[str, tuple[float, Entry, list[tuple[int, int, str]]]],
    entry: Entry,
    strength: float,
    mentions: list[tuple[int, int, str]],
) -> None:
    before = reached.get(entry.key)
    if before is None or before[0] < strength:
        reached[entry.key] = (strength, entry, mentions)


def _reach_broader(
    reached: dict[str, tuple[float, Entry, list[tuple[int, int, str]]]],
    lexicon: Lexicon,
    entry: Entry,
    strength: float,
    mentions: list[tuple[int, int]],
) -> None:
    for key in entry.broader:
        broader = lexicon.find(key)
        if broader is not None and broader.type == "topic" and strength > 0.05:
            _reach(reached, broader, strength, [(start, end, f"narrower:{entry.slug}") for start, end in mentions])
            _reach_broader(reached, lexicon, broader, strength * OF_NARROWER, mentions)


def _keep_strongest(found: Found, reached: dict[str, tuple[float, Entry, list[tuple[int, int, str]]]]) -> None:
    ranked = sorted(reached.values(), key=lambda row: (-row[0], row[1].slug))
    for strength, entry, mentions in ranked[:MOST_TOPICS]:
        found.candidates[entry.key] = Candidate("topic", entry.slug, entry.label, True, strength, mentions)
    for _, entry, mentions in ranked[MOST_TOPICS:]:
        found.drop("topic", entry.slug, entry.label, f"more than {MOST_TOPICS} topics", *mentions[0])
