"""What the rules have found for one text: candidates with their mentions, and what was dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from dateline.domain.slugs import slug_of
from dateline.domain.tag import Evidence, Tag, TagType
from dateline.tagging.meaning import Entry
from dateline.tagging.reading import Mention, Reading
from dateline.tagging.text import Dropped

MOST_EVIDENCE: Final = 4
"""Mentions that are kept as a tag's evidence."""

_IMPLYING: Final = ("in:", "demonym", "attributive", "narrower:")
_MORE_MENTIONS: Final = (1.0, *(0.85**more for more in range(12)))

MOST_TAGS: Final = 60
"""Tags of one type that a text gets; the strongest."""


_slug_of: Final = lru_cache(maxsize=8192)(slug_of)
"""The same names come again and again."""


@dataclass(slots=True)
class Candidate:
    """Something that may become a tag: its mentions as (start, end, rule), and the score of the best of them."""

    type: TagType
    slug: str
    label: str
    known: bool
    base: float = 0.0
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    elsewhere: list[Evidence] = field(default_factory=list)
    """Evidence that is not in the text."""

    def add(self, start: int, end: int, rule: str, base: float) -> None:
        """One more mention."""
        self.mentions.append((start, end, rule))
        if base > self.base:
            self.base = base


class Found:
    """The candidates of one text by key, in the order in which they were found."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.candidates: dict[str, Candidate] = {}
        self.dropped: list[Dropped] = []

    def of_entry(self, entry: Entry) -> Candidate:
        """The candidate of a term."""
        candidate = self.candidates.get(entry.key)
        if candidate is None:
            candidate = Candidate(entry.type, entry.slug, entry.label, True)  # type: ignore[arg-type]
            self.candidates[entry.key] = candidate
        candidate.known = True
        return candidate

    def of_name(self, type: TagType, label: str) -> Candidate:
        """The candidate of a name that the vocabulary doesn't have."""
        slug = _slug_of(label)
        key = f"{type}:{slug}"
        candidate = self.candidates.get(key)
        if candidate is None:
            candidate = self.candidates[key] = Candidate(type, slug, label, False)
        return candidate

    def drop(self, type: TagType, slug: str, label: str, reason: str, start: int, end: int, rule: str) -> None:
        """Keep what was considered, and why it is no tag."""
        if len(self.dropped) < MOST_TAGS:
            evidence = (self.reading.evidence(start, end, rule),)
            self.dropped.append(Dropped(type=type, slug=slug, label=label, reason=reason, evidence=evidence))

    def tags(self) -> Iterator[Tag]:
        """Each candidate as a tag."""
        reading = self.reading
        for candidate in self.candidates.values():
            mentions = sorted(candidate.mentions)
            yield Tag(
                type=candidate.type,
                slug=candidate.slug,
                label=candidate.label,
                score=self._score(candidate, mentions[0][0] if mentions else self.reading.body),
                status="accepted" if candidate.known else "proposed",
                evidence=(*reading.evidences(_best(mentions)), *candidate.elsewhere),
            )

    def _score(self, candidate: Candidate, first: int) -> float:
        """The best mention's score; more of them, and one in the headline, bring it nearer to 1."""
        if candidate.type == "topic":
            return round(candidate.base, 3)
        missing = (1.0 - candidate.base) * _MORE_MENTIONS[min(len(candidate.mentions), len(_MORE_MENTIONS) - 1)]
        return round(1.0 - missing * (0.7 if first < self.reading.summary else 1.0), 3)


def _best(mentions: list[Mention]) -> list[Mention]:
    """The mentions to show, in the order of the text: those that name the thing before those that imply it."""
    if len(mentions) <= MOST_EVIDENCE:
        return mentions
    naming = [mention for mention in mentions if not mention[2].startswith(_IMPLYING)]
    implying = [mention for mention in mentions if mention[2].startswith(_IMPLYING)]
    return sorted((naming + implying)[:MOST_EVIDENCE])
