"""Sections: those a reader begins with, those below one, and all of them as they lie within one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from dateline.domain.document import TermDocument
from dateline.ports.index import Index, TermLine, TermSearch
from dateline_web.terms.scan import scan_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A section and those below it."""

    line: TermLine
    below: tuple[Branch, ...]


def main_sections(index: Index) -> Iterator[TermLine]:
    """Landing sections in their order; all outermost ones with stories when an editor chose none."""
    landing = scan_terms(index, TermSearch(type="section", landing=True))
    first = next(landing, None)
    if first is not None:
        return chain((first,), landing)
    outermost = (line for line in _all_sections(index) if line.stories and not line.document.broader)
    return iter(sorted(outermost, key=lambda line: line.document.order))


def sections_below(index: Index, section: TermDocument) -> tuple[TermLine, ...]:
    """The sections right below ``section``, by label."""
    names = {section.slug, section.id}
    return tuple(line for line in _all_sections(index) if names.intersection(line.document.broader))


def section_tree(index: Index) -> tuple[Branch, ...]:
    """All sections, outermost first, in the editors' order and then by label."""
    return _below(None, sorted(_all_sections(index), key=_order), frozenset())


def _all_sections(index: Index) -> Iterator[TermLine]:
    return scan_terms(index, TermSearch(type="section"))


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
