"""What the formula chooses for a front beside what is placed: the stories that readers would see there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dateline.domain.front import HOME, Placement
from dateline.errors import IndexUnavailable
from dateline.fronts.arrangement import Arrangement, arrange
from dateline.fronts.home import home_front
from dateline.ports.index import StoryFilter
from dateline_ingest.context import parts
from dateline_ingest.desk.front.story_lines import StoryLine, lines_of

FOLLOWING: Final = 12
"""So many more are offered to be placed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The formula's own: ``lead`` where nothing is on top, those of the ``second`` row behind what is placed there, and
    what follows. ``known`` is False while the index can't be asked."""

    lead: StoryLine | None = None
    second: Sequence[StoryLine] = ()
    following: Sequence[StoryLine] = ()
    known: bool = True


def chosen_stories(placement: Placement) -> Chosen:
    """What stands on the front that ``placement`` makes, beside what it places."""
    try:
        front = _arranged(placement)
    except IndexUnavailable:
        return Chosen(known=False)
    lead = [front.lead] if front.lead and front.lead.id not in front.placed else []
    return Chosen(
        lead=next(iter(lines_of(lead)), None),
        second=lines_of(story for story in front.seconds if story.id not in front.placed),
        following=lines_of(front.following[:FOLLOWING]),
    )


def _arranged(placement: Placement) -> Arrangement:
    index, now = parts().index, datetime.now(UTC)
    if placement.page == HOME:
        return home_front(index, placement, now).arrangement
    return arrange(index, placement, now, {}, filter=StoryFilter(sections=(placement.page,)))
