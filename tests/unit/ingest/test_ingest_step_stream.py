"""The steps of a story as server-sent events."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dateline.gateway import PUSH
from dateline_ingest.changes import change_watch
from dateline_ingest.context import Parts
from dateline_ingest.desk.story import step_stream
from ledgers import index_all
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import sign_in


def listen(newsroom: Newsroom, story: str, who: str = "rita") -> tuple[int, str, list[Any]]:
    """Status and type of the answer, and what is pushed behind it."""
    pushed: list[Any] = []
    answer = sign_in(newsroom.client, who).get(f"/stories/{story}/steps", environ_overrides={PUSH: pushed.append})
    return answer.status_code, answer.content_type, pushed


def waiting(newsroom: Newsroom) -> list[Any]:
    parts: Parts = newsroom.app.extensions["dateline"]
    return parts.change_watch._all()


async def events(listener: Any) -> list[bytes]:
    return [block async for block in listener.blocks()]


@pytest.fixture
def story(newsroom: Newsroom) -> str:
    return str(newsroom.submit(headline="Bridge opens", body_text="It is open.")["id"])


def test_it_is_told_when_the_story_is_on_the_site(newsroom: Newsroom, story: str) -> None:
    status, kind, [listener] = listen(newsroom, story)
    assert (status, kind) == (200, "text/event-stream; charset=utf-8")
    waits = len(waiting(newsroom))
    index_all(newsroom.ledger)
    assert asyncio.run(events(listener)) == [b"data: indexed\n\n"]
    listener.close()
    assert (waits, waiting(newsroom)) == (1, [])
    assert listen(newsroom, story)[::2] == (204, [])


def test_a_story_that_stays_on_its_way_isnt_listened_to_for_ever(
    newsroom: Newsroom, story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step_stream, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(step_stream, "MOST_LOOKS", 3)
    _, _, [listener] = listen(newsroom, story)
    assert asyncio.run(events(listener)) == []
    listener.close()
    assert waiting(newsroom) == []


def test_who_finds_no_place_asks_again_by_itself(
    newsroom: Newsroom, story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_watch, "PLACES", 0)
    assert listen(newsroom, story)[::2] == (204, [])
    assert sign_in(newsroom.client).get(f"/stories/{story}/steps").status_code == 204, "a server that can't push"


def test_anothers_story_isnt_listened_to(newsroom: Newsroom) -> None:
    story = str(newsroom.submit("edda", headline="Bridge opens", body_text="It is open.")["id"])
    assert listen(newsroom, story)[::2] == (403, [])
