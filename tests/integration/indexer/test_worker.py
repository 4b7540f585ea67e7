"""A real worker on a real Redis: what is submitted to the ledger is in the index, woken or swept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import redis

from dateline.adapters.broker import CeleryWakeUp
from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.ledger import open_sql_ledger
from dateline.domain.document import StoryDocument
from dateline.domain.payload import to_payload
from dateline.domain.story import Story
from dateline.ports.ledger import Ledger
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane
from dateline.settings import TASK_SECONDS
from servers.draining import drain
from servers.redis import RedisServer

pytestmark = pytest.mark.redis

MINSK = ZoneInfo("Europe/Minsk")


@dataclass
class Place:
    """A ledger, an index and a worker over both."""

    data: Path
    redis: str
    ledger: Ledger
    index: EmbeddedIndex
    wakeup: CeleryWakeUp
    token: Token
    worker: subprocess.Popen[bytes] | None = None

    def start_worker(self) -> None:
        environ = os.environ | {"DATELINE_DATA": str(self.data), "DATELINE_BROKER": self.redis}
        with (self.data / "worker.log").open("ab") as log:
            self.worker = subprocess.Popen(
                [
                    sys.executable, "-m", "celery", "-A", "dateline_indexer.worker", "worker", "--concurrency=1",
                    "--queues=live,bulk,retag", "--without-gossip", "--without-mingle", "--loglevel=info",
                ],
                env=environ, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill_worker(self) -> None:
        if self.worker is not None and self.worker.poll() is None:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait()

    def submit(self, headline: str, body: str = "In Gomel.", **more: object) -> str:
        story = Story(headline=headline, body_text=body, published_at=datetime(2026, 3, 2, 8, tzinfo=UTC))
        submission = Submission(kind="story", payload=to_payload(story), by=self.token, label=headline)
        return self.ledger.submit(replace(submission, **more)).id  # type: ignore[arg-type]

    def submit_many(self, count: int) -> list[str]:
        story = Story(headline="Ferry", body_text="In Gomel.", published_at=datetime(2026, 3, 2, 8, tzinfo=UTC))
        one = Submission(kind="story", payload=to_payload(story), by=self.token, label="Ferry", lane=Lane.BULK)
        receipts = self.ledger.submit_many([one] * count)
        return [receipt.id for receipt in receipts if isinstance(receipt, Receipt)]

    def document(self, item_id: str) -> StoryDocument | None:
        found = self.index.get("story", [item_id])
        return found[0] if found else None  # type: ignore[return-value]

    def until(self, condition: Callable[[], bool], what: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"{what}\n{(self.data / 'worker.log').read_text()[-3000:]}")
            time.sleep(0.02)


@pytest.fixture
def place(tmp_path: Path, own_redis: RedisServer) -> Iterator[Place]:
    ledger = open_sql_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    ledger.migrate()
    index = EmbeddedIndex(tmp_path / "index", MINSK)
    index.ensure()
    _, token = ledger.create_token("desk", "editor")
    place = Place(tmp_path, own_redis.url, ledger, index, CeleryWakeUp(own_redis.url), token)
    yield place
    place.kill_worker()
    place.wakeup.close()
    index.close()
    ledger.close()


def test_a_woken_worker_indexes_what_is_due(place: Place) -> None:
    place.start_worker()
    item_id = place.submit("Ferry runs again")
    place.wakeup.wake(Lane.LIVE)
    place.until(lambda: place.document(item_id) is not None, "the document")
    document = place.document(item_id)
    assert document is not None
    assert (document.headline, document.revision, document.slug) == ("Ferry runs again", 1, "ferry-runs-again")
    assert "place:gomel" in [tag.key for tag in document.tags]
    place.until(lambda: place.ledger.item("story", item_id).newest.state == "indexed", "the mark")


def test_one_wake_up_is_enough_for_a_thousand(place: Place) -> None:
    ids = [place.submit(f"Story {number}", lane=Lane.BULK) for number in range(1_000)]
    place.wakeup.wake(Lane.BULK)
    place.start_worker()
    place.until(lambda: len(place.index.get("story", ids)) == 1_000, "all of them")


def test_a_doubled_wake_up_changes_nothing(place: Place) -> None:
    place.start_worker()
    item_id = place.submit("Once")
    for lane in (Lane.LIVE, Lane.BULK, Lane.RETAG):
        place.wakeup.wake(lane)
    place.until(lambda: place.ledger.item("story", item_id).newest.state == "indexed", "the mark")
    place.wakeup.wake(Lane.LIVE)
    assert place.document(item_id).version == 1  # type: ignore[union-attr]


def test_a_poison_item_harms_no_other(place: Place) -> None:
    bad = place.submit("Bad", payload={"schema": 1, "headline": "no date"})
    good = [place.submit(f"Good {number}") for number in range(5)]
    place.start_worker()
    place.wakeup.wake(Lane.LIVE)
    place.until(lambda: len(place.index.get("story", good)) == 5, "the others")
    place.until(lambda: place.ledger.item("story", bad).newest.state == "quarantined", "the quarantine")
    (kept,) = place.ledger.quarantine().items
    assert (kept.id, kept.stage) == (bad, "document")
    assert kept.reason


def test_what_a_killed_worker_held_is_swept_to_another(place: Place) -> None:
    item_id = place.submit("Held")
    (claimed,) = place.ledger.claim(worker="dead", lease=timedelta(milliseconds=1))
    place.start_worker()
    place.until(lambda: place.ledger.sweep().due[Lane.SUSPECT] == 1, "the sweep")
    other = place.submit("Nobody waits")
    place.wakeup.wake(Lane.LIVE)
    place.until(lambda: place.document(other) is not None, "the other's document")
    assert place.document(item_id) is None
    place.wakeup.wake(Lane.SUSPECT)
    place.until(lambda: place.document(item_id) is not None, "the document")
    assert place.document(item_id).version > claimed.version  # type: ignore[union-attr]


def test_a_worker_holds_one_message_at_a_time_whatever_its_connections_do(place: Place) -> None:
    drained = drain(place.redis, messages=400, breaks=3, start_worker=place.start_worker)
    assert drained.sent == 400
    assert drained.broken >= 3
    assert drained.most_held == 1


def test_a_worker_says_that_it_is_alive(place: Place) -> None:
    place.start_worker()
    alive = place.data / "worker-alive"
    place.until(alive.exists, "the file that says so")
    assert alive.read_bytes() == b""


def test_a_worker_that_is_asked_to_stop_ends_its_batch_and_no_more(place: Place) -> None:
    first, *_ = [place.submit_many(500) for _ in range(20)]
    place.wakeup.wake(Lane.BULK)
    place.start_worker()
    place.until(lambda: bool(place.index.get("story", first[:1])), "the first batch")
    assert place.worker is not None
    place.worker.terminate()
    assert place.worker.wait(timeout=TASK_SECONDS) == 0
    assert place.ledger.metrics().revisions["indexed"] < 10_000
    assert place.ledger.sweep().lost_leases == 0
    with redis.Redis.from_url(place.redis) as client:
        assert client.hlen("unacked") == 0
