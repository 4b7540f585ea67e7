"""A follower of the change sequence: it keeps what it is told of each item, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Ask = Callable[[str], Mapping[str, Any]]
"""Gives the answer at an address's path and query."""

OF_OTHERS: Final = {
    "story": {"related", "also_from", "events"}, "event": {"occurrences", "coverage"},
    "term": {"stories", "items", "appears_with", "months", "next", "broader"},
}  # fmt: skip
"""What readers get with an item and other items decide."""


@dataclass
class Mirror:
    """The items by their ids; ``after`` is the number of the last change that it knows."""

    after: int = 0
    items: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def follow(self, ask: Ask, *, limit: int = 100, wait: int = 0) -> int:
        """Read one page; how many changes it had. Numbers grow from page to page."""
        page = ask(f"/v1/changes?after={self.after}&limit={limit}&wait={wait}")
        numbers = [change["seq"] for change in page["items"]]
        assert numbers == sorted(set(numbers)) and all(self.after < number <= page["last"] for number in numbers)
        for change in page["items"]:
            self.items[change["id"]] = change
        self.after = numbers[-1] if numbers else self.after
        assert (page["next"] is None) == (self.after == page["last"] or not numbers)
        return len(numbers)

    def catch_up(self, ask: Ask, *, limit: int = 7) -> None:
        """Read to the end."""
        while self.follow(ask, limit=limit):
            pass

    def differences(self, read: Callable[[str], tuple[int, Any]]) -> list[str]:
        """What readers get otherwise; ``read`` gives web's status and answer at a path."""
        return [found for change in self.items.values() for found in _differences(change, read)]


def _differences(change: Mapping[str, Any], read: Callable[[str], tuple[int, Any]]) -> list[str]:
    kind, item_id = change["kind"], change["id"]
    if change["state"] != "published":
        status, _ = read(path_of(kind, item_id))
        gone = (404, 410) if kind == "term" else (410,)
        return [] if status in gone and change["item"] is None else [f"{kind} {item_id}: {status}, {change['state']}"]
    status, answer = read(path_of(kind, item_id))
    if item_id.startswith("section:"):
        return [] if status == 200 and change["item"]["label"] else [f"{kind} {item_id}: {status}"]
    shown = {name: value for name, value in answer.items() if name not in OF_OTHERS[kind]}
    told = without_site(change["item"])
    if status != 200 or without_site(shown) != told:
        return [f"{kind} {item_id}: {status} {shown}\n{told}"]
    return []


def path_of(kind: str, item_id: str) -> str:
    """Where web's API tells of an item."""
    if kind == "term":
        type, _, slug = item_id.partition(":")
        if type == "section":  # has a page, and no JSON
            return f"/sections/{slug}"
        return f"/v1/tags/{type}/{slug}"
    return f"/v1/{'stories' if kind == 'story' else 'events'}/{item_id}"


def without_site(told: Any) -> Any:
    """``told`` with addresses of the site as paths: ingest knows no other where DATELINE_WEB_URL isn't set."""
    if isinstance(told, dict):
        return {
            name: _path(value) if name == "url" and isinstance(value, str) else without_site(value)
            for name, value in told.items()
        }
    return [without_site(one) for one in told] if isinstance(told, list) else told


def _path(url: str) -> str:
    for site in ("http://localhost", "http://127.0.0.1:"):
        if url.startswith(site):
            return url[url.index("/", len("http://")) :]
    return url
