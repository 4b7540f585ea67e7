"""A topic's phrases beside the newest stories: which would have it, by which words, and how narrowly."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dateline.domain.document import StoryDocument
from dateline.domain.term import Term
from dateline.ports.index import Index, StorySearch
from dateline.ports.vocabulary import TopicScore, TopicScores
from dateline_ingest.context import parts, token
from dateline_ingest.slots.request_slots import within_slot
from dateline_ingest.vocabulary.index_preview import LONGEST, tagged_text_of

MOST_STORIES: Final = 1_000
MOST_SECONDS: Final = 1.5
MOST_LISTED: Final = 50
_PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedStory:
    """A story that has a phrase of the topic, what it says for it, and whether it carries the topic now."""

    id: str
    headline: str
    published_at: datetime
    score: TopicScore
    carries: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTrial:
    """Of the ``examined`` newest stories so many are ``reached``; ``lines`` are these, then those that have a phrase
    and not enough, the newest first; at most ``MOST_LISTED`` of each."""

    examined: int
    reached: int
    missed: int
    lines: tuple[TriedStory, ...]


def try_rules(index: Index, scores: TopicScores, key: str, seconds: float = MOST_SECONDS) -> RuleTrial:
    """Try the phrases on the newest stories that readers see. Raises ``IndexUnavailable``."""
    deadline = time.monotonic() + seconds
    reached: list[TriedStory] = []
    missed: list[TriedStory] = []
    examined, after = 0, None
    while examined < MOST_STORIES and time.monotonic() < deadline:
        page = index.search(StorySearch(sort="newest", limit=_PAGE, after=after))
        for story in (hit.document for hit in page.hits):
            examined += 1
            if tried := _tried(story, scores, key):
                (reached if tried.score.reached else missed).append(tried)
        after = page.after
        if after is None:
            break
    lines = (*reached[:MOST_LISTED], *missed[:MOST_LISTED])
    return RuleTrial(examined=examined, reached=len(reached), missed=len(missed), lines=lines)


def _tried(story: StoryDocument, scores: TopicScores, key: str) -> TriedStory | None:
    if len(story.body_text) > LONGEST or (score := scores.score(tagged_text_of(story))) is None:
        return None
    return TriedStory(
        id=story.id, headline=story.headline, published_at=story.published_at, score=score,
        carries=any(tag.key == key for tag in story.accepted_tags),
    )  # fmt: skip


def rule_trial(topic: Term) -> RuleTrial:
    """The trial in the app that answers this request. Aborts with 429 where the token has as many under way as it may.
    Raises ``IndexUnavailable``."""
    here = parts()
    with within_slot(here.tagging_slots, token().name):
        return try_rules(here.index, here.vocabulary.trial(topic), topic.key)
