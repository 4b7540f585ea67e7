"""By what items fail alike: the reason, without what is the single item's own in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dateline.domain.document import ItemKind

_OWN: Final = re.compile(
    r"""(?<!\w)(['"`])[^\n]{0,500}?\1(?!\w)  # what is quoted
    |“[^”\n]{0,500}”
    |\b\w*\d[\w.:-]*  # numbers, times, ids
    """,
    re.VERBOSE,
)
_SPACE: Final = re.compile(r"\s+")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureCause:
    """Why an item could not be indexed, said in the same way of all that fail alike."""

    kind: ItemKind
    stage: str
    pattern: str


def cause_of(kind: ItemKind, stage: str, reason: str) -> FailureCause:
    """The cause of one item's failure, from the stage and the reason that are on record."""
    pattern = _SPACE.sub(" ", _OWN.sub("…", reason)).strip()[:_LONGEST]
    return FailureCause(kind=kind, stage=stage, pattern=pattern)
