"""Requests that take seconds: how many of them one token has under way, and how much they read at a time."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread
from typing import Any, Final

import pytest

from dateline.domain.tagged_text import TaggedText, Tagging
from dateline.domain.term import Term, TopicRules
from dateline.settings import read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_ingest.app import create_app
from dateline_ingest.vocabulary import term_preview, text_tagging
from fakes.wakeup import CountingWakeUp
from ledgers import index_all, open_copy

LONG: Final = {"headline": "x", "body_text": "It was said again. " * 5_000}
PREVIEW: Final = "/v1/terms/topic/river-bridges/preview"
TERM: Final = {"label": "River crossings", "rules": {"any": ["river bridge"]}}


class Held:
    """A tagger that is at work until it is let go."""

    def __init__(self) -> None:
        self.begun, self.let_go = Barrier(3), Barrier(3)

    def tag(self, text: TaggedText, *_: Any, **__: Any) -> Tagging:
        if len(text.body_text) > text_tagging.SHORT:
            self.begun.wait(20)
            self.let_go.wait(20)
        return Tagging(tags=(), dropped=())


def test_a_token_has_two_long_texts_at_a_time(newsroom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held()
    monkeypatch.setattr(newsroom.words, "tagger", lambda: held)
    got: list[int] = []
    threads = [
        Thread(target=lambda: got.append(newsroom.ask("POST", "/v1/tags", json=LONG).status_code)) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    held.begun.wait(20)
    third = newsroom.ask("POST", "/v1/tags", json=LONG)
    short = newsroom.ask("POST", "/v1/tags", json={"headline": "x", "body_text": "short"})
    held.let_go.wait(20)
    for thread in threads:
        thread.join()
    assert (third.status_code, short.status_code, got) == (429, 200, [200, 200])
    assert int(third.headers["Retry-After"]) > 0
    assert not newsroom.app.extensions["dateline"].tagging_slots._taken


@pytest.mark.parametrize(
    ("path", "form"),
    [(PREVIEW, {"json": TERM}), ("/v1/tags", {"json": LONG}), ("/stories", {"data": LONG | {"show_tags": "1"}}),
     ("/tags", {"data": LONG}),
     ("/terms/topic/river-bridges/preview", {"data": {"revision": "0", "label": "x", "any": "river bridge"}})],
)  # fmt: skip
def test_one_more_is_429_wherever_it_is_asked(newsroom: Any, path: str, form: dict[str, Any]) -> None:
    slots = newsroom.app.extensions["dateline"].tagging_slots
    assert newsroom.ask("POST", path, "edda", **form).status_code == 200
    assert slots.take("edda") and slots.take("edda")
    assert newsroom.ask("POST", path, "edda", **form).status_code == 429
    slots.give_back("edda")
    assert newsroom.ask("POST", path, "edda", **form).status_code == 200


@pytest.fixture
def pages(newsroom: Any, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the texts that are read together."""
    lengths: list[int] = []
    latest = newsroom.ledger.latest

    def noting(**given: Any) -> Sequence[Any]:
        found: Sequence[Any] = latest(**given)
        lengths.append(sum(len(one.publish.payload["body_text"]) for one in found))
        return found

    monkeypatch.setattr(newsroom.ledger, "latest", noting)
    return lengths


def test_a_preview_reads_long_texts_one_by_one_and_passes_by_the_longest(newsroom: Any, pages: list[int]) -> None:
    parts = newsroom.app.extensions["dateline"]
    newsroom.app.extensions["dateline"] = replace(parts, vocabulary=LiveVocabulary(newsroom.ledger))
    text = "The river bridge was shut. "
    for times in (1, 60_000, 60_000, 60_000, 1):
        newsroom.submit(body_text=text * times)
    while any(newsroom.ledger.sweep().due.values()):
        index_all(newsroom.ledger)
    term = Term(type="topic", slug="river-bridges", label="x", rules=TopicRules(any=("river bridge",)))
    found = term_preview.preview_term(newsroom.ledger, LiveVocabulary(newsroom.ledger), term, seconds=60)
    assert (found.gain.count, found.examined, found.complete) == (2, 2, False)
    assert sum(pages) == 3 * 60_000 * len(text) + 2 * len(text)
    assert max(pages) <= 2 * 60_000 * len(text)


def test_a_provider_that_says_nothing_holds_four_threads(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        issuer = f"http://127.0.0.1:{silent.getsockname()[1]}"
        settings = read_settings({
            "DATELINE_OIDC_ISSUER": issuer, "DATELINE_OIDC_CLIENT_ID": "dateline",
            "DATELINE_OIDC_CLIENT_SECRET": "secret", "DATELINE_INGEST_URL": "http://desk.localhost",
            "DATELINE_OIDC_ROLES": "editor=editors", "DATELINE_SECRET_KEY": "k" * 32,
        })  # fmt: skip
        with closing(open_copy(tmp_path)) as ledger:
            app = create_app(settings, ledger=ledger, wakeup=CountingWakeUp(), queue_lengths=dict)
            got: list[int] = []

            def sign_in() -> None:
                got.append(app.test_client().get("/sign-in/provider").status_code)

            threads = [Thread(target=sign_in) for _ in range(4)]
            for thread in threads:
                thread.start()
            waiting = [silent.accept()[0] for _ in threads]
            assert app.test_client().get("/sign-in/provider").status_code == 503
            assert got == []
            for connection in waiting:
                connection.close()
            for thread in threads:
                thread.join(20)
            assert got == [503] * 4


def test_more_html_than_a_story_may_have_is_not_cleaned(newsroom: Any) -> None:
    assert newsroom.ask("POST", "/pasted", data={"html": "x" * 2_200_000}).status_code == 413
    assert newsroom.ask("POST", "/pasted", data={"html": "<p>x"}).text == "<p>x</p>"
