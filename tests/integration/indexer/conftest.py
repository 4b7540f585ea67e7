"""A real worker on a real Redis, with the ledger and index of a temporary folder; and the same without a broker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from dateline.adapters.elastic import ElasticIndex
from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.ledger import SqlLedger
from dateline.domain.document import TermDocument
from dateline.domain.term import Term, TermType
from dateline.ports.index import Index
from dateline.ports.ledger.tokens import Token
from dateline.settings import read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.pipeline import Pipeline
from dateline_indexer.reindex import Reindex
from dateline_indexer.used_terms import ensure_index
from dateline_ingest.intake import Intake, Write
from dateline_ingest.vocabulary.term_editor import TermEditor
from dateline_web.app import create_app
from fakes.partitions import HALVES
from fakes.wakeup import CountingWakeUp
from ledgers import open_copy
from servers.elastic import ElasticServer

LEASE: Final = timedelta(seconds=30)
MINSK: Final = ZoneInfo("Europe/Minsk")
ELSEWHERE: Final = ("/", "/search", "/v1/search", "/search.atom", "/sitemap-pages.xml", "/sitemap.xml", "/events")
"""Ways out that a term may be on besides its own page and the lists of terms."""
STORY: Final = {"headline": "A secret", "body_text": "Nobody may know of it yet."}


@dataclass
class Room:
    """A ledger and an index, an editor who writes, a worker, and the pages."""

    ledger: SqlLedger
    index: Index
    pipeline: Pipeline
    intake: Intake
    editor: Token
    terms: TermEditor
    app: Flask

    def write(self, **more: Any) -> str:
        receipt = self.intake.submit(self.intake.new_story({**STORY, **more}, Write(by=self.editor)))
        self.pipeline.work()
        return receipt.id

    def release(self, held: str, **more: Any) -> None:
        item, write = self.ledger.item("story", held), Write(by=self.editor, if_match=1)
        self.intake.submit(self.intake.corrected_story(item, {**STORY, **more, "embargo_until": None}, write))
        self.pipeline.work()

    def put(self, term: Term) -> None:
        self.edit(term)
        self.pipeline.work()

    def edit(self, term: Term) -> None:
        """Put a term on record, and let no worker work."""
        entry = self.terms.look_up(term.type, term.slug)
        self.terms.put(entry, term, Write(by=self.editor, if_match=entry.revision))

    def reindex(self) -> None:
        Reindex(
            self.ledger, self.index, self.pipeline.document_context, lease=LEASE, report=lambda _: None,
            sleep=lambda _: None,
        ).run()  # fmt: skip

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

    def status(self, path: str) -> int:
        return self.app.test_client().get(path).status_code

    def lists(self, word: str, plural: str) -> bool:
        """Whether any list has the term of this label; the lists agree."""
        lists = ["/sections"] if plural == "sections" else [f"/{plural}", f"/v1/tags/{plural}"]
        found = [word in self.read(path) for path in (*lists, f"/v1/suggest?q={word[:4]}")]
        assert len(set(found)) == 1, found
        return found[0]

    def shows(self, word: str, plural: str, slug: str) -> bool:
        """Whether any way out has the word; the ways agree."""
        listed = self.lists(word, plural)
        assert listed == (self.status(f"/{plural}/{slug}") == 200)
        return listed

    def only_opens(self, word: str, plural: str, slug: str) -> bool:
        """Whether the term has its page, page and JSON, without a story and not for search engines, and is in no list,
        nor anywhere else."""
        page, api = self.read(f"/{plural}/{slug}"), self.app.test_client().get(f"/v1/tags/{plural}/{slug}")
        if plural != "sections":
            assert (api.status_code, api.get_json()["label"], api.get_json()["stories"]) == (200, word, 0)
        elsewhere = (path for path in ELSEWHERE if word in self.read(path))
        return word in page and "noindex" in page and not self.lists(word, plural) and not [*elsewhere]


@pytest.fixture
def embedded_index(tmp_path: Path) -> Iterator[Index]:
    index = EmbeddedIndex(tmp_path / "index", MINSK)
    index.ensure()
    yield index
    index.close()


@pytest.fixture
def elastic_index(elastic_server: ElasticServer) -> Iterator[Index]:
    """With its stories in two partitions, so that workers, reindex and check are seen to hold over several."""
    client = ElasticClient(elastic_server.url, timeout=20)
    index = ElasticIndex(client, prefix=f"room-{uuid4().hex}", zone=MINSK, partitioning=HALVES)
    index.ensure()
    yield index
    index.erase()
    index.close()


@pytest.fixture(
    params=["embedded_index", pytest.param("elastic_index", marks=pytest.mark.elasticsearch)],
    ids=["embedded", "elasticsearch"],
)
def index(request: pytest.FixtureRequest) -> Index:
    given: Index = request.getfixturevalue(request.param)
    return given


@pytest.fixture
def room(tmp_path: Path, index: Index) -> Iterator[Room]:
    settings = read_settings({"DATELINE_DATA": str(tmp_path)})
    ledger = open_copy(tmp_path)
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
        terms=TermEditor(ledger, wakeup, vocabulary, index),
        app=create_app(settings, index=index),
    )
    ledger.close()
