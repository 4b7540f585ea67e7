"""Made-up stories for benchmarks: words and tags of uneven frequency, always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from dateline.domain.document import Crumb, Document, StoryDocument, TermDocument
from dateline.domain.tag import TAG_TYPES, Tag

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


def documents(count: int) -> Iterator[Document]:
    """Finished documents of about 2 KB with their terms' documents first, for filling an index directly."""
    rng = random.Random(20171205)
    tags = [
        Tag(type=type, slug=f"{type}-{number}", label=f"{type.title()} {number}")
        for type in TAG_TYPES
        for number in range(200)
    ]
    for tag in tags:
        yield TermDocument(id=tag.key, version=0, type=tag.type, slug=tag.slug, label=tag.label)
    for slug in SECTIONS:
        yield TermDocument(id=f"section:{slug}", version=0, type="section", slug=slug, label=slug.title())
    for number in range(count):
        at = FIRST + timedelta(minutes=37 * number)
        section = SECTIONS[number % len(SECTIONS)]
        picked = {tags[min(int(rng.expovariate(0.02)), 199) + 200 * rng.randrange(4)] for _ in range(6)}
        yield StoryDocument(
            id=f"{number:026d}", version=1, revision=1, published_at=at, updated_at=at, day=at.date(),
            headline=text(rng, 8)[:-1], slug="story", body_text=text(rng, 220), byline="Bench", place="Minsk",
            section=section, sections=(Crumb(slug=section, label=section.title()),),
            tags=tuple(sorted(picked, key=lambda tag: tag.key)),
        )  # fmt: skip


def queries(count: int) -> Iterator[dict[str, str]]:
    """Mixed searches, as parameters of ``/v1/search``: words, phrases, exclusions, facets, dates, sorts."""
    rng = random.Random(5)
    for number in range(count):
        one, two = words(rng, 2)
        yield [
            {"q": one},
            {"q": f"{one} {two}"},
            {"q": f'"{one} {two}"'},
            {"q": f"{one} -{two}"},
            {"q": one, "section": rng.choice(SECTIONS)},
            {"q": f"{one} {two}", "topic": f"topic-{rng.randrange(20)}", "sort": "newest"},
            {"q": f"headline:{one}"},
            {"q": one, "from": "2016-01-01", "to": "2018-12-31"},
            {"q": " ".join(words(rng, 6))},
            {"sort": "newest", "place": f"place-{rng.randrange(10)}"},
        ][number % 10]
