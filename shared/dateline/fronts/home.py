"""The front page: what leads it, and a column for each main section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from dateline.domain.document import StoryDocument, TermDocument
from dateline.domain.front import Placement
from dateline.fronts.arrangement import Arrangement, arrange, newest_stories
from dateline.fronts.formula import section_weights
from dateline.fronts.sections import main_sections
from dateline.ports.index import Index, StoryFilter, TermLine

MAX_COLUMNS: Final = 6
MAX_TRIED: Final = 2 * MAX_COLUMNS
"""Each section tried is a search, and one may have no story that isn't shown above."""
COLUMN: Final = 5
"""One headline bold and four plain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A section's newest stories that stand nowhere above."""

    section: TermDocument
    stories: tuple[StoryDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFront:
    """The front page's stories; none stands on it twice."""

    arrangement: Arrangement
    columns: tuple[Column, ...]


def home_front(index: Index, placement: Placement, now: datetime) -> HomeFront:
    """The front page as ``placement`` makes it. Raises ``IndexUnavailable``."""
    sections = tuple(islice((line for line in main_sections(index) if line.stories), MAX_TRIED))
    front = arrange(index, placement, now, section_weights(line.document.slug for line in sections))
    above = {*(story.id for story in front.stories), *placement.hidden}
    return HomeFront(arrangement=front, columns=_columns(index, sections, above))


def _columns(index: Index, sections: Sequence[TermLine], shown: set[str]) -> tuple[Column, ...]:
    """Each main section with stories that aren't shown yet; a story stands in one column only."""
    columns: list[Column] = []
    for line in sections:
        found = newest_stories(index, StoryFilter(sections=(line.document.slug,)), COLUMN + len(shown))
        stories = tuple(story for story in found if story.id not in shown)[:COLUMN]
        if stories:
            columns.append(Column(section=line.document, stories=stories))
            shown |= {story.id for story in stories}
        if len(columns) == MAX_COLUMNS:
            break
    return tuple(columns)
