"""/v1/changes: who may ask, from where on, in pages, conditionally; and who waits for the next."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from dateline.errors import LedgerUnavailable
from dateline.gateway import WAIT
from dateline_ingest.changes import change_watch
from dateline_ingest.changes.change_watch import ChangeWait, ChangeWatch
from ledgers import index_all
from unit.ingest.conftest import Newsroom


def changes(newsroom: Newsroom, query: str = "", token: str = "sam", **options: Any) -> Any:
    return newsroom.ask("GET", f"/v1/changes{query}", token, **options)


def published(newsroom: Newsroom, count: int) -> list[str]:
    ids = [newsroom.submit(headline=f"Bridge {number}")["id"] for number in range(count)]
    index_all(newsroom.ledger)
    return ids


@pytest.mark.parametrize(("token", "status"), [("", 401), ("rita", 403), ("edda", 403), ("olga", 200), ("sam", 200)])
def test_it_is_for_operations_and_subscribers(newsroom: Newsroom, token: str, status: int) -> None:
    assert changes(newsroom, token=token).status_code == status


_OPEN = ("/v1/docs", "/v1/openapi", "/v1/changes", "/v1/plan.ics")
"""What is open to anybody, to followers, or to who has the secret in its address."""


def test_a_subscriber_may_do_nothing_else(newsroom: Newsroom) -> None:
    newsroom.submit()
    for rule in newsroom.app.url_map.iter_rules():
        path = re.sub(r"<[^>]+>", "1", re.sub(r"<[^>]*type>", "topic", rule.rule))
        if not path.startswith(("/v1/", "/metrics")) or path.startswith(_OPEN):
            continue
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            answer = newsroom.ask(method, path, "sam")
            assert answer.status_code == 403, (method, path, answer.status_code)
    assert newsroom.ask("GET", "/stories", "sam").status_code == 403
    assert "checks" not in newsroom.ask("GET", "/ready", "sam").get_json()
    assert "headline" not in newsroom.ask("GET", "/", "sam").text


def test_what_changed_is_told_in_pages(newsroom: Newsroom) -> None:
    assert changes(newsroom).get_json() == {"items": [], "next": None, "last": 0}
    first, second, third = published(newsroom, 3)
    answer = changes(newsroom, "?limit=2")
    page = answer.get_json()
    assert [(one["seq"], one["kind"], one["id"], one["state"]) for one in page["items"]] == [
        (1, "story", first, "published"), (2, "story", second, "published"),
    ]  # fmt: skip
    assert page["last"] == 3
    assert answer.headers["Link"] == f'<{page["next"]}>; rel="next"'
    assert page["items"][0]["item"]["headline"] == "Bridge 0"
    assert page["items"][0]["item"]["url"] == f"/stories/{first}/bridge-0"
    rest = changes(newsroom, page["next"].partition("/v1/changes")[2])
    assert [one["id"] for one in rest.get_json()["items"]] == [third]
    assert rest.get_json()["next"] is None and "Link" not in rest.headers
    newsroom.ask("DELETE", f"/v1/stories/{first}", "edda")
    index_all(newsroom.ledger)
    (gone,) = changes(newsroom, "?after=3").get_json()["items"]
    assert gone == {"seq": 4, "kind": "story", "id": first, "revision": 2, "state": "withdrawn", "item": None}


def test_what_is_known_already_is_304(newsroom: Newsroom) -> None:
    published(newsroom, 1)
    first = changes(newsroom)
    assert first.headers["Cache-Control"] == "private, no-cache"
    known = {"If-None-Match": first.headers["ETag"]}
    assert changes(newsroom, headers=known).status_code == 304
    published(newsroom, 1)
    assert changes(newsroom, headers=known).status_code == 200


@pytest.mark.parametrize(
    "query", ["?after=x", "?after=-1", "?after=1.5", "?after=99999999999999999999", "?limit=0", "?limit=101",
              "?wait=-1", "?wait=61", "?since=1"],
)  # fmt: skip
def test_a_bad_parameter_is_422(newsroom: Newsroom, query: str) -> None:
    assert changes(newsroom, query).status_code == 422


def test_a_number_of_another_life_is_410(newsroom: Newsroom) -> None:
    published(newsroom, 1)
    answer = changes(newsroom, "?after=2")
    assert answer.status_code == 410
    assert "begin anew with after=0" in answer.get_json()["detail"]


# --- waiting -----------------------------------------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_watch, "INTERVAL", 0.01)


def waits(newsroom: Newsroom, query: str) -> list[ChangeWait]:
    """What the server would wait for."""
    kept: list[ChangeWait] = []
    assert changes(newsroom, query, environ_overrides={WAIT: kept.append}).status_code == 200
    return kept


@pytest.mark.usefixtures("quick")
def test_who_knows_all_waits_for_the_next(newsroom: Newsroom) -> None:
    published(newsroom, 1)
    assert waits(newsroom, "?after=0&wait=30") == waits(newsroom, "?after=1") == []
    assert changes(newsroom, "?after=1&wait=30").get_json()["items"] == []  # a server that can't wait
    (place,) = waits(newsroom, "?after=1&wait=30")

    async def run() -> None:
        over = asyncio.create_task(place.over())
        await asyncio.sleep(0)
        published(newsroom, 1)
        await over

    asyncio.run(run())
    place.close()
    assert len(changes(newsroom, "?after=1&wait=30").get_json()["items"]) == 1


@pytest.mark.usefixtures("quick")
def test_a_wait_is_over_when_its_time_is_or_the_ledger_is_away() -> None:
    def away() -> int:
        raise LedgerUnavailable("away")

    in_time, calm = ChangeWatch(away).join(1, 3600), ChangeWatch(lambda: 1).join(1, 0.01)
    assert in_time is not None and calm is not None
    for place in (in_time, calm):
        asyncio.run(place.over())
        place.close()


def test_places_are_bounded_and_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_watch, "PLACES", 2)
    watch = ChangeWatch(lambda: 1)
    first, second = watch.join(1, 1, "one"), watch.join(1, 1, "two")
    assert first is not None and second is not None
    assert watch.join(1, 1, "three") is None
    first.close()
    again = watch.join(1, 1, "three")
    assert again is not None
    again.end()
    asyncio.run(again.over())
    for place in (again, second):
        place.close()
