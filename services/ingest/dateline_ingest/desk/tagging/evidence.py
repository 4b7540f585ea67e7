"""The words that tags come from, so that a page can find them in what is being written.

An editor shows a text with other white space than is stored, and Markdown has signs that aren't. So a place is told by
how many characters that are no white space stand before it in its field, and by its words: the nearest ones are meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.domain.tag import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of a field; ``before``: how many code points that are no white space stand before them."""

    field: str
    text: str
    before: int


class WordPlaces:
    """Evidence of one text's tags as ``Words``."""

    def __init__(self, texts: Mapping[str, str], evidence: Iterable[Evidence]) -> None:
        """``texts`` are the fields that offsets count in; each is gone through once."""
        starts: dict[str, set[int]] = {}
        for one in evidence:
            starts.setdefault(one.field, set()).add(one.start)
        self._before = {field: _counts(texts[field], starts[field]) for field in starts if field in texts}

    def of(self, evidence: Iterable[Evidence]) -> tuple[Words, ...]:
        """The words of one tag, in the order of its evidence; what no field of the text says is left out."""
        return tuple(
            Words(field=one.field, text=one.text, before=self._before[one.field][one.start])
            for one in evidence
            if one.field in self._before and one.text.strip()
        )


def _counts(text: str, starts: set[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    last = count = 0
    for start in sorted(starts):
        count += len("".join(text[last:start].split()))
        counts[start], last = count, start
    return counts
