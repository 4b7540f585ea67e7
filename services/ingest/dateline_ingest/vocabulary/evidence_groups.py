"""The stories of a term by the words for which they carry it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from dateline.domain.document import StoryDocument
from dateline.domain.term import Term
from dateline.ports.index import Index, StoryFilter, StorySearch
from dateline_ingest.vocabulary.touched_stories import TouchedStory

_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceGroup:
    """Stories that carry a term for the same words, as they stand in the newest; "" where a person said so, or another
    tag implies it."""

    words: str
    stories: tuple[TouchedStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEvidence:
    """The newest ``examined`` of all ``total`` stories that carry a term, by their words, the largest group first."""

    total: int
    examined: int
    groups: tuple[EvidenceGroup, ...]


def evidence_of(index: Index, term: Term, most: int) -> TermEvidence:
    """Group the newest ``most`` stories that carry a term. Raises ``IndexUnavailable``."""
    groups: dict[str, list[TouchedStory]] = defaultdict(list)
    total = examined = 0
    after: tuple[str, ...] | None = None
    while examined < most:
        chosen = StoryFilter().choosing(term.type, term.slug)
        page = index.search(StorySearch(filter=chosen, sort="newest", limit=min(_PAGE, most - examined), after=after))
        for story in (hit.document for hit in page.hits):
            line = _line(story, term.key)
            groups[" ".join(line.words).casefold()].append(line)
        total, after, examined = page.total, page.after, examined + len(page.hits)
        if after is None:
            break
    ranked = sorted(groups.values(), key=lambda stories: (not stories[0].words, -len(stories)))
    made = tuple(EvidenceGroup(words=" ".join(stories[0].words), stories=tuple(stories)) for stories in ranked)
    return TermEvidence(total=total, examined=examined, groups=made)


def _line(story: StoryDocument, key: str) -> TouchedStory:
    """A story with the first words that speak for the term."""
    evidence = (one for tag in story.accepted_tags if tag.key == key for one in tag.evidence if one.text)
    first = next(evidence, None)
    return TouchedStory(
        id=story.id, headline=story.headline, published_at=story.published_at, words=(first.text,) if first else ()
    )
