"""What comparing stories finds and misses, and what it costs.

Pairs are made of the sample newsroom's stories: the same in a wire's dress, cut, reordered, reworded, with another
lead, with paragraphs added. Each must be found through the bands, and be as alike as asked. All pairs of different
stories, some of them in other languages, must not be, nor those in the same dress. Reports by one template with other
figures are counted by themselves. Always the same pairs.

Then ledgers with made-up newswire: milliseconds a story on SQLite, bytes on SQLite and PostgreSQL.
"""

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psycopg

from bench import _newswire
from bench._report import report
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.documents.similar_stories import ALIKE
from dateline.domain.similarity.minhash import bands_of, signature_of
from dateline.domain.similarity.shingles import likeness, shingles_of
from dateline.ports.ledger.claims import Indexed
from dateline.ports.ledger.submissions import Submission
from dateline.sample import stories
from dateline_indexer.similarity import Similarity
from servers.postgres import postgresql

TURNS: Final = 5
"""How often each story is edited in each way."""
LEDGER_STORIES: Final = 3_000
LEAST_RECALL: Final = 0.95
LEAST_PRECISION: Final = 0.99
MOST_MILLISECONDS: Final = 5.0
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+")
_DRESS: Final = (
    "MINSK, Nov 30 (Reuters) - {}\n\n(Reporting by Ann Lee in Minsk and Bob Ray; Editing by Carl Poe)\n\n"
    "Our Standards: The Thomson Reuters Trust Principles.",
    "By Ann Lee\n{}\n© 2026 BelTA. All rights reserved",
)
_WEATHER: Final = (
    "It will be {0} degrees in Minsk on {1}, the weather service says. In Brest the temperature will reach {2} "
    "degrees, in Grodno {3}, and in Vitebsk {4}. Wind from the {5} will blow at up to {6} metres a second. Drivers are "
    "asked to be careful on the roads in the morning, when fog is possible."
)

_KEPT: Final = "SELECT pg_total_relation_size('story_signatures') + pg_total_relation_size('story_bands')"

Edit = Callable[[random.Random, "Text"], "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """A headline and a body, as they are compared."""

    headline: str
    body: str

    @property
    def sentences(self) -> list[str]:
        """Of the body."""
        return _SENTENCES.split(self.body)

    @property
    def shingles(self) -> Set[int]:
        """The runs by which it is compared."""
        return shingles_of(self.headline, self.body)


def main() -> None:
    texts = [Text(one["headline"], one["body_text"]) for one in stories() if "body_text" in one]
    _measure_pairs(texts)
    _measure_cost()


def _measure_pairs(texts: Sequence[Text]) -> None:
    expected = found = 0
    for name, edit in _edits(texts).items():
        rng = random.Random(name)
        pairs = [(text, edit(rng, text)) for _ in range(TURNS) for text in texts]
        likenesses = [likeness(one.shingles, other.shingles) for one, other in pairs]
        hits = sum(_is_found(one.shingles, other.shingles) for one, other in pairs)
        gated = name in GATED
        expected, found = expected + gated * len(pairs), found + gated * hits
        report(
            f"duplicates found, {name}", ours=hits / len(pairs), limit=LEAST_RECALL if gated else None,
            unit="of the pairs", likeness=round(sum(likenesses) / len(pairs), 2),
        )  # fmt: skip
    wrong = {name: list(pairs) for name, pairs in _different(texts)}
    taken = {
        name: sum(_is_found(one.shingles, other.shingles) for one, other in pairs) for name, pairs in wrong.items()
    }
    for name, pairs in wrong.items():
        report(f"different ones found, {name}", ours=taken[name] / len(pairs), limit=None, unit="of the pairs",
               pairs=len(pairs))  # fmt: skip
    mistaken = sum(count for name, count in taken.items() if name != BY_TEMPLATE)
    report("duplicates, recall", ours=found / expected, limit=LEAST_RECALL, unit="of the pairs", threshold=ALIKE)
    precision = found / (found + mistaken)
    report("duplicates, precision", ours=precision, limit=LEAST_PRECISION, unit="of what is found", threshold=ALIKE)


def _is_found(one: Set[int], other: Set[int]) -> bool:
    """Whether the two meet in a band and are alike."""
    if not one or not other or likeness(one, other) < ALIKE:
        return False
    return bool(set(bands_of(signature_of(one))) & set(bands_of(signature_of(other))))


GATED: Final = (
    "in a wire's dress", "cut to four fifths", "cut to three fifths", "sentences reordered", "one word in ten replaced",
    "another headline and lead", "a third added",
)  # fmt: skip
"""What must be found; the others say where it ends."""
BY_TEMPLATE: Final = "by one template"


def _edits(texts: Sequence[Text]) -> dict[str, Edit]:
    def dressed(rng: random.Random, text: Text) -> Text:
        return Text(text.headline, rng.choice(_DRESS).format(text.body))

    def cut(part: float) -> Edit:
        def edit(rng: random.Random, text: Text) -> Text:
            words = text.body.split()
            return Text(text.headline, " ".join(words[: round(len(words) * part)]))

        return edit

    def reworded(part: float) -> Edit:
        others = [word for text in texts for word in text.body.split()]

        def edit(rng: random.Random, text: Text) -> Text:
            words = [rng.choice(others) if rng.random() < part else word for word in text.body.split()]
            return Text(text.headline, " ".join(words))

        return edit

    def reordered(rng: random.Random, text: Text) -> Text:
        sentences = text.sentences
        rng.shuffle(sentences)
        return Text(text.headline, " ".join(sentences))

    def another_lead(rng: random.Random, text: Text) -> Text:
        other = rng.choice(texts)
        return Text(other.headline, " ".join([*other.sentences[:1], *text.sentences[1:]]))

    def longer(rng: random.Random, text: Text) -> Text:
        words = rng.choice(texts).body.split()
        return Text(text.headline, " ".join([text.body, *words[: len(text.body.split()) // 3]]))

    named = [dressed, cut(0.8), cut(0.6), reordered, reworded(0.1), another_lead, longer]
    further = {"cut to a half": cut(0.5), "one word in five replaced": reworded(0.2), "one in three": reworded(0.33)}
    return dict(zip(GATED, named, strict=True)) | further


def _different(texts: Sequence[Text]) -> Iterator[tuple[str, Iterator[tuple[Text, Text]]]]:
    yield "other stories", combinations(texts, 2)
    dressed = [Text(text.headline, _DRESS[0].format(text.body)) for text in texts]
    yield "other stories in the same dress", combinations(dressed, 2)
    rng = random.Random(1)
    days = [Text("Weather", _WEATHER.format(*_weather(rng))) for _ in range(20)]
    yield BY_TEMPLATE, combinations(days, 2)


def _weather(rng: random.Random) -> list[object]:
    day, wind = rng.choice(("Monday", "Friday", "Sunday")), rng.choice(("north", "west", "south-east"))
    return [rng.randrange(30), day, *(rng.randrange(30) for _ in range(3)), wind, rng.randrange(20)]


def _measure_cost() -> None:
    bodies = list(_newswire.submissions(LEDGER_STORIES))
    texts = [Text(one["headline"], one["body_text"]) for one in bodies]
    begin = time.process_time()
    sets = [text.shingles for text in texts]
    runs = time.process_time()
    for one in sets:
        bands_of(signature_of(one))
    signed = time.process_time()
    with (
        TemporaryDirectory() as folder,
        closing(_filled_ledger(f"sqlite:///{folder}/ledger.sqlite", bodies)) as ledger,
    ):
        before, start = _size(folder), time.process_time()
        Similarity(ledger).work(3600)
        taken = time.process_time() - start
        bytes_a_story = (_size(folder) - before) / len(bodies)
    report(
        "comparing a story", ours=1000 * taken / len(bodies), limit=MOST_MILLISECONDS, unit="ms of processor time",
        runs=round(1000 * (runs - begin) / len(bodies), 3), minhash=round(1000 * (signed - runs) / len(bodies), 3),
    )  # fmt: skip
    report("what is kept of a story", ours=bytes_a_story, limit=2_000, unit="bytes on SQLite")
    with postgresql() as url:
        with closing(_filled_ledger(url, bodies)) as ledger:
            Similarity(ledger).work(3600)
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            [kept] = connection.execute(_KEPT).fetchone() or (0,)
    report("what is kept of a story", ours=int(kept) / len(bodies), limit=4_000, unit="bytes on PostgreSQL")


def _filled_ledger(url: str, bodies: Sequence[dict[str, object]]) -> SqlLedger:
    ledger = open_sql_ledger(url)
    ledger.migrate()
    by = ledger.create_token("bench", "editor")[1]
    ledger.submit_many([
        Submission(kind="story", payload={"schema": 1, **body}, by=by, label=str(body["headline"])) for body in bodies
    ])  # fmt: skip
    while claimed := ledger.claim(worker="bench", lease=timedelta(seconds=60)):
        ledger.mark([Indexed(claimed=one) for one in claimed])
    return ledger


def _size(folder: str) -> int:
    """Bytes of the database with its journal emptied."""
    path = Path(folder) / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
    return int((pages - free) * size)


if __name__ == "__main__":
    main()
