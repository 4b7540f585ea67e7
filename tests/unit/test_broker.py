"""The settings that hold at-least-once, and wake-ups that nobody hears."""

from __future__ import annotations

import time

import pytest

from dateline.adapters.broker import CeleryWakeUp, make_celery
from dateline.ports.wakeup import Lane
from dateline.settings import TASK_SECONDS, read_settings
from servers import free_port

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("task_acks_late", True),
        ("task_reject_on_worker_lost", True),
        ("task_ignore_result", True),
        ("task_always_eager", False),
        ("worker_prefetch_multiplier", 1),
        ("worker_disable_prefetch", False),
        ("worker_enable_remote_control", True),
        ("worker_send_task_events", False),
        ("task_time_limit", 20),
        ("accept_content", ["json"]),
        ("task_serializer", "json"),
        ("broker_connection_max_retries", None),
        ("worker_soft_shutdown_timeout", 20),
        ("result_backend", None),
    ],
)
def test_a_message_is_acknowledged_after_its_work(name: str, value: object) -> None:
    assert make_celery(NOWHERE).conf[name] == value


def test_the_transports_options() -> None:
    options = make_celery(NOWHERE).conf.broker_transport_options
    assert options["unacked_restore_throttle"] == 1
    assert options["unacked_mutex_expire"] == 30
    assert options["health_check_interval"] == 10
    assert options["visibility_timeout"] > 10 * TASK_SECONDS


def test_a_task_ends_before_its_lease() -> None:
    assert read_settings({}).lease_seconds > TASK_SECONDS


def test_the_lanes_have_queues_of_their_own() -> None:
    assert [queue.name for queue in make_celery(NOWHERE).conf.task_queues] == ["live", "bulk", "retag", "media", "pull"]


def test_a_wake_up_never_raises_and_costs_nothing_while_the_broker_is_dead() -> None:
    wakeup = CeleryWakeUp(f"redis://127.0.0.1:{free_port()}/0")
    started = time.monotonic()
    for _ in range(1_000):
        wakeup.wake(Lane.LIVE)
    assert time.monotonic() - started < 5
    wakeup.close()
    wakeup.close()
