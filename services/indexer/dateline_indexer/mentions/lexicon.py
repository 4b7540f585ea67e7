"""All public events by the two words that their titles begin with, and which of them a story mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.payload import from_payload
from dateline.domain.recurrence import bounds
from dateline.errors import Permanent
from dateline.ports.ledger.event_links import PublicText
from dateline_indexer.mentions.reading import Found, KnownEvent, StoryText, found_titles, means
from dateline_indexer.mentions.titles import Title, titles_of
from dateline_indexer.mentions.words import words_of

MOST_MENTIONED: Final = 10
"""Events of one story: one that lists more is a calendar."""
MOST_LOOKED_AT: Final = 100
"""Events whose titles may begin alike that are looked at for one story."""


class Lexicon:
    """The events that are looked for; ``seq`` is the number of the change sequence up to which it knows them."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.seq = 0
        self._zone = zone
        self._events: dict[str, KnownEvent] = {}
        self._by_words: dict[tuple[str, ...], list[tuple[Title, str]]] = defaultdict(list)

    def learn(self, text: PublicText, places: frozenset[str]) -> None:
        """Know an event as readers have it now; one that was withdrawn is forgotten. ``places`` are those of its tags
        that say where: no countries and no seas."""
        self.seq = max(self.seq, text.seq)
        self._forget(text.item_id)
        known = _known(text, places, self._zone)
        if known is None:
            return
        self._events[known.id] = known
        for title in known.titles:
            self._by_words[title.stems[:2]].append((title, known.id))

    def find(self, event_id: str) -> KnownEvent | None:
        """An event that is looked for."""
        return self._events.get(event_id)

    def mentioned_in(self, story: StoryText) -> frozenset[str]:
        """The events that a story mentions."""
        places: dict[str, list[tuple[int, Title]]] = defaultdict(list)
        for number, (one, other) in enumerate(pairwise(story.words)):
            for title, event_id in self._by_words.get((one.stem, other.stem), ()):
                if len(places) < MOST_LOOKED_AT or event_id in places:
                    places[event_id].append((number, title))
        mentioned = (event_id for event_id, where in places.items() if self._means(story, event_id, where))
        return frozenset(sorted(mentioned)[:MOST_MENTIONED])

    def _means(self, story: StoryText, event_id: str, where: list[tuple[int, Title]]) -> bool:
        found: list[Found] = list(found_titles(story, where))
        return bool(found) and means(story, self._events[event_id], found, self._zone)

    def _forget(self, event_id: str) -> None:
        if gone := self._events.pop(event_id, None):
            for title in gone.titles:
                self._by_words[title.stems[:2]].remove((title, event_id))


def _known(text: PublicText, places: frozenset[str], zone: ZoneInfo) -> KnownEvent | None:
    """The event as it is looked for; None for one whose title tells nothing, and for an exception: its series stands
    for it."""
    if text.payload is None:
        return None
    try:
        event = from_payload(Event, text.payload)
        bounds(event, zone)
    except Permanent:  # what can't be read, or has a rule that is taken no more, takes place on no known day
        return None
    titles = titles_of(event.title)
    if not titles or event.recurrence_id:
        return None
    return KnownEvent(
        id=text.item_id,
        titles=tuple(titles),
        event=replace(event, description_html=None, description_text=None),
        places=places,
        named_places=tuple(dict.fromkeys(_named_places(event))),
    )


def _named_places(event: Event) -> Iterator[tuple[str, ...]]:
    if event.location:
        for name in (event.location.name, event.location.city):
            if stems := tuple(word.stem for word in words_of(name)):
                yield stems
