"""One writer's megabytes before everybody else's few lines: which of them a worker takes first, and how many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest

from dateline.domain.tag import TagRef
from dateline.ports.ledger.claims import SLOW_LANES_BYTES, Claimed
from dateline.ports.wakeup import Lane
from ledgers import index_all

MEGABYTE: Final = "It was said again. " * 52_632
"""1 MB: half of what a story may have."""


def claim(newsroom: Any, **more: Any) -> list[str]:
    """The items of the next batch."""
    claimed: tuple[Claimed, ...] = newsroom.ledger.claim(worker="w", lease=timedelta(seconds=30), **more)
    return [one.item_id for one in claimed]


def long_stories(newsroom: Any, count: int, **story: Any) -> list[str]:
    return [newsroom.submit(headline=f"Long {n}", **{"body_text": MEGABYTE, **story})["id"] for n in range(count)]


def correct(newsroom: Any, item: str, **story: Any) -> None:
    answer = newsroom.ask("PUT", f"/v1/stories/{item}", json={"headline": "Better", **story}, headers={"If-Match": "1"})
    assert answer.status_code == 202, answer.text


def test_a_short_story_goes_before_the_long_ones_of_another(newsroom: Any) -> None:
    long_stories(newsroom, 12)
    short = newsroom.submit("otto")["id"]
    assert claim(newsroom)[0] == short


def test_a_short_story_that_becomes_long_loses_its_place(newsroom: Any) -> None:
    item = newsroom.submit(headline="Soon long")["id"]
    correct(newsroom, item, body_text=MEGABYTE)
    short = newsroom.submit("otto")["id"]
    assert claim(newsroom)[0] == short


def test_a_long_story_that_becomes_short_goes_with_the_others(newsroom: Any) -> None:
    item, *_ = long_stories(newsroom, 2)
    correct(newsroom, item, body_text="Short.")
    assert claim(newsroom, limit=1) == [item]
    assert newsroom.ledger.sweep().due[Lane.BULK] == 1


@pytest.mark.parametrize("lane", [Lane.LIVE, Lane.RETAG])
def test_a_long_story_is_claimed_alone(newsroom: Any, lane: Lane) -> None:
    items = long_stories(newsroom, 6)
    if lane is Lane.RETAG:
        while any(newsroom.ledger.sweep().due.values()):
            index_all(newsroom.ledger)
        newsroom.ledger.make_due(items, lane)
    short = newsroom.submit("otto")["id"]
    assert claim(newsroom) == [short]
    assert len(claim(newsroom)) == len(claim(newsroom, oldest_of_any_lane=True)) == 1


def test_a_batch_has_two_megabytes_from_the_slower_lanes(newsroom: Any) -> None:
    items = [newsroom.submit(body_text="x" * 90_000)["id"] for _ in range(30)]
    index_all(newsroom.ledger)
    newsroom.ledger.make_due(items, Lane.RETAG)
    assert len(claim(newsroom)) == SLOW_LANES_BYTES // 90_100


def test_what_an_editor_says_of_a_long_story_waits_behind_the_short_ones(newsroom: Any) -> None:
    items = long_stories(newsroom, 2)
    index_all(newsroom.ledger)
    index_all(newsroom.ledger)
    by = newsroom.ledger.live_token("edda")
    for item in items:
        newsroom.ledger.set_editor_tags(item, [TagRef(type="topic", slug="x")], [], by)
    short = newsroom.submit("otto")["id"]
    assert claim(newsroom)[0] == short


def test_a_story_of_usual_length_is_not_long(newsroom: Any) -> None:
    item = newsroom.submit(body_text="x" * 50_000)["id"]
    newsroom.submit("otto")
    assert claim(newsroom)[0] == item


def test_writers_take_turns_when_there_is_more_than_a_batch(newsroom: Any) -> None:
    mine = [newsroom.submit(body_text="x" * 50_000)["id"] for _ in range(12)]
    others = [newsroom.submit("otto", body_text="x" * 50_000)["id"] for _ in range(4)]
    batch = claim(newsroom, max_bytes=450_000)
    assert sorted(batch) == sorted(mine[:4] + others)
    assert claim(newsroom, max_bytes=450_000) == mine[4:]
