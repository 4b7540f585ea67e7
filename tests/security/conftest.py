"""The ingest service in this process, as its unit tests have it: attacks are requests to it. And a whole newsroom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from contract.calendars.conftest import Newsroom
from dateline.adapters.embedded import EmbeddedIndex
from dateline.settings import read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.pipeline import Pipeline
from dateline_ingest.app import create_app as create_ingest
from dateline_web.app import create_app as create_web
from fakes.wakeup import CountingWakeUp
from ledgers import open_copy
from unit.indexer.parts import MINSK
from unit.ingest.conftest import ann, newsroom, only_app
from unit.tagging.conftest import tagger

__all__ = ["ann", "newsroom", "only_app", "tagger"]


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newsroom]:
    """Ingest, a worker and web in this process, with the shipped vocabulary."""
    settings = read_settings({}, data=str(tmp_path), secret_key="k" * 32, timezone="Europe/Minsk", log_level="error")
    with closing(open_copy(tmp_path)) as ledger, closing(EmbeddedIndex(tmp_path / "index", MINSK)) as index:
        index.ensure()
        pipeline = Pipeline(
            ledger=ledger, index=index, vocabulary=LiveVocabulary(ledger), zone=MINSK, lease=timedelta(seconds=30),
            worker="test",
        )  # fmt: skip
        ingest = create_ingest(settings, ledger=ledger, wakeup=CountingWakeUp(), queue_lengths=dict)
        web = create_web(settings, index=index)
        yield Newsroom(ingest.test_client(), web.test_client(), ledger, index, pipeline)
