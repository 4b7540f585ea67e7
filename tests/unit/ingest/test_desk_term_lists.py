"""The desk's lists of terms: most used first, without description, suspicious, while the archive is away."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.term import Term
from dateline.errors import IndexUnavailable
from dateline_ingest.desk.terms.alike import labelled_alike
from unit.web.documents import MINSK, story, tag


@pytest.fixture
def room(whole_newsroom: Any) -> Any:
    """The newsroom with the shipped vocabulary, and an index in which three people are written of."""
    for slug, label in (("ann-lee-1", "Ann Lee"), ("lee-anne", "Lee Anne"), ("madonna-1", "Madonna")):
        term = {"label": label, "aliases": ["Энн Лі"] if label == "Ann Lee" else []}
        assert whole_newsroom.ask("PUT", f"/v1/terms/person/{slug}", "edda", json=term).status_code == 202
    return whole_newsroom


def carried(days_ago: int, label: str, slug: str) -> Any:
    at = datetime.now(UTC) - timedelta(days=days_ago)
    return story(published_at=at, day=at.astimezone(MINSK).date(), tags=(tag("person", label, slug=slug),))


def labels(room: Any, asked: str) -> list[str]:
    page = room.ask("GET", f"/terms?{asked}", "edda")
    assert page.status_code == 200, page.text
    return re.findall(r'<h2 dir="auto"><a [^>]*>([^<]*)</a>', page.text)


def test_most_used_terms_stand_first(room: Any, index: EmbeddedIndex) -> None:
    index.put(
        [carried(1, "Madonna", "madonna-1"), carried(2, "Madonna", "madonna-1"), carried(3, "Ann Lee", "ann-lee-1")]
    )
    assert labels(room, "") == ["Madonna", "Ann Lee"]
    assert labels(room, "limit=1&cursor=1") == ["Ann Lee"]
    assert "2 stories" in room.ask("GET", "/terms", "edda").text
    assert labels(room, "type=place") == []
    assert labels(room, "view=undescribed&type=person") == ["Madonna", "Ann Lee"]
    assert room.ask("GET", "/terms?cursor=x", "edda").status_code == 422


def test_terms_made_last_are_found(room: Any) -> None:
    assert labels(room, "view=newest") == ["Madonna", "Lee Anne", "Ann Lee"]


def test_names_are_found_in_any_language_and_spelling(room: Any) -> None:
    assert labels(room, "q=энн+лі&type=person")[0] == "Ann Lee"
    assert "Ann Lee" in labels(room, "q=An+Lee&type=person")


def test_suspicious_terms_say_why(room: Any, index: EmbeddedIndex) -> None:
    old = 3 * 365
    index.put([carried(0, "Madonna", "madonna-1"), carried(old, "Ann Lee", "ann-lee-1"),
               carried(0, "Lee Anne", "lee-anne")])  # fmt: skip
    page = room.ask("GET", "/terms?view=suspicious", "edda").text
    assert "a person of one word" in page
    assert page.count("in no story of the last two years") == 1
    assert page.count("called much like") == 2


def test_lists_work_while_the_archive_is_away(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise IndexUnavailable("away")

    monkeypatch.setattr(EmbeddedIndex, "search", away)
    page = room.ask("GET", "/terms?type=person", "edda")
    assert page.status_code == 200
    assert "can’t be searched right now" in page.text and labels(room, "type=person")


def test_labels_a_letter_apart_are_alike() -> None:
    def named(*labels: str) -> list[Term]:
        return [Term(type="place", slug=str(number), label=label) for number, label in enumerate(labels)]

    assert set(labelled_alike(named("Vitebsk", "VITEBSK", "Vitebks", "Vitebsk Oblast"))) == {
        "place:0",
        "place:1",
        "place:2",
    }
    assert not labelled_alike(named("Iran", "Iraq", "Brest"))
