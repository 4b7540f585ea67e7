"""A real worker on a real Redis, with the ledger and index of a temporary folder."""

from servers.redis import _shared_redis, own_redis, redis_url

__all__ = ["_shared_redis", "own_redis", "redis_url"]
