"""Readers and writers at once: a search sees a batch whole or not at all."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from contract.index.newsroom_documents import clauses, put, story
from dateline.ports.index import Index, PutStatus, StorySearch


def test_a_batch_is_seen_when_put_returns_and_searches_go_on_meanwhile(index: Index) -> None:
    batches = 12
    stop = threading.Event()

    def read() -> list[int]:
        totals = []
        while not stop.is_set():
            totals.append(index.search(StorySearch(clauses=clauses("grain"), facets=("section",))).total)
        return totals

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for batch in range(batches):
                put(index, *(story(f"s{batch:02}{n:02}", "Grain", sections="news") for n in range(25)))
                page = index.search(StorySearch(clauses=clauses("grain"), facets=("section",), limit=1))
                assert page.total == 25 * (batch + 1)
                assert page.facets["section"][0].count == page.total
        finally:
            stop.set()
        for reader in readers:
            totals = reader.result()
            assert totals == sorted(totals)


def test_writers_at_once_lose_nothing(index: Index) -> None:
    def write(writer: int) -> list[PutStatus]:
        statuses = []
        for version in range(1, 11):
            batch = [story("shared", f"Version {version}", version=version), story(f"own{writer}", version=version)]
            statuses += [result.status for result in index.put(batch)]
        return statuses

    with ThreadPoolExecutor(3) as pool:
        for statuses in pool.map(write, range(3)):
            assert set(statuses) <= {PutStatus.DONE, PutStatus.NEWER}
            assert statuses[-1] is PutStatus.DONE
    assert index.versions("story") == [("own0", 10), ("own1", 10), ("own2", 10), ("shared", 10)]
    assert index.search(StorySearch()).total == 4


def test_the_newest_version_stays_whatever_order_writers_come_in(index: Index) -> None:
    versions = [3, 9, 1, 7, 10, 2, 8, 5, 4, 6]

    def write(version: int) -> None:
        index.put([story("a", f"word{version}", version=version)])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, versions))
    assert index.versions("story") == [("a", 10)]
    assert index.search(StorySearch(clauses=clauses("word10"))).total == 1
    assert index.search(StorySearch()).total == 1
