"""How many points in time one process opens."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from types import SimpleNamespace
from typing import cast

import pytest

from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.paging import points_in_time
from dateline.adapters.elastic.paging.points_in_time import KEPT_SECONDS, MOST, PointsInTime


class Willing:
    """A cluster that opens what it is asked to."""

    def request(self) -> AbstractContextManager[SimpleNamespace]:
        return nullcontext(SimpleNamespace(open_point_in_time=lambda **_: {"id": "p"}))


def test_a_process_opens_so_many_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(points_in_time.time, "monotonic", lambda: now)
    points = PointsInTime(cast(ElasticClient, Willing()), "stories")
    assert [points.open() for _ in range(MOST)] == ["p"] * MOST
    assert points.open() is None
    now += KEPT_SECONDS + 1
    assert points.open() == "p"
