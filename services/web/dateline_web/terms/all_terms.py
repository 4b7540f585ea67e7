"""All terms of a list, however many: read from the index page by page, as far as the caller goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dateline.ports.index import Index, TermLine, TermSearch


def scan_terms(index: Index, search: TermSearch) -> Iterator[TermLine]:
    """The terms of ``search`` in their order; ``search.limit`` says how many are asked for at once."""
    while True:
        found = index.terms(search)
        yield from found.lines
        if found.after is None:
            return
        search = replace(search, after=found.after)
