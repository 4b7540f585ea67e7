"""What must be alike when it is quiet again: promises, ledger, index, and who follows the changes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from threading import Event, Thread
from typing import Any, Final

from crash.house import House
from crash.reporters import Promised
from mirror import Mirror
from servers.newsroom import Newsroom

QUIET_SECONDS: Final = 900.0


class AwayError(Exception):
    """The changes can't be had now."""


class Follower(Thread):
    """Follows the change sequence through everything, and asks again where it got no answer."""

    def __init__(self, house: House) -> None:
        super().__init__(daemon=True)
        self.mirror, self.over, self.wrong = Mirror(), Event(), list[str]()
        self._room = house.room
        said, _ = house.command("token", "create", "mirror", "--role", "subscriber", "--json").communicate(timeout=300)
        self._secret = json.loads(said)["token"]

    def ask(self, path: str) -> Mapping[str, Any]:
        """The answer, which must be one. Raises ``AwayError``."""
        answer = self._room.ask("GET", path, Authorization=f"Bearer {self._secret}")
        if answer.status != 200:
            raise AwayError(str(answer))
        body: Mapping[str, Any] = answer.body
        return body

    def run(self) -> None:
        while not self.over.wait(0.1):
            try:
                self.mirror.follow(self.ask)
            except AwayError:
                continue
            except AssertionError as wrong:
                self.wrong.append(str(wrong))

    def stop(self) -> None:
        """End after the page that is being read."""
        self.over.set()
        self.join(timeout=120)


def quiet(house: House) -> float:
    """Return when both services are ready and nothing waits; the seconds that it took."""
    counts = "dateline_oldest_pending_seconds 0"
    room = house.room

    def nothing_waits() -> bool:
        if not house.ready() or counts not in str(room.ask("GET", "/metrics").body):
            return False
        return room.ask("GET", "/v1/stories?state=held&limit=1").body["items"] == []

    return room.wait_for(nothing_waits, "nothing waits, and no embargo is left", QUIET_SECONDS)


def faults(house: House, promised: Mapping[str, Promised], follower: Follower) -> dict[str, list[str]]:
    """By what is at fault, what was found; nothing but empty lists when all is well."""
    room, early, late = house.room, follower.mirror, Mirror()
    for mirror in (early, late):
        mirror.catch_up(follower.ask, limit=100)
    site, ledger = on_the_site(room), on_record(room)
    stand = {item_id: one.headline for item_id, one in promised.items() if not one.withdrawn}
    return {
        "lost in the ledger": [
            f"{item_id}: {one}, {ledger[item_id]}"
            for item_id, one in promised.items()
            if ledger[item_id] != (one.revision, "withdrawn" if one.withdrawn else "indexed")
        ],
        "doubled in the ledger": sorted(set(ledger) - set(promised)),
        "lost on the site": sorted(set(stand) - set(site)),
        "doubled on the site": [item_id for item_id, count in site.items() if sum(count.values()) > 1],
        "still on the site": sorted(set(site) - set(stand)),
        "stale on the site": [
            f"{item_id}: {dict(site[item_id])}"
            for item_id in set(stand) & set(site)
            if stand[item_id] not in site[item_id]
        ],
        "quarantined": [str(one) for one in room.ask("GET", "/v1/quarantine").body["items"]],
        "ledger and index": _checked(house),
        "changes out of order": follower.wrong,
        "followers differ": [key for key in early.items | late.items if early.items.get(key) != late.items.get(key)],
        "changes and site": late.differences(lambda path: _read(room, path)),
        "not among the changes": sorted(set(stand) - set(late.items)),
        "withdrawn without a trace": [
            item_id
            for item_id in set(promised) - set(late.items) - set(stand)
            if room.read(f"/v1/stories/{item_id}").status != 404
        ],
    }  # fmt: skip


def on_the_site(room: Newsroom) -> dict[str, Counter[str]]:
    """The headlines of every story that a search finds, by id."""
    found: dict[str, Counter[str]] = {}
    for item in room.read_all("/v1/search?sort=oldest&limit=100"):
        found.setdefault(item["id"], Counter())[item["headline"]] += 1
    return found


def on_record(room: Newsroom) -> dict[str, tuple[int, str]]:
    """The newest revision of every story, and its state."""
    return {item["id"]: (item["revision"], item["state"]) for item in room.ask_all("/v1/stories?limit=100")}


def _checked(house: House) -> list[str]:
    said, _ = house.command("index", "check").communicate(timeout=300)
    *found, last = said.strip().splitlines() or [""]
    return [] if last == "0 differences." else [*found, last]


def _read(room: Newsroom, path: str) -> tuple[int, Any]:
    answer = room.read(path)
    return answer.status, answer.body
