"""Locator maps: countries, regions and towns, the ends of the earth, and what pages show of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from flask import Flask

from dateline.domain.event import Location
from dateline.domain.term_document import term_document
from dateline.vocabulary import find_shipped
from dateline_web.maps.labels import Box, Labels
from dateline_web.maps.locator import Subject, locator_map
from dateline_web.maps.places import draw, subject_of_place
from dateline_web.maps.projection import Projection
from dateline_web.maps.svg import STYLE_SOURCE
from dateline_web.maps.world import world
from unit.web.conftest import Fill
from unit.web.documents import event

SVG = "{http://www.w3.org/2000/svg}"
LIMIT = 15_000
KINDS = {
    "countries": (
        "belarus",
        "fiji",
        "kiribati",
        "vatican-city",
        "russia",
        "norway",
        "antarctica",
        "monaco",
        "indonesia",
    ),
    "regions": ("minsk-oblast", "kursk-oblast", "alaska"),
    "towns": ("minsk", "suva", "honolulu", "singapore", "vladivostok", "reykjavik", "bergen"),
}
ENDS = {
    "Kiritimati": (1.87, -157.43), "North Pole": (90.0, 0.0), "South Pole": (-90.0, 123.0), "Taveuni": (-16.8, 180.0),
    "Chukotka": (66.5, -179.99), "Null Island": (0.0, 0.0), "Point Nemo": (-48.88, -123.39),
}  # fmt: skip


def subject(slug: str) -> Subject:
    term = find_shipped("place", slug)
    assert term is not None, slug
    found = subject_of_place(term_document(term))
    assert found is not None, slug
    return found


def texts(svg: bytes) -> list[str]:
    """The names on a map; it is well-formed and small, and has an accessible name."""
    assert len(svg) < LIMIT
    root = ElementTree.fromstring(svg)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text and description is not None and description.text
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", f"{title.get('id')} {description.get('id')}")
    return [found.text or "" for found in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("slug", [slug for slugs in KINDS.values() for slug in slugs])
def test_a_place_is_drawn_with_its_name_a_scale_and_neighbours(slug: str) -> None:
    of = subject(slug)
    scale, *names = texts(draw(of))
    assert scale.endswith(" km")
    assert (of.name in names) == (not of.code or slug in ("kiribati", "antarctica"))
    assert slug == "antarctica" or len(names) >= 3


@pytest.mark.parametrize("name", ENDS)
def test_the_ends_of_the_earth(name: str) -> None:
    lat, lon = ENDS[name]
    assert name in texts(draw(Subject(name=name, lat=lat, lon=lon)))


def test_places_all_over_the_world_keep_within_the_limit() -> None:
    places = world().slugs[:: len(world().slugs) // 40]
    for slug in places:
        assert find_shipped("place", slug), f"{slug} is in no vocabulary: scripts/build-maps"
        texts(draw(subject(slug)))


def test_the_same_place_gives_the_same_bytes() -> None:
    assert draw(subject("minsk")) == draw(subject("minsk"))


def test_a_name_is_text_and_no_markup() -> None:
    hostile = "</text><script>alert(1)</script>"
    svg = draw(Subject(name=hostile, lat=53.9, lon=27.57))
    assert b"<script" not in svg
    assert hostile[:29] + "…" in texts(svg)


def test_a_town_lies_in_its_country_and_its_largest_neighbours_are_named() -> None:
    drawn = locator_map(subject("vitebsk"), lambda slug: slug)
    assert drawn.own == "BY"
    assert "smolensk" in [label.text for label in drawn.neighbours]
    assert locator_map(subject("suva"), lambda slug: slug).own == "FJ"
    assert locator_map(Subject(name="Sea", lat=0, lon=-30), lambda slug: slug).own == ""


def test_the_middle_is_where_it_belongs_and_distances_are_true() -> None:
    around = Projection(-16.8, 179.9, 320, 320, 240)
    [middle, east] = around.points([(179.9, -16.8), (-179.1, -16.8)])
    assert middle == pytest.approx((160, 120), abs=0.01)
    assert east[0] - middle[0] == pytest.approx(106.4, abs=0.5)  # a degree of longitude there, in km
    assert around.apart(-16.8, -179.1) == pytest.approx(0.957, abs=0.01)


def test_no_name_stands_over_another() -> None:
    labels = Labels(320, 240, [Box(0, 200, 100, 240)])
    assert labels.place("Here", (160, 120), 12)
    beside = labels.place("There", (175, 120), 12)
    assert beside is None or beside.anchor != "start" or beside.x > 190
    assert labels.place("On the scale", (50, 220), 12) is None
    assert labels.place("Outside", (400, 20), 12) is None


def test_pages_show_the_map_and_where_it_is_on_openstreetmap(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/places/minsk").text
    assert '<img src="/places/minsk/map.svg" alt="Map: where Minsk is"' in page
    assert "https://www.openstreetmap.org/?mlat=53.9" in page
    answer = client.get("/places/minsk/map.svg")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert f"style-src {STYLE_SOURCE}" in answer.headers["Content-Security-Policy"]
    again = client.get("/places/minsk/map.svg", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for unknown in ("/places/nowhere-at-all/map.svg", "/places/black-sea/map.svg", "/events/nothing/map.svg"):
        assert client.get(unknown).status_code == 404
    assert "map.svg" not in client.get("/places/black-sea").text


def test_an_event_with_coordinates_has_a_map_of_its_own(app: Flask, fill: Fill) -> None:
    hall = Location(name="Philharmonic Hall", city="Minsk", lat=53.9106, lon=27.5766)
    there = replace(event("Concert", datetime(2026, 12, 5, 16, tzinfo=UTC)), location=hall)
    nowhere = replace(event("Talk", datetime(2026, 12, 5, 16, tzinfo=UTC)), location=Location(name="Somewhere"))
    fill([there, nowhere])
    client = app.test_client()
    assert f"/events/{there.id}/map.svg" in client.get(f"/events/{there.id}/{there.slug}").text
    assert "Philharmonic Hall" in texts(client.get(f"/events/{there.id}/map.svg").data)
    assert "map.svg" not in client.get(f"/events/{nowhere.id}/{nowhere.slug}").text
    assert client.get(f"/events/{nowhere.id}/map.svg").status_code == 404
