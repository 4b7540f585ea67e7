"""What the plan lacks: promises that are late, events that nobody covers, and what was promised of nothing any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from dateline.domain.coverage import OPEN_STATES, Coverage
from dateline.ports.ledger.coverages import Coverages, CoverageSearch
from dateline_ingest.event_register import EventLine, EventRegister
from dateline_ingest.planning.plan import CALLED_OFF, PlanDay, PlanEntry, expected_times, plan_of

GapKind = Literal["late", "past", "uncovered", "unassigned", "off"]
GAP_KINDS: Final[tuple[GapKind, ...]] = ("late", "past", "uncovered", "unassigned", "off")
LOOKED_BACK: Final = timedelta(days=14)
"""What was promised so long ago and never came is told no more."""
AHEAD: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A thing that is missing: an event that nobody covers, or a coverage: it is late, its event is over, nobody has
    it, or its event doesn't take place."""

    kind: GapKind
    day: date
    entry: PlanEntry | None = None
    coverage: Coverage | None = None

    @property
    def title(self) -> str:
        """What it is about."""
        return self.coverage.title if self.coverage else self.entry.title if self.entry else ""


def gaps_now(
    lines: Sequence[EventLine], register: EventRegister, ledger: Coverages, zone: ZoneInfo, now: datetime
) -> list[Gap]:
    """What is missing today and tomorrow, and of the two weeks before. ``lines`` are those of the register."""
    today = now.astimezone(zone).date()
    first, last = today - LOOKED_BACK, today + AHEAD
    near = expected_times(today, last, lines, register, zone)
    recent = ledger.coverages(CoverageSearch(first=first, last=last)).items
    of_events = {one.event_id for one in recent if one.event_id} | {one.line.row.id for one in near}
    found = ledger.coverages(CoverageSearch(first=first, last=last, event_ids=of_events)).items
    covered = {one.event_id for one in found}
    uids = {line.event.external_id for line in lines if line.row.id in covered and line.event}
    whose = [line for line in lines if line.event and (line.row.id in covered or line.event.external_id in uids - {""})]
    before = expected_times(first, today - AHEAD, whose, register, zone)
    days = plan_of(first, today - AHEAD, before, found) + plan_of(today, last, near, found)
    return gaps_of(days, found, lines, zone, now)


def gaps_of(
    days: Sequence[PlanDay], coverages: Iterable[Coverage], lines: Sequence[EventLine], zone: ZoneInfo, now: datetime
) -> list[Gap]:
    """What of ``days`` is missing at ``now``, what hurries most first."""
    today = now.astimezone(zone).date()
    entries = [(day.day, entry) for day in days for entry in day.entries]
    entry_of = {one.id: entry for _, entry in entries for one in entry.coverages}
    by_id = {line.row.id: line for line in lines}
    found = [
        Gap(kind="uncovered", day=day, entry=entry)
        for day, entry in entries
        if today <= day <= today + AHEAD and entry.begins_here and not entry.is_covered
        if not entry.is_called_off and not entry.is_over(now, zone)
    ]
    for one in coverages:
        if one.state in OPEN_STATES and (kind := _kind(one, entry_of.get(one.id), by_id, zone, now)):
            found.append(Gap(kind=kind, day=one.day, entry=entry_of.get(one.id), coverage=one))
    return sorted(found, key=lambda gap: (GAP_KINDS.index(gap.kind), gap.day, gap.title))


def _kind(
    coverage: Coverage, entry: PlanEntry | None, lines: dict[str, EventLine], zone: ZoneInfo, now: datetime
) -> GapKind | None:
    line = lines.get(coverage.event_id)
    if coverage.event_id and (line is None or line.is_withdrawn or (line.event and line.event.status in CALLED_OFF)):
        return "off"
    if coverage.is_late(now):
        return "late"
    if entry is not None and entry.is_over(now, zone):
        return "past"
    near = coverage.day <= now.astimezone(zone).date() + AHEAD
    return "unassigned" if near and not coverage.assignee_id else None
