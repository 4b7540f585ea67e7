"""What leads a front: the formula, and what editors placed over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import Crumb, FrontDocument, StoryDocument
from dateline.domain.front import BreakingLine, Placement
from dateline.domain.picture import PublicImage
from dateline.fronts.arrangement import SECONDS, Arrangement, arrange, placement_of
from dateline.fronts.formula import AN_HOUR, points, section_weights
from unit.web.documents import MINSK, NOW, story

IMAGE = PublicImage(url="https://e.example/1.jpg", alt="A bridge")
WEIGHTS = section_weights(["news", "sport"])


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EmbeddedIndex]:
    index = EmbeddedIndex(tmp_path / "index", MINSK)
    index.ensure()
    yield index
    index.close()


def told(id: str, hours: float = 0, **more: Any) -> StoryDocument:
    """A story of so many hours ago that could lead."""
    return story(id, **({"summary": "What happened."} | more), id=id, published_at=NOW - timedelta(hours=hours))


def front(index: EmbeddedIndex, placement: Placement | None = None) -> Arrangement:
    return arrange(index, placement or Placement(), NOW, WEIGHTS)


def ids(arrangement: Arrangement) -> list[str]:
    lead = arrangement.lead.id if arrangement.lead else ""
    return [lead, *(one.id for one in arrangement.seconds)]


@pytest.mark.parametrize(
    ("better", "hours"),
    [
        ({"urgency": 1}, 32 / AN_HOUR),
        ({"urgency": 4}, 8 / AN_HOUR),
        ({"images": (IMAGE,)}, 6 / AN_HOUR),
        ({"sections": (Crumb(slug="news", label="News"),)}, 8 / AN_HOUR),
        ({"sections": (Crumb(slug="news", label="News"), Crumb(slug="sport", label="Sport"))}, 8 / AN_HOUR),
    ],
)
def test_what_is_better_stands_before_what_is_so_many_hours_newer(better: dict[str, Any], hours: float) -> None:
    plain = told("plain")
    assert points(told("x", hours - 0.1, **better), NOW, WEIGHTS) > points(plain, NOW, WEIGHTS)
    assert points(told("x", hours + 0.1, **better), NOW, WEIGHTS) < points(plain, NOW, WEIGHTS)
    assert points(replace(plain, urgency=9), NOW, WEIGHTS) < points(plain, NOW, WEIGHTS)
    assert points(replace(plain, summary=""), NOW, WEIGHTS) < points(plain, NOW, WEIGHTS)


def test_a_stub_does_not_lead_while_another_can(index: EmbeddedIndex) -> None:
    stubs = [told(f"stub{n}", summary="", urgency=1) for n in range(9)]
    index.put(stubs)
    assert ids(front(index))[0].startswith("stub")  # a paper of one stub has a lead all the same
    index.put([told("long", 20, summary="", body_text="x" * 300)])
    assert ids(front(index))[0] == "long"


def test_a_long_text_without_a_summary_leads(index: EmbeddedIndex) -> None:
    index.put([told("stub", summary=""), told("long", 3, summary="", body_text="x" * 300), told("told", 9)])
    assert ids(front(index)) == ["long", "stub", "told"]


def test_what_is_placed_comes_before_what_the_formula_chooses(index: EmbeddedIndex) -> None:
    index.put([told(id, hours) for hours, id in enumerate("abcdefgh")])
    assert ids(front(index)) == ["a", "b", "c", "d"]
    found = front(index, Placement(lead="h", second=("g", "f"), hidden=("a", "b")))
    assert (ids(found), [one.id for one in found.following]) == (["h", "g", "f", "c"], ["d", "e"])
    assert found.placed == {"h", "g", "f"}
    whole = front(index, Placement(second=tuple("hgfed")))
    assert ids(whole) == ["a", *"hgfed"] and len(whole.seconds) > SECONDS


def test_what_readers_may_not_see_has_no_place(index: EmbeddedIndex) -> None:
    index.put([told("a"), told("b", 1), replace(told("gone"), withdrawn=True), told("behind", folded_into="a")])
    found = front(index, Placement(lead="gone", second=("behind", "nobody", "b")))
    assert (ids(found), found.placed) == (["a", "b"], {"b"})


def test_the_breaking_line_leads_to_its_story(index: EmbeddedIndex) -> None:
    index.put([told("a"), told("b", 1)])
    line = BreakingLine(text="Fire.", until=NOW + timedelta(hours=1), story="b")
    found = front(index, Placement(breaking=line))
    assert found.breaking and found.breaking.id == "b"
    assert front(index, Placement(breaking=replace(line, story="nobody"))).breaking is None


def test_what_is_over_holds_no_more(index: EmbeddedIndex) -> None:
    line = BreakingLine(text="Fire.", until=NOW + timedelta(hours=2))
    placed = Placement(lead="a", until=NOW + timedelta(hours=1), breaking=line)
    index.put([FrontDocument(id="front:home", version=1, page="home", placement=placed)])
    assert placement_of(index, "home", NOW) == placed
    assert placement_of(index, "home", NOW + timedelta(hours=1)) == Placement(breaking=line)
    assert placement_of(index, "home", NOW + timedelta(hours=2)) == Placement()
    assert placement_of(index, "sport", NOW) == Placement(page="sport")
