"""The A–Z of a type: its terms by first letter, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.domain.term import TermType
from dateline.http.requests import cursor
from dateline.ports.index import TermLine, TermList, TermSearch
from dateline_web.context import Web
from dateline_web.urls import with_query


@dataclass(frozen=True, slots=True, kw_only=True)
class Alphabet:
    """A page of a type's terms by first letter. ``next`` is a path with its query."""

    type: TermType
    prefix: str
    groups: tuple[tuple[str, tuple[TermLine, ...]], ...]
    next: str | None
    first_page: bool

    @property
    def lines(self) -> tuple[TermLine, ...]:
        """The terms in their order."""
        return tuple(line for _, lines in self.groups for line in lines)


def alphabet(web: Web, type: TermType, parameters: Mapping[str, Any], path: str) -> Alphabet:
    """A page of the terms of a type, in label order. Raises ``InvalidInput``."""
    prefix, given = parameters["prefix"], parameters["cursor"]
    after = None if given is None else cursor.decode(given, f"{type}:{prefix}")
    found = web.index.terms(TermSearch(type=type, prefix=prefix, limit=parameters["limit"], after=after))
    return Alphabet(
        type=type, prefix=prefix, groups=_by_letter(found.lines), first_page=after is None,
        next=_next(found, type, parameters, path),
    )  # fmt: skip


def _next(found: TermList, type: TermType, parameters: Mapping[str, Any], path: str) -> str | None:
    if found.after is None:
        return None
    kept = [(name, str(parameters[name])) for name in ("prefix", "limit") if parameters[name]]
    return with_query(path, [*kept, ("cursor", cursor.encode(found.after, f"{type}:{parameters['prefix']}"))])


def _by_letter(lines: Iterable[TermLine]) -> tuple[tuple[str, tuple[TermLine, ...]], ...]:
    groups: dict[str, list[TermLine]] = {}
    for line in lines:
        letter = line.document.label[:1].upper()
        groups.setdefault(letter if letter.isalpha() else "0–9", []).append(line)
    return tuple((letter, tuple(inside)) for letter, inside in groups.items())
