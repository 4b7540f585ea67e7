"""Which of the terms that the tagger dropped are near enough to be suggested to an editor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dateline.domain.tagged_text import Dropped, Tagging

NEAR: Final = 0.8
"""The share of what a topic needs from which on it is suggested."""
_SCORE: Final = re.compile(r"score ([\d.]+) of ([\d.]+)")
_WORTH: Final = {"surname alone": 0.95, "several people have this surname": 0.85, "may mean something else": 0.8}
_ENOUGH_TOPICS: Final = "more than "
_NO_SUPPORT: Final = "needs support from the text"
_SMALL_PLACE: Final = 0.7
"""A small place counts when the text names it more than once, or in the headline."""


def near_misses(tagging: Tagging, most: int) -> tuple[Dropped, ...]:
    """The dropped terms that are near, the nearest first, each once; none that is a tag."""
    there = {tag.key for tag in tagging.tags}
    found: dict[str, list[Dropped]] = {}
    for one in tagging.dropped:
        key = f"{one.type}:{one.slug}"
        if key not in there and one.evidence:
            found.setdefault(key, []).append(one)
    ranked = sorted(_near(found), key=lambda near: (-near[0], near[1].type, near[1].slug))
    return tuple(dropped for _, dropped in ranked[:most])


def _near(found: dict[str, list[Dropped]]) -> Iterator[tuple[float, Dropped]]:
    for mentions in found.values():
        best = max((_worth(one.reason) for one in mentions), default=0.0)
        in_headline = any(one.evidence[0].field == "headline" for one in mentions)
        if mentions[0].reason == _NO_SUPPORT and (len(mentions) > 1 or in_headline):
            best = _SMALL_PLACE
        if best:
            yield best, mentions[0]


def _worth(reason: str) -> float:
    """How near it was, from 0 for what isn't."""
    if match := _SCORE.fullmatch(reason):
        share = float(match[1]) / float(match[2])
        return share if share >= NEAR else 0.0
    return 0.9 if reason.startswith(_ENOUGH_TOPICS) else _WORTH.get(reason, 0.0)
