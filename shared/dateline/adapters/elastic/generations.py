"""Generations: each is three indices of one name's suffix, and the aliases say which one readers see.

``dateline-stories`` → ``dateline-stories-v1-20261123t221005``; while a new generation is filled, ``…-stories-next``
names its index. The mappings are files of the package; ``_meta`` tells which of them, and which time zone, an index was
made with, so that code and index that don't fit say so instead of answering wrongly.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final
from zoneinfo import ZoneInfo

from elasticsearch import AuthorizationException

from dateline.adapters.elastic.client import NOT_MADE, WRITE_TIMEOUT, ElasticClient
from dateline.analysis import folding
from dateline.domain.document import Kind
from dateline.errors import Conflict, IndexUnavailable

GENERATION_VERSION: Final = 1
PLURALS: Final[dict[Kind, str]] = {"story": "stories", "event": "events", "term": "terms"}


@cache
def shipped_mapping(plural: str) -> dict[str, Any]:
    """The mapping and analysis of ``stories``, ``events`` or ``terms`` as the package ships them."""
    text = files("dateline").joinpath("mappings", f"{plural}.json").read_text("utf-8")
    body: dict[str, Any] = json.loads(text)
    return body


@cache
def fingerprint() -> str:
    """A short digest of all shipped mappings and analyses, and of how texts are folded before they are sent."""
    mappings = [shipped_mapping(plural) for plural in PLURALS.values()]
    bodies = json.dumps([folding.VERSION, *mappings], sort_keys=True)
    return sha256(bodies.encode()).hexdigest()[:16]


class Generations:
    """Makes, lists, swaps and drops generations."""

    def __init__(self, client: ElasticClient, *, prefix: str, zone: ZoneInfo, shards: int, replicas: int) -> None:
        self._client = client
        self._prefix = prefix
        self._meta = {"analysis": fingerprint(), "timezone": zone.key}
        self._settings = {"number_of_shards": shards, "number_of_replicas": replicas}

    def alias(self, kind: Kind, *, filling: bool = False) -> str:
        """The alias that writers and readers of a kind use; of the generation being filled with ``filling``."""
        return f"{self._prefix}-{PLURALS[kind]}" + ("-next" if filling else "")

    def concrete(self, kind: Kind, generation: str) -> str:
        """The index of a kind in a generation."""
        return f"{self._prefix}-{PLURALS[kind]}-{generation}"

    def ensure(self) -> None:
        """Make the first generation where there is none. Several may call at once."""
        if self._current_or_none() is None:
            generation = self._name()
            self._create_indices(generation)
            self._claim_aliases(generation)

    def check(self) -> None:
        """Raise ``IndexUnavailable`` unless the current generation was made for this code and time zone.

        A key that may only read, which is all that web needs, can't see mappings: then a search must do.
        """
        with self._client.request() as client:
            try:
                mappings = client.indices.get_mapping(index=self.alias("story"))
            except AuthorizationException:
                client.search(index=self.alias("story"), size=0, track_total_hits=False)
                return
        for mapping in mappings.values():
            self._compare(mapping["mappings"].get("_meta", {}))

    def _compare(self, meta: Mapping[str, str]) -> None:
        for key, wanted in self._meta.items():
            if meta.get(key) != wanted:
                raise IndexUnavailable(
                    f"the index was made with another {key} ({meta.get(key)}, this code has {wanted}): "
                    "run `dateline index reindex`"
                )

    def all(self) -> list[str]:
        """Names of all generations, oldest first."""
        pattern = self.concrete("story", "v*")
        with self._client.request() as client:
            found = client.indices.get_alias(index=pattern, allow_no_indices=True)
        skip = len(self.concrete("story", ""))
        return sorted((name[skip:] for name in found), key=lambda name: name.rsplit("-", 1)[-1])

    def current(self) -> str:
        """The generation readers see. ``IndexUnavailable`` when there is none."""
        generation = self._current_or_none()
        if generation is None:
            raise IndexUnavailable(NOT_MADE)
        return generation

    def create(self) -> str:
        """Make an empty generation and let the ``-next`` aliases name it; returns its name."""
        generation = self._name()
        self._create_indices(generation)
        self._move_aliases(generation, filling=True)
        return generation

    def swap(self, generation: str) -> None:
        """Let readers see a generation: one request moves all aliases at once."""
        actions: list[dict[str, Any]] = []
        for kind in PLURALS:
            everything = self.concrete(kind, "v*")
            actions += [
                {"remove": {"index": everything, "alias": self.alias(kind), "must_exist": False}},
                {"remove": {"index": everything, "alias": self.alias(kind, filling=True), "must_exist": False}},
                {"add": {"index": self.concrete(kind, generation), "alias": self.alias(kind), "is_write_index": True}},
            ]
        with self._client.request(timeout=WRITE_TIMEOUT) as client:
            client.indices.update_aliases(actions=actions)

    def drop(self, generation: str) -> None:
        """Remove a generation; ``Conflict`` when readers see it."""
        if generation == self.current():
            raise Conflict(f"readers see generation {generation}: swap to another one first")
        names = [self.concrete(kind, generation) for kind in PLURALS]
        with self._client.request(timeout=WRITE_TIMEOUT) as client:
            client.indices.delete(index=names, ignore_unavailable=True)

    def replace_by_clone(self, generation: str) -> str:
        """Let readers and writers have a clone of the current generation in its place; the clone's name.

        A clone shares the segments' files until they are merged, and has retention leases of its own. Writes are
        refused (as for later) from before it is made until it is there. When it can't be, they go on as before.
        """
        clone = self._name()
        names = [self.concrete(kind, generation) for kind in PLURALS]
        settings = {"index.number_of_replicas": self._settings["number_of_replicas"], "index.blocks.write": None}
        actions: list[dict[str, Any]] = [{"remove_index": {"index": name}} for name in names]
        swapped = False
        try:
            for kind, name in zip(PLURALS, names, strict=True):
                target = self.concrete(kind, clone)
                with self._client.request(timeout=WRITE_TIMEOUT) as client:
                    client.indices.add_block(index=name, block="write")
                    client.indices.clone(index=name, target=target, settings=settings, wait_for_active_shards="1")
                    client.indices.put_mapping(index=target, meta={**self._meta, "generation": clone})
                actions.append({"add": {"index": target, "alias": self.alias(kind), "is_write_index": True}})
            with self._client.request(timeout=WRITE_TIMEOUT) as client:
                client.indices.update_aliases(actions=actions)
            swapped = True
        finally:
            if not swapped:
                self._unblock(names)
        return clone

    def _unblock(self, names: list[str]) -> None:
        """Let writes go on. The clone stays where nobody reads it: an answer that was lost may have swapped the two."""
        with self._client.request(timeout=WRITE_TIMEOUT) as client:
            client.indices.put_settings(index=names, settings={"index.blocks.write": None}, ignore_unavailable=True)

    def is_blocked(self, generation: str) -> bool:
        """Whether a clone was begun, and what began it is gone."""
        index = [self.concrete(kind, generation) for kind in PLURALS]
        with self._client.request() as client:
            found = client.indices.get_settings(index=index, name="index.blocks.write", flat_settings=True)
        return any(entry["settings"].get("index.blocks.write") == "true" for entry in found.values())

    def erase(self) -> None:
        """Remove all generations, the current one too."""
        names = [self.concrete(kind, generation) for generation in self.all() for kind in PLURALS]
        if names:
            with self._client.request(timeout=WRITE_TIMEOUT) as client:
                client.indices.delete(index=names, ignore_unavailable=True)

    def _current_or_none(self) -> str | None:
        with self._client.request() as client:
            found = client.indices.get_alias(index=self.concrete("story", "v*"), allow_no_indices=True)
        skip = len(self.concrete("story", ""))
        for name, entry in found.items():
            if self.alias("story") in entry["aliases"]:
                return str(name)[skip:]
        return None

    def _name(self) -> str:
        return f"v{GENERATION_VERSION}-{datetime.now(UTC):%Y%m%dt%H%M%S%f}"[:-3]

    def _create_indices(self, generation: str) -> None:
        for kind, plural in PLURALS.items():
            body = shipped_mapping(plural)
            with self._client.request(timeout=WRITE_TIMEOUT) as client:
                client.indices.create(
                    index=self.concrete(kind, generation),
                    settings={**body["settings"], **self._settings},
                    mappings={**body["mappings"], "_meta": {**self._meta, "generation": generation}},
                    wait_for_active_shards="1",
                )

    def _claim_aliases(self, generation: str) -> None:
        """Name the first generation, unless another process was faster: then this one goes again."""
        self._move_aliases(generation, filling=False)
        with self._client.request() as client:
            holders = sorted(str(name) for name in client.indices.get_alias(name=self.alias("story")))
        first = holders[0][len(self.concrete("story", "")) :]
        if len(holders) > 1:
            self.swap(first)
        if first != generation:
            self.drop(generation)

    def _move_aliases(self, generation: str, *, filling: bool) -> None:
        actions: list[dict[str, Any]] = []
        for kind in PLURALS:
            alias = self.alias(kind, filling=filling)
            if filling:
                actions.append({"remove": {"index": self.concrete(kind, "v*"), "alias": alias, "must_exist": False}})
            actions.append({"add": {"index": self.concrete(kind, generation), "alias": alias}})
        with self._client.request(timeout=WRITE_TIMEOUT) as client:
            client.indices.update_aliases(actions=actions)
