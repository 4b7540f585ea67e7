"""Sections, however many there are: in the navigation, on their pages, as a tree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

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
