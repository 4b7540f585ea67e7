"""What stands on every page: the sections and the landing topics."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import Final

from dateline.domain.document import TermDocument
from dateline.fronts.sections import main_sections
from dateline.ports.index import Index, TermSearch

MAX_SECTIONS: Final = 10
MAX_TOPICS: Final = 8
KEPT_SECONDS: Final = 1.0
NAVIGATION: Final = "dateline.navigation"
"""Where an application keeps its ``LatestNavigation`` among its extensions."""


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
    """Landing sections (the outermost ordered ones when an editor chose none) and landing topics, in their order."""
    sections = tuple(line.document for line in islice(main_sections(index), MAX_SECTIONS))
    return Navigation(sections=sections, topics=_landing_topics(index))


def _landing_topics(index: Index) -> tuple[TermDocument, ...]:
    found = index.terms(TermSearch(type="topic", landing=True, limit=MAX_TOPICS))
    return tuple(line.document for line in found.lines)
