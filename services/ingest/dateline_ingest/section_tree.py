"""The sections as they lie within one another, in the paper's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dateline.domain.term import Term
from dateline.ports.vocabulary import Terms
from dateline_ingest.vocabulary.broader import broader_term

MOST_SECTIONS: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A section, what stands right above it ("" for an outermost one), and what stands below it."""

    section: Term
    above: str
    depth: int
    below: tuple[Branch, ...]


class SectionTree:
    """All sections at one moment, those that only a story named too."""

    def __init__(self, terms: Terms) -> None:
        """The sections of ``terms``."""
        self.terms = terms
        self.sections = {term.slug: term for term in sorted(_all_sections(terms), key=_place)}
        self.by_landing = any(term.landing for term in self.sections.values())
        """Whether editors chose the navigation's sections one by one; else the outermost with an order stand there."""
        self._above = {slug: self.slug_above(term) for slug, term in self.sections.items()}

    def above(self, slug: str) -> str:
        """The slug of the section right above one; "" for an outermost one."""
        return self._above.get(slug, "")

    def in_navigation(self, term: Term) -> bool:
        """Whether a section stands in the navigation of the site."""
        if self.by_landing:
            return term.landing
        return term.order != 0 and not self.slug_above(term)

    def right_below(self, slug: str) -> list[Term]:
        """The sections right below one, in their order; the outermost ones of ""."""
        return [term for term in self.sections.values() if self._above[term.slug] == slug]

    def branches(self, slug: str = "", depth: int = 0) -> tuple[Branch, ...]:
        """The branches below a section; of "" all."""
        return tuple(
            Branch(section=term, above=slug, depth=depth, below=self.branches(term.slug, depth + 1))
            for term in self.right_below(slug)
        )

    def rows(self) -> list[Branch]:
        """All branches, each before what stands below it."""
        return list(_flat(self.branches()))

    def within(self, slug: str) -> frozenset[str]:
        """The slugs of a section and of all that stands below it."""
        found, waiting = {slug}, [slug]
        while waiting:
            new = [term.slug for term in self.right_below(waiting.pop()) if term.slug not in found]
            found.update(new)
            waiting.extend(new)
        return frozenset(found)

    def slug_above(self, term: Term) -> str:
        """The first broader section that is known; one that goes in a circle counts as none."""
        found = (broader_term(term.type, name, self.terms) for name in term.broader)
        for above in found:
            if above is not None and above.type == "section" and above.slug in self.sections:
                circle = any(one.key == term.key for one in (above, *self.terms.ancestors(above)))
                return "" if circle else above.slug
        return ""


def section_names(terms: Terms) -> tuple[tuple[Term, int], ...]:
    """The sections that one may choose, in the paper's order, with how deep each lies; those that only a story named
    are left out: that may be held."""
    rows = SectionTree(terms).rows()
    return tuple((row.section, row.depth) for row in rows if not row.section.named_by_story)


def _all_sections(terms: Terms) -> Sequence[Term]:
    return terms.search("", "section", MOST_SECTIONS)


def _place(term: Term) -> tuple[bool, int, str]:
    return not term.order, term.order, term.label.casefold()


def _flat(branches: Sequence[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _flat(branch.below)
