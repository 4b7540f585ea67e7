"""Labels of facet values: read from the terms' documents, remembered for a short while."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Final

from dateline.adapters.elastic.client import ElasticClient
from dateline.ports.index import Facet

REMEMBERED_SECONDS: Final = 15.0
MOST: Final = 20_000


class Labels:
    """Looks labels up by (facet, value); what has no term keeps its value as label. Safe for threads."""

    def __init__(self, client: ElasticClient, alias: str) -> None:
        self._client = client
        self._alias = alias
        self._known: dict[tuple[Facet, str], tuple[str, float]] = {}
        self._lock = Lock()

    def of(self, values: Mapping[Facet, Sequence[str]]) -> Mapping[tuple[Facet, str], str]:
        """The label of each value."""
        wanted = [(facet, value) for facet, slugs in values.items() for value in slugs]
        now = time.monotonic()
        with self._lock:
            found = {key: label for key in wanted if (label := self._fresh(key, now)) is not None}
        absent = [key for key in wanted if key not in found]
        if absent:
            read = self._read(absent)
            found |= read
            with self._lock:
                if len(self._known) > MOST:
                    self._known.clear()
                self._known |= {key: (label, now + REMEMBERED_SECONDS) for key, label in read.items()}
        return found

    def forget(self) -> None:
        """Look everything up anew: terms were written."""
        with self._lock:
            self._known.clear()

    def _fresh(self, key: tuple[Facet, str], now: float) -> str | None:
        if key[0] == "language":
            return key[1]
        label, until = self._known.get(key, ("", 0.0))
        return label if now < until else None

    def _read(self, keys: Sequence[tuple[Facet, str]]) -> dict[tuple[Facet, str], str]:
        with self._client.request() as server:
            answer = server.mget(
                index=self._alias, ids=[f"{facet}:{value}" for facet, value in keys], source_includes=["label"]
            )
        return {
            key: entry["_source"]["label"] if entry.get("found") else key[1]
            for key, entry in zip(keys, answer["docs"], strict=True)
        }
