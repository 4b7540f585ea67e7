"""Stories as the page of the front names them: by headline, with where and since when readers see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from dateline.domain.document import StoryDocument
from dateline.errors import IndexUnavailable, NotFound
from dateline.ports.ledger.items import Item, ItemSummary
from dateline.ports.ledger.story_pages.story_list import StoryFilter
from dateline_ingest.context import parts
from dateline_ingest.desk.choices import label_of_section
from dateline_ingest.desk.outcome import clock_words
from dateline_ingest.desk.template_filters import STATE_LABELS

MOST_FOUND: Final = 8
GONE: Final = "a story that is gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story in a line. ``shown`` is whether readers have it, in lists too; without that it can't stand on a page."""

    id: str
    headline: str
    about: str
    shown: bool = True
    language: str = ""


def story_lines(ids: Collection[str]) -> dict[str, StoryLine]:
    """The stories of these ids that are on record: as readers see them, else as the ledger has them."""
    lines = {line.id: line for line in lines_of(_documents(ids))}
    for id in ids:
        if id not in lines:
            with suppress(NotFound):
                lines[id] = _unseen(parts().ledger.item("story", id, payloads=()))
    return lines


def lines_of(stories: Iterable[StoryDocument]) -> list[StoryLine]:
    """Stories that readers have, in a line each."""
    return [_line(story) for story in stories if story.is_listed]


def found_lines(typed: str) -> list[StoryLine]:
    """The newest stories in whose headlines words begin with what was typed."""
    if not typed.strip():
        return []
    chosen = StoryFilter(words=typed[:200], headlines_only=True)
    found = parts().ledger.stories(chosen, limit=MOST_FOUND).items
    known = {line.id: line for line in lines_of(_documents([one.id for one in found]))}
    return [known.get(one.id) or _unseen(one) for one in found]


def headline_in(lines: Mapping[str, StoryLine], id: str) -> str:
    """What a story is called, also where it isn't on record any more."""
    return lines[id].headline if id in lines else GONE


def _documents(ids: Collection[str]) -> list[StoryDocument]:
    """() while the index can't be reached."""
    if not ids:
        return []
    try:
        return cast(list[StoryDocument], parts().index.get("story", list(ids), brief=True))
    except IndexUnavailable:
        return []


def _line(story: StoryDocument) -> StoryLine:
    section = story.sections[-1].label if story.sections else ""
    said = (section, _when(story.published_at), f"urgency {story.urgency}" if story.urgency else "")
    return StoryLine(
        id=story.id, headline=story.headline, about=" · ".join(filter(None, said)), language=story.language
    )


def _unseen(story: Item | ItemSummary) -> StoryLine:
    state = story.newest.state if isinstance(story, Item) else story.state
    said = (label_of_section(story.section) if story.section else "", _where(state))
    return StoryLine(
        id=story.id, headline=story.label or GONE, about=" · ".join(filter(None, said)), shown=state == "indexed"
    )


def _where(state: str) -> str:
    return STATE_LABELS.get(state, state)


def _when(moment: datetime) -> str:
    return clock_words(moment, parts().settings.timezone)
