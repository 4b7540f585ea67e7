"""What changed from one placement to the next, in words that follow a name: put ‘Bridge opens’ on top until 20:00."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from dateline.domain.front import Placement

NOTHING: Final = "changed nothing"
_NAMED: Final = 3
"""Of what is hidden or shown again at once, so many are named."""


def change_words(
    before: Placement, after: Placement, name_of: Callable[[str], str], clock: Callable[[datetime], str]
) -> tuple[str, ...]:
    """Each change; ``name_of`` gives the headline of an id, ``clock`` says a time."""
    told = [
        *_lead(before, after, name_of, clock),
        *_second(before, after, name_of),
        *_hidden(before, after, name_of),
        *_until(before, after, clock),
        *_breaking(before, after, clock),
    ]
    return tuple(told) or (NOTHING,)


def _lead(
    before: Placement, after: Placement, name_of: Callable[[str], str], clock: Callable[[datetime], str]
) -> Iterator[str]:
    if after.lead == before.lead:
        return
    if after.lead:
        until = f" until {clock(after.until)}" if after.until else ""
        yield f"put ‘{name_of(after.lead)}’ on top{until}"
    elif before.lead not in (*after.second, *after.hidden):
        yield f"took ‘{name_of(before.lead)}’ from the top"


def _second(before: Placement, after: Placement, name_of: Callable[[str], str]) -> Iterator[str]:
    elsewhere = {after.lead, *after.hidden}
    for story in before.second:
        if story not in after.second and story not in elsewhere:
            yield f"took ‘{name_of(story)}’ out of the second row"
    for story in after.second:
        if story not in before.second:
            yield f"put ‘{name_of(story)}’ in place {after.second.index(story) + 1} of the second row"
    stayed = [story for story in before.second if story in after.second]
    order = [story for story in after.second if story in before.second]
    if stayed == order:
        return
    moved = _moved(stayed, order)
    if moved:
        yield f"moved ‘{name_of(moved)}’ to place {after.second.index(moved) + 1} of the second row"
    else:
        yield f"put the second row in another order: {', '.join(f'‘{name_of(story)}’' for story in after.second)}"


def _moved(before: list[str], after: list[str]) -> str:
    """The one story whose move explains the order; "" where it takes more than one."""
    movable = [one for one in after if [s for s in before if s != one] == [s for s in after if s != one]]
    return next(iter(movable), "")


def _hidden(before: Placement, after: Placement, name_of: Callable[[str], str]) -> Iterator[str]:
    gone = [story for story in after.hidden if story not in before.hidden]
    back = [story for story in before.hidden if story not in (*after.hidden, after.lead, *after.second)]
    if gone:
        yield f"hid {_listed(gone, name_of)}"
    if back:
        yield f"let {_listed(back, name_of)} be shown again"


def _listed(stories: list[str], name_of: Callable[[str], str]) -> str:
    named = ", ".join(f"‘{name_of(story)}’" for story in stories[:_NAMED])
    more = len(stories) - _NAMED
    return f"{named} and {more} more" if more > 0 else named


def _until(before: Placement, after: Placement, clock: Callable[[datetime], str]) -> Iterator[str]:
    if after.until == before.until or (after.until and after.lead and after.lead != before.lead):
        return
    yield f"set the end to {clock(after.until)}" if after.until else "let it stand until it is changed"


def _breaking(before: Placement, after: Placement, clock: Callable[[datetime], str]) -> Iterator[str]:
    old, new = before.breaking, after.breaking
    if old == new:
        return
    if new is None:
        yield "ended the breaking line"
    elif old is None:
        yield f"set the breaking line “{new.text}” until {clock(new.until)}"
    else:
        yield f"changed the breaking line to “{new.text}” until {clock(new.until)}"
