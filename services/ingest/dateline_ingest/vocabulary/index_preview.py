"""What a term would do to the whole archive: the index says which stories it may touch, the tagger which it does.

Where they are more than there is time for, as many as there is time for are drawn from all of them; the counts are
worked out from these.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from dateline.domain.document import StoryDocument
from dateline.domain.tag import TAG_TYPES, EditorTags, TagRef
from dateline.domain.tagged_text import TaggedText
from dateline.domain.term import Term
from dateline.ports.index import Index
from dateline.ports.ledger.vocabulary import RefusedTags
from dateline.ports.vocabulary import LiveTerms, TermComparison, TermDifference
from dateline_ingest.vocabulary.changed_phrases import ChangedPhrases, changed_phrases
from dateline_ingest.vocabulary.touched_stories import TermPreview, TouchedStories, TouchedStory

MOST_SECONDS: Final = 1.4
"""Altogether; the page around it takes some tenths of a second."""
LOOKING: Final = 0.4
"""The share of it in which candidates are looked for."""
LONGEST: Final = 200_000
"""Characters of a text that is looked at: one of 2 MB alone takes longer than the whole preview may."""
IDS_PAGE: Final = 10_000
_PAGE: Final = 20
_PAGE_LENGTH: Final = 500_000
"""Characters of a page's texts after which stories are read one at a time."""
_NOBODY: Final = EditorTags()


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    gain: list[TouchedStory] = field(default_factory=list)
    lose: list[TouchedStory] = field(default_factory=list)
    examined: int = 0


def preview_from_index(
    index: Index, ledger: RefusedTags, vocabulary: LiveTerms, term: Term, seconds: float = MOST_SECONDS
) -> TermPreview:
    """Which stories of the archive gain and lose ``term`` as it is given. Raises ``IndexUnavailable``."""
    changed = changed_phrases(vocabulary.current().find(term.type, term.slug), term)
    comparison = vocabulary.comparison(term)  # the first in a process reads the shipped vocabulary, which takes seconds
    began = time.monotonic()
    ids, all_found = _candidates(index, changed, term.key, began + seconds * LOOKING)
    random.Random(term.key).shuffle(ids)
    found = _examined(index, comparison, ids, began + seconds)
    gain = _without_refused(ledger, term, found.gain)
    return TermPreview(
        gain=TouchedStories.of(gain, found.examined, len(ids)),
        lose=TouchedStories.of(found.lose, found.examined, len(ids)),
        examined=found.examined,
        candidates=len(ids),
        complete=all_found and found.examined == len(ids),
        at_least=not all_found,
        archive=True,
    )


def _candidates(index: Index, changed: ChangedPhrases, key: str, until: float) -> tuple[list[str], bool]:
    """The stories that have one of the phrases, and whether there was time for all of them."""
    keys = (key,) if changed.carriers else ()
    ids: list[str] = []
    if not (changed.phrases or keys):
        return ids, True
    while page := index.ids_mentioning(changed.phrases, keys, after=ids[-1] if ids else "", limit=IDS_PAGE):
        ids += page
        if len(page) < IDS_PAGE:
            return ids, True
        if time.monotonic() > until:
            return ids, False
    return ids, True


def _examined(index: Index, comparison: TermComparison, ids: Sequence[str], deadline: float) -> _Found:
    found = _Found()
    for story in _stories(index, ids):
        if time.monotonic() > deadline:
            break
        if len(story.body_text) > LONGEST:
            continue
        found.examined += 1
        if difference := comparison.difference(tagged_text_of(story), _asserted(story), _NOBODY):
            _note(found, story, difference)
    return found


def _note(found: _Found, story: StoryDocument, difference: TermDifference) -> None:
    line = TouchedStory(
        id=story.id, headline=story.headline, published_at=story.published_at, words=difference.words[:3]
    )
    (found.gain if difference.effect == "gain" else found.lose).append(line)


def _stories(index: Index, ids: Sequence[str]) -> Iterator[StoryDocument]:
    """Those of the stories that readers see, as they are read: a long text makes the next page a short one."""
    start, limit = 0, 1
    while start < len(ids):
        page = cast(list[StoryDocument], index.get("story", ids[start : start + limit]))
        yield from (story for story in page if not story.withdrawn)
        start += limit
        limit = min(2 * limit, _PAGE) if sum(len(story.body_text) for story in page) < _PAGE_LENGTH else 1


def tagged_text_of(story: StoryDocument) -> TaggedText:
    """What of a story is tagged."""
    return TaggedText(
        headline=story.headline, body_text=story.body_text, summary=story.summary, section=story.section,
        place=story.place, language=story.language,
    )  # fmt: skip


def _asserted(story: StoryDocument) -> tuple[TagRef, ...]:
    """The tags that people gave it."""
    return tuple(TagRef(type=tag.type, slug=tag.slug) for tag in story.accepted_tags if tag.source == "editor")


def _without_refused(ledger: RefusedTags, term: Term, gain: Sequence[TouchedStory]) -> list[TouchedStory]:
    """Without those from which a person took the term: it doesn't come back."""
    if not gain or term.type not in TAG_TYPES:
        return list(gain)
    refused = ledger.refusing(TagRef(type=term.type, slug=term.slug), {story.id for story in gain})
    return [story for story in gain if story.id not in refused]
