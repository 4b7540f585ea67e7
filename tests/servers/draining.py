"""A queue of wake-ups that one worker empties while its connections are broken: what it holds, and what is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest
import redis

from dateline.adapters.broker import INDEX_TASK, make_celery, queue_lengths
from dateline.ports.wakeup import Lane

QUEUE: Final = "live"
WATCHER: Final = "watcher"
UNACKED: Final = "unacked"
"""The hash in which kombu keeps what a worker was given and has not acknowledged."""
LOOK_SECONDS: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Drained:
    """How a queue came to its end."""

    sent: int
    most_held: int
    """The most messages that the worker had at a time."""
    broken: int
    """How many of the worker's connections were broken."""


def drain(
    broker_url: str, *, messages: int, breaks: int, start_worker: Callable[[], object], seconds: float = 120
) -> Drained:
    """Send ``messages`` wake-ups, start the worker, and look until none waits; break its connections ``breaks`` times
    on the way. Fails where the queue stands still for ``seconds``."""
    _send(broker_url, messages)
    sent = queue_lengths(broker_url)[QUEUE]
    start_worker()
    most_held = broken = 0
    shortest, until = sent, time.monotonic() + seconds
    next_break = sent - sent // (breaks + 1)
    lost: set[bytes] = set()
    with redis.Redis.from_url(broker_url, client_name=WATCHER) as client:
        while shortest:
            waiting, held = _look(client)
            most_held = max(most_held, len(held - lost))
            if waiting < shortest:
                shortest, until = waiting, time.monotonic() + seconds
            if time.monotonic() > until:
                pytest.fail(f"{waiting} messages wait, {len(held)} are held, and nothing moves")
            if 0 < waiting <= next_break:
                broken += _break_connections(client)
                lost |= held | _look(client)[1]
                next_break -= sent // (breaks + 1)
            time.sleep(LOOK_SECONDS)
    return Drained(sent=sent, most_held=most_held, broken=broken)


def _send(broker_url: str, messages: int) -> None:
    app: Any = make_celery(broker_url)
    with app.producer_pool.acquire(block=True) as producer:
        for _ in range(messages):
            app.send_task(INDEX_TASK, kwargs={"v": 1, "lane": int(Lane.LIVE)}, queue=QUEUE, producer=producer)
    app.close()


def _look(client: redis.Redis) -> tuple[int, set[bytes]]:
    """How many messages wait, and which are held, at one moment. What was on its way over a broken connection stays
    held by nobody until kombu's visibility timeout."""
    with client.pipeline(transaction=True) as both:
        both.llen(QUEUE)
        both.hkeys(UNACKED)
        waiting, held = both.execute()
    return int(waiting), set(held)


def _break_connections(client: redis.Redis) -> int:
    others = [one for one in client.client_list() if one["name"] != WATCHER]
    return sum(client.client_kill_filter(_id=one["id"]) for one in others)
