"""What the change sequence costs a worker: batches of newswire on their whole way, with and without numbers.

Each turn takes one batch of 500 with numbers and one without, over one ledger and the embedded index; the ratio is that
of the medians of processor and of clock time. The texts are the gold texts of the tagger's corpus, dense with names.
"""

from __future__ import annotations

import logging
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final
from unittest.mock import patch
from zoneinfo import ZoneInfo

import structlog

from bench._report import report
from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.domain.payload import to_payload
from dateline.domain.story import Story
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.pipeline import Pipeline
from servers.postgres import postgresql

ZONE: Final = ZoneInfo("Europe/Minsk")
CORPUS: Final = Path(__file__).resolve().parent.parent / "corpus"
BATCH: Final = 500
TURNS: Final = 9
LIMIT: Final = 1.03


def texts() -> list[Mapping[str, Any]]:
    """The corpus' texts."""
    found: list[Mapping[str, Any]] = []
    for name in ("tune.toml", "measure.toml"):
        for entries in tomllib.loads((CORPUS / name).read_text()).values():
            found += [one for one in entries if "headline" in one]
    return found


def submit(ledger: SqlLedger, by: Token, batch: int) -> None:
    """Make 500 stories due: each three of the texts, about 900 bytes."""
    given = texts()
    submissions = []
    for number in range(BATCH):
        chosen = [given[(batch * 7 + number + step) % len(given)] for step in range(3)]
        headline = f"{chosen[0]['headline']} {number}"[:300]
        body = "\n\n".join(one["body"] for one in chosen)
        story = Story(headline=headline, body_text=body, section="news", published_at=datetime.now(UTC))
        submissions.append(Submission(kind="story", payload=to_payload(story), by=by, label=headline))
    ledger.submit_many(submissions)


@contextmanager
def unnumbered() -> Iterator[None]:
    """Nothing is numbered, and nothing kept for it."""
    with (
        patch("dateline.adapters.ledger.outcomes.changes_of", lambda _: []),
        patch("dateline_indexer.pipeline.enrichment_of", lambda _: None),
    ):
        yield


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of this process's processor time."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - cpu


def measure(name: str, address: str, folder: Path) -> None:
    """Report the ratio on one ledger."""
    with closing(open_sql_ledger(address)) as ledger, closing(EmbeddedIndex(folder / "index", ZONE)) as index:
        ledger.migrate()
        index.ensure()
        _, by = ledger.create_token("bench", "editor")
        lease = timedelta(seconds=60)
        pipeline = Pipeline(
            ledger=ledger, index=index, vocabulary=LiveVocabulary(ledger), zone=ZONE, lease=lease, worker="bench"
        )

        def turn(batch: int) -> tuple[float, float]:
            submit(ledger, by, batch)
            return timed(pipeline.take_batch)

        with_numbers: list[tuple[float, float]] = []
        without: list[tuple[float, float]] = []
        turn(0)
        for number in range(1, TURNS + 1):
            for numbered in (True, False) if number % 2 else (False, True):
                if numbered:
                    with_numbers.append(turn(number))
                else:
                    with unnumbered():
                        without.append(turn(number))
            while pipeline.take_batch():
                pass
    say(name, with_numbers, without)


def say(name: str, with_numbers: Sequence[tuple[float, float]], without: Sequence[tuple[float, float]]) -> None:
    clock, cpu = (median(one[n] for one in with_numbers) / median(one[n] for one in without) for n in (0, 1))
    per_story = median(one[1] for one in with_numbers) / BATCH * 1e6
    report(
        f"changes, {name}", ratio=cpu, ours=per_story, limit=LIMIT, unit="µs of the processor a story",
        clock_ratio=round(clock, 3),
    )  # fmt: skip


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/ledger.sqlite", Path(folder))
    with postgresql() as address, TemporaryDirectory() as folder:
        measure("PostgreSQL", address, Path(folder))


if __name__ == "__main__":
    main()
