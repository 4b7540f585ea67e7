"""Celery on Redis: the app with the settings that hold at-least-once, and the wake-ups that ingest sends through it.

A message is ``{"v": 1, "lane": n}`` and says only that something is due; the claim in the ledger decides what.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from threading import Condition, Thread
from typing import Any, Final

import redis
import structlog
from celery import Celery
from kombu.entity import Queue
from kombu.exceptions import KombuError

from dateline.errors import BrokerUnavailable
from dateline.ports.wakeup import Lane
from dateline.settings import MEDIA_SECONDS, SUSPECT_SECONDS, TASK_SECONDS

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.broker")

QUEUES: Final = {
    Lane.LIVE: "live", Lane.BULK: "bulk", Lane.RETAG: "retag", Lane.SUSPECT: "retag", Lane.MEDIA: "media",
    Lane.MEDIA_BULK: "media",
}  # fmt: skip
PULL_QUEUE: Final = "pull"
"""Where beat's messages go that wake the puller."""
INDEX_TASK: Final = "dateline.index"
MEDIA_TASK: Final = "dateline.media"
MESSAGE_VERSION: Final = 1
_SECONDS: Final = {Lane.SUSPECT: SUSPECT_SECONDS, Lane.MEDIA: MEDIA_SECONDS, Lane.MEDIA_BULK: MEDIA_SECONDS}
_QUEUE_NAMES: Final = (*dict.fromkeys(QUEUES.values()), PULL_QUEUE)
_BETWEEN_SENDS: Final = 0.05
_SOCKET_SECONDS: Final = 1
_MAX_BACKOFF: Final = 5.0
_LOST: Final = (redis.RedisError, KombuError, OSError)
"""What a send raises when the broker can't be reached; kombu's OperationalError is a KombuError."""


def make_celery(broker_url: str, *, include: Iterable[str] = (), **transport: Any) -> Celery:
    """A Celery app on ``broker_url``; nothing is connected. ``transport`` adds to the transport's options."""
    app = Celery("dateline", broker=broker_url, include=list(include), set_as_current=bool(include))
    app.conf.update(
        accept_content=["json"],
        task_serializer="json",
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_store_eager_result=False,
        task_time_limit=TASK_SECONDS,
        task_queues=[Queue(name) for name in _QUEUE_NAMES],  # type: ignore[no-untyped-call]
        task_default_queue=QUEUES[Lane.LIVE],
        task_create_missing_queues=False,
        worker_prefetch_multiplier=1,
        worker_soft_shutdown_timeout=20,
        # its subscription is what notices a broker that died while a message was acknowledged: without it, or with
        # worker_disable_prefetch, a worker may wait for ever (docs/decisions/0009-celery-on-redis.md)
        worker_enable_remote_control=True,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_send_task_events=False,
        broker_connection_retry=True,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": 3600,
            "unacked_restore_throttle": 1,
            "unacked_mutex_expire": 30,
            "health_check_interval": 10,
            "socket_keepalive": True,
            **transport,
        },
        timezone="UTC",
        enable_utc=True,
    )
    return app


class CeleryWakeUp:
    """Wake-ups from one background thread a process, at most 20 a second for each lane. Made before or after a fork.

    While the broker is away the lanes stay noted, so that the first message after it came back wakes the workers.
    """

    def __init__(self, broker_url: str) -> None:
        self._broker_url = broker_url
        self._senders: dict[int, _Sender] = {}

    def wake(self, lane: Lane) -> None:
        """Note that ``lane`` has work; returns at once and never raises."""
        self._sender().note(lane)

    def close(self) -> None:
        """Send what is still noted, within a second, and stop."""
        if sender := self._senders.pop(os.getpid(), None):
            sender.stop()

    def _sender(self) -> _Sender:
        pid = os.getpid()
        return self._senders.get(pid) or self._senders.setdefault(pid, _Sender(self._broker_url))


class _Sender:
    """What one process sends; its thread begins with the first note."""

    def __init__(self, broker_url: str) -> None:
        self._app = make_celery(
            broker_url, socket_timeout=_SOCKET_SECONDS, socket_connect_timeout=_SOCKET_SECONDS, retry_on_timeout=False
        )
        self._noted: set[Lane] = set()
        self._changed = Condition()
        self._stopping = False
        self._thread: Thread | None = None
        self._backoff = 0.0

    def note(self, lane: Lane) -> None:
        with self._changed:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="dateline-wakeup", daemon=True)
                self._thread.start()
            if lane not in self._noted:
                self._noted.add(lane)
                self._changed.notify()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread:
            self._thread.join(timeout=_SOCKET_SECONDS)

    def _run(self) -> None:
        while lanes := self._next():
            for lane in lanes:
                self._send(lane)
            self._rest()
        self._app.close()

    def _next(self) -> list[Lane]:
        """Wait for lanes to wake; [] when it is time to stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._noted or self._stopping)
            lanes = sorted(self._noted)
            self._noted.clear()
            return lanes

    def _send(self, lane: Lane) -> None:
        try:
            seconds = _SECONDS.get(lane, TASK_SECONDS)
            message = {"v": MESSAGE_VERSION, "lane": int(lane)}
            self._app.send_task(_task(lane), kwargs=message, queue=QUEUES[lane], retry=False, time_limit=seconds)
        except _LOST as lost:
            if not self._backoff:
                log.warning("broker lost", reason=str(lost))
            self._backoff = min(_MAX_BACKOFF, self._backoff * 2 or 0.25)
            with self._changed:
                self._noted.add(lane)
        else:
            if self._backoff:
                log.info("broker back")
            self._backoff = 0.0

    def _rest(self) -> None:
        """Let more notes come together; while the broker is away, longer and longer."""
        with self._changed:
            if self._stopping and self._backoff:
                self._noted.clear()
            self._changed.wait_for(lambda: self._stopping, timeout=self._backoff or _BETWEEN_SENDS)


def queue_lengths(broker_url: str) -> dict[str, int]:
    """How many messages wait in each queue. Raises ``BrokerUnavailable`` within about a second."""
    try:
        with redis.Redis.from_url(
            broker_url, socket_timeout=_SOCKET_SECONDS, socket_connect_timeout=_SOCKET_SECONDS, retry=None
        ) as client:
            return {name: int(client.llen(name)) for name in _QUEUE_NAMES}
    except (redis.RedisError, OSError) as lost:
        raise BrokerUnavailable(f"the broker can't be reached: {lost}") from lost


def _task(lane: Lane) -> str:
    """Which task works on a lane."""
    return MEDIA_TASK if lane >= Lane.MEDIA else INDEX_TASK
