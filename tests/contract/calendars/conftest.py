"""A newsroom in one process: what is imported goes through ledger, worker and index to the reader, on each index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from dateline.adapters.elastic import ElasticIndex, open_elastic_index
from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.ledger import SqlLedger
from dateline.ports.index import Index
from dateline.settings import read_settings
from dateline_indexer.pipeline import Pipeline
from dateline_ingest.app import create_app as create_ingest
from dateline_web.app import create_app as create_web
from fakes.wakeup import CountingWakeUp
from fakes.words import FewWords
from ledgers import open_copy
from unit.indexer.parts import MINSK, FakeVocabulary

FAULTS = Path(__file__).parents[2] / "faults"
ADAPTERS = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


@dataclass
class Newsroom:
    """Ingest, a worker and web over one ledger and one index."""

    editor: FlaskClient
    reader: FlaskClient
    ledger: SqlLedger
    index: Index
    pipeline: Pipeline

    def ask(self, method: str, path: str, **options: Any) -> Any:
        headers = {"Authorization": "Bearer secret-edda", **options.pop("headers", {})}
        return self.editor.open(path, method=method, headers=headers, **options)

    def load(self, calendar: str | bytes, content_type: str = "text/calendar") -> list[dict[str, Any]]:
        """Import a calendar, and let the worker publish it; what became of each VEVENT."""
        data = calendar.encode() if isinstance(calendar, str) else calendar
        answer = self.ask("POST", "/v1/events/import", data=data, content_type=content_type)
        assert answer.status_code == 200, answer.text
        while self.pipeline.take_batch():
            pass
        self.index.refresh()
        items: list[dict[str, Any]] = answer.get_json()["items"]
        return items

    def load_file(self, name: str) -> list[list[dict[str, Any]]]:
        """Import a file of ``tests/faults``, request by request."""
        text = (FAULTS / name).read_text()
        return [self.load(part.strip() + "\n") for part in text.split("--- second request ---")]

    def shown(self, month: str, *more: str) -> list[dict[str, Any]]:
        """The occurrences of months that readers get."""
        last = (more or (month,))[-1]
        answer = self.reader.get(f"/v1/events?from={month}-01&to={last}-28&limit=100")
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.get_json()["items"]
        return items

    def whole(self, event_id: str) -> dict[str, Any]:
        """One event as readers get it."""
        answer = self.reader.get(f"/v1/events/{event_id}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.get_json()
        return found


@pytest.fixture(params=ADAPTERS)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    """An empty index."""
    opened: Index
    if request.param == "embedded":
        opened = EmbeddedIndex(tmp_path / "index", MINSK)
    else:
        server = request.getfixturevalue("elastic_server")
        opened = open_elastic_index(read_settings({}, search=server.url, search_prefix=f"calendars-{uuid4().hex}"))
    opened.ensure()
    yield opened
    if isinstance(opened, ElasticIndex):
        opened.erase()
    opened.close()


@pytest.fixture
def newsroom(index: Index, tmp_path: Path) -> Iterator[Newsroom]:
    """An empty newsroom in Minsk."""
    ledger = open_copy(tmp_path)
    settings = read_settings({}, data=str(tmp_path), secret_key="k" * 32, timezone="Europe/Minsk", log_level="error")
    ingest = create_ingest(
        settings, ledger=ledger, wakeup=CountingWakeUp(), vocabulary=FewWords(), queue_lengths=dict
    )  # fmt: skip
    pipeline = Pipeline(
        ledger=ledger, index=index, vocabulary=FakeVocabulary(), zone=MINSK, lease=timedelta(seconds=30), worker="test"
    )
    web = create_web(settings, index=index)
    yield Newsroom(ingest.test_client(), web.test_client(), ledger, index, pipeline)
    ledger.close()
