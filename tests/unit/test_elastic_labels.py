"""Labels of facet values on Elasticsearch: how often they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from dateline.adapters.elastic import labels as module
from dateline.adapters.elastic.labels import REMEMBERED_SECONDS, Labels


class Terms:
    """Stands for the client: knows every term but those called unknown, and notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.form = str.title

    @contextmanager
    def request(self) -> Iterator[Terms]:
        yield self

    def mget(self, *, ids: Sequence[str], **_: Any) -> dict[str, Any]:
        self.asked.append(list(ids))
        return {
            "docs": [
                {"found": "unknown" not in id, "_source": {"label": self.form(id.partition(":")[2])}} for id in ids
            ]
        }


class Clock:
    """A clock that stands still until it is set."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def terms() -> Terms:
    return Terms()


@pytest.fixture
def labels(terms: Terms, clock: Clock) -> Labels:
    return Labels(terms, "terms")  # type: ignore[arg-type]


def test_each_is_asked_for_once_until_all_are_forgotten_together(labels: Labels, terms: Terms, clock: Clock) -> None:
    assert labels.of({"place": ["brest"]}) == {("place", "brest"): "Brest"}
    clock.now += REMEMBERED_SECONDS / 2
    labels.of({"place": ["brest", "minsk"]})
    assert terms.asked == [["place:brest"], ["place:minsk"]]
    clock.now += REMEMBERED_SECONDS / 2
    labels.of({"place": ["minsk", "brest"]})
    assert terms.asked[2:] == [["place:minsk", "place:brest"]]


def test_a_written_term_is_asked_for_at_once(labels: Labels, terms: Terms) -> None:
    labels.of({"place": ["brest"]})
    terms.form = str.upper
    labels.forget()
    assert labels.of({"place": ["brest"]}) == {("place", "brest"): "BREST"}


def test_what_has_no_term_is_its_own_label(labels: Labels, terms: Terms) -> None:
    assert labels.of({"topic": ["unknown"], "language": ["be"]}) == {
        ("topic", "unknown"): "unknown",
        ("language", "be"): "be",
    }
    assert terms.asked == [["topic:unknown"]]
