"""The shipped terms: one sorted text file, read as bytes; a term is found by bisection, so opening it costs nothing."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from importlib import resources
from typing import Final

from dateline.analysis.name_likeness import NameIndex
from dateline.domain.concept_code import concept_code
from dateline.vocabulary.tsv import TermRow, from_line

FILE: Final = "terms.tsv"


class ShippedTerms:
    """Lines of ``tsv.to_line`` in the order of their bytes, each ended by a newline."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __iter__(self) -> Iterator[TermRow]:
        return (from_line(line) for line in self._data.decode().splitlines())

    def find(self, key: str) -> TermRow | None:
        """The row of ``type:slug``."""
        wanted = key.encode() + b"\t"
        low = self._line_at(wanted)
        if not self._data.startswith(wanted, low):
            return None
        return from_line(self._data[low : self._data.index(b"\n", low)].decode())

    def lines(self, type: str = "") -> Iterator[str]:
        """All lines, or those of one type."""
        low, high = self._range(type)
        yield from self._data[low:high].decode().splitlines()

    def folded_with(self, wanted: str, type: str = "") -> Iterator[tuple[int, str]]:
        """The lines, or those of one type, that have a case-folded text without a line end: case-folded, with their
        numbers."""
        folded, starts, lines = self._haystack
        low, high = self._range(type)
        at, end = starts[bisect_left(lines, low)], starts[bisect_left(lines, high)]
        while at < end and (at := folded.find(wanted, at, end)) >= 0:
            number = bisect_right(starts, at) - 1
            at = starts[number + 1]
            yield number, folded[starts[number] : at - 1]

    def row_at(self, number: int) -> TermRow:
        """The row of a line by its number."""
        _, _, lines = self._haystack
        return from_line(self._data[lines[number] : lines[number + 1] - 1].decode())

    def named(self, names: frozenset[str], type: str) -> Iterator[TermRow]:
        """The rows of a type that have one of the case-folded ``names``."""
        if not names:
            return
        for line in self.lines(type):
            _, label, aliases, _ = line.casefold().split("\t", 3)
            if label in names or not names.isdisjoint(aliases.split("|")) or '"labels"' in line:
                row = from_line(line)
                if not names.isdisjoint(map(str.casefold, row.term.names)):
                    yield row

    @cached_property
    def like_names(self) -> NameIndex:
        """The names of all terms but sections, by which like ones are found. Made when it is first asked for."""
        return NameIndex(pair for line in self.lines() for pair in _named(line))

    def key_of(self, prefix: str, code: str) -> str | None:
        """The key, beginning with ``prefix``, of the term that is the same as what ``code`` names."""
        return next((key for key in self._coded.get(code, ()) if key.startswith(prefix)), None)

    def keys_below(self, key: str) -> Sequence[str]:
        """The keys of the terms that name the one of ``key`` as their broader one."""
        return self._below.get(key, ())

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        """The keys of narrower terms, by those of the broader ones."""
        found: dict[str, list[str]] = {}
        for line in self._data.decode().splitlines():
            key, _, _, broader, _ = line.split("\t", 4)
            for name in filter(None, broader.split("|")):
                above = name if ":" in name else f"{key.partition(':')[0]}:{name}"
                found.setdefault(above, []).append(key)
        return found

    @cached_property
    def _coded(self) -> dict[str, list[str]]:
        """The keys of the terms that have codes, by their codes: 500 of 20,000."""
        found: dict[str, list[str]] = {}
        for line in self._data.decode().splitlines():
            if '"same_as"' in line:
                term = from_line(line).term
                for code in map(concept_code, term.same_as):
                    found.setdefault(code, []).append(term.key)
        return found

    @cached_property
    def _haystack(self) -> tuple[str, array[int], array[int]]:
        """All lines case-folded, where each begins there, and where in the file; with the end of both. 5 MB, and looked
        through in a millisecond."""
        folded = self._data.decode().casefold()
        starts = array("L", (0, *(found.end() for found in re.finditer("\n", folded))))
        lines = array("L", (0, *(found.end() for found in re.finditer(b"\n", self._data))))
        return folded, starts, lines

    def _range(self, type: str) -> tuple[int, int]:
        """Where the lines of a type begin and end; of all without one."""
        if not type:
            return 0, len(self._data)
        return self._line_at(f"{type}:".encode()), self._line_at(f"{type};".encode())

    def _line_at(self, wanted: bytes) -> int:
        """Where the first line starts that is not below ``wanted``."""
        data = self._data
        low, high = 0, len(data)
        while low < high:
            middle = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.index(b"\n", middle) + 1
            if data[middle : middle + len(wanted)] < wanted:
                low = end
            else:
                high = middle
        return low


def _named(line: str) -> Iterator[tuple[str, str]]:
    """The names of a line's term, with its key."""
    key, label, aliases, rest = line.split("\t", 3)
    if key.startswith("section:"):
        return
    names = from_line(line).term.names if '"labels"' in rest else (label, *filter(None, aliases.split("|")))
    yield from ((name, key) for name in names)


@cache
def shipped_terms() -> ShippedTerms:
    """The terms that come with the package, read once a process."""
    return ShippedTerms((resources.files(__package__) / FILE).read_bytes())
