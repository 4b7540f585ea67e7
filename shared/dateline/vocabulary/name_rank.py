"""How well a term's names have a text: it is one of them, one begins with it, or one has it within."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

BEGINS: Final = 1
NOT_AT_ALL: Final = 3
BEFORE_NAMES: Final = ("\t", "|", ":", '"')
"""What stands before each name in a line: of label and aliases, of further aliases, of the slug, of labels."""


def rank_of_names(names: Iterable[str], wanted: str) -> int:
    """0 where a name is ``wanted``, 1 where one begins with it, 2 where one has it; of case-folded names."""
    return min((_rank(name, wanted) for name in names), default=NOT_AT_ALL)


def rank_of_line(line: str, wanted: str) -> tuple[int, int]:
    """The same of a case-folded line of ``tsv.to_line``, with the term's weight; no term is made of it."""
    key, label, aliases, _, _, weight, more = line.split("\t")
    rank = min(_rank(label, wanted), _rank(key.partition(":")[2], wanted))
    if rank and (wanted in aliases or '"labels"' in more):
        rank = min(rank, rank_of_names(_further_names(aliases, more), wanted))
    return rank, int(weight or 0)


def _rank(name: str, wanted: str) -> int:
    if name == wanted:
        return 0
    return BEGINS if name.startswith(wanted) else 2 if wanted in name else NOT_AT_ALL


def _further_names(aliases: str, more: str) -> Iterator[str]:
    yield from aliases.split("|") if aliases else ()
    if '"labels"' in more:
        yield from json.loads(more).get("labels", {}).values()
