"""Days as a grid: hours down, days and what takes place at one time side by side. Hours without events are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby
from typing import Final

from dateline_web.events.timetable import EventLine

HALF: Final = 30
"""A row of the grid is an hour, or half of it where something begins or ends then."""
DAY: Final = 48
UNKNOWN: Final = 2
"""Halves of an hour that an event takes whose end nobody said."""
BARS: Final = 4
"""Rows of bars."""
WORTH_A_GRID: Final = 3
"""Fewer events with a time are a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """An event on the grid, or a free place: over so many rows, and so many lanes. ``first``: its day begins there.

    Of a bar ``before`` and ``after`` say that it began before the days shown, or goes on after them.
    """

    rows: int = 1
    lanes: int = 1
    line: EventLine | None = None
    first: bool = False
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row. ``hour`` and ``spans`` stand in the first row of an hour only; ``gap``: hours before it are left out."""

    hour: str = ""
    spans: int = 0
    gap: bool = False
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A day of the grid: how many lanes it has, and what finds none of them."""

    day: date
    lanes: int
    left: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HourGrid:
    """The grid of some days, with bars of what takes all day or longer on top of it."""

    columns: tuple[Column, ...]
    bars: tuple[tuple[Slot, ...], ...]
    rows: tuple[Row, ...]

    @property
    def keys(self) -> frozenset[tuple[str, ...]]:
        """The lines that stand on it, or are counted there."""
        slots = (slot for row in (*self.bars, *(row.slots for row in self.rows)) for slot in row)
        shown = frozenset(slot.line.key for slot in slots if slot.line)
        return shown if len(self.columns) == 1 else shown.union(line.key for day in self.columns for line in day.left)


@dataclass(slots=True, kw_only=True)
class _Placed:
    """A line in its lane, from half hour ``begin`` to ``end`` of its day; it takes the free lanes beside it too."""

    line: EventLine
    begin: int
    end: int
    lane: int = 0
    lanes: int = 1

    def meets(self, other: _Placed) -> bool:
        return self.begin < other.end and other.begin < self.end


def hour_grid(
    days: Sequence[tuple[date, Sequence[EventLine]]], long: Sequence[EventLine], zone: tzinfo, lanes: int
) -> HourGrid | None:
    """The grid of the days that have an event with a time; None where those are too few to be worth one.

    Of what takes place at one time so many ``lanes`` stand side by side; the others are left. ``long`` take longer
    than a day.
    """
    timed = [(day, [line for line in lines if not line.occurrence.all_day]) for day, lines in days]
    timed = [(day, lines) for day, lines in timed if lines]
    if sum(len(lines) for _, lines in timed) < WORTH_A_GRID:
        return None
    columns, placed = [], []
    for day, lines in timed:
        inside, left = _in_lanes([_placed(line, zone) for line in lines], lanes)
        columns.append(Column(day=day, lanes=1 + max(each.lane for each in inside), left=tuple(left)))
        placed.append(inside)
    cuts = _cuts([each for inside in placed for each in inside])
    all_day = [line for _, lines in days for line in lines if line.occurrence.all_day]
    return HourGrid(
        columns=tuple(columns), bars=tuple(_bars(columns, [*long, *all_day])), rows=tuple(_rows(columns, placed, cuts))
    )


def _bars(columns: Sequence[Column], lines: Sequence[EventLine]) -> Iterator[tuple[Slot, ...]]:
    """Rows of bars over the days that they touch; of more than there is room for the later ones are left out."""
    rows: list[list[EventLine | None]] = []
    for line in lines:
        touched = [place for place, column in enumerate(columns) if line.first <= column.day <= line.last]
        free = next((row for row in rows if all(row[place] is None for place in touched)), None)
        if free is None and len(rows) < BARS and touched:
            free = [None] * len(columns)
            rows.append(free)
        if free is not None:
            for place in touched:
                free[place] = line
    for row in rows:
        yield tuple(_bar(columns, row[run[0]], run) for run in _runs(row))


def _runs(row: Sequence[EventLine | None]) -> Iterator[list[int]]:
    """The places of a row where one thing, or nothing, stands side by side."""
    for _, group in groupby(range(len(row)), key=lambda place: id(row[place])):
        yield list(group)


def _bar(columns: Sequence[Column], line: EventLine | None, places: Sequence[int]) -> Slot:
    inside = [columns[place] for place in places]
    return Slot(
        lanes=sum(column.lanes for column in inside), line=line, first=True,
        before=line is not None and line.first < inside[0].day, after=line is not None and line.last > inside[-1].day,
    )  # fmt: skip


def _placed(line: EventLine, zone: tzinfo) -> _Placed:
    """A line on the newsroom's wall clock; what goes on after midnight ends there."""
    start, end = line.occurrence.start, line.occurrence.end
    assert isinstance(start, datetime)
    begin = _half(start.astimezone(zone))
    if not isinstance(end, datetime) or end <= start:
        return _Placed(line=line, begin=begin, end=min(DAY, begin + UNKNOWN))
    local = end.astimezone(zone)
    until = _half(local, up=True) if local.date() == start.astimezone(zone).date() else DAY
    return _Placed(line=line, begin=begin, end=max(begin + 1, until))


def _half(moment: datetime, *, up: bool = False) -> int:
    return -(-(moment.hour * 60 + moment.minute) // HALF) if up else (moment.hour * 60 + moment.minute) // HALF


def _in_lanes(every: list[_Placed], most: int) -> tuple[list[_Placed], list[EventLine]]:
    """Each in the first lane that is free then, the longer ones first; and those that find none."""
    inside: list[_Placed] = []
    left: list[EventLine] = []
    for each in sorted(every, key=lambda each: (each.begin, -each.end, each.line.key)):
        taken = {other.lane for other in inside if other.meets(each)}
        free = next((lane for lane in range(most) if lane not in taken), None)
        if free is None:
            left.append(each.line)
            continue
        each.lane = free
        inside.append(each)
    width = 1 + max(each.lane for each in inside)
    for each in inside:
        beside = [other.lane for other in inside if other.lane > each.lane and other.meets(each)]
        each.lanes = min(beside, default=width) - each.lane
    return inside, left


def _cuts(placed: Sequence[_Placed]) -> list[tuple[int, int]]:
    """The rows from half hour to half hour: of each hour in which something takes place."""
    hours = {half // 2 for each in placed for half in range(each.begin, each.end)}
    edges = {edge for each in placed for edge in (each.begin, each.end)}
    rows: list[tuple[int, int]] = []
    for hour in sorted(hours):
        first, middle, last = 2 * hour, 2 * hour + 1, 2 * hour + 2
        rows += [(first, middle), (middle, last)] if middle in edges else [(first, last)]
    return rows


def _rows(columns: Sequence[Column], placed: Sequence[list[_Placed]], cuts: Sequence[tuple[int, int]]) -> list[Row]:
    rows: list[Row] = []
    before: int | None = None
    for hour, group in groupby(cuts, key=lambda cut: cut[0] // 2):
        inside = list(group)
        for number, (begin, end) in enumerate(inside):
            slots = [
                slot
                for column, day in zip(columns, placed, strict=True)
                for slot in _slots(column.lanes, day, begin, end, cuts)
            ]
            first = number == 0
            rows.append(
                Row(
                    hour=f"{hour:02}:00" if first else "", spans=len(inside) if first else 0,
                    gap=first and before is not None and hour > before + 1, slots=tuple(slots),
                )
            )  # fmt: skip
        before = hour
    return rows


def _slots(lanes: int, day: list[_Placed], begin: int, end: int, cuts: Sequence[tuple[int, int]]) -> list[Slot]:
    """What begins in a row of a day, and the places there that nothing takes."""
    by_lane = {lane: each for each in day if each.begin < end and begin < each.end for lane in _lanes_of(each)}
    slots: list[Slot] = []
    free = 0
    for lane in range(lanes):
        each = by_lane.get(lane)
        if each is None:
            free += 1
            continue
        if free:
            slots.append(Slot(lanes=free, first=lane == free))
            free = 0
        if lane == each.lane and begin <= each.begin < end:
            rows = sum(each.begin < last and first < each.end for first, last in cuts)
            slots.append(Slot(rows=rows, lanes=each.lanes, line=each.line, first=lane == 0))
    if free:
        slots.append(Slot(lanes=free, first=free == lanes))
    return slots


def _lanes_of(each: _Placed) -> range:
    return range(each.lane, each.lane + each.lanes)
