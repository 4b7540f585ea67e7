"""Labels of facet values: read from the terms' documents, remembered for a short while."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Final

from dateline.adapters.elastic.client import ElasticClient
from dateline.ports.index import Facet

REMEMBERED_SECONDS: Final = 15.0
MAX_LABELS: Final = 20_000
LONGEST_SLUG: Final = 100
"""A longer value, which a reader may send, is no term's."""


class Labels:
    """Looks labels up by (facet, value); what has no term keeps its value as label. Safe for threads.

    All are forgotten at the same time: if each had its own, most searches would find one of their dozens missing.
    """

    def __init__(self, client: ElasticClient, alias: str) -> None:
        self._client = client
        self._alias = alias
        self._known: dict[tuple[Facet, str], str] = {}
        self._until = 0.0

    def of(self, values: Mapping[Facet, Sequence[str]]) -> Mapping[tuple[Facet, str], str]:
        """The label of each value."""
        now = time.monotonic()
        if now >= self._until or len(self._known) > MAX_LABELS:
            self._known, self._until = {}, now + REMEMBERED_SECONDS
        known = self._known
        wanted = [(facet, value) for facet, slugs in values.items() for value in slugs]
        absent = [key for key in wanted if key not in known and key[0] != "language" and len(key[1]) <= LONGEST_SLUG]
        if absent:
            known |= self._read(absent)
        return {key: known.get(key, key[1]) for key in wanted}

    def forget(self) -> None:
        """Look everything up anew: terms were written."""
        self._until = 0.0

    def _read(self, keys: Sequence[tuple[Facet, str]]) -> dict[tuple[Facet, str], str]:
        with self._client.request() as server:
            answer = server.mget(
                index=self._alias, ids=[f"{facet}:{value}" for facet, value in keys], source_includes=["label"]
            )
        return {
            key: entry["_source"]["label"] if entry.get("found") else key[1]
            for key, entry in zip(keys, answer["docs"], strict=True)
        }
