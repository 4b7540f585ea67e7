"""Wake-ups through a real Redis, and through one that is dead, hangs, or comes back."""

from __future__ import annotations

import json
import os
import time
from base64 import b64decode
from collections.abc import Callable

import pytest
import redis

from dateline.adapters.broker import CeleryWakeUp, queue_lengths
from dateline.errors import BrokerUnavailable
from dateline.ports.wakeup import Lane
from servers import free_port
from servers.redis import RedisServer

pytestmark = pytest.mark.redis


def until(condition: Callable[[], bool], what: str, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


def test_a_message_is_small_and_versioned(redis_url: str) -> None:
    wakeup = CeleryWakeUp(redis_url)
    wakeup.wake(Lane.BULK)
    until(lambda: queue_lengths(redis_url)["bulk"] == 1, "the message")
    wakeup.close()
    with redis.Redis.from_url(redis_url) as client:
        (raw,) = client.lrange("bulk", 0, -1)  # type: ignore[misc]
    message = json.loads(raw)
    assert message["headers"]["task"] == "dateline.index"
    assert message["content-type"] == "application/json"
    assert len(raw) < 2_000
    assert json.loads(b64decode(message["body"]))[:2] == [[], {"v": 1, "lane": 1}]


def test_a_burst_is_a_few_messages_and_the_last_note_is_sent(redis_url: str) -> None:
    wakeup = CeleryWakeUp(redis_url)
    started = time.monotonic()
    for _ in range(5_000):
        wakeup.wake(Lane.LIVE)
    wakeup.wake(Lane.RETAG)
    until(lambda: queue_lengths(redis_url)["retag"] == 1, "the last lane")
    wakeup.close()
    most = 20 * (time.monotonic() - started) + 2
    assert 1 <= queue_lengths(redis_url)["live"] <= most


def test_closing_sends_what_was_noted(redis_url: str) -> None:
    wakeup = CeleryWakeUp(redis_url)
    wakeup.wake(Lane.LIVE)
    wakeup.close()
    assert queue_lengths(redis_url)["live"] == 1


def test_a_dead_broker_costs_nothing() -> None:
    url = f"redis://127.0.0.1:{free_port()}/0"
    wakeup = CeleryWakeUp(url)
    started = time.monotonic()
    for _ in range(1_000):
        wakeup.wake(Lane.LIVE)
    noted = time.monotonic() - started
    wakeup.close()
    assert noted < 1
    with pytest.raises(BrokerUnavailable):
        queue_lengths(url)


def test_what_was_noted_while_the_broker_was_away_is_sent_when_it_is_back(own_redis: RedisServer) -> None:
    wakeup = CeleryWakeUp(own_redis.url)
    own_redis.kill()
    wakeup.wake(Lane.LIVE)
    own_redis.start()
    until(lambda: queue_lengths(own_redis.url)["live"] >= 1, "the message after the outage")
    wakeup.close()


def test_a_broker_that_hangs_is_given_a_second(own_redis: RedisServer) -> None:
    wakeup = CeleryWakeUp(own_redis.url)
    own_redis.pause()
    try:
        wakeup.wake(Lane.LIVE)
        started = time.monotonic()
        with pytest.raises(BrokerUnavailable):
            queue_lengths(own_redis.url)
        assert time.monotonic() - started < 5
    finally:
        own_redis.go_on()
    until(lambda: queue_lengths(own_redis.url)["live"] >= 1, "the message after the pause")
    wakeup.close()


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_forked_process_wakes_by_itself(redis_url: str) -> None:
    wakeup = CeleryWakeUp(redis_url)
    wakeup.wake(Lane.LIVE)
    until(lambda: queue_lengths(redis_url)["live"] == 1, "the parent's message")
    child = os.fork()
    if child == 0:
        wakeup.wake(Lane.RETAG)
        wakeup.close()
        os._exit(0)
    os.waitpid(child, 0)
    assert queue_lengths(redis_url)["retag"] == 1
    wakeup.close()
