"""The sections of the paper in their order, as the index lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from dateline.ports.index import Index, TermLine, TermSearch


def scan_terms(index: Index, search: TermSearch) -> Iterator[TermLine]:
    """The terms of ``search`` in their order; ``search.limit`` says how many are asked for at once."""
    while True:
        found = index.terms(search)
        yield from found.lines
        if found.after is None:
            return
        search = replace(search, after=found.after)


def all_sections(index: Index) -> Iterator[TermLine]:
    """Every listed section, by label."""
    return scan_terms(index, TermSearch(type="section"))


def main_sections(index: Index) -> Iterator[TermLine]:
    """Landing sections in their order; when an editor chose none, the outermost ones that have an order and stories."""
    landing = scan_terms(index, TermSearch(type="section", landing=True))
    first = next(landing, None)
    if first is not None:
        return chain((first,), landing)
    ordered = (line for line in all_sections(index) if line.document.order and line.stories)
    return iter(sorted((line for line in ordered if not line.document.broader), key=in_order))


def in_order(line: TermLine) -> tuple[bool, int, str]:
    """The editors' order, then by label; those without an order come last."""
    return not line.document.order, line.document.order, line.document.label.casefold()
