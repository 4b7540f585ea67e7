"""Pictures on pages: which, in which sizes, with which words, and none whose rights have ended."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Final

import pytest
from flask.testing import FlaskClient

from dateline.domain.picture import PublicImage, renditions
from dateline_web.pictures.markup import picture_markup
from dateline_web.pictures.places import PLACES, PlaceName
from unit.web.conftest import Change, Fill
from unit.web.documents import NOW, event, story, tag, term, terms_of
from unit.web.pictures import picture

AWAY: Final = PublicImage(url="https://elsewhere.example/a.jpg", alt="From elsewhere")
SOURCE: Final = re.compile(r'type="image/(\w+)" srcset="([^"]+)" sizes="([^"]+)"')


def offered(markup: str) -> set[str]:
    """The names of the files that a browser may choose from."""
    return set(re.findall(r"/media/[0-9a-f]{64}/([^ \",]+)", markup))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("width", "height"), [(4000, 3000), (3000, 4000), (900, 400), (200, 300), (7, 5)])
def test_what_is_offered_is_made(place: PlaceName, width: int, height: int) -> None:
    image = picture(width=width, height=height)
    made = {one.name for one in renditions(width, height, image.focal)}
    markup = picture_markup(image, place)
    names = offered(markup)
    assert names and names <= made
    assert {name.rpartition(".")[2] for name in names} == {"avif", "webp", "jpg"}
    assert [kind for kind, _, _ in SOURCE.findall(markup)] == ["avif", "webp"]
    assert re.search(r' width="\d+" height="\d+" ', markup)


def test_words_are_text() -> None:
    hostile = '"><script>alert(1)</script>'
    for image in (picture(hostile), PublicImage(url=f"https://e.example/{hostile}", alt=hostile)):
        assert "<script" not in picture_markup(image, "story")


def test_the_lead_comes_first_and_the_others_when_they_are_near(client: FlaskClient, fill: Fill) -> None:
    lead, other, third = picture("Lead", lead=True), picture("Other", caption="The other one"), picture("Third")
    fill([story("Bridge", id="bridge", images=(other, lead, third))])
    page = client.get("/stories/bridge/bridge").text
    assert page.count("<picture>") == 3
    assert page.index('alt="Lead" fetchpriority="high"') < page.index('alt="Other" loading="lazy"')
    assert '<span class="caption">The other one</span> <bdi class="credit">Dateline drawing</bdi>' in page
    front = client.get("/").text
    assert front.count("<picture>") == 1 and 'alt="Lead" fetchpriority="high"' in front


def test_lists_show_a_small_one_where_there_is_one(client: FlaskClient, fill: Fill) -> None:
    places = (tag("place", "Brest"),)
    with_one, without = story("Bridge", images=(picture(),), tags=places), story("River", tags=places)
    from_elsewhere = story("Theatre", images=(AWAY,), tags=places)
    stories = [with_one, without, from_elsewhere]
    fill([*stories, *terms_of(stories)])
    for path in ("/search?q=bridge", "/places/brest", "/archive/2017/12/05", "/search"):
        page = client.get(path).text
        assert page.count('class="thumb"') == 1, path
        assert 'tabindex="-1" aria-hidden="true"><picture>' in page
        assert "elsewhere" not in page


def test_each_picture_has_a_page_with_the_way_to_the_others(client: FlaskClient, fill: Fill) -> None:
    first, second = picture("One"), picture("Two", byline="Ann Lee", licence="CC BY 4.0")
    ended = picture("Ended", usable_until=NOW)
    fill([story("Bridge", id="bridge", images=(first, ended, second))])
    page = client.get("/stories/bridge/bridge").text
    assert "Ended" not in page
    assert 'href="/stories/bridge/bridge/pictures/3"' in page
    shown = client.get("/stories/bridge/bridge/pictures/3")
    assert "Picture 2 of 2" in shown.text and 'alt="Two"' in shown.text and "CC BY 4.0" in shown.text
    assert 'rel="prev" href="/stories/bridge/bridge/pictures/1"' in shown.text
    statuses = {number: client.get(f"/stories/bridge/bridge/pictures/{number}").status_code for number in range(5)}
    assert statuses == {0: 404, 1: 200, 2: 404, 3: 200, 4: 404}
    assert client.get("/stories/bridge/other/pictures/1").headers["Location"] == "/stories/bridge/bridge/pictures/1"


def test_a_picture_in_the_text_has_all_its_sizes_until_its_rights_end(
    client: FlaskClient, fill: Fill, change: Change
) -> None:
    until = NOW + timedelta(seconds=9)
    image = picture("In the text", in_text=True, usable_until=until)
    figure = f'<figure><img data-image="{image.id}" src="{image.url}" alt="x"><figcaption>Dusk</figcaption></figure>'
    fill([story("Bridge", id="bridge", body_html=f"<p>Before.</p>{figure}<p>After.</p>", images=(image,))])
    page = client.get("/stories/bridge/bridge").text
    assert page.count("<picture>") == 1 and 'alt="In the text"' in page and "Dusk" in page
    assert 'class="thumb"' in client.get("/search").text
    change(until)
    page = client.get("/stories/bridge/bridge").text.partition("<main")[2]
    assert image.sha256 not in page and "Dusk" not in page and "After." in page
    for path in ("/search", "/"):
        assert "/media/" not in client.get(path).text


def test_one_that_moves_stands_still_beside_a_link(client: FlaskClient, fill: Fill) -> None:
    image = picture("A flag", animated=True)
    fill([story("Bridge", id="bridge", images=(image,)), story("River", id="river", images=(picture(),))])
    link = f'<a href="/media/{image.sha256}/animated.gif">See it move</a>'
    assert link in client.get("/stories/bridge/bridge").text
    assert "See it move" not in client.get("/stories/river/river").text


def test_events_and_terms_show_theirs(client: FlaskClient, fill: Fill) -> None:
    fair = event("Winter fair", date(2026, 11, 24), id="fair", images=(picture("A fair"), picture("A stall")))
    fill([fair, term("topic", "Culture", image=picture("A stage"))])
    page = client.get("/events/fair/winter-fair").text
    assert 'alt="A fair" fetchpriority="high"' in page and 'alt="A stall" loading="lazy"' in page
    assert 'alt="A stage"' in client.get("/topics/culture").text
    assert 'class="thumb"' in client.get("/events/2026/11").text


def test_a_story_without_a_picture_leads_with_the_map_of_its_place(client: FlaskClient, fill: Fill) -> None:
    brest, minsk, country = tag("place", "Brest"), tag("place", "Minsk"), tag("place", "Belarus")
    fill([
        story("One", id="one", tags=(brest,)), story("Two", id="two", tags=(brest, minsk), place="MINSK"),
        story("Three", id="three", tags=(brest, minsk)), story("Four", id="four", tags=(country,)),
        story("Five", id="five", tags=(brest,), images=(picture(),)),
    ])  # fmt: skip
    maps = {name: re.findall(r"/places/\w+/map.svg", client.get(f"/stories/{name}/{name}").text)
            for name in ("one", "two", "three", "four", "five")}  # fmt: skip
    assert maps == {"one": ["/places/brest/map.svg"], "two": ["/places/minsk/map.svg"],
                    "three": [], "four": [], "five": []}  # fmt: skip
    assert 'alt="Map: where Brest is"' in unescape(client.get("/stories/one/one").text)
    assert client.get("/places/brest/map.svg").status_code == 200


def test_a_page_of_thumbnails_is_not_much_longer(client: FlaskClient, fill: Fill) -> None:
    fill([story(f"Bridge {n}", images=(picture(caption="Dusk. " * 50),) * 5) for n in range(20)])
    answer = client.get("/search", headers={"Accept-Encoding": "br"})
    assert len(answer.data) < 15_000
