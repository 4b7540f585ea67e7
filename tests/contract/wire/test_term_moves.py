"""Merges and splits as readers get them, on each index: stories carry the other tag, and old addresses lead there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contract.calendars.conftest import Newsroom
from contract.wire.conftest import publish
from dateline.ports.index import Index
from dateline.settings import read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.pipeline import Pipeline
from dateline_indexer.retag import Retag
from dateline_ingest.app import create_app as create_ingest
from dateline_web.app import create_app as create_web
from fakes.wakeup import CountingWakeUp
from ledgers import open_copy
from unit.indexer.parts import MINSK

LEE, ANN_LEE = "/v1/terms/person/lee", "/v1/terms/person/ann-lee"


@pytest.fixture
def newsroom(index: Index, tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom with the shipped vocabulary, in which one woman stands under two names."""
    ledger = open_copy(tmp_path)
    settings = read_settings({}, data=str(tmp_path), secret_key="k" * 32, timezone="Europe/Minsk", log_level="error")
    vocabulary = LiveVocabulary(ledger)
    ingest = create_ingest(
        settings, ledger=ledger, wakeup=CountingWakeUp(), vocabulary=vocabulary, queue_lengths=dict, index=index
    )
    pipeline = Pipeline(
        ledger=ledger, index=index, vocabulary=vocabulary, zone=MINSK, lease=timedelta(seconds=30), worker="test"
    )
    room = Newsroom(ingest.test_client(), create_web(settings, index=index).test_client(), ledger, index, pipeline)
    send(room, "PUT", ANN_LEE, label="Ann Lee", aliases=["Anna Quillfeather"])
    send(room, "PUT", LEE, label="Lee Annsdottir")
    for headline, names in (("One", "Ann Lee"), ("Two", "Lee Annsdottir"), ("Three", "Anna Quillfeather")):
        send(room, "POST", "/v1/stories", headline=headline, body_text=f"{names} opened the fair, {names} said.")
    send(room, "POST", "/v1/stories", headline="Four", body_text="Nobody came.", tags={"people": ["lee"]})
    retag(room)
    yield room
    ledger.close()


def send(room: Newsroom, method: str, path: str, **body: Any) -> Any:
    answer = room.ask(method, path, json=body)
    assert answer.status_code in (200, 202), answer.text
    return answer.get_json()


def retag(room: Newsroom) -> None:
    """Publish what is due, and what the changed terms touch."""
    publish(room)
    work = Retag(room.ledger, room.index, CountingWakeUp(), timedelta(0))
    while work.step():
        pass
    publish(room)


def headlines(room: Newsroom, slug: str) -> set[str]:
    answer = room.reader.get(f"/v1/tags/person/{slug}")
    assert answer.status_code == 200, answer.text
    return {item["headline"] for item in answer.get_json()["items"]}


def leads_to(room: Newsroom, path: str) -> tuple[int, str]:
    answer = room.reader.get(path)
    return answer.status_code, answer.headers.get("Location", "").removeprefix("http://localhost")


def test_a_merge_moves_stories_and_addresses_and_is_undone(newsroom: Newsroom) -> None:
    assert (headlines(newsroom, "lee"), headlines(newsroom, "ann-lee")) == ({"Two", "Four"}, {"One", "Three"})
    would = send(newsroom, "POST", f"{LEE}/merge/preview", into="ann-lee")
    assert (would["moves"]["count"], would["carry_both"], would["target_count"]) == (2, 0, 2)
    send(newsroom, "POST", f"{LEE}/merge", into="ann-lee")
    retag(newsroom)
    assert headlines(newsroom, "ann-lee") == {"One", "Two", "Three", "Four"}
    for end in ("", ".atom", ".rss", ".json", ".ics"):
        assert leads_to(newsroom, f"/people/lee{end}") == (301, f"/people/ann-lee{end}")
    send(newsroom, "POST", f"{ANN_LEE}/undo")
    retag(newsroom)
    assert (headlines(newsroom, "lee"), headlines(newsroom, "ann-lee")) == ({"Two", "Four"}, {"One", "Three"})
    assert leads_to(newsroom, "/people/lee")[0] == 200


def test_a_split_parts_stories_by_names_and_by_hand(newsroom: Newsroom) -> None:
    [one] = [item for item in newsroom.reader.get("/v1/search?q=One").get_json()["items"] if item["headline"] == "One"]
    send(newsroom, "POST", f"{ANN_LEE}/split", main="ann-lee-mayor", parts=[
        {"label": "Ann Lee, mayor", "slug": "ann-lee-mayor"},
        {"label": "Anna Quillfeather", "slug": "quillfeather", "names": ["Anna Quillfeather"], "stories": [one["id"]]},
    ])  # fmt: skip
    retag(newsroom)
    assert headlines(newsroom, "quillfeather") == {"One", "Three"}
    assert leads_to(newsroom, "/people/ann-lee.atom") == (301, "/people/ann-lee-mayor.atom")


def test_what_a_change_would_do_is_what_it_does(newsroom: Newsroom) -> None:
    would = send(newsroom, "POST", f"{ANN_LEE}/preview", label="Ann Lee")
    told = {what: {story["headline"] for story in would[what]["items"]} for what in ("gain", "lose")}
    assert (told, would["complete"], would["archive"]) == ({"gain": set(), "lose": {"Three"}}, True, True)
    changed = newsroom.ask("PUT", ANN_LEE, json={"label": "Ann Lee"}, headers={"If-Match": "*"})
    assert changed.status_code == 202, changed.text
    retag(newsroom)
    assert headlines(newsroom, "ann-lee") == {"One"}
