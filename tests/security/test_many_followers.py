"""Those who follow what changes: a page is bounded, and ten of them cost a newsroom little more than one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import Engine, event

from dateline.gateway import WAIT
from dateline_ingest.api import changes as view
from dateline_ingest.changes.change_cache import ChangeCache
from dateline_ingest.changes.change_watch import PLACES, ChangeWait
from ledgers import index_all

LONG: Final = "It was said again. " * 80_000
"""1.5 MB."""


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the ledger is asked in the block."""
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The items whose documents were made for who follows."""
    ids: list[str] = []
    document_of = view.document_of

    def noting(claimed: Any, *more: Any) -> Any:
        ids.append(claimed.item_id)
        return document_of(claimed, *more)

    monkeypatch.setattr(view, "document_of", noting)
    return ids


def reading_texts(asked: list[str]) -> int:
    return sum("payloads.body," in one or "payloads.body \n" in one for one in asked)


def ask(newsroom: Any, query: str = "") -> Any:
    answer = newsroom.ask("GET", f"/v1/changes{query}", "sam")
    assert answer.status_code == 200, answer.text
    return answer


def published(newsroom: Any, count: int, **story: Any) -> list[str]:
    ids = [newsroom.submit(headline=f"Bridge {number}", **story)["id"] for number in range(count)]
    while any(newsroom.ledger.sweep().due.values()):
        index_all(newsroom.ledger)
    return ids


def correct(newsroom: Any, item: str, revision: int, **story: Any) -> None:
    answer = newsroom.ask("PUT", f"/v1/stories/{item}", json={"headline": "Better", **story},
                          headers={"If-Match": f'"{revision}"'})  # fmt: skip
    assert answer.status_code == 202, answer.text


def test_ten_who_follow_cost_little_more_than_one(newsroom: Any, made: list[str]) -> None:
    ids = published(newsroom, 30, body_text="All is well.")
    for revision in range(1, 4):
        correct(newsroom, ids[0], revision, body_text=f"{revision} came.")
        index_all(newsroom.ledger)
    with statements() as first:
        answer = ask(newsroom)
    assert len(made) == 30
    with statements() as others:
        assert {ask(newsroom).data for _ in range(9)} == {answer.data}
    assert len(made) == 30
    assert (reading_texts(first), reading_texts(others)) == (1, 0)
    assert len(others) <= 9 * 7, others[:7]
    correct(newsroom, ids[1], 1, body_text="Another came.")
    index_all(newsroom.ledger)
    made.clear()
    for _ in range(10):
        ask(newsroom, "?after=33")
        ask(newsroom)
    assert made == [ids[1]]


def test_a_page_holds_no_more_than_some_megabytes(newsroom: Any) -> None:
    ids = published(newsroom, 7, body_text=LONG)
    for round in range(2):  # what is kept is bounded as what is read
        told, query, longest = [], "", 0
        while query is not None:
            answer = ask(newsroom, query)
            page = answer.get_json()
            told += [one["id"] for one in page["items"]]
            longest = max(longest, len(answer.data))
            query = page["next"] and page["next"].partition("/v1/changes")[2]
        assert told == ids, round
        assert longest < 8_000_000, round


def test_the_published_text_is_measured_where_a_short_one_waits(newsroom: Any) -> None:
    for item in published(newsroom, 4, body_text=LONG):
        correct(newsroom, item, 1, body_text="Held.", embargo_until=(datetime.now(UTC) + timedelta(days=1)).isoformat())
    index_all(newsroom.ledger)
    page = ask(newsroom).get_json()
    assert len(page["items"]) == 2 and page["next"]
    assert "Held." not in str(page)


def test_what_was_kept_is_not_told_after_an_erasure_or_beside_a_hidden_difference(newsroom: Any) -> None:
    erased, hidden = published(newsroom, 2, body_text="Zanzibar spoke.")
    correct(newsroom, hidden, 1, body_text="Somebody spoke.")
    index_all(newsroom.ledger)
    assert ask(newsroom).text.count("Zanzibar") > 1
    by = newsroom.ledger.live_token("edda")
    newsroom.ledger.show_difference(hidden, 2, "removed", "a victim", by)
    newsroom.ledger.erase(erased, "asked for", by)
    assert "Zanzibar" not in ask(newsroom).text
    index_all(newsroom.ledger)
    assert "Zanzibar" not in ask(newsroom).text
    assert "Zanzibar" not in str(newsroom.app.extensions["dateline"].change_cache.known())


def test_one_who_waits_leaves_places_for_others(newsroom: Any) -> None:
    kept: list[ChangeWait] = []
    wait = {"environ_overrides": {WAIT: kept.append}}
    for _ in range(PLACES):
        assert newsroom.ask("GET", "/v1/changes?wait=60", "sam", **wait).status_code == 200
    assert len(kept) == PLACES // 4
    newsroom.ask("GET", "/v1/changes?wait=60", "olga", **wait)
    assert len(kept) == PLACES // 4 + 1
    for one in kept:
        one.close()


def test_what_is_kept_has_a_bound(newsroom: Any) -> None:
    published(newsroom, 20, body_text="It is so. " * 100)
    cache = ChangeCache(most=5_000)
    for change in newsroom.ledger.changes(after=0).changes:
        cache.keep(change, b"x" * 1_000)
        cache.keep(change, b"x" * 900)
    known = cache.known()
    assert list(known) == [16, 17, 18, 19, 20]
    assert sum(map(len, known.values())) <= 5_000
