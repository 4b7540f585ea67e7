"""``ports.fetch``: a client for addresses that others gave, which must not reach this newsroom's own network."""

from dateline.adapters.fetch.fetcher import CheckedFetcher

__all__ = ["CheckedFetcher"]
