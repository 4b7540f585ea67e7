"""Sections: those below one, and all of them as they lie within one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.domain.document import TermDocument
from dateline.fronts.sections import all_sections, in_order
from dateline.ports.index import Index, TermLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A section and those below it."""

    line: TermLine
    below: tuple[Branch, ...]


def sections_below(index: Index, section: TermDocument) -> tuple[TermLine, ...]:
    """The sections right below ``section``, in the editors' order and then by label."""
    names = {section.slug, section.id}
    below = (line for line in all_sections(index) if names.intersection(line.document.broader))
    return tuple(sorted(below, key=in_order))


def section_tree(index: Index) -> tuple[Branch, ...]:
    """All sections, outermost first, in the editors' order and then by label; those without an order come last."""
    lines = sorted(all_sections(index), key=in_order)
    known = frozenset(line.document.slug for line in lines)
    below: dict[str | None, list[TermLine]] = defaultdict(list)
    for line in lines:
        below[_above(line, known)].append(line)
    return _branches(None, below, frozenset())


def _above(line: TermLine, known: frozenset[str]) -> str | None:
    """The section above; one that isn't known, or is the section itself, counts as none."""
    slugs = (key.removeprefix("section:") for key in line.document.broader)
    return next((slug for slug in slugs if slug in known and slug != line.document.slug), None)


def _branches(
    slug: str | None, below: Mapping[str | None, Sequence[TermLine]], passed: frozenset[str]
) -> tuple[Branch, ...]:
    """The branches under ``slug``. ``passed`` keeps a circle of sections from having no end."""
    return tuple(
        Branch(line=line, below=_branches(line.document.slug, below, passed | {line.document.slug}))
        for line in below.get(slug, ())
        if line.document.slug not in passed
    )
