"""A real worker on a real Redis, with the ledger and index of a temporary folder; and the same without a broker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from flask import Flask

from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.ledger import SqlLedger
from dateline.domain.document import TermDocument
from dateline.domain.term import Term, TermType
from dateline.ports.ledger.tokens import Token
from dateline.settings import read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.pipeline import Pipeline
from dateline_indexer.used_terms import ensure_index
from dateline_ingest.intake import Intake, Write
from dateline_ingest.term_editor import TermEditor
from dateline_web.app import create_app
from fakes.wakeup import CountingWakeUp
from ledgers import open_copy
from servers.redis import _shared_redis, own_redis, redis_url

__all__ = ["_shared_redis", "own_redis", "redis_url"]

LEASE: Final = timedelta(seconds=30)
STORY: Final = {"headline": "A secret", "body_text": "Nobody may know of it yet."}


@dataclass
class Room:
    """A ledger and an index, an editor who writes, a worker, and the pages."""

    ledger: SqlLedger
    index: EmbeddedIndex
    pipeline: Pipeline
    intake: Intake
    editor: Token
    terms: TermEditor
    app: Flask

    def write(self, **more: Any) -> str:
        receipt = self.intake.submit(self.intake.new_story({**STORY, **more}, Write(by=self.editor)))
        self.pipeline.work()
        return receipt.id

    def put(self, term: Term) -> None:
        entry = self.terms.look_up(term.type, term.slug)
        self.terms.put(entry, term, Write(by=self.editor, if_match=entry.revision))
        self.pipeline.work()

    def remove(self, type: TermType, slug: str) -> None:
        entry = self.terms.entry(type, slug)
        self.terms.remove(entry, Write(by=self.editor, if_match=entry.revision))
        self.pipeline.work()

    def document(self, key: str) -> TermDocument | None:
        for found in self.index.get("term", [key]):
            assert isinstance(found, TermDocument)
            return found
        return None

    def read(self, path: str) -> str:
        return self.app.test_client().get(path).text

    def shows(self, word: str, plural: str, slug: str) -> bool:
        """Whether any way out has the word; the ways agree."""
        ways = [word in self.read("/sections") if plural == "sections" else word in self.read(f"/v1/tags/{plural}")]
        ways.append(word in self.read(f"/v1/suggest?q={word[:4]}"))
        ways.append(self.app.test_client().get(f"/{plural}/{slug}").status_code == 200)
        assert len(set(ways)) == 1, ways
        return ways[0]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    settings = read_settings({"DATELINE_DATA": str(tmp_path)})
    ledger, index = open_copy(tmp_path), EmbeddedIndex(tmp_path / "index", settings.timezone)
    ensure_index(index)
    vocabulary, wakeup = LiveVocabulary(ledger), CountingWakeUp()
    editor = ledger.find_token("secret-edda")
    assert editor is not None
    yield Room(
        ledger=ledger,
        index=index,
        pipeline=Pipeline(
            ledger=ledger, index=index, vocabulary=vocabulary, zone=settings.timezone, lease=LEASE, worker="test"
        ),
        intake=Intake(ledger, wakeup, vocabulary.current, settings.timezone),
        editor=editor,
        terms=TermEditor(ledger, wakeup, vocabulary),
        app=create_app(settings, index=index),
    )
    index.close()
    ledger.close()
