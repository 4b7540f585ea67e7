"""The front page and section fronts: what an editor placed, and what readers saw at a time.

What leads is worked out (``dateline.fronts``); a placement is an editor's word over that, for a while.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

FRONT_SCHEMA = 1
HOME: Final = "home"
"""The page that is the paper's front; any other is the slug of a section."""
MOST_SECOND: Final = 6
MOST_HIDDEN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakingLine:
    """One sentence above everything, until ``until``; ``story`` is the id of the story that it leads to, or ""."""

    text: str
    until: datetime
    story: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """What an editor decided of one page: ids of stories. It ends ``until``; None: when it is changed.

    ``lead`` "" is the formula's own; ``second`` come first in the second row, in this order; ``hidden`` are never
    shown on this page. ``breaking`` has an end of its own.
    """

    page: str = HOME
    lead: str = ""
    second: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    until: datetime | None = None
    breaking: BreakingLine | None = None


def in_force(placement: Placement, now: datetime) -> Placement:
    """What of ``placement`` holds now: its end, and that of its breaking line, may be over."""
    line = placement.breaking if placement.breaking and placement.breaking.until > now else None
    if placement.until is not None and placement.until <= now:
        return Placement(page=placement.page, breaking=line)
    return replace(placement, breaking=line)


def placement_id(page: str) -> str:
    """The id under which the placement of a page is on record, and in the index."""
    return f"front:{page}" if page == HOME else f"front:section-{page}"


def record_id(page: str, at: datetime) -> str:
    """The id of the record of a page from ``at`` on, to the second: ids sort as their times do."""
    return f"{placement_id(page)}:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedStory:
    """A story as it stood on a page: what its headline and summary were, of which revision."""

    id: str
    revision: int
    headline: str
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedColumn:
    """A section's column as it stood on the front page."""

    section: str
    label: str
    stories: tuple[PlacedStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontRecord:
    """A page as readers saw it from ``at`` on, until the next record of that page."""

    page: str
    at: datetime
    lead: PlacedStory | None
    second: tuple[PlacedStory, ...] = ()
    columns: tuple[PlacedColumn, ...] = ()
    latest: tuple[PlacedStory, ...] = ()
    breaking: str = ""
