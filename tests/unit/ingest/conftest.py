"""The ingest service over a ledger in memory, with a vocabulary of a few terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dateline.domain.tag import Evidence, Tag
from dateline.domain.term import Term, TermType
from dateline.settings import read_settings
from dateline.tagging.text import Dropped, TaggedText, Tagging
from dateline_ingest.app import create_app
from fakes.ledger import CountingWakeUp, MemoryLedger

STORY = {"headline": "Bridge opens", "body_text": "The bridge over the river is open again."}


@dataclass
class FewWords:
    """A vocabulary of a few terms, and a tagger that finds their labels in the text."""

    terms: list[Term] = field(
        default_factory=lambda: [
            Term(type="person", slug="ann-lee", label="Ann Lee", aliases=("A. Lee",)),
            Term(type="place", slug="brest", label="Brest"),
            Term(type="topic", slug="bridges", label="Bridges", same_as=("medtop:20000001",)),
            Term(type="section", slug="news", label="News"),
        ]
    )

    def current(self) -> FewWords:
        return self

    def tagger(self) -> FewWords:
        return self

    def find(self, type: TermType, slug: str) -> Term | None:
        return next((term for term in self.terms if (term.type, term.slug) == (type, slug)), None)

    def search(self, query: str, type: TermType | None, limit: int) -> Sequence[Term]:
        found = [t for t in self.terms if type in (None, t.type) and query.casefold() in t.label.casefold()]
        return found[:limit]

    def tag(self, text: TaggedText) -> Tagging:
        tags = []
        for term in self.terms:
            start = text.body_text.find(term.label)
            if start >= 0 and term.type != "section":
                words = Evidence(
                    field="body_text", start=start, end=start + len(term.label), text=term.label, rule="label"
                )
                tags.append(Tag(type=term.type, slug=term.slug, label=term.label, evidence=(words,)))
        return Tagging(tags=tuple(tags), dropped=(Dropped(type="place", slug="minsk", label="Minsk", reason="far"),))


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
