"""What is on record of a series besides itself: its exceptions, and the series that begin where it was split."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence.moments import Moment, at_wall, clock_of, wall_of
from dateline.domain.recurrence.recurrence_id import format_recurrence_id

Parts = Callable[[str], Sequence[Event]]
"""The events on record that belong to a UID: exceptions, series it was split into, and theirs."""

_EXCEPTION: Final = re.compile(r" [0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:]{8}Z)?\Z", re.ASCII)
_TAIL: Final = re.compile(r"(.*)_R([0-9]{8}(?:T[0-9]{6}Z)?)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tail:
    """A series into which another was split, and the time of that one at which it begins."""

    at: Moment
    event: Event

    def moved(self, moment: Moment, series: Event, zone: ZoneInfo) -> Moment:
        """The time of this series for a later one of the series that was split: all moved as the first of them did."""
        clock, new_clock = clock_of(series, zone), clock_of(self.event, zone)
        shift = _wall(self.event.start, new_clock) - _wall(self.at, clock)
        return at_wall(_wall(moment, clock) + shift, self.event.start, new_clock)


def uid_of(external_id: str, item_id: str) -> str:
    """The UID under which programs know an event: the one it came with, else one made of its id."""
    return external_id or f"{item_id}@dateline"


def tail_id(uid: str, at: Moment) -> str:
    """The UID of the series that begins where that of ``uid`` was split."""
    return f"{uid}_R{re.sub('[-:]', '', format_recurrence_id(at))}"


def single_id(uid: str, recurrence_id: str) -> str:
    """The UID of what was the exception of a series, and stands for none of its times any more."""
    return f"{uid}_S{re.sub('[-:]', '', recurrence_id)}"


def uid_of_part(external_id: str) -> str:
    """The UID of the series to which an exception (``UID RECURRENCE-ID``) or a later part of it (``UID_R…``) belongs;
    empty for any other event's id."""
    uid = _EXCEPTION.sub("", external_id)
    if found := _TAIL.fullmatch(uid):
        return found[1]
    return uid if uid != external_id else ""


def tails_of(uid: str, parts: Iterable[Event]) -> list[Tail]:
    """The series into which that of ``uid`` was split, in their order."""
    found = []
    for event in parts:
        match = _TAIL.fullmatch(event.external_id)
        if match and match[1] == uid and not event.recurrence_id:
            found.append(Tail(_moment(match[2]), event))
    return sorted(found, key=lambda tail: tail.at) if len({type(tail.at) for tail in found}) < 2 else found


def tail_at(tails: Sequence[Tail], at: Moment) -> Tail | None:
    """The one to which a time of the series belongs; None where the series still has it."""
    same = [tail for tail in tails if isinstance(tail.at, datetime) == isinstance(at, datetime)]
    return next((tail for tail in reversed(same) if tail.at <= at), None)


def _moment(text: str) -> Moment:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _wall(moment: Moment, clock: tzinfo) -> datetime:
    return wall_of(moment.astimezone(clock) if isinstance(moment, datetime) else moment)
