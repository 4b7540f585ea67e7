"""Coverage: who covers what, until when, in what form (ninjs 3 planning's ``coverages``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

CoverageState = Literal["planned", "assigned", "filed", "dropped"]
COVERAGE_STATES: Final[tuple[CoverageState, ...]] = ("planned", "assigned", "filed", "dropped")
OPEN_STATES: Final[tuple[CoverageState, ...]] = ("planned", "assigned")
"""Something is still to come."""
CoverageForm = Literal["text", "picture", "video", "audio", "graphic", "live"]
COVERAGE_FORMS: Final[tuple[CoverageForm, ...]] = ("text", "picture", "video", "audio", "graphic", "live")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One promise of a story. ``event_id`` and ``recurrence_id`` say which event and which of its times; "" where it
    is of no event in the calendar, and ``title`` says what then. ``day`` is the newsroom's. ``assignee_id`` is a
    writer's; ``draft_id`` the draft that was given with it; ``story_id`` what was filed. ``note`` says what is wanted,
    ``reason`` why it was dropped or given back. Only stories that came after ``counts_from`` file it."""

    id: str
    revision: int
    title: str
    day: date
    form: CoverageForm
    state: CoverageState
    made_at: datetime
    changed_at: datetime
    by: str
    event_id: str = ""
    recurrence_id: str = ""
    due_at: datetime | None = None
    assignee_id: str = ""
    assignee: str = ""
    note: str = ""
    reason: str = ""
    draft_id: str = ""
    story_id: str = ""
    counts_from: datetime

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return self.state in OPEN_STATES

    def is_late(self, now: datetime) -> bool:
        """Whether it should have come before ``now``."""
        return self.is_open and self.due_at is not None and self.due_at < now

    def belongs_to(self, writer_id: str) -> bool:
        """Whether it is this writer's promise."""
        return bool(writer_id) and self.assignee_id == writer_id
