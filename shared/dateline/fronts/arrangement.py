"""A front as readers see it: what editors placed, and what the formula puts in the places that are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from dateline.domain.document import FrontDocument, StoryDocument
from dateline.domain.front import Placement, in_force, placement_id
from dateline.fronts.formula import is_stub, points
from dateline.ports.index import Index, StoryFilter, StorySearch

SECONDS: Final = 3
"""Stories of the second row, where editors placed no more."""
CANDIDATES: Final = 30
"""Among so many of the newest stories the formula chooses."""
STUBS_PASSED_OVER: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What stands on a front. ``lead`` is whole, all others are brief; ``following`` come next by the formula.

    ``placed`` are those of ``lead`` and ``seconds`` that an editor put there; ``breaking`` is the story that the
    breaking line of ``placement`` leads to.
    """

    placement: Placement
    lead: StoryDocument | None
    seconds: tuple[StoryDocument, ...]
    following: tuple[StoryDocument, ...]
    placed: frozenset[str]
    breaking: StoryDocument | None = None

    @property
    def stories(self) -> tuple[StoryDocument, ...]:
        """The lead, where there is one, and the second row."""
        return (*((self.lead,) if self.lead else ()), *self.seconds)

    def __contains__(self, story: object) -> bool:
        """Whether a story stands on top."""
        return isinstance(story, StoryDocument) and story.id in {one.id for one in self.stories}


def placement_of(index: Index, page: str, now: datetime) -> Placement:
    """What holds on a page now. Raises ``IndexUnavailable``."""
    found = cast(list[FrontDocument], index.get("front", [placement_id(page)]))
    placed = next((front.placement for front in found if front.placement), None)
    return in_force(placed, now) if placed else Placement(page=page)


def arrange(
    index: Index, placement: Placement, now: datetime, weights: Mapping[str, float], *,
    filter: StoryFilter | None = None, candidates: int = CANDIDATES,
) -> Arrangement:  # fmt: skip
    """The front that ``placement`` makes of the stories of ``filter``, which are all without one.

    A placed story that isn't public, or stands behind another, is left out. Raises ``IndexUnavailable``.
    """
    placed = _placed(index, placement)
    newest = newest_stories(index, filter or StoryFilter(), candidates)
    out = {*placement.hidden, *placed}
    ranked = sorted(
        (story for story in newest if story.id not in out), key=lambda story: -points(story, now, weights)
    )  # fmt: skip
    lead = _whole(index, placement.lead) if placement.lead in placed else _lead(index, ranked)
    free = [story for story in ranked if lead is None or story.id != lead.id]
    row = [placed[id] for id in placement.second if id in placed]
    room = max(0, SECONDS - len(row))
    line = placement.breaking
    return Arrangement(
        placement=placement, lead=lead, seconds=(*row, *free[:room]), following=tuple(free[room:]),
        placed=frozenset({placement.lead, *placement.second} & placed.keys()),
        breaking=_breaking(index, line.story) if line and line.story else None,
    )  # fmt: skip


def newest_stories(index: Index, filter: StoryFilter, limit: int) -> list[StoryDocument]:
    """The newest stories of ``filter``, briefly. Raises ``IndexUnavailable``."""
    page = index.search(StorySearch(filter=filter, sort="newest", limit=limit, brief=True))
    return [hit.document for hit in page.hits]


def _placed(index: Index, placement: Placement) -> dict[str, StoryDocument]:
    """The stories that are placed and may stand in lists, briefly."""
    ids = [id for id in (placement.lead, *placement.second) if id]
    found = cast(list[StoryDocument], index.get("story", ids, brief=True)) if ids else []
    return {story.id: story for story in found if story.is_listed}


def _breaking(index: Index, id: str) -> StoryDocument | None:
    found = cast(list[StoryDocument], index.get("story", [id], brief=True))
    return next((story for story in found if not story.withdrawn), None)


def _lead(index: Index, ranked: Sequence[StoryDocument]) -> StoryDocument | None:
    """The first that is no stub; among nothing but stubs the first."""
    for story in _likely(ranked):
        whole = _whole(index, story.id)
        if whole and not is_stub(whole):
            return whole
    return _whole(index, ranked[0].id) if ranked else None


def _likely(ranked: Sequence[StoryDocument]) -> list[StoryDocument]:
    """The first with a summary, which is no stub whatever its text, and some of those before it."""
    place = next((place for place, story in enumerate(ranked) if story.summary), len(ranked))
    return [*ranked[: min(place, STUBS_PASSED_OVER)], *ranked[place : place + 1]]


def _whole(index: Index, id: str) -> StoryDocument | None:
    """With its text, unless it was withdrawn just now."""
    found = cast(list[StoryDocument], index.get("story", [id]))
    return next((story for story in found if not story.withdrawn), None)
