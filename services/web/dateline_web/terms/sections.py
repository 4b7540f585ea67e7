"""Sections: those a reader begins with, those below one, and all of them as they lie within one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from dateline.domain.document import TermDocument
from dateline.ports.index import Index, TermLine, TermSearch
from dateline_web.terms.all_terms import scan_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A section and those below it."""

    line: TermLine
    below: tuple[Branch, ...]


def main_sections(index: Index) -> Iterator[TermLine]:
    """Landing sections in their order; when an editor chose none, the outermost ones that have an order and stories."""
    landing = scan_terms(index, TermSearch(type="section", landing=True))
    first = next(landing, None)
    if first is not None:
        return chain((first,), landing)
    ordered = (line for line in _all_sections(index) if line.document.order and line.stories)
    return iter(sorted((line for line in ordered if not line.document.broader), key=_order))


def sections_below(index: Index, section: TermDocument) -> tuple[TermLine, ...]:
    """The sections right below ``section``, in the editors' order and then by label."""
    names = {section.slug, section.id}
    below = (line for line in _all_sections(index) if names.intersection(line.document.broader))
    return tuple(sorted(below, key=_order))


def section_tree(index: Index) -> tuple[Branch, ...]:
    """All sections, outermost first, in the editors' order and then by label; those without an order come last."""
    lines = sorted(_all_sections(index), key=_order)
    known = frozenset(line.document.slug for line in lines)
    below: dict[str | None, list[TermLine]] = defaultdict(list)
    for line in lines:
        below[_above(line, known)].append(line)
    return _branches(None, below, frozenset())


def _all_sections(index: Index) -> Iterator[TermLine]:
    return scan_terms(index, TermSearch(type="section"))


def _order(line: TermLine) -> tuple[bool, int, str]:
    return not line.document.order, line.document.order, line.document.label.casefold()


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
