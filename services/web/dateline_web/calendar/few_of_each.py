"""What a day's list shows of an event that recurs all day: its first times, and how many more there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from dateline_web.events.timetable import EventLine

Days = tuple[tuple[date, tuple[EventLine, ...]], ...]


def few_of_each(lines: Iterable[EventLine], most: int) -> tuple[EventLine, ...]:
    """A day's ``lines``: of one event at most so many, the last of which says how many more there are.

    The others' order is kept: an event of every hour stands before nobody else's.
    """
    kept: list[EventLine] = []
    taken: Counter[tuple[str, bool]] = Counter()
    last: dict[tuple[str, bool], int] = {}
    for line in lines:
        if taken[line.of] < most:
            last[line.of] = len(kept)
            kept.append(line)
        else:
            place = last[line.of]
            kept[place] = replace(kept[place], more=kept[place].more + 1, goes_on=line.goes_on)
        taken[line.of] += 1
    return tuple(kept)


def days_that_fit(days: Sequence[tuple[date, Sequence[EventLine]]], most_of_one: int, most: int) -> Days:
    """The days with few lines of each event; with one of each where they would be more than ``most``, and no more."""
    shown = [(day, few_of_each(lines, most_of_one)) for day, lines in days]
    if sum(len(lines) for _, lines in shown) > most:
        shown = [(day, few_of_each(lines, 1)) for day, lines in days]
    left = most
    fitting = []
    for day, lines in shown:
        fitting.append((day, lines[:left]))
        left -= len(fitting[-1][1])
    return tuple(fitting)


def shown_of(days: Days) -> int:
    """How many lines the days show, or count."""
    return sum(1 + line.more for line in {line.key: line for _, lines in days for line in lines}.values())
