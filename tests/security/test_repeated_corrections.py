"""Corrections that cost a worker more than their sender: each difference is worked out once, in bounded work."""

from __future__ import annotations

from datetime import timedelta
from difflib import SequenceMatcher
from typing import Any, Final

import pytest

from dateline.documents import corrections, text_diff
from dateline.documents.text_diff import MOST_COMPARED
from dateline.domain.document import StoryDocument
from dateline.ports.ledger.claims import MOST_HISTORY, Claimed, Indexed
from dateline.ports.wakeup import Lane
from dateline_indexer.claimed_documents import build_documents
from unit.indexer.parts import Bench

REPEATED: Final = "It is so. " * 1_000


@pytest.fixture
def pairs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pairs of sentences difflib was given, each time."""
    compared: list[int] = []

    class Counting(SequenceMatcher[int]):
        def __init__(self, junk: None, old: list[int], new: list[int], **more: bool) -> None:
            compared.append(len(old) * len(new))
            super().__init__(junk, old, new, **more)

    monkeypatch.setattr(text_diff, "SequenceMatcher", Counting)
    return compared


@pytest.fixture
def cleaned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the HTML that was cleaned to be compared."""
    lengths: list[int] = []
    clean = corrections.clean_without

    def counting(html: str, held: Any) -> str:
        lengths.append(len(html))
        return clean(html, held)

    monkeypatch.setattr(corrections, "clean_without", counting)
    return lengths


def index(newsroom: Any) -> tuple[Claimed, StoryDocument]:
    """Index the story that is due, as a worker does."""
    [claimed] = newsroom.ledger.claim(worker="test", lease=timedelta(seconds=30))
    [made], refused = build_documents([claimed], Bench().document_context())
    assert not refused
    newsroom.ledger.mark([Indexed(claimed=made.claimed, diffs=made.diffs)])
    assert isinstance(made.document, StoryDocument)
    return claimed, made.document


def correct(newsroom: Any, receipt: dict[str, Any], revision: int, **story: Any) -> tuple[Claimed, StoryDocument]:
    answer = newsroom.ask(
        "PUT", f"/v1/stories/{receipt['id']}", json={"headline": "Bridge opens", **story},
        headers={"If-Match": f'"{revision}"'},
    )  # fmt: skip
    assert answer.status_code == 202, answer.text
    return index(newsroom)


def test_a_thousand_sentences_corrected_four_times(newsroom: Any, pairs: list[int]) -> None:
    receipt = newsroom.submit(body_text=REPEATED)
    index(newsroom)
    for revision in range(1, 5):
        _, document = correct(newsroom, receipt, revision, body_text=f"{revision}. " * revision + REPEATED + "End.")
    assert len(document.corrections) == 4
    assert sum(pairs) <= 4 * MOST_COMPARED


def test_two_texts_of_few_words_in_turn(newsroom: Any, pairs: list[int]) -> None:
    receipt = newsroom.submit(body_text="a. " * 1_000)
    index(newsroom)
    for revision in range(1, 9):
        text = "a. b. " * 500 if revision % 2 else "a. " * 1_000
        _, document = correct(newsroom, receipt, revision, body_text=text)
    assert len(document.corrections) == 8
    assert sum(pairs) <= 8 * MOST_COMPARED


def test_a_difference_is_worked_out_once(newsroom: Any, cleaned: list[int]) -> None:
    receipt = newsroom.submit()
    index(newsroom)
    for revision in range(1, 9):
        claimed, document = correct(newsroom, receipt, revision, body_html=f"<p>{revision} came.</p>")
        assert len(cleaned) <= 2
        cleaned.clear()
    assert len(document.corrections) == 8
    assert [one.diff for one in document.corrections][1:] == [((f"{n} came.", f"{n + 1} came."),) for n in range(1, 8)]
    assert sum(revision.payload is not None for revision in claimed.history) == 1
    newsroom.ask("PUT", f"/v1/stories/{receipt['id']}/tags", "edda", json={"add": [], "remove": []})
    _, again = index(newsroom)
    assert cleaned == []
    assert again.corrections == document.corrections


def test_of_very_many_corrections_the_newest_are_told(newsroom: Any) -> None:
    receipt = newsroom.submit()
    index(newsroom)
    for revision in range(1, MOST_HISTORY + 10):
        claimed, document = correct(newsroom, receipt, revision, body_text=f"{revision} came.")
    assert len(claimed.history) <= MOST_HISTORY + 1
    assert len(document.corrections) <= MOST_HISTORY + 1
    assert document.corrections[-1].diff == ((f"{revision - 1} came.", f"{revision} came."),)


def test_a_withdrawn_story_keeps_its_date_after_corrections(newsroom: Any) -> None:
    receipt = newsroom.submit(published_at="2020-01-02T00:00:00Z")
    index(newsroom)
    for revision in (1, 2):
        _, document = correct(newsroom, receipt, revision, body_text=f"{revision} came.")
    newsroom.ask("DELETE", f"/v1/stories/{receipt['id']}")
    _, tombstone = index(newsroom)
    assert newsroom.ledger.make_due([receipt["id"]], Lane.RETAG) == 1
    _, again = index(newsroom)
    assert tombstone.published_at == again.published_at == document.published_at
    assert again.withdrawn
