"""Sections as they lie within one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.ports.index import Index, TermLine, TermSearch


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A section and those below it."""

    line: TermLine
    below: tuple[Branch, ...]


def section_tree(index: Index) -> tuple[Branch, ...]:
    """All sections, outermost first, in the editors' order and then by label."""
    lines: list[TermLine] = []
    after: tuple[str, ...] | None = None
    while True:
        found = index.terms(TermSearch(type="section", after=after))
        lines += found.lines
        after = found.after
        if after is None:
            return _below(None, sorted(lines, key=_order), frozenset())


def _order(line: TermLine) -> tuple[int, str]:
    return line.document.order, line.document.label.casefold()


def _above(line: TermLine, known: frozenset[str]) -> str | None:
    """The section above; one that isn't known, or is the section itself, counts as none."""
    slugs = (key.removeprefix("section:") for key in line.document.broader)
    return next((slug for slug in slugs if slug in known and slug != line.document.slug), None)


def _below(slug: str | None, lines: Sequence[TermLine], passed: frozenset[str]) -> tuple[Branch, ...]:
    """The branches under ``slug``. ``passed`` keeps a circle of sections from having no end."""
    known = frozenset(line.document.slug for line in lines)
    return tuple(
        Branch(line=line, below=_below(line.document.slug, lines, passed | {line.document.slug}))
        for line in lines
        if _above(line, known) == slug and line.document.slug not in passed
    )
