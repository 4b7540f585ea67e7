"""Failed attempts are counted in Redis for all processes together, and in memory while it is away."""

from __future__ import annotations

import pytest

from dateline.adapters.failed_attempts import RedisFailedAttempts
from dateline.ports.failed_attempts import MAX_ATTEMPTS
from servers.redis import RedisServer

pytestmark = pytest.mark.redis


def test_processes_count_together(redis_url: str) -> None:
    one, other = RedisFailedAttempts(redis_url), RedisFailedAttempts(redis_url)
    assert [counter.count("192.0.2.7") for counter in (one, other) * (MAX_ATTEMPTS // 2)] == [0] * MAX_ATTEMPTS
    assert 1 <= one.count("192.0.2.7") <= 60
    assert 1 <= other.count("192.0.2.7") <= 60
    assert other.count("192.0.2.8") == 0


def test_each_counts_by_itself_while_redis_is_away(own_redis: RedisServer) -> None:
    counter = RedisFailedAttempts(own_redis.url)
    assert counter.count("192.0.2.7") == 0
    own_redis.kill()
    assert [counter.count("192.0.2.7") for _ in range(MAX_ATTEMPTS)] == [0] * MAX_ATTEMPTS
    assert 1 <= counter.count("192.0.2.7") <= 60


def test_a_redis_that_hangs_is_left_alone(own_redis: RedisServer) -> None:
    counter = RedisFailedAttempts(own_redis.url)
    own_redis.pause()
    try:
        assert [counter.count("192.0.2.7") for _ in range(MAX_ATTEMPTS)] == [0] * MAX_ATTEMPTS
        assert 1 <= counter.count("192.0.2.7") <= 60
    finally:
        own_redis.go_on()


def test_a_socket_is_as_good_as_a_port(tmp_path: object) -> None:
    assert RedisFailedAttempts(f"unix://{tmp_path}/nobody.sock?db=0").count("192.0.2.7") == 0
