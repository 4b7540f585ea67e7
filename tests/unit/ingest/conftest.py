"""The ingest service over a ledger in memory, with a vocabulary of a few terms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fakes.ledger import CountingWakeUp, MemoryLedger
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dateline.settings import read_settings
from dateline_ingest.app import create_app
from fakes.words import FewWords

STORY = {"headline": "Bridge opens", "body_text": "The bridge over the river is open again."}


@dataclass
class Newsroom:
    """The app, its doubles, and a client that knows the tokens."""

    app: Flask
    ledger: MemoryLedger
    wakeup: CountingWakeUp
    words: FewWords

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


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    ledger, wakeup, words = MemoryLedger(), CountingWakeUp(), FewWords()
    for name, role in (("rita", "reporter"), ("otto", "reporter"), ("edda", "editor"), ("olga", "ops")):
        ledger.create_token(name, role)  # type: ignore[arg-type]
    settings = read_settings({}, data=str(tmp_path), secret_key="k" * 32)
    app = create_app(settings, ledger=ledger, wakeup=wakeup, vocabulary=words, queue_lengths=lambda: {"live": 2})  # type: ignore[arg-type]
    return Newsroom(app, ledger, wakeup, words)
