"""What the rules have found for one text: candidates with their mentions, and what was dropped."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from dateline.domain.slugs import slug_of
from dateline.domain.tag import Evidence, Status, Tag, TagType
from dateline.domain.tagged_text import Dropped
from dateline.tagging.offsets import Mention, Offsets
from dateline.tagging.senses import Entry, Hit
from dateline.tagging.surroundings import TextWords

MOST_EVIDENCE: Final = 4
"""Mentions that are kept as a tag's evidence."""

_IMPLYING: Final = ("in:", "demonym", "attributive", "narrower:")
_MORE_MENTIONS: Final = (1.0, *(0.85**more for more in range(12)))
_MOST_COUNTED: Final = len(_MORE_MENTIONS) - 1
_IN_HEADLINE: Final = 0.7

MOST_TAGS: Final = 60
"""Tags of one type that a text gets; the strongest."""


MOST_REMEMBERED: Final = 100
"""Characters of a name that is remembered: a text may be one word."""

_slug_of_short: Final = lru_cache(maxsize=8192)(slug_of)
"""The same names come again and again."""


def _slug_of(name: str) -> str:
    return _slug_of_short(name) if len(name) <= MOST_REMEMBERED else slug_of(name)


class Candidate:
    """Something that may become a tag: its mentions as (start, end, rule), and the score of the best of them;
    ``elsewhere`` is evidence that is not in the text."""

    __slots__ = ("base", "elsewhere", "known", "label", "mentions", "slug", "type")

    def __init__(self, type: TagType, slug: str, label: str, *, known: bool) -> None:
        self.type = type
        self.slug = slug
        self.label = label
        self.known = known
        self.base = 0.0
        self.mentions: list[Mention] = []
        self.elsewhere: tuple[Evidence, ...] = ()

    def add(self, start: int, end: int, rule: str, base: float) -> None:
        """One more mention."""
        self.mentions.append((start, end, rule))
        if base > self.base:
            self.base = base


TakenSpan = tuple[int, int, str]
"""A span and the type of the tag that has it, or ``CREDIT``."""

CREDIT: Final = "credit"
"""Who signs a text has the span: no tag's."""

_BEGINS: Final = 1
_INSIDE: Final = 2
_FIRST: Final = bytes((_BEGINS,))
_OTHER: Final = bytes((_INSIDE,))


class TakenSpans:
    """Spans of one text that were given away; none of them overlap.

    One byte a character says whether it is free, begins a span, or is inside one: most questions are answered "free",
    and that takes one search of a few bytes.
    """

    def __init__(self, length: int) -> None:
        self.length = length
        self._taken = bytearray(length)
        self._at: dict[int, TakenSpan] = {}

    def add(self, start: int, end: int, type: str = "") -> None:
        """Give a span away to a tag of a type."""
        self._taken[start:end] = _FIRST + _OTHER * (end - start - 1)
        self._at[start] = (start, end, type)

    def overlapping(self, start: int, end: int) -> TakenSpan | None:
        """The span that overlaps (start, end); of several the first."""
        if self._taken[start] == _INSIDE:
            return self._at[self._taken.rfind(_BEGINS, 0, start)]
        first = self._taken.find(_BEGINS, start, end)
        return self._at[first] if first >= 0 else None


class Candidates:
    """What is known of one text while the rules go over it: the candidates so far, and what they were found by.

    ``names`` are the vocabulary's names in the text, none of which overlap. ``explains``: keeps what was dropped too,
    which only who asks for it should pay for.
    """

    def __init__(self, offsets: Offsets, names: list[Hit], *, explains: bool) -> None:
        self.offsets = offsets
        self.text = offsets.text
        self.words = TextWords(offsets.text)
        self.names = names
        self.names_at = {name.start: name for name in names}
        self.explains = explains
        self.taken = TakenSpans(len(offsets.text))
        """The spans that were given to one of the candidates."""
        self.by_key: dict[str, Candidate] = {}
        """The candidates, in the order in which they were found."""
        self.acronyms: dict[str, str] = {}
        """The organisations' acronyms that the text explains, and the names they stand for."""
        self.dropped: list[Dropped] = []
        self.has_credits = False

    def of_entry(self, entry: Entry) -> Candidate:
        """The candidate of a term."""
        candidate = self.by_key.get(entry.key)
        if candidate is None:
            candidate = self.by_key[entry.key] = Candidate(entry.type, entry.slug, entry.label, known=True)
        candidate.known = True
        return candidate

    def of_name(self, type: TagType, label: str) -> Candidate:
        """The candidate of a name that the vocabulary doesn't have."""
        slug = _slug_of(label)
        key = f"{type}:{slug}"
        candidate = self.by_key.get(key)
        if candidate is None:
            candidate = self.by_key[key] = Candidate(type, slug, label, known=False)
        return candidate

    def recognise(self, entry: Entry, start: int, end: int, score: float) -> None:
        """A term's own name stands there; the span is its, unless it was given away before."""
        self.of_entry(entry).add(start, end, "name", score)
        if not self.taken.overlapping(start, end):
            self.taken.add(start, end, entry.type)

    def is_credit(self, start: int, end: int) -> bool:
        """Whether a name stands in a credit, and so is no subject."""
        taken = self.taken.overlapping(start, end) if self.has_credits else None
        return taken is not None and taken[2] == CREDIT

    def take_credit(self, start: int, end: int) -> None:
        """Give a span to who signs the text, unless it was given away before."""
        if not self.taken.overlapping(start, end):
            self.has_credits = True
            self.taken.add(start, end, CREDIT)

    def propose(self, type: TagType, start: int, end: int, rule: str, score: float, *, label: str = "") -> None:
        """Give a span to a name that the vocabulary doesn't have: the words that stand there, or ``label``."""
        self.of_name(type, label or self.text[start:end]).add(start, end, rule, score)
        self.taken.add(start, end, type)

    def drop(self, type: TagType, slug: str, label: str, reason: str, start: int, end: int, rule: str) -> None:
        """Keep what was considered, and why it is no tag."""
        if self.explains and len(self.dropped) < MOST_TAGS:
            evidence = (self.offsets.evidence(start, end, rule),)
            self.dropped.append(Dropped(type=type, slug=slug, label=label, reason=reason, evidence=evidence))

    def tags(self) -> dict[str, Tag]:
        """The candidates as tags, by their keys.

        The score is that of the best mention; more of them, and one in the headline, bring it nearer to 1.
        """
        evidence_of, summary, new = self.offsets.evidence_of, self.offsets.summary, tuple.__new__
        tags: dict[str, Tag] = {}
        for key, candidate in self.by_key.items():
            mentions, score = candidate.mentions, candidate.base
            count = len(mentions)
            if count > 1:
                mentions.sort()
            type, slug, label = candidate.type, candidate.slug, candidate.label
            if type != "topic":
                missing = (1.0 - score) * _MORE_MENTIONS[count if count < _MOST_COUNTED else _MOST_COUNTED]
                if count and mentions[0][0] < summary:
                    missing *= _IN_HEADLINE
                score = 1.0 - missing
            evidence = evidence_of(mentions if count <= MOST_EVIDENCE else _best(mentions)) + candidate.elsewhere
            status: Status = "accepted" if candidate.known else "proposed"
            # not Tag(...): that is a Python function, and the tuple is made inside it
            tags[key] = new(Tag, (type, slug, label, round(score, 3), status, "machine", evidence))
        return tags


def _best(mentions: list[Mention]) -> list[Mention]:
    """The mentions to show, in the order of the text: those that name the thing before those that imply it."""
    naming = [mention for mention in mentions if not mention[2].startswith(_IMPLYING)]
    implying = [mention for mention in mentions if mention[2].startswith(_IMPLYING)]
    return sorted((naming + implying)[:MOST_EVIDENCE])
