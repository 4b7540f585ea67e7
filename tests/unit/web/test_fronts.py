"""The front of a section, and the front page as it was at an hour."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from flask.testing import FlaskClient

from dateline.domain.document import FrontDocument
from dateline.domain.front import FrontRecord, PlacedStory, Placement, placement_id, record_id
from unit.web.conftest import Fill
from unit.web.documents import MINSK, NOW, story, terms_of

LONG = "Cars cross the river again. " * 12
TODAY = NOW.astimezone(MINSK)


def hours_ago(hours: float) -> datetime:
    return TODAY - timedelta(hours=hours)


def lead_of(page: str) -> str:
    found = re.search(r'class="(?:lead-story|section-lead)".*?class="headline"><a href="[^"]*">([^<]*)', page, re.S)
    return found[1] if found else ""


def placed(**fields: object) -> FrontDocument:
    placement = Placement(**fields)  # type: ignore[arg-type]
    return FrontDocument(id=placement_id(placement.page), version=1, page=placement.page, placement=placement)


def test_a_section_has_a_front_once_it_has_stories_enough(client: FlaskClient, fill: Fill) -> None:
    stories = [story(f"Story {n}", LONG, id=f"n{n}", section="news", published_at=hours_ago(n)) for n in range(8)]
    fill([*stories[:7], *terms_of(stories)])
    assert lead_of(client.get("/sections/news").text) == ""
    fill([stories[7], placed(page="news", lead="n6", second=("n7",))])
    page = client.get("/sections/news").text
    assert lead_of(page) == "Story 6"
    assert page.index("Story 6") < page.index("Story 7") < page.index("Story 0")
    assert sorted(re.findall(r'class="headline"><a href="/stories/(n\d)/', page)) == [f"n{n}" for n in range(8)]


def recorded(at: datetime, **fields: object) -> FrontDocument:
    record = FrontRecord(page="home", at=at, **fields)  # type: ignore[arg-type]
    return FrontDocument(id=record_id("home", at), version=1, page="home", at=at, record=record)


def looked(id: str, headline: str) -> PlacedStory:
    return PlacedStory(id=id, revision=1, headline=headline, summary="As it was.")


def test_the_front_is_seen_as_it_was_at_an_hour(client: FlaskClient, fill: Fill) -> None:
    six = datetime(2026, 11, 5, 18, tzinfo=MINSK)
    fill([
        story("Corrected since", LONG, id="a"), story("Gone", id="gone", withdrawn=True),
        recorded(six - timedelta(hours=4), lead=looked("a", "At two")),
        recorded(six + timedelta(minutes=5), lead=looked("a", "Five past six"), second=(looked("gone", "Secret"),)),
        recorded(six + timedelta(minutes=20), lead=looked("a", "Twenty past"), breaking="Fire."),
    ])  # fmt: skip
    page = client.get("/front/2026/11/05T18").text
    assert lead_of(page) == "Twenty past"
    assert "Fire." in page
    assert "Thursday, 5 November 2026, 18:00 to 19:00. It stood so from 5 November 2026, 18:20" in page
    assert 'class="front past seconds-0"' in page
    assert "Corrected since" not in page
    assert 'name="robots" content="noindex' in page
    assert "/front/2026/11/05T18:05" in page
    earlier = client.get("/front/2026/11/05T18:05").text
    assert lead_of(earlier) == "Five past six"
    assert "Thursday, 5 November 2026, 18:05. It" in earlier
    assert "Secret" not in earlier
    assert "withdrawn since" in earlier
    assert lead_of(client.get("/front/2026/11/05T17").text) == "At two"
    assert lead_of(client.get("/front/2026/11/09T03").text) == "Twenty past"
    for wrong in ("/front/2026/11/05T13", "/front/2026/11/24T18", "/front/2026/02/30T10", "/front/2026/11/05T24"):
        assert client.get(wrong).status_code == 404, wrong
