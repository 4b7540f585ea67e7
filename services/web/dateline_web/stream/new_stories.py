"""Which stories are new: looked for in the index once a second, by whichever listener's turn it is.

Ids grow with time, so a new story is one whose id lies above those seen. One that waited (an embargo, a second try)
has an older id and is noticed among the newest by date.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from threading import Lock
from time import monotonic
from typing import Final, cast

from dateline.domain.document import StoryDocument
from dateline.ports.index import Index, StorySearch

INTERVAL: Final = 1.0
OVERLAP: Final = 60.0
"""Seconds for which an id below others may still come in."""
FORGETS: Final = 30.0
"""Seconds without a listener after which what came meanwhile is no news any more."""
MAX_REMEMBERED: Final = 20_000
MAX_KEPT: Final = 1_000
NEWEST: Final = 50
MAX_MISSED: Final = 100

_AT_ONCE: Final = 1_000


class NewStories:
    """The stories that came while somebody listened; shared by all listeners of a process."""

    def __init__(self, index: Index, max_listeners: int) -> None:
        self._index = index
        self._free = max_listeners
        self._counting = Lock()
        self._looking = Lock()
        self._looked: float | None = None
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._marks: deque[tuple[float, str]] = deque()
        self._kept: deque[tuple[int, StoryDocument]] = deque(maxlen=MAX_KEPT)
        self._count = 0
        self._floor: datetime | None = None

    def join(self) -> bool:
        """Take one of the places for listeners; False when all are taken. Each one taken must be left."""
        with self._counting:
            if self._free == 0:
                return False
            self._free -= 1
            return True

    def leave(self) -> None:
        """Give the place back."""
        with self._counting:
            self._free += 1

    def place(self) -> int:
        """Where a listener begins: after all that came until now."""
        self._look()
        return self._count

    def since(self, place: int) -> tuple[int, list[StoryDocument]]:
        """What came after ``place``, and the place after it."""
        self._look()
        fresh = [(number, story) for number, story in list(self._kept) if number > place]
        return max((number for number, _ in fresh), default=place), [story for _, story in fresh]

    def after(self, story_id: str) -> list[StoryDocument]:
        """The stories that came after ``story_id``, at most a hundred: the client asks for more from there."""
        ids = [id for id, _ in self._index.versions("story", after=story_id, limit=MAX_MISSED)]
        return self._public(ids)

    def _look(self) -> None:
        """Look for new stories when the last look is a second old and nobody else does."""
        if not self._looking.acquire(blocking=self._looked is None):
            return
        try:
            now = monotonic()
            if self._looked is None or now - self._looked > FORGETS:
                self._begin(now)
            elif now - self._looked >= INTERVAL:
                self._keep(self._public(sorted(self._unseen(now))))
                self._looked = now
        finally:
            self._looking.release()

    def _begin(self, now: float) -> None:
        """Take everything that is there for seen."""
        newest = [story.id for story in self._newest()]
        highest = max(newest, default="")
        while ids := self._above(highest):
            highest = ids[-1]
        self._marks = deque([(now, highest)])
        self._remember(newest)
        self._looked = now

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

    def _public(self, ids: list[str]) -> list[StoryDocument]:
        found = [cast(StoryDocument, document) for document in self._index.get("story", ids)] if ids else []
        return [story for story in found if not story.withdrawn]

    def _keep(self, stories: Iterable[StoryDocument]) -> None:
        for story in stories:
            self._count += 1
            self._kept.append((self._count, story))
