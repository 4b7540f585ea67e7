"""Points in time: what readers who turn pages by relevance walk through, so that no write moves what they have seen."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from threading import Lock
from typing import Any, Final

from elasticsearch import ApiError, BadRequestError, NotFoundError

from dateline.adapters.elastic.client import NOT_ALLOWED, ElasticClient
from dateline.errors import IndexUnavailable

KEPT: Final = "1m"
"""How long one stays after its last page was read; then the server closes it."""
KEPT_SECONDS: Final = 60
MOST: Final = 200
"""How many one process opens a minute: each holds segments that were merged since."""


class PointInTimeGone(IndexUnavailable):
    """A point in time was closed, or its id is none."""


class PointsInTime:
    """Opens them on one alias, and searches in them."""

    def __init__(self, client: ElasticClient, alias: str) -> None:
        self._client = client
        self._alias = alias
        self._opened: deque[float] = deque(maxlen=MOST)
        self._lock = Lock()

    def open(self) -> str | None:
        """The id of a new one; None where the user or key may not, or too many are open."""
        if not self._may_open():
            return None
        with self._client.request() as server:
            try:
                answer = server.open_point_in_time(index=self._alias, keep_alive=KEPT)
            except ApiError as refused:
                if refused.status_code in NOT_ALLOWED:
                    return None
                raise
        return str(answer["id"])

    def _may_open(self) -> bool:
        now = time.monotonic()
        with self._lock:
            if len(self._opened) == MOST and now - self._opened[0] < KEPT_SECONDS:
                return False
            self._opened.append(now)
        return True

    def search(self, point_in_time: str, body: Mapping[str, Any]) -> tuple[str, list[Mapping[str, Any]]]:
        """The hits of a search inside one, which is kept open, and its id from now on. Raises ``PointInTimeGone``,
        ``IndexUnavailable``."""
        options: dict[str, Any] = {"track_total_hits": False, "timeout": self._client.time_left()}
        with self._client.request() as server:
            try:
                answer = server.search(**body, pit={"id": point_in_time, "keep_alive": KEPT}, **options)
            except (NotFoundError, BadRequestError) as refused:
                raise PointInTimeGone("this point in time is closed, or never was") from refused
        self._client.check_whole(answer.body)
        return str(answer["pit_id"]), list(answer["hits"]["hits"])
