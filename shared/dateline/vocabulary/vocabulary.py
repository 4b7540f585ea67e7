"""The vocabulary: the shipped terms, and the editors' changes as a layer over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from heapq import nsmallest
from types import MappingProxyType
from typing import Final

from dateline.analysis.name_likeness import NameIndex
from dateline.domain.concept_code import concept_code
from dateline.domain.term import Term, TermType
from dateline.ports.ledger.vocabulary import TermChange
from dateline.vocabulary.name_rank import BEFORE_NAMES, BEGINS, NOT_AT_ALL, rank_of_line, rank_of_names
from dateline.vocabulary.shipped import ShippedTerms, shipped_terms
from dateline.vocabulary.tsv import TermRow, from_line

LIKE: Final = 80.0
"""How much alike, of 100, a term's name and another must be for the one to be offered as the other."""


class Vocabulary:
    """Immutable; ``number`` is the ledger's number of the layer (0: as shipped)."""

    def __init__(
        self, shipped: ShippedTerms, layer: Mapping[str, Term | None] | None = None, number: int = 0,
        merged: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """The ``shipped`` terms under ``layer``; ``merged`` has the keys of terms that became names of others, and
        whose."""
        self.shipped = shipped
        self.layer: Mapping[str, Term | None] = MappingProxyType(dict(layer or {}))
        self.merged: Mapping[str, str] = MappingProxyType(dict(merged or {}))
        self.number = number

    def find(self, type: TermType, slug: str) -> Term | None:
        """The term; None when there is none or an editor removed it."""
        key = f"{type}:{slug}"
        if key in self.layer:
            return self.layer[key]
        row = self.shipped.find(key)
        return row.term if row else None

    def resolve(self, type: TermType, slug: str) -> Term | None:
        """The term; of one that was merged the term that it is now, however often that was merged. None where there is
        none."""
        key, passed = f"{type}:{slug}", set[str]()
        while key and key not in passed:
            passed.add(key)
            if row := self.find(*_parted(key)):
                return row
            key = self.merged.get(key, "")
        return None

    def is_gone(self, type: TermType, slug: str) -> bool:
        """Whether an editor took the term out, or what it was merged into."""
        return f"{type}:{slug}" in self.layer and self.resolve(type, slug) is None

    def merged_into(self, term: Term) -> tuple[str, ...]:
        """The keys of the terms that are ``term`` by now."""
        found: dict[str, None] = {}
        waiting = [term.key]
        while waiting:
            target = waiting.pop()
            new = [key for key, into in self.merged.items() if into == target and key not in found]
            found.update(dict.fromkeys(new))
            waiting.extend(new)
        return tuple(found)

    def search(self, query: str, type: TermType | None = None, limit: int = 20) -> list[Term]:
        """Terms of which a name contains ``query``: those it is a name of first, then those that begin with it."""
        wanted = query.casefold().strip()
        edited = [(_rank(term, wanted), 0, term) for term in self.layer.values() if term and type in (None, term.type)]
        found = [*self._shipped_with(wanted, type, limit), *(row for row in edited if row[0] < NOT_AT_ALL)]
        return [term for *_, term in sorted(found, key=lambda row: (row[0], row[1], row[2].label))[:limit]]

    def with_code(self, code: str, type: TermType) -> Term | None:
        """The accepted term that is the same as what ``code`` names; an editor's before a shipped one."""
        if found := self._layer_codes.get((type, code)):
            return found
        key = self.shipped.key_of(f"{type}:", code)
        row = self.shipped.find(key) if key and key not in self.layer else None
        return row.term if row else None

    def with_names(self, names: Collection[str], type: TermType) -> dict[str, Term]:
        """Of each of the case-folded ``names`` the best term that has it, in any language: the vocabulary is gone
        through once."""
        wanted = frozenset(names)
        shipped = (row for row in self.shipped.named(wanted, type) if row.term.key not in self.layer)
        found = [(-row.weight, row.term.label, row.term) for row in shipped]
        found += [(0, term.label, term) for term in self.layer.values() if term and term.type == type]
        best: dict[str, Term] = {}
        for _, _, term in sorted(found, key=lambda one: one[:2]):
            for name in wanted.intersection(map(str.casefold, term.names)):
                best.setdefault(name, term)
        return best

    def like(self, name: str, limit: int) -> list[Term]:
        """The terms, of any type but sections, that have a name most like ``name``, or have it within one."""
        shipped = self.shipped.like_names.like(name, least=LIKE, limit=limit + len(self.layer), within=True)
        layer = self._layer_names.like(name, least=LIKE, limit=limit, within=True)
        found = [*layer, *(one for one in shipped if one.key not in self.layer)]
        ranked = sorted(found, key=lambda one: (-one.likeness, one.key))[:limit]
        rows = (self.row(one.key) for one in ranked)
        return [row.term for row in rows if row]

    def layered(self, changes: Iterable[TermChange], number: int) -> Vocabulary:
        """This vocabulary's shipped terms under another layer: each change replaces, adds or removes a term."""
        known = tuple(changes)
        merged = {one.key: _whole_key(one) for one in known if one.merged_into and one.term is None}
        return Vocabulary(self.shipped, {change.key: change.term for change in known}, number, merged)

    def with_term(self, term: Term) -> Vocabulary:
        """This vocabulary as it would be with ``term`` in its layer."""
        return Vocabulary(self.shipped, {**self.layer, term.key: term}, self.number, self.merged)

    def row(self, key: str) -> TermRow | None:
        """The term of a key with its hints; None when there is none, or an editor removed it."""
        return self._layer_row(key) if key in self.layer else self.shipped.find(key)

    def narrower(self, term: Term) -> list[Term]:
        """The terms that name it as their broader one."""
        shipped = (key for key in self.shipped.keys_below(term.key) if key not in self.layer)
        rows = (row.term for key in shipped if (row := self.shipped.find(key)))
        edited = (one for one in self.layer.values() if one)
        return [*rows, *(one for one in edited if term.key in (_key_of(one.type, name) for name in one.broader))]

    def ancestors(self, term: Term) -> tuple[Term, ...]:
        """The broader terms, nearest first, each once."""
        found: dict[str, Term] = {}
        waiting = [term]
        while waiting:
            for broader in self._broader(waiting.pop(0)):
                if broader.key not in found and broader.key != term.key:
                    found[broader.key] = broader
                    waiting.append(broader)
        return tuple(found.values())

    def each(self, type: TermType | None = None, *, changed: bool = False) -> Iterator[Term]:
        """Every term, or those of a type, or those alone that editors made or ``changed``; one after the other."""
        if not changed:
            shipped = map(from_line, self.shipped.lines(type or ""))
            yield from (row.term for row in shipped if row.term.key not in self.layer)
        yield from (term for term in self.layer.values() if term and type in (None, term.type))

    def rows(self) -> Iterator[TermRow]:
        """Every term with its hints: the shipped ones that no editor touched, then the layer's."""
        yield from (row for row in self.shipped if row.term.key not in self.layer)
        yield from self.layer_rows()

    def layer_rows(self) -> Iterator[TermRow]:
        """The editors' terms. What the shipped term of the same key says beyond a ``Term`` still holds."""
        yield from filter(None, map(self._layer_row, self.layer))

    @cached_property
    def _layer_names(self) -> NameIndex:
        terms = (term for term in self.layer.values() if term and term.type != "section")
        return NameIndex((name, term.key) for term in terms for name in term.names)

    @cached_property
    def _layer_codes(self) -> Mapping[tuple[TermType, str], Term]:
        """The editors' accepted terms by their codes."""
        found: dict[tuple[TermType, str], Term] = {}
        for term in self.layer.values():
            if term and term.status == "accepted":
                for code in map(concept_code, term.same_as):
                    found.setdefault((term.type, code), term)
        return found

    def _layer_row(self, key: str) -> TermRow | None:
        term, shipped = self.layer[key], self.shipped.find(key)
        if term is None or term.status != "accepted":
            return None
        return _with_hints(term, shipped) if shipped else TermRow(term=term, deciding=_deciding(term, None))

    def _broader(self, term: Term) -> Iterator[Term]:
        for name in term.broader:
            type_, colon, slug = name.rpartition(":")
            broader = self.resolve(type_ if colon else term.type, slug)  # type: ignore[arg-type]
            if broader:
                yield broader

    def _shipped_with(self, wanted: str, type: TermType | None, limit: int) -> list[tuple[int, int, Term]]:
        """The shipped terms that may be among the first ``limit`` with ``wanted`` in a name, with rank and negative
        weight: terms are made of these lines alone."""
        most = limit + len(self.layer)
        found = self._ranked(wanted, type, BEFORE_NAMES) if wanted else []
        if len(found) < most:  # what begins so comes first, and mostly there is enough of it
            found = self._ranked(wanted, type, ("",))
        best = nsmallest(most, found)
        last = best[-1][:2] if best else (0, 0)
        rows = ((*row[:2], self.shipped.row_at(row[2]).term) for row in found if row[:2] <= last)
        return [row for row in rows if row[2].key not in self.layer]

    def _ranked(self, wanted: str, type: TermType | None, before: Sequence[str]) -> list[tuple[int, int, int]]:
        """Rank, negative weight and number of the shipped lines that have ``wanted`` in a name, and in the line behind
        one of the texts ``before``: of ``BEFORE_NAMES`` the lines alone of which a name begins so."""
        lines = dict(one for mark in before for one in self.shipped.folded_with(mark + wanted, type or ""))
        worst = NOT_AT_ALL if "" in before else BEGINS + 1
        ranked = ((number, *rank_of_line(line, wanted)) for number, line in sorted(lines.items()))
        return [(rank, -weight, number) for number, rank, weight in ranked if rank < worst]


def _with_hints(term: Term, shipped: TermRow) -> TermRow:
    names = {term.label, *term.aliases}
    return TermRow(
        term=term,
        kind=shipped.kind,
        weight=shipped.weight,
        weak=tuple(name for name in shipped.weak if name in names),
        demonyms=shipped.demonyms,
        sections=shipped.sections,
        threshold=shipped.threshold,
        deciding=_deciding(term, shipped.term),
    )


def _deciding(term: Term, shipped: Term | None) -> frozenset[str]:
    """The phrases of an editor's topic that decide: those to which nobody gave a weight.

    What the shipped topic has too was weighed with its other phrases, and goes on counting as it did.
    """
    if term.type != "topic":
        return frozenset()
    weighed = frozenset(topic_phrases(shipped)) if shipped else frozenset[str]()
    return frozenset(phrase for phrase in topic_phrases(term) if "^" not in phrase and phrase not in weighed)


def topic_phrases(topic: Term) -> tuple[str, ...]:
    """The phrases of which one may decide on a topic: ``any``; else those of ``all`` together; else its names."""
    return topic.rules.any or topic.rules.all or (topic.label, *topic.aliases)


def _key_of(type: str, name: str) -> str:
    """The key of a term that one of ``type`` names by its slug, or as ``type:slug``."""
    return name if ":" in name else f"{type}:{name}"


def _parted(key: str) -> tuple[TermType, str]:
    type, _, slug = key.partition(":")
    return type, slug  # type: ignore[return-value]


def _whole_key(merged: TermChange) -> str:
    """The key of what a term was merged into; a proposal's has the slug alone."""
    return merged.merged_into if ":" in merged.merged_into else f"{_parted(merged.key)[0]}:{merged.merged_into}"


def _rank(term: Term, wanted: str) -> int:
    return rank_of_names((name.casefold() for name in (*term.names, term.slug)), wanted)


@cache
def shipped() -> Vocabulary:
    """The vocabulary as it comes with the package, one a process."""
    return Vocabulary(shipped_terms())


def find_shipped(type: TermType, slug: str) -> Term | None:
    """The shipped term, at the cost of a bisection."""
    return shipped().find(type, slug)
