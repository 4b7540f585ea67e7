"""What readers find in sections: from their index, which may be away while all else works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dateline.domain.document import StoryDocument
from dateline.errors import IndexUnavailable
from dateline.ports.index import Index, StoryFilter, StorySearch

MOST_COUNTED: Final = 1_000
MOST_LISTED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionStories:
    """How many public stories stand in a section and below it, and the newest of them."""

    total: int
    newest: tuple[StoryDocument, ...]


def stories_by_section(index: Index) -> Mapping[str, int] | None:
    """How many public stories stand in each section and below it; None while the index can't say."""
    counted = StorySearch(facets=("section",), facet_size=MOST_COUNTED, limit=1, brief=True)
    try:
        return {value.value: value.count for value in index.search(counted).facets["section"]}
    except IndexUnavailable:
        return None


def stories_in_section(index: Index, slug: str) -> SectionStories | None:
    """The public stories of a section and of those below it; None while the index can't say."""
    search = StorySearch(filter=StoryFilter(sections=(slug,)), sort="newest", limit=MOST_LISTED, brief=True)
    try:
        page = index.search(search)
    except IndexUnavailable:
        return None
    return SectionStories(total=page.total, newest=tuple(hit.document for hit in page.hits))
