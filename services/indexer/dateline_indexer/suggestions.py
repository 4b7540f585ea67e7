"""Looking for tags to suggest, a little at a time beside the indexing: in what became public, the whole archive too."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Protocol

from dateline.announcements.sentences import sentence_around
from dateline.domain.body import body_of
from dateline.domain.payload import from_payload
from dateline.domain.story import Story
from dateline.domain.tagged_text import Dropped, TaggedText, tagged_text
from dateline.errors import Permanent
from dateline.ports.ledger.suggested_tags import (
    OF_STORY,
    PublicStory,
    StorySuggestions,
    SuggestedTag,
    SuggestedTags,
)
from dateline.ports.ledger.vocabulary import Proposals
from dateline.ports.vocabulary import LiveTerms
from dateline.tagging.near_misses import near_misses

BATCH: Final = 20
"""Small, so that a story that is submitted meanwhile waits some hundredths of a second at most."""
COUNTED: Final = 200
"""Proposed names of a step whose mentions are counted, so that their list is quick."""
MOST: Final = 50_000
"""Suggestions that wait for an editor."""
LONGEST: Final = 50_000
"""Characters of a body that are looked through."""
LONGEST_SENTENCE: Final = 300


class SuggestionsLedger(SuggestedTags, Proposals, Protocol):
    """What it asks of the ledger."""


class TagSuggestions:
    """Counts who mentions proposed names, and takes what the change sequence brings, from its beginning, a batch after
    another."""

    def __init__(self, ledger: SuggestionsLedger, vocabulary: LiveTerms) -> None:
        self._ledger = ledger
        self._vocabulary = vocabulary

    def work(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Look until nothing is left or ``seconds`` are over."""
        deadline = clock() + seconds
        while self.step() and clock() < deadline:
            pass

    def step(self) -> bool:
        """Look through one batch; False when there was nothing to do."""
        if self._ledger.count_mentions(limit=COUNTED):
            return True
        due = self._ledger.stories_to_suggest(limit=BATCH)
        if due.is_empty:
            return False
        found = [StorySuggestions(item_id=story.item_id, tags=self._tags(story)) for story in due.stories]
        self._ledger.record_suggestions(found, seen=due.seen, most=MOST)
        return True

    def _tags(self, public: PublicStory) -> list[SuggestedTag]:
        if public.payload is None:
            return []
        try:
            story = from_payload(Story, public.payload)
            _, body = body_of(story.body_html, story.body_text)
        except Permanent:  # what can't be read is in quarantine already, with the reason
            return []
        text = tagged_text(story, body[:LONGEST])
        tagging = self._vocabulary.tagger().tag(text, story.tags, public.editor_tags.over(story.removed_tags))
        return [_suggested(one, text) for one in near_misses(tagging, OF_STORY)]


def _suggested(dropped: Dropped, text: TaggedText) -> SuggestedTag:
    evidence = dropped.evidence[0]
    whole = {"headline": text.headline, "summary": text.summary}.get(evidence.field, text.body_text)
    start, end = sentence_around(whole, evidence.start, evidence.end, LONGEST_SENTENCE)
    return SuggestedTag(
        type=dropped.type, slug=dropped.slug, reason=dropped.reason, words=whole[evidence.start : evidence.end],
        before=whole[start : evidence.start], after=whole[evidence.end : end],
    )  # fmt: skip
