"""One step of an editor on a placement that isn't saved yet: what buttons, keys and a drag do, all in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from dateline.domain.front import MOST_HIDDEN, MOST_SECOND, Placement


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is done with a story: ``at`` is its place in the second row, from 0 on, where one is meant."""

    action: str
    story: str
    at: int | None = None

    @classmethod
    def of(cls, said: str) -> Step | None:
        """The step that a button says: ``lead ID``, ``second ID 2``; None for anything else."""
        action, _, rest = said.partition(" ")
        story, _, at = rest.partition(" ")
        if action not in _ACTIONS or not story:
            return None
        return cls(action=action, story=story, at=int(at) if at.isascii() and at.isdecimal() else None)


def stepped(placement: Placement, step: Step, row: tuple[str, ...] = ()) -> Placement:
    """``placement`` after ``step``; ``row`` is the second row as the page shows it, the formula's own stories too."""
    return _ACTIONS[step.action](placement, step, row)


def _lead(placement: Placement, step: Step, row: tuple[str, ...]) -> Placement:
    """Whoever was put on top before goes down to the head of the second row."""
    rest = _released(placement, step.story)
    pushed = (placement.lead,) if placement.lead not in ("", step.story) else ()
    return replace(rest, lead=step.story, second=(*pushed, *rest.second)[:MOST_SECOND])


def _second(placement: Placement, step: Step, row: tuple[str, ...]) -> Placement:
    """At its place, which the formula's own stories before it then keep as well; at the end without one."""
    rest = _released(placement, step.story)
    if step.at is None or step.at <= len(rest.second):
        at = len(rest.second) if step.at is None else step.at
        return replace(rest, second=_filled(rest.second[:at], step.story, rest.second[at:]))
    shown = tuple(story for story in row if story != step.story)
    return replace(rest, second=_filled(shown[: step.at], step.story, ()))


def _filled(before: tuple[str, ...], story: str, after: tuple[str, ...]) -> tuple[str, ...]:
    """The row, in which the story has its place even where it is full."""
    return (*before[: MOST_SECOND - 1], story, *after)[:MOST_SECOND]


def _hide(placement: Placement, step: Step, row: tuple[str, ...]) -> Placement:
    """The longest hidden is shown again where there are too many."""
    rest = _released(placement, step.story)
    return replace(rest, hidden=(*rest.hidden, step.story)[-MOST_HIDDEN:])


def _released(placement: Placement, story: str) -> Placement:
    lead = "" if placement.lead == story else placement.lead
    second = tuple(one for one in placement.second if one != story)
    return replace(placement, lead=lead, second=second, hidden=tuple(one for one in placement.hidden if one != story))


def _release(placement: Placement, step: Step, row: tuple[str, ...]) -> Placement:
    return _released(placement, step.story)


def _up(placement: Placement, step: Step, row: tuple[str, ...]) -> Placement:
    """From the head of the second row to the top; a story that stands in neither goes to the row's end."""
    at = row.index(step.story) if step.story in row else None
    if at == 0:
        return _lead(placement, step, row)
    return _second(placement, replace(step, at=None if at is None else at - 1), row)


def _down(placement: Placement, step: Step, row: tuple[str, ...]) -> Placement:
    """From the top to the head of the second row, whose first takes its place."""
    if step.story not in row:
        lead = next((story for story in row if story != step.story), "")
        promoted = _released(placement, lead) if lead else placement
        return _second(replace(promoted, lead=lead), replace(step, at=0), row)
    at = row.index(step.story)
    return placement if at + 1 >= len(row) else _second(placement, replace(step, at=at + 1), row)


_ACTIONS: Final[Mapping[str, Callable[[Placement, Step, tuple[str, ...]], Placement]]] = {
    "lead": _lead, "second": _second, "hide": _hide, "release": _release, "up": _up, "down": _down,
}  # fmt: skip
