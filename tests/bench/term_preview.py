"""How long it takes to say what a change of a term would do to 100,000 stories of the embedded index: for a term that
few stories name, one that most do, and a topic whose phrase is an everyday word. The median of a few, in ms."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Collection
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final
from zoneinfo import ZoneInfo

from bench._newswire import documents, names
from bench._report import report
from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.tag import TagRef
from dateline.domain.term import Term, TopicRules
from dateline.ports.ledger.vocabulary import TermChange
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline.vocabulary import shipped
from dateline_ingest.vocabulary.index_preview import preview_from_index

STORIES: Final = 100_000
TURNS: Final = 5
LIMIT: Final = 2_000.0


class AsShipped:
    """A ledger without an editor's word."""

    def vocabulary_number(self) -> int:
        """None was changed."""
        return 0

    def term_changes(self) -> tuple[TermChange, ...]:
        """None was changed."""
        return ()

    def refusing(self, tag: TagRef, item_ids: Collection[str] | None = None) -> frozenset[str]:
        """Nobody took a tag."""
        return frozenset()


def changes() -> dict[str, Term]:
    """What an editor may be about to save."""
    places = names().places
    common, rare = (next(iter(shipped().search(label, "place", 1))) for label in (places[0], places[2_000]))
    return {
        "rare": replace(rare, label=f"{rare.label} Town", aliases=()),
        "common": replace(common, label=f"{common.label} Town", aliases=()),
        "new-topic": Term(type="topic", slug="bench", label="Bench", rules=TopicRules(any=(names().topics[5],))),
        "everyday-word": Term(type="topic", slug="bench", label="Bench", rules=TopicRules(any=("said^1", "the^1"))),
    }


def main() -> None:
    """Fill an index, or take the one that is named; ask, report."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as made:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else made)
        index = EmbeddedIndex(folder / "index", ZoneInfo("Europe/Minsk"))
        if not (folder / "index").exists():
            index.ensure()
            stories = documents(STORIES)
            while batch := list(islice(stories, 500)):
                index.put(batch)
        ledger = AsShipped()
        vocabulary = LiveVocabulary(ledger)
        vocabulary.tagger()
        for name, term in changes().items():
            times = []
            for _ in range(TURNS):
                began = perf_counter()
                found = preview_from_index(index, ledger, vocabulary, term)
                times.append((perf_counter() - began) * 1000)
            report(
                f"term-preview-{name}", ours=median(times), limit=LIMIT, unit="ms", slowest=round(max(times)),
                candidates=found.candidates, examined=found.examined, gain=found.gain.count, lose=found.lose.count,
            )  # fmt: skip
        index.close()


if __name__ == "__main__":
    main()
