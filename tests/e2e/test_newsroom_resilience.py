"""What a newsroom is for: every revision that was answered with 202 ends on the site once, in its newest form,
whatever dies on the way."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

import pytest

from servers.newsroom import Newsroom, Story, newsroom

pytestmark = [pytest.mark.redis, pytest.mark.timeout(400)]

CLIENTS = 4
OUTAGE_SECONDS = 10


def story(number: int, revision: int = 1) -> Story:
    return {
        "headline": f"Item {number} as of revision {revision}",
        "body_text": f"Town council item number{number} was read. The vote of reading{revision} is recorded in Gomel.",
        "section": "council",
        "note": "" if revision == 1 else "The reading was counted again.",
    }


@dataclass
class Promised:
    """What ingest answered with 202: the newest revision of each story."""

    newest: dict[str, tuple[int, int]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def note(self, item_id: str, number: int, revision: int) -> None:
        with self.lock:
            self.newest[item_id] = (number, revision)


def submit_and_correct(room: Newsroom, numbers: range, promised: Promised) -> None:
    """Stories from several reporters at once; every second one is corrected at once. 503 and lost answers are theirs
    to repeat; here only what was promised counts."""

    def one(number: int) -> None:
        answer = room.ask("POST", "/v1/stories", story(number))
        if answer.status != 202:
            return
        item_id = answer.body["id"]
        promised.note(item_id, number, 1)
        if number % 2:
            headers = {"If-Match": '"1"'}
            if room.ask("PUT", f"/v1/stories/{item_id}", story(number, 2), **headers).status == 202:
                promised.note(item_id, number, 2)

    with ThreadPoolExecutor(CLIENTS) as reporters:
        list(reporters.map(one, numbers))


def on_the_site(room: Newsroom) -> dict[str, str]:
    """Id -> headline of every story that a search finds; none may come twice."""
    found = [(item["id"], item["headline"]) for item in room.read_all("/v1/search?sort=oldest&limit=100")]
    assert len(found) == len({item_id for item_id, _ in found})
    return dict(found)


def everything_arrives(room: Newsroom, promised: Promised, seconds: float = 120) -> None:
    wanted = {
        item_id: f"Item {number} as of revision {revision}" for item_id, (number, revision) in promised.newest.items()
    }

    def arrived() -> bool:
        return room.read("/ready").status == 200 and on_the_site(room) == wanted

    room.wait_for(arrived, "every promised revision, once, in its newest form", seconds)
    for item_id, (_, revision) in list(promised.newest.items())[-20:]:
        assert room.settled(item_id) == (revision, "indexed")
    assert room.ask("GET", "/v1/quarantine").body["items"] == []


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    """One for all: what outlived one test's deaths must outlive the next one's too."""
    # as short as a lease may be: what a killed worker held comes again soon
    with newsroom("--empty", environ={"DATELINE_LEASE_SECONDS": "21", "DATELINE_SWEEP_SECONDS": "1"}) as room:
        yield room


@pytest.fixture(scope="module")
def promised() -> Promised:
    """What all tests were promised."""
    return Promised()


def test_a_broker_that_hangs_for_ten_seconds_costs_a_reporter_nothing(room: Newsroom, promised: Promised) -> None:
    before = len(promised.newest)
    (broker,) = room.find("redis-server")
    broker.send_signal(signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(1) as other:
            sent = other.submit(submit_and_correct, room, range(100), promised)
            sent.result(timeout=30)
        assert len(promised.newest) == before + 100
        over = time.monotonic() + OUTAGE_SECONDS
        room.wait_for(lambda: time.monotonic() > over, "the outage's end")
    finally:
        broker.send_signal(signal.SIGCONT)
    everything_arrives(room, promised)


def test_a_broker_that_is_killed_comes_back_and_the_workers_with_it(room: Newsroom, promised: Promised) -> None:
    before = len(promised.newest)
    room.kill("redis-server")
    submit_and_correct(room, range(100, 200), promised)
    assert len(promised.newest) == before + 100
    everything_arrives(room, promised)


def test_without_beat_stories_still_arrive_within_two_seconds(room: Newsroom, promised: Promised) -> None:
    (beat,) = room.find(" beat ")
    beat.suspend()
    times = []
    for number in range(200, 206):
        item_id = room.submit(story(number)).body["id"]
        promised.note(item_id, number, 1)
        times.append(
            room.wait_for(lambda item_id=item_id: room.headline(item_id) is not None, "a story")  # type: ignore[misc]
        )
    beat.resume()
    assert min(times[1:]) < 2


def test_killing_everything_and_starting_again_on_the_same_folder_loses_nothing(
    room: Newsroom, promised: Promised
) -> None:
    before = len(promised.newest)
    with ThreadPoolExecutor(1) as other:
        sent = other.submit(submit_and_correct, room, range(300, 600), promised)
        room.wait_for(lambda: len(promised.newest) > before + 100 or sent.done(), "some of them")
        room.kill_all()
        sent.result()
    assert len(promised.newest) >= before + 100
    room.start()
    submit_and_correct(room, range(600, 650), promised)
    _nothing_else_arrived(room, promised)
    everything_arrives(room, promised)


def test_killing_the_worker_in_the_middle_of_500_submissions_loses_nothing(room: Newsroom, promised: Promised) -> None:
    before = len(promised.newest)
    with ThreadPoolExecutor(1) as other:
        for first in range(0, 500, 100):
            sent = other.submit(submit_and_correct, room, range(1000 + first, 1100 + first), promised)
            wanted = before + first + 50
            room.wait_for(lambda wanted=wanted: len(promised.newest) > wanted or sent.done(), "half of them")  # type: ignore[misc]  # noqa: B023
            for worker in room.find("dateline_indexer.worker"):
                for process in (*worker.children(), worker):
                    process.kill()
            sent.result()
    assert len(promised.newest) == before + 500
    everything_arrives(room, promised)


def _nothing_else_arrived(room: Newsroom, promised: Promised) -> None:
    """A revision may be on record though its answer was lost with the process: the ledger says which."""
    for item in room.ask_all("/v1/stories?limit=100"):
        number = int(item["label"].split()[1])
        _, revision = promised.newest.get(item["id"], (number, 0))
        assert item["revision"] >= revision
        promised.note(item["id"], number, item["revision"])
