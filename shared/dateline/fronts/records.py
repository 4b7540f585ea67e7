"""A front page as it is put on record when it changes, so that it can be seen for ever as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dateline.domain.document import StoryDocument
from dateline.domain.front import HOME, FrontRecord, PlacedColumn, PlacedStory
from dateline.fronts.home import COLUMN, HomeFront


def record_of(front: HomeFront, at: datetime) -> FrontRecord:
    """What is kept of a front page."""
    top, line = front.arrangement, front.arrangement.placement.breaking
    return FrontRecord(
        page=HOME,
        at=at,
        lead=_placed(top.lead) if top.lead else None,
        second=tuple(map(_placed, top.seconds)),
        columns=tuple(
            PlacedColumn(section=one.section.slug, label=one.section.label, stories=tuple(map(_placed, one.stories)))
            for one in front.columns
        ),
        latest=() if front.columns else tuple(map(_placed, top.following[:COLUMN])),
        breaking=line.text if line else "",
    )


def looks_alike(one: FrontRecord, other: FrontRecord) -> bool:
    """Whether readers saw the same on both."""
    return replace(one, at=other.at) == other


def _placed(story: StoryDocument) -> PlacedStory:
    return PlacedStory(id=story.id, revision=story.revision, headline=story.headline, summary=story.summary)
