"""What a term would do before it is saved: which stories would get it, and which would lose it.

The index knows of the whole archive. While it is away, the newest public stories are read from the ledger.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from dateline.domain.body import body_of
from dateline.domain.payload import from_payload
from dateline.domain.story import Story
from dateline.domain.tagged_text import tagged_text
from dateline.domain.term import Term
from dateline.errors import IndexUnavailable
from dateline.ports.ledger.claims import Claimed
from dateline.ports.ledger.reindex import PublishedItems
from dateline.ports.vocabulary import LiveTerms, TermEffect
from dateline_ingest.context import parts, token
from dateline_ingest.slots.request_slots import within_slot
from dateline_ingest.vocabulary.index_preview import LONGEST, preview_from_index
from dateline_ingest.vocabulary.touched_stories import TermPreview, TouchedStories, TouchedStory

MOST_STORIES: Final = 1_000
MOST_SECONDS: Final = 3.0
_PAGE: Final = 20
_PAGE_LENGTH: Final = 500_000
"""Characters of a page's texts after which stories are read one at a time: they may have megabytes each."""


def preview_term(
    ledger: PublishedItems, vocabulary: LiveTerms, term: Term, seconds: float = MOST_SECONDS
) -> TermPreview:
    """Tag the newest public stories with the term as it is and as ``term`` says it, for ``seconds`` at most."""
    comparison = vocabulary.comparison(term)
    deadline = time.monotonic() + seconds
    touched: dict[TermEffect, list[TouchedStory]] = {"gain": [], "lose": []}
    examined, complete = 0, True
    for claimed, story in _newest_stories(ledger):
        if time.monotonic() > deadline:
            complete = False
            break
        if _length(story) > LONGEST:
            complete = False
            continue
        examined += 1
        text = tagged_text(story, body_of(story.body_html, story.body_text)[1])
        difference = comparison.difference(text, story.tags, claimed.editor_tags.over(story.removed_tags))
        if difference:
            touched[difference.effect].append(
                TouchedStory(
                    id=claimed.item_id, headline=story.headline, published_at=story.published_at,
                    words=difference.words[:3],
                )
            )  # fmt: skip
    gain, lose = (TouchedStories.of(touched[effect], examined, examined) for effect in ("gain", "lose"))
    return TermPreview(gain=gain, lose=lose, examined=examined, candidates=examined, complete=complete)


def _newest_stories(ledger: PublishedItems) -> Iterator[tuple[Claimed, Story]]:
    """The newest stories that readers see; withdrawn ones are none."""
    before, left, limit = "", MOST_STORIES, 1
    while page := ledger.latest(kind="story", before=before, limit=limit):
        length = 0
        for claimed in page:
            if claimed.publish is not None and claimed.publish.payload and claimed.publish.action != "withdraw":
                story = from_payload(Story, claimed.publish.payload)
                length += _length(story)
                yield claimed, story
                left -= 1
                if not left:
                    return
        before, limit = page[-1].item_id, min(2 * limit, _PAGE) if length < _PAGE_LENGTH else 1


def _length(story: Story) -> int:
    return len(story.body_html or "") + len(story.body_text or "")


def preview(term: Term) -> TermPreview:
    """The preview in the app that answers this request. Aborts with 429 where the token has as many under way as it
    may."""
    here = parts()
    with within_slot(here.tagging_slots, token().name):
        try:
            return preview_from_index(here.index, here.ledger, here.vocabulary, term)
        except IndexUnavailable:
            return preview_term(here.ledger, here.vocabulary, term)
