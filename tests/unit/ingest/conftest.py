"""The ingest service over a SQLite ledger, with a vocabulary of a few terms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.failed_attempts import RedisFailedAttempts
from dateline.adapters.ledger import SqlLedger
from dateline.ports.ledger.accounts import Account, AccountDetails
from dateline.ports.ledger.items import Item
from dateline.settings import read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_ingest.app import build_parts, create_app
from dateline_ingest.context import Parts
from dateline_ingest.passwords.hashes import PasswordHashes
from fakes.wakeup import CountingWakeUp
from fakes.words import FewWords
from ledgers import all_items, open_copy
from unit.web.documents import MINSK

STORY = {"headline": "Bridge opens", "body_text": "The bridge over the river is open again."}

CHEAP = PasswordHashes(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PASSWORD = "kettle-orbit-walnut-48"
ANN = AccountDetails(name="Ann Lee", email="ann@example.org", role="reporter", sections=("world",))


@dataclass
class Newsroom:
    """The app, its doubles, and a client that knows the tokens."""

    app: Flask
    ledger: SqlLedger
    wakeup: CountingWakeUp
    words: FewWords

    @property
    def items(self) -> dict[str, Item]:
        """Everything on record."""
        return all_items(self.ledger)

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def ask(self, method: str, path: str, token: str = "rita", **options: Any) -> TestResponse:
        """One request by the bearer of a token; no token when it is empty."""
        headers = {**options.pop("headers", {})}
        if token:
            headers["Authorization"] = f"Bearer secret-{token}"
        return self.client.open(path, method=method, headers=headers, **options)

    def submit(self, token: str = "rita", **more: Any) -> dict[str, Any]:
        """Submit a story; its receipt."""
        answer = self.ask("POST", "/v1/stories", token, json={**STORY, **more})
        assert answer.status_code == 202, answer.text
        receipt: dict[str, Any] = answer.get_json()
        return receipt

    def create_account(self, details: AccountDetails) -> Account:
        """An account that one signs in to with ``PASSWORD``."""
        return self.ledger.create_account(details, None, password=CHEAP.hash(PASSWORD))


@pytest.fixture(scope="session")
def only_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with the settings of most tests. Making one takes as long as fifty requests."""
    ledger = open_copy(tmp_path_factory.mktemp("ingest"))
    yield create_app(read_settings({}, secret_key="k" * 32), ledger=ledger, wakeup=CountingWakeUp())
    ledger.close()


@pytest.fixture
def newsroom(only_app: Flask, tmp_path: Path) -> Iterator[Newsroom]:
    ledger, wakeup, words = open_copy(tmp_path), CountingWakeUp(), FewWords()
    settings = read_settings({}, data=str(tmp_path), secret_key="k" * 32, preview_key="p" * 32)
    before = only_app.extensions
    parts = build_parts(settings, ledger, wakeup, words, lambda: {"live": 2}, RedisFailedAttempts("memory://"), CHEAP)
    only_app.extensions = {**before, "dateline": parts}
    yield Newsroom(only_app, ledger, wakeup, words)
    only_app.extensions = before
    ledger.close()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EmbeddedIndex]:
    """The index that readers have, empty."""
    with closing(EmbeddedIndex(tmp_path / "index", MINSK)) as index:
        index.ensure()
        yield index


@pytest.fixture
def whole_newsroom(newsroom: Newsroom, index: EmbeddedIndex) -> Newsroom:
    """The newsroom with the shipped vocabulary, and with the index that readers have."""
    parts: Parts = newsroom.app.extensions["dateline"]
    vocabulary = LiveVocabulary(newsroom.ledger)
    newsroom.app.extensions["dateline"] = replace(parts, vocabulary=vocabulary, index=index)
    return newsroom


@pytest.fixture
def ann(newsroom: Newsroom) -> Account:
    """A reporter's account."""
    return newsroom.create_account(ANN)
