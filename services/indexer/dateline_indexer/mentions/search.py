"""Looking for events in stories, a little at a time beside the indexing: in what became public, and for new events."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from dateline.domain.body import body_of
from dateline.domain.payload import from_payload
from dateline.domain.recurrence import bounds
from dateline.domain.story import Story
from dateline.errors import Permanent
from dateline.ports.index import Clause, Index, StoryFilter, StorySearch
from dateline.ports.ledger.event_links import EventLinks, Mentions, PublicText
from dateline.ports.wakeup import Lane, WakeUp
from dateline.vocabulary import Vocabulary
from dateline_indexer.mentions.lexicon import Lexicon
from dateline_indexer.mentions.reading import AHEAD, BEFORE, KnownEvent, StoryText

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.indexer")

BATCH: Final = 20
"""Small, so that a story that is submitted meanwhile waits some hundredths of a second at most."""
EVENTS_PAGE: Final = 500
MOST_LOOKED_AT: Final = 100
"""Stories that are looked at again when an event is made or changed: the newest that have its title."""
LONGEST: Final = 50_000
"""Characters of a story that are looked through."""
WHERE: Final = frozenset({"city", "region"})
"""Kinds of places that say where something is."""


class MentionSearch:
    """Takes what the change sequence brings, one batch after another. It knows all public events."""

    def __init__(
        self, ledger: EventLinks, index: Index, wakeup: WakeUp, zone: ZoneInfo, vocabulary: Callable[[], Vocabulary]
    ) -> None:
        self._ledger = ledger
        self._index = index
        self._wakeup = wakeup
        self._zone = zone
        self._vocabulary = vocabulary
        self._lexicon = Lexicon(zone)

    def work(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Look until nothing is left or ``seconds`` are over."""
        deadline = clock() + seconds
        while self.step() and clock() < deadline:
            pass

    def step(self) -> bool:
        """Learn more events, or look through one batch; False when there was nothing to do."""
        due = self._ledger.texts_to_read(limit=BATCH)
        if due.is_empty:
            return False
        if self._learn_events():
            return True
        found = [one for text in due.texts for one in self._mentions(text)]
        if changed := self._ledger.record_mentions(found, seen=due.seen):
            log.info("mentions", stories=len(changed))
            self._wakeup.wake(Lane.RETAG)
        return True

    def _learn_events(self) -> bool:
        """Whether there were so many that the rest comes with the next step."""
        events = self._ledger.changed_events(after=self._lexicon.seq, limit=EVENTS_PAGE)
        vocabulary = self._vocabulary() if events else None
        for text in events:
            self._lexicon.learn(text, _telling(text.places, vocabulary))
        return len(events) == EVENTS_PAGE

    def _mentions(self, text: PublicText) -> Iterator[Mentions]:
        if text.kind == "event":
            yield from self._stories_with(text.item_id)
        else:
            story = _story_text(text, self._zone)
            mentioned = self._lexicon.mentioned_in(story) if story else frozenset()
            yield Mentions(story_id=text.item_id, event_ids=mentioned)

    def _stories_with(self, event_id: str) -> Iterator[Mentions]:
        """What the stories mention that may mean this event, or did before it changed."""
        known = self._lexicon.find(event_id)
        ids = {*self._ledger.stories_mentioning(event_id), *(self._candidates(known) if known else ())}
        for text in self._ledger.public_stories(ids):
            if story := _story_text(text, self._zone):
                mentioned = self._lexicon.mentioned_in(story) & {event_id}
                yield Mentions(story_id=text.item_id, event_ids=mentioned, among=frozenset({event_id}))

    def _candidates(self, known: KnownEvent) -> Sequence[str]:
        """The newest stories of its time that have the event's title. Raises ``IndexUnavailable``."""
        first, last = bounds(known.event, self._zone)
        around = StoryFilter(first_day=first - AHEAD, last_day=last + BEFORE if last else None)
        ids: dict[str, None] = {}
        for title in known.titles:
            phrase = Clause(text=title.text, phrase=True)
            search = StorySearch(clauses=(phrase,), filter=around, sort="newest", limit=MOST_LOOKED_AT, brief=True)
            ids.update((hit.document.id, None) for hit in self._index.search(search).hits)
        return list(ids)


def _telling(slugs: Collection[str], vocabulary: Vocabulary | None) -> frozenset[str]:
    """Those of the places that say where something is."""
    rows = {slug: vocabulary.row(f"place:{slug}") if vocabulary else None for slug in slugs}
    return frozenset(slug for slug, row in rows.items() if row and (not row.kind or row.kind in WHERE))


def _story_text(text: PublicText, zone: ZoneInfo) -> StoryText | None:
    """A story as it is looked through; None for one that is gone, or can't be read: it is in quarantine already."""
    if text.payload is None:
        return None
    try:
        story = from_payload(Story, text.payload)
        _, body = body_of(story.body_html, story.body_text)
    except Permanent:
        return None
    told: date = story.published_at.astimezone(zone).date()
    words = "\n".join((story.headline, story.summary, body))[:LONGEST]
    return StoryText(text=words, day=told, dateline=story.place, places=text.places)
