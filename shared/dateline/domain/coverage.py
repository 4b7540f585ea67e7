"""Coverage: who covers what, until when, in what form (ninjs 3 planning's ``coverages``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

CoverageState = Literal["planned", "assigned", "filed", "dropped"]
COVERAGE_STATES: Final[tuple[CoverageState, ...]] = ("planned", "assigned", "filed", "dropped")
CoverageForm = Literal["text", "picture", "video", "audio", "graphic", "live"]
COVERAGE_FORMS: Final[tuple[CoverageForm, ...]] = ("text", "picture", "video", "audio", "graphic", "live")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One promise of a story. ``event_id`` and ``recurrence_id`` say which event and which of its times; "" where it
    is of no event in the calendar, and ``title`` says what then. ``day`` is the newsroom's. ``assignee_id`` is a
    writer's; ``story_id`` what was filed."""

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
    story_id: str = ""
