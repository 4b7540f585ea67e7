"""Partitions: which part of the index a story lives in. Its id says so, and nothing else.

An id carries the time at which it was given, and never changes. Every date of a story may be corrected: a story that
moved with it would stand in two parts until the older copy went, and its version would guard neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Partitioning:
    """A rule by which stories are parted. ``of`` gives one of ``names`` for every id, the same for ever; ``name`` is
    the rule's own, which an index keeps: with another rule it is filled anew."""

    name: str
    names: tuple[str, ...]
    of: Callable[[str], str]


WHOLE: Final = Partitioning(name="", names=("",), of=lambda _: "")
"""Today's: all stories together."""
