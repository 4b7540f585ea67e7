"""The ingest service in this process, as its unit tests have it: attacks are requests to it."""

from unit.ingest.conftest import newsroom, only_app

__all__ = ["newsroom", "only_app"]
