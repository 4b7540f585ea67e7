"""Made-up stories without names: words of uneven frequency, always the same. ``_newswire`` has those with names."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

SYLLABLES: Final = ("ba", "de", "ki", "lo", "mu", "na", "po", "ra", "se", "ti", "vo", "za")
VOCABULARY: Final = tuple(one + two + three + four for one in SYLLABLES for two in SYLLABLES for three in SYLLABLES
                          for four in SYLLABLES)  # fmt: skip
"""20,736 words, used as words of a language are: the n-th about 1/n as often as the first (Zipf 1949)."""

SECTIONS: Final = ("politics", "economy", "society", "culture", "sport")
FIRST: Final = datetime(2015, 1, 1, 6, tzinfo=UTC)


def words(rng: random.Random, count: int) -> list[str]:
    """Words of a text, the frequent ones first in ``VOCABULARY``."""
    return [VOCABULARY[int(len(VOCABULARY) ** rng.random()) - 1] for _ in range(count)]


def text(rng: random.Random, count: int) -> str:
    """Sentences of about a dozen words."""
    chosen = words(rng, count)
    sentences = [" ".join(chosen[start : start + 12]) for start in range(0, count, 12)]
    return ". ".join(sentence[:1].upper() + sentence[1:] for sentence in sentences) + "."


def submissions(count: int, *, size: int = 1000, turn: int = 0) -> Iterator[dict[str, Any]]:
    """Bodies for ``POST /v1/stories`` of about ``size`` bytes each; others in each turn."""
    rng = random.Random(20171205 + turn)
    for number in range(count):
        yield {
            "headline": f"{text(rng, 7)[:-1]} {turn * count + number}",
            "body_text": text(rng, max(10, (size - 250) // 8)),
            "byline": "Bench",
            "place": "Minsk",
            "section": SECTIONS[number % len(SECTIONS)],
            "published_at": (FIRST + timedelta(minutes=37 * number)).isoformat(),
        }
