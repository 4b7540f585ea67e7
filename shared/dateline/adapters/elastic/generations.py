"""Generations: each is four indices of one name's suffix, and the aliases say which one readers see.

``dateline-stories`` → ``dateline-stories-v1-20261123t221005``; while a new generation is filled, ``…-stories-next``
names its index. The mappings are files of the package; ``_meta`` tells which of them, and which time zone, an index was
made with, so that code and index that don't fit say so instead of answering wrongly.

Stories may stand in several indices, one a partition: readers' alias names all of them, and each has an alias of its
own for whoever has an id.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final
from zoneinfo import ZoneInfo

from elasticsearch import AuthorizationException, BadRequestError

from dateline.adapters.elastic.client import NOT_MADE, WRITE_TIMEOUT, ElasticClient
from dateline.analysis import folding
from dateline.domain.document import Kind
from dateline.errors import Conflict, IndexUnavailable
from dateline.ports.index.partition import WHOLE, Partitioning

GENERATION_VERSION: Final = 1
PLURALS: Final[dict[Kind, str]] = {"story": "stories", "event": "events", "term": "terms", "front": "fronts"}
_ADDED: Final[tuple[Kind, ...]] = ("front",)
"""Kinds whose indices a generation may lack that an earlier version made: they are made for it."""


@cache
def shipped_mapping(plural: str) -> dict[str, Any]:
    """The mapping and analysis of ``stories``, ``events``, ``terms`` or ``fronts`` as the package ships them."""
    text = files("dateline").joinpath("mappings", f"{plural}.json").read_text("utf-8")
    body: dict[str, Any] = json.loads(text)
    return body


@cache
def fingerprint() -> str:
    """A short digest of the mappings and analyses of what is searched, and of how texts are folded for it."""
    mappings = [shipped_mapping(plural) for kind, plural in PLURALS.items() if kind not in _ADDED]
    bodies = json.dumps([folding.VERSION, *mappings], sort_keys=True)
    return sha256(bodies.encode()).hexdigest()[:16]


class Generations:
    """Makes, lists, swaps and drops generations."""

    def __init__(
        self,
        client: ElasticClient,
        *,
        prefix: str,
        zone: ZoneInfo,
        shards: int,
        replicas: int,
        partitioning: Partitioning = WHOLE,
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._partitioning = partitioning
        self._meta = {"analysis": fingerprint(), "timezone": zone.key, "partition": partitioning.name}
        self._settings = {"number_of_shards": shards, "number_of_replicas": replicas}

    def alias(self, kind: Kind, *, filling: bool = False) -> str:
        """The alias of all documents of a kind; of the generation being filled with ``filling``."""
        return f"{self._prefix}-{PLURALS[kind]}" + ("-next" if filling else "")

    def alias_of(self, kind: Kind, id: str, *, filling: bool = False) -> str:
        """The alias of the one index in which a document lives."""
        partition = self._partitioning.of(id) if kind == "story" else ""
        return _joined(self.alias(kind, filling=filling), partition)

    def existing(self, generation: str) -> list[str]:
        """The indices of a generation, also of one that was parted by another rule."""
        with self._client.request() as client:
            patterns = [f"{self._concrete(kind, generation)}*" for kind in PLURALS]
            return sorted(client.indices.get_alias(index=patterns, allow_no_indices=True))

    def indices(self, generation: str, *kinds: Kind) -> list[str]:
        """What the indices of a generation are called, of some kinds or of all."""
        return [
            _joined(self._concrete(kind, generation), partition)
            for kind in kinds or PLURALS
            for partition in self._partitions(kind)
        ]

    def _partitions(self, kind: Kind) -> tuple[str, ...]:
        return self._partitioning.names if kind == "story" else ("",)

    def _concrete(self, kind: Kind, generation: str) -> str:
        return f"{self._prefix}-{PLURALS[kind]}-{generation}"

    def _generation_of(self, index: str) -> str:
        """The generation of an index of stories."""
        return "-".join(index[len(self._concrete("story", "")) :].split("-")[:2])

    def _aliases(self, generation: str, *, filling: bool = False) -> list[dict[str, str]]:
        """What each index of a generation is called."""
        return [
            {"index": index, "alias": alias}
            for kind in PLURALS
            for index, own in zip(self.indices(generation, kind), self._parts(kind, filling=filling), strict=True)
            for alias in {self.alias(kind, filling=filling), own}
        ]

    def _parts(self, kind: Kind, *, filling: bool) -> list[str]:
        """The aliases of each index of a kind."""
        return [_joined(self.alias(kind, filling=filling), partition) for partition in self._partitions(kind)]

    def ensure(self) -> None:
        """Make the first generation where there is none. Several may call at once."""
        current = self._current_or_none()
        if current is None:
            generation = self._name()
            self._create_indices(generation)
            self._claim_aliases(generation)
        else:
            self._add_missing(current)

    def _add_missing(self, generation: str) -> None:
        """Make the indices that a generation lacks which an earlier version made. Several may be at it."""
        for kind in _ADDED:
            with self._client.request() as client:
                if client.indices.exists_alias(name=self.alias(kind)):
                    continue
            try:
                self._create_indices(generation, (kind,))
            except BadRequestError as refused:  # another process was faster
                if refused.error != "resource_already_exists_exception":
                    raise
            actions = [{"add": named} for named in self._aliases(generation) if named["alias"] == self.alias(kind)]
            with self._client.request(timeout=WRITE_TIMEOUT) as client:
                client.indices.update_aliases(actions=actions)

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
            if meta.get(key, "") != wanted:
                raise IndexUnavailable(
                    f"the index was made with another {key} ({meta.get(key)}, this code has {wanted}): "
                    "run `dateline index reindex`"
                )

    def all(self) -> list[str]:
        """Names of all generations, oldest first."""
        pattern = self._concrete("story", "v*")
        with self._client.request() as client:
            found = client.indices.get_alias(index=pattern, allow_no_indices=True)
        return sorted(set(map(self._generation_of, found)), key=lambda name: name.rsplit("-", 1)[-1])

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
        actions = [*self._unnamed(filling=False), *self._unnamed(filling=True)]
        actions += [{"add": named} for named in self._aliases(generation)]
        with self._client.request(timeout=WRITE_TIMEOUT) as client:
            client.indices.update_aliases(actions=actions)

    def drop(self, generation: str) -> None:
        """Remove a generation; ``Conflict`` when readers see it."""
        if generation == self.current():
            raise Conflict(f"readers see generation {generation}: swap to another one first")
        self._delete(self.existing(generation))

    def replace_by_clone(self, generation: str) -> str:
        """Let readers and writers have a clone of the current generation in its place; the clone's name.

        A clone shares the segments' files until they are merged, and has retention leases of its own. Writes are
        refused (as for later) from before it is made until it is there. When it can't be, they go on as before.
        """
        clone = self._name()
        names = self.indices(generation)
        settings = {"index.number_of_replicas": self._settings["number_of_replicas"], "index.blocks.write": None}
        actions: list[dict[str, Any]] = [{"remove_index": {"index": name}} for name in names]
        swapped = False
        try:
            for name, target in zip(names, self.indices(clone), strict=True):
                with self._client.request(timeout=WRITE_TIMEOUT) as client:
                    client.indices.add_block(index=name, block="write")
                    client.indices.clone(index=name, target=target, settings=settings, wait_for_active_shards="1")
                    client.indices.put_mapping(index=target, meta={**self._meta, "generation": clone})
            actions += [{"add": named} for named in self._aliases(clone)]
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
        with self._client.request() as client:
            index = self.indices(generation)
            found = client.indices.get_settings(index=index, name="index.blocks.write", flat_settings=True)
        return any(entry["settings"].get("index.blocks.write") == "true" for entry in found.values())

    def erase(self) -> None:
        """Remove all generations, the current one too."""
        self._delete([name for generation in self.all() for name in self.existing(generation)])

    def _delete(self, names: list[str]) -> None:
        if names:
            with self._client.request(timeout=WRITE_TIMEOUT) as client:
                client.indices.delete(index=names, ignore_unavailable=True)

    def _current_or_none(self) -> str | None:
        with self._client.request() as client:
            found = client.indices.get_alias(index=self._concrete("story", "v*"), allow_no_indices=True)
        for name, entry in found.items():
            if self.alias("story") in entry["aliases"]:
                return self._generation_of(name)
        return None

    def _name(self) -> str:
        return f"v{GENERATION_VERSION}-{datetime.now(UTC):%Y%m%dt%H%M%S%f}"[:-3]

    def _create_indices(self, generation: str, kinds: Collection[Kind] = tuple(PLURALS)) -> None:
        for kind in kinds:
            body = shipped_mapping(PLURALS[kind])
            for name in self.indices(generation, kind):
                with self._client.request(timeout=WRITE_TIMEOUT) as client:
                    client.indices.create(
                        index=name,
                        settings={**body["settings"], **self._settings},
                        mappings={**body["mappings"], "_meta": {**self._meta, "generation": generation}},
                        wait_for_active_shards="1",
                    )

    def _claim_aliases(self, generation: str) -> None:
        """Name the first generation, unless another process was faster: then this one goes again."""
        self._move_aliases(generation, filling=False)
        with self._client.request() as client:
            holders = sorted(set(map(self._generation_of, client.indices.get_alias(name=self.alias("story")))))
        first = holders[0]
        if len(holders) > 1:
            self.swap(first)
        if first != generation:
            self.drop(generation)

    def _move_aliases(self, generation: str, *, filling: bool) -> None:
        actions = self._unnamed(filling=True) if filling else []
        actions += [{"add": named} for named in self._aliases(generation, filling=filling)]
        with self._client.request(timeout=WRITE_TIMEOUT) as client:
            client.indices.update_aliases(actions=actions)

    def _unnamed(self, *, filling: bool) -> list[dict[str, Any]]:
        """Actions that take these aliases from whichever indices have them, parted by this rule or by another."""
        return [
            {"remove": {"index": self._concrete(kind, "v*"), "alias": alias, "must_exist": False}}
            for kind in PLURALS
            for alias in {self.alias(kind, filling=filling), *self._parts(kind, filling=filling)}
        ]


def _joined(name: str, partition: str) -> str:
    return f"{name}-{partition}" if partition else name
