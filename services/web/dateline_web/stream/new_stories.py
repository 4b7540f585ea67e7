"""Which stories are new: looked for in the index.

Ids grow with time, so a new story is one whose id lies above those seen. One that waited (an embargo, a second try)
has an older id and is noticed among the newest by date.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from time import monotonic
from typing import Final

from dateline.domain.document import StoryDocument
from dateline.ports.index import Index, StorySearch
from dateline_web.stories.public import public_stories

OVERLAP: Final = 60.0
"""Seconds for which an id below others may still come in."""
MAX_REMEMBERED: Final = 20_000
NEWEST: Final = 50
MAX_MISSED: Final = 100

_AT_ONCE: Final = 1_000


class NewStories:
    """The stories that came since ``begin``. For one thread at a time."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._marks: deque[tuple[float, str]] = deque()
        self._floor: datetime | None = None

    def after(self, story_id: str) -> list[StoryDocument]:
        """The stories that came after ``story_id``, at most a hundred: the client asks for more from there."""
        ids = [id for id, _ in self._index.versions("story", after=story_id, limit=MAX_MISSED)]
        return _listed(self._index, ids)

    def look(self) -> list[StoryDocument]:
        """What came since the last look, and is public."""
        return _listed(self._index, sorted(self._unseen(monotonic())))

    def begin(self) -> None:
        """Take everything that is there for seen."""
        newest = [story.id for story in self._newest()]
        highest = max(newest, default="")
        while ids := self._above(highest):
            highest = ids[-1]
        self._marks = deque([(monotonic(), highest)])
        self._seen.clear()
        self._remember(newest)

    def _unseen(self, now: float) -> set[str]:
        """Ids that weren't there before."""
        while len(self._marks) > 1 and now - self._marks[1][0] > OVERLAP:
            self._marks.popleft()
        above = self._above(self._marks[0][1])
        if above:
            self._marks.append((now, max(above[-1], self._marks[-1][1])))
        if len(above) == _AT_ONCE:
            self._marks = deque([(now, above[-1])])
        floor = self._floor
        recent = [story.id for story in self._newest() if floor is None or story.published_at > floor]
        fresh = {id for id in (*above, *recent) if id not in self._seen}
        self._remember(fresh)
        return fresh

    def _above(self, id: str) -> list[str]:
        return [found for found, _ in self._index.versions("story", after=id, limit=_AT_ONCE)]

    def _newest(self) -> list[StoryDocument]:
        """The newest by date. Those before the last one's date may move up when another is withdrawn: no news."""
        page = self._index.search(StorySearch(sort="newest", limit=NEWEST, brief=True))
        self._floor = page.hits[-1].document.published_at if page.after is not None else None
        return [hit.document for hit in page.hits]

    def _remember(self, ids: Iterable[str]) -> None:
        self._seen.update(dict.fromkeys(ids))
        surplus = len(self._seen) - MAX_REMEMBERED
        for id in list(islice(self._seen, max(0, surplus))):
            del self._seen[id]


def _listed(index: Index, ids: Sequence[str]) -> list[StoryDocument]:
    """Those of the stories that lists have."""
    return [story for story in public_stories(index, ids, brief=True) if story.is_listed]
