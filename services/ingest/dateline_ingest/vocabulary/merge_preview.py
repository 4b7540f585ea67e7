"""What a merge would move: how many stories carry each of the two terms, and which of them get the other one."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.domain.term import Term, TermType
from dateline.errors import FieldError, InvalidInput
from dateline.ports.index import Index, StoryFilter, StorySearch
from dateline.ports.vocabulary import Terms
from dateline_ingest.context import parts
from dateline_ingest.vocabulary.term_editor import Entry, term_editor
from dateline_ingest.vocabulary.touched_stories import MOST_LISTED, TouchedStories, TouchedStory


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """``moves`` are the stories that carry the merged term; so many ``carry_both``, and ``target_count`` carry the
    other one now. ``narrower`` terms stand below the merged one, and then below the other."""

    target: Term
    moves: TouchedStories
    carry_both: int
    target_count: int
    narrower: int


def merge_preview(type: TermType, slug: str, into: str) -> MergePreview:
    """What merging one term into another would move, counted by the index. Raises as ``TermEditor.merge`` does, and
    ``IndexUnavailable``."""
    here = parts()
    entry, target = term_editor().pair(type, slug, into)
    assert target.term is not None
    return preview_of_merge(here.index, here.vocabulary.current(), _told(entry), target.term)


def preview_of_merge(index: Index, terms: Terms, source: Term, target: Term) -> MergePreview:
    """What merging ``source`` into ``target`` would move. Raises ``IndexUnavailable``."""
    moves = stories_with(index, _carrying(source))
    target_count = _count(index, _carrying(target))
    return MergePreview(
        target=target, moves=moves, target_count=target_count, narrower=len(terms.narrower(source)),
        carry_both=_both(index, source, target, moves.count + target_count),
    )  # fmt: skip


def stories_with(index: Index, chosen: StoryFilter) -> TouchedStories:
    """How many stories there are, and the newest of them. Raises ``IndexUnavailable``."""
    page = index.search(StorySearch(filter=chosen, sort="newest", limit=MOST_LISTED, brief=True))
    found = (hit.document for hit in page.hits)
    lines = (TouchedStory(id=one.id, headline=one.headline, published_at=one.published_at) for one in found)
    return TouchedStories(count=page.total, items=tuple(lines))


def _carrying(term: Term) -> StoryFilter:
    return StoryFilter().choosing(term.type, term.slug)


def _count(index: Index, chosen: StoryFilter) -> int:
    return index.search(StorySearch(filter=chosen, sort="newest", limit=1, brief=True)).total


def _both(index: Index, source: Term, target: Term, together: int) -> int:
    """Several values of one facet mean any of them, those of several facets all."""
    if source.type != target.type:
        return _count(index, _carrying(source).choosing(target.type, target.slug))
    return together - _count(index, StoryFilter().choosing(source.type, source.slug, target.slug))


def _told(entry: Entry) -> Term:
    """The term that would be merged; of a proposal nothing is tagged yet."""
    if entry.term is None:
        raise InvalidInput("It is no term yet.", (FieldError("", "No story carries a name that is only proposed."),))
    return entry.term
