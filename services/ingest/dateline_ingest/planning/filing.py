"""Coverages that are filed by themselves, a little at a time in the background: whose story is there, whose has gone.

docs/planning.md says the rule in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import structlog

from dateline.analysis.label_key import label_key
from dateline.domain.coverage import Coverage, CoverageForm
from dateline.domain.html import text_of
from dateline.ports.ledger.coverages import CoverageFiling, LinkedStory, PromisedText

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.planning")

WATCHED: Final = timedelta(days=30)
"""What should have come so long ago is looked for no more."""
BATCH: Final = 200
BEFORE: Final = timedelta(days=1)
AFTER: Final = timedelta(days=3)
"""Within so many days of a promise its assignee's story is taken for it by its words."""
WRITTEN: Final[tuple[CoverageForm, ...]] = ("text", "live")
"""Forms that any story keeps; a picture needs a story with pictures, and the others an editor's word."""
PICTURED: Final[tuple[CoverageForm, ...]] = ("picture",)
_TELLING: Final = 4
"""Letters of a word that tells something."""
_PART: Final = 0.6
"""What part of the telling words of a promise its story has."""
_LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedStory:
    """A public story: whose it is, when it came."""

    story_id: str
    owner_id: str
    received_at: datetime
    has_pictures: bool


class Filing:
    """Looks for the stories that were promised. Every step may be repeated."""

    def __init__(self, ledger: CoverageFiling, zone: ZoneInfo, clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._zone = zone
        self._clock = clock

    def work(self) -> None:
        """Look once. Raises ``LedgerUnavailable``."""
        reopened = self._ledger.reopen_coverages()
        filed = self._ledger.file_sent_drafts()
        filed += self._file_linked()
        filed += self._file_by_words()
        if filed or reopened:
            log.info("coverages", filed=filed, reopened=reopened)

    def _open(self) -> list[Coverage]:
        return list(self._ledger.open_coverages((self._clock() - WATCHED).astimezone(self._zone).date()))

    def _file_linked(self) -> int:
        """By stories that are linked with an event."""
        waiting = [one for one in self._open() if one.event_id]
        linked = self._ledger.linked_stories({one.event_id for one in waiting}) if waiting else ()
        filed = 0
        for story in linked:
            of_event = [one for one in waiting if one.event_id == story.event_id]
            arrived = _arrived(story)
            kept = promises_kept(arrived, of_event, self._filed(story.story_id) if of_event else (), self._day(arrived))
            filed += self._file(kept, arrived, waiting)
        return filed

    def _file_by_words(self) -> int:
        """By the words of their assignees' stories."""
        waiting = [one for one in self._open() if one.assignee_id]
        due = self._ledger.promised_texts({one.assignee_id for one in waiting}, limit=BATCH)
        filed = 0
        for text in due.texts:
            arrived = _arrived(text)
            day, words = self._day(arrived), words_of(text.payload)
            told = [one for one in waiting if one.belongs_to(text.owner_id) and is_told(one, day, words, self._zone)]
            kept = promises_kept(arrived, told, self._filed(text.story_id) if told else (), day)
            filed += self._file(kept, arrived, waiting)
        if due.seen != due.before:
            self._ledger.note_promised_texts(due.seen)
        return filed

    def _file(self, kept: Iterable[Coverage], story: ArrivedStory, waiting: list[Coverage]) -> int:
        filed = 0
        for coverage in kept:
            waiting.remove(coverage)
            filed += self._ledger.file_coverage(coverage, story.story_id)
        return filed

    def _filed(self, story_id: str) -> Iterable[CoverageForm]:
        return self._ledger.filed_forms([story_id]).get(story_id, ())

    def _day(self, story: ArrivedStory) -> date:
        return story.received_at.astimezone(self._zone).date()


def promises_kept(
    story: ArrivedStory, waiting: Sequence[Coverage], filed: Iterable[CoverageForm], day: date
) -> list[Coverage]:
    """Which of these promises a story keeps: one that is written and one of a picture at most, of those that were made
    before it came. ``filed`` are the forms in which it keeps others already, ``day`` when it came."""
    made = [one for one in waiting if one.counts_from < story.received_at]
    kinds = [WRITTEN, PICTURED] if story.has_pictures else [WRITTEN]
    done = set(filed)
    kept = (_first([one for one in made if one.form in kind], story, day) for kind in kinds if not done & {*kind})
    return [one for one in kept if one is not None]


def _first(waiting: Sequence[Coverage], story: ArrivedStory, day: date) -> Coverage | None:
    """The author's own promise; else one that nobody has; from the day before on also a colleague's. Of several times
    of an event the nearest one's."""
    allowed = [
        one for one in waiting if one.belongs_to(story.owner_id) or not one.assignee_id or day >= one.day - BEFORE
    ]

    def order(one: Coverage) -> tuple[Any, ...]:
        own = 0 if one.belongs_to(story.owner_id) else 1 if not one.assignee_id else 2
        return abs((one.day - day).days), own, one.due_at is None, one.due_at or story.received_at, one.id

    return min(allowed, key=order, default=None)


def is_told(coverage: Coverage, day: date, words: frozenset[str], zone: ZoneInfo) -> bool:
    """Whether a story of this day has the words of a promise."""
    due = coverage.due_at.astimezone(zone).date() if coverage.due_at else coverage.day
    if not coverage.day - BEFORE <= day <= max(coverage.day, due) + AFTER:
        return False
    telling = {_stem(word) for word in label_key(coverage.title).split() if len(word) >= _TELLING}
    found = telling & words
    return bool(telling) and len(found) >= max(min(2, len(telling)), _PART * len(telling))


def words_of(payload: Any) -> frozenset[str]:
    """The words of a story as they are compared: by their beginnings, since languages bend their ends."""
    body = text_of(payload.get("body_html") or "") if payload.get("body_html") else payload.get("body_text") or ""
    said = " ".join((payload.get("headline") or "", payload.get("summary") or "", body))[:_LONGEST]
    return frozenset(_stem(word) for word in label_key(said).split() if len(word) >= _TELLING)


def _stem(word: str) -> str:
    return word[: max(_TELLING, len(word) - 2)]


def _arrived(story: LinkedStory | PromisedText) -> ArrivedStory:
    return ArrivedStory(
        story_id=story.story_id, owner_id=story.owner_id, received_at=story.received_at, has_pictures=story.has_pictures
    )
