"""What leads by itself: points for urgency, section, summary and picture, less some for each hour since publication.

What the hours cost is the same for all, so of two stories the one that stands before the other goes on doing so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from dateline.domain.document import StoryDocument

AN_HOUR: Final = 4.0
URGENCY: Final = 8.0
"""For each step of urgency above the usual 5, and against each below it: 1 is worth eight hours."""
USUAL_URGENCY: Final = 5
FIRST_SECTION: Final = 8.0
"""For a story of the first section in the navigation; each section after it has one less."""
SUMMARY: Final = 6.0
PICTURE: Final = 6.0
STUB: Final = 300
"""Characters; what has no summary and is shorter doesn't lead while another can."""


def points(story: StoryDocument, now: datetime, weights: Mapping[str, float]) -> float:
    """The points of a story; ``weights`` are those of sections, by slug."""
    hours = (now - story.published_at).total_seconds() / 3600
    urgency = (USUAL_URGENCY - (story.urgency or USUAL_URGENCY)) * URGENCY
    section = max((weights.get(crumb.slug, 0.0) for crumb in story.sections), default=0.0)
    return urgency + section + SUMMARY * bool(story.summary) + PICTURE * bool(story.images) - AN_HOUR * hours


def section_weights(slugs: Iterable[str]) -> dict[str, float]:
    """The weights of sections in the order of the navigation."""
    return {slug: max(0.0, FIRST_SECTION - place) for place, slug in enumerate(slugs)}


def is_stub(story: StoryDocument) -> bool:
    """Whether a whole story (not a brief one) is too little to lead."""
    return not story.summary and len(story.body_text) < STUB
