"""What stands on every page: the sections and the landing topics."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Final

from dateline.domain.document import TermDocument
from dateline.ports.index import Index, TermSearch

MOST_SECTIONS: Final = 10
MOST_TOPICS: Final = 8
KEPT_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation:
    """The two lines of links under the masthead."""

    sections: tuple[TermDocument, ...] = ()
    topics: tuple[TermDocument, ...] = ()


class LatestNavigation:
    """The navigation of an index, asked for at most once in ``KEPT_SECONDS``: it stands on every page."""

    def __init__(self, index: Index) -> None:
        """Nothing is asked yet."""
        self._index = index
        self._kept: tuple[float, Navigation] | None = None

    def __call__(self) -> Navigation:
        """The links. Raises ``IndexUnavailable``."""
        kept = self._kept
        if kept is None or monotonic() - kept[0] > KEPT_SECONDS:
            kept = self._kept = monotonic(), navigation(self._index)
        return kept[1]


def navigation(index: Index) -> Navigation:
    """Landing sections (all outermost ones when an editor chose none) and landing topics, in their order."""
    return Navigation(sections=main_sections(index)[:MOST_SECTIONS], topics=_landing_topics(index))


def main_sections(index: Index) -> tuple[TermDocument, ...]:
    """The sections a reader begins with."""
    chosen = index.terms(TermSearch(type="section", landing=True))
    if chosen.lines:
        return tuple(line.document for line in chosen.lines)
    every = index.terms(TermSearch(type="section"))
    outermost = [line.document for line in every.lines if line.stories and not line.document.broader]
    return tuple(sorted(outermost, key=lambda section: section.order))


def _landing_topics(index: Index) -> tuple[TermDocument, ...]:
    found = index.terms(TermSearch(type="topic", landing=True, limit=MOST_TOPICS))
    return tuple(line.document for line in found.lines)
