"""Sections, however many there are: in the navigation, on their pages, as a tree."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest
from flask.testing import FlaskClient

from dateline.ports.index import TermLine
from dateline_web.terms import sections
from unit.web.conftest import Fill
from unit.web.documents import story, term, terms_of


@pytest.fixture
def many(fill: Fill) -> None:
    """A hundred sections, and one below and two after them all in the order of their labels."""
    fill([story(f"Story {n}", section=f"section-{n:03}") for n in range(100)])
    fill([story("Wind", section="weather/wind")])
    fill([term("section", f"Section {n:03}", order=9) for n in range(100)])
    fill([term("section", "Weather", order=1), term("section", "Wind", broader=("weather",))])


def test_the_hundred_and_first_is_in_the_navigation(client: FlaskClient, many: None) -> None:
    navigation = client.get("/sections").text.split("</header>")[0]
    assert 'href="/sections/weather"' in navigation


def test_only_ordered_sections_are_in_the_navigation(client: FlaskClient, fill: Fill) -> None:
    fill([story("Fair", section="societty"), story("Game", section="sport"), story("Vote", section="politics")])
    fill([term("section", "Societty"), term("section", "Sport", order=7), term("section", "Politics", order=2)])
    page = client.get("/sections").text
    navigation, tree = page.split("</header>", 1)
    assert "/sections/societty" not in navigation
    assert navigation.index("/sections/politics") < navigation.index("/sections/sport")
    assert tree.index("/sections/politics") < tree.index("/sections/sport") < tree.index("/sections/societty")
    assert '<h2 class="section-title"><a href="/sections/societty">' not in client.get("/").text


def test_where_no_section_has_an_order_the_navigation_has_none(client: FlaskClient, fill: Fill) -> None:
    fill([story("Fair", section="societty"), term("section", "Societty")])
    assert "/sections/societty" not in client.get("/search").text.split("</header>")[0]


def test_each_section_is_looked_at_once_for_the_tree(client: FlaskClient, fill: Fill) -> None:
    above = [term("section", f"Section {n:04}", order=n + 1) for n in range(300)]
    fill([*above, *(term("section", f"Below {n:04}", broader=(f"section-{n:04}",)) for n in range(300))])
    asked: list[str] = []

    def counted(line: TermLine, known: frozenset[str]) -> str | None:
        asked.append(line.document.slug)
        return above_of(line, known)

    above_of = sections._above
    with patch.object(sections, "_above", counted):
        page = client.get("/sections").text
    assert page.index("/sections/section-0299") < page.index("/sections/below-0299")
    assert len(asked) == 600


def test_a_section_names_those_below_it(client: FlaskClient, many: None) -> None:
    page = client.get("/sections/weather").text
    within = page[page.index("Within it") :]
    assert 'href="/sections/wind"' in within


def test_chosen_ones_beyond_the_hundredth_are_on_the_front_page(client: FlaskClient, fill: Fill) -> None:
    stories = [story(f"Story {n}", section="weather") for n in range(9)]
    landing = [term("section", f"Section {n:03}", landing=True, order=1) for n in range(100)]
    fill([*stories, *(replace(each, landing=True, order=2) for each in terms_of(stories)), *landing])
    assert 'href="/sections/weather">Weather</a></h2>' in client.get("/").text


def test_sections_hold_the_stories_of_those_below(newsroom: FlaskClient) -> None:
    def total(section: str) -> int:
        value: int = newsroom.get(f"/v1/search?section={section}").get_json()["total"]["value"]
        return value

    assert total("news") == total("economy") + total("society") > 0
    page = newsroom.get("/sections").text
    assert page.index("/sections/news") < page.index("/sections/economy")
    assert '<a href="/sections/economy">Economy</a>' in newsroom.get("/sections/news").text


def test_a_circle_of_sections_ends(client: FlaskClient, fill: Fill) -> None:
    fill(
        [
            term("section", "A", broader=("b",)),
            term("section", "B", broader=("a",)),
            term("section", "C", broader=("c",)),
        ]
    )
    assert client.get("/sections").status_code == 200
