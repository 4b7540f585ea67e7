"""Events that a calendar calls private (CLASS, RFC 5545 section 3.8.1.3) or drafts: not made public, and taken off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from dateline.domain.event import Event
from dateline.domain.series.recorded_parts import Parts
from dateline.errors import FieldError
from dateline.formats.ics.lines import Component
from dateline.formats.ics.vevent import EMPTIED, IcsEvent

_PRIVATE: Final = "says that this is not public: it is not published."
_TAKEN_OFF: Final = "says that this is not public any more: what was published is withdrawn."
_EMPTIED: Final = "The rule ends before the start, so that no time is left: what was published is withdrawn."
_EMPTIED_BEFORE: Final = "The rule ends before the start, and a newer version is on record: this one changed nothing."
_ACCESS: Final = ("CLASS", "X-CALENDARSERVER-ACCESS")
_UNFINISHED: Final = frozenset({"DRAFT", "UNPUBLISHED", "PRIVATE"})
"""What programs write as STATUS of what isn't public yet; RFC 5545 has DRAFT for journals (section 3.8.1.11)."""


def private_by(component: Component) -> str:
    """The property that says so, else nothing: CLASS with PRIVATE, CONFIDENTIAL or any word that nobody knows, Apple's
    and CalendarServer's own, and the STATUS of a draft."""
    for name in _ACCESS:
        if component.first(name).strip().upper() not in ("", "PUBLIC"):
            return name
    return "STATUS" if component.first("STATUS").strip().upper() in _UNFINISHED else ""


def without_private(
    events: Sequence[IcsEvent], known: Callable[[str], Event | None], parts: Parts
) -> tuple[list[IcsEvent], list[IcsEvent]]:
    """``events`` in their order, private ones without what they say, and what is withdrawn for them (``lapsed``).

    All of a private series is private: its exceptions, and what it was split into. Of an older version nothing is
    withdrawn. A private exception still stands for its time: the series doesn't have it.
    """
    series = {one.uid: one for one in events if one.private and not one.recurrence_id and not one.older}
    kept: list[IcsEvent] = []
    gone: dict[tuple[str, str], IcsEvent] = {}
    for one in events:
        if not (one.private or one.uid in series) or one.older or (one.errors and not one.recurrence_id):
            kept.append(one)
            continue
        taken = list(_withdrawn(one, known, parts if one is series.get(one.uid) else _no_parts))
        for part in taken:
            gone.setdefault(_name(part), part)
        by = one.private or series[one.uid].private
        said = f"{by} {_TAKEN_OFF if taken else _PRIVATE}"
        if by == EMPTIED:
            said = _EMPTIED if taken else _EMPTIED_BEFORE
        note = FieldError("", said)
        kept.append(replace(one, event=None, errors=(), notes=(note,), message=True, private=by))
    return kept, list(gone.values())


def _withdrawn(one: IcsEvent, known: Callable[[str], Event | None], parts: Parts) -> Iterator[IcsEvent]:
    recorded = known(f"{one.uid} {one.recurrence_id}".strip())
    if one.event is None or (recorded is not None and one.event.older_than(recorded)):
        return
    for event in (*([recorded] if recorded else []), *parts(one.uid)):
        newest = replace(event, sequence=max(event.sequence, one.event.sequence))
        yield IcsEvent(
            uid=one.uid, recurrence_id=event.recurrence_id, event=newest, implied=True, lapsed=True,
            private=one.private or "CLASS",
        )  # fmt: skip


def _no_parts(uid: str) -> Sequence[Event]:
    return ()


def _name(one: IcsEvent) -> tuple[str, str]:
    assert one.event is not None
    return one.event.external_id, one.event.recurrence_id
