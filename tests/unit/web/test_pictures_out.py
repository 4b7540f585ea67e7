"""Pictures on every way out: absolute addresses, words, rights; gone from all of them when their rights end."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Final
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dateline.domain.document import EventDocument, StoryDocument, TermDocument
from dateline.domain.picture import FocalPoint, PublicImage, largest_jpeg, media_path
from dateline.domain.shown_pictures import with_pictures_in_text
from dateline.formats.ninjs.pictures import shown_rendition
from dateline.formats.ninjs.schema import errors_in
from dateline.ports.media import MediaStore
from dateline_web.context import EXTENSION
from unit.web.conftest import Fill
from unit.web.documents import MINSK, NOW, event, story, tag, term

SHA: Final = "ab" * 32
ADDRESS: Final = "http://localhost" + media_path(SHA, "1280.jpg")
MEDIA: Final = "{http://search.yahoo.com/mrss/}"
ATOM: Final = "{http://www.w3.org/2005/Atom}"
END: Final = NOW + timedelta(seconds=2)


def picture(**fields: Any) -> PublicImage:
    """A picture of the newsroom of 1600 by 1067 pixels."""
    url = media_path(SHA, largest_jpeg(1600, 1067).name)
    said = {
        "url": url, "id": "0" * 26, "sha256": SHA, "width": 1600, "height": 1067, "focal": FocalPoint(70, 40),
        "alt": "Two swans", "caption": "Swans <off> Naroch", "credit": "A. Melnik", "copyright": "© Dateline",
        "licence": "CC BY 4.0", "licence_url": "https://creativecommons.org/licenses/by/4.0/", "jpeg_size": 54_321,
        "lead": True,
    }  # fmt: skip
    return PublicImage(**(said | fields))


def illustrated(image: PublicImage) -> tuple[StoryDocument, EventDocument, TermDocument]:
    """A story that shows it beside its text and in it, an event and a topic that show it."""
    within = replace(image, in_text=True, lead=False)
    html = f'<p>A lake.</p><figure><img data-image="{image.id}" alt="x"></figure><p>Cold.</p>'
    told = story(
        "Quiet season", body_html=with_pictures_in_text(html, [within]), images=(image, within), section="travel",
        tags=(tag("topic", "Lakes"),), published_at=NOW - timedelta(hours=2),
    )  # fmt: skip
    meets = event("Swan count", datetime(2026, 11, 25, 9, tzinfo=MINSK), images=(image,), tags=(tag("topic", "Lakes"),))
    return told, meets, term("topic", "Lakes", image=image)


@pytest.fixture
def clock(app: Flask) -> Callable[[datetime], None]:
    """Sets the time that the site has."""

    def set_to(moment: datetime) -> None:
        app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], now=lambda: moment)

    return set_to


@pytest.fixture
def ways(fill: Fill) -> Callable[[PublicImage], tuple[list[str], list[str]]]:
    """Puts what shows a picture into the index, and gives the addresses that show it: for readers, and of feeds."""

    def put(image: PublicImage) -> tuple[list[str], list[str]]:
        told, meets, lakes = illustrated(image)
        fill([told, meets, lakes])
        pages = [f"/v1/stories/{told.id}", f"/v1/events/{meets.id}", "/v1/events", "/v1/tags/topic/lakes"]
        pages += [f"/stories/{told.id}/{told.slug}", f"/events/{meets.id}/{meets.slug}", "/topics/lakes"]
        pages += ["/", "/search", "/sections/travel", f"/stories/{told.id}/{told.slug}/pictures/1"]
        listings = ("/search", "/sections/travel", "/topics/lakes", "/events")
        feeds = [f"{path}.{format}" for path in listings for format in ("atom", "rss", "json")]
        feeds += [f"/v1/stories/{told.id}?format=ninjs", f"/v1/events/{meets.id}?format=ninjs"]
        feeds += ["/v1/events?format=ninjs", "/events.ics", f"/events/{meets.id}.ics", "/topics/lakes.ics"]
        feeds += ["/sitemap-events.xml"]
        return pages, feeds

    return put


def body(client: FlaskClient, address: str) -> str:
    """An answer as text, lines of calendars unfolded."""
    answer = client.get(address)
    assert answer.status_code in (200, 404), address  # a page of the picture alone goes with it
    return answer.get_data(as_text=True).replace("\r\n ", "")


def test_it_is_on_every_way_out_and_gone_from_all_when_its_rights_end(
    client: FlaskClient, ways: Callable[[PublicImage], tuple[list[str], list[str]]], clock: Callable[[datetime], None]
) -> None:
    pages, feeds = ways(picture(usable_until=END))
    assert [address for address in pages + feeds if SHA not in body(client, address)] == []
    clock(END)
    assert [address for address in pages + feeds if SHA in body(client, address)] == []


def test_its_file_is_refused_when_its_rights_end(
    client: FlaskClient, media: MediaStore, clock: Callable[[datetime], None]
) -> None:
    media.put(f"renditions/{SHA}/1280.jpg", BytesIO(b"\xff\xd8\xff"))
    media.put(f"renditions/{SHA}/rights.json", BytesIO(json.dumps({"usable_until": END.isoformat()}).encode()))
    address = media_path(SHA, "1280.jpg")
    assert client.get(address).status_code == 200
    clock(END)
    assert client.get(address).status_code in (404, 410)


def test_one_that_may_not_go_out_by_feeds_is_in_none(
    client: FlaskClient, ways: Callable[[PublicImage], tuple[list[str], list[str]]]
) -> None:
    pages, feeds = ways(picture(feeds=False))
    assert [address for address in pages if SHA not in body(client, address)] == []
    assert [address for address in feeds if SHA in body(client, address)] == []


def test_the_api_gives_all_its_renditions_with_absolute_addresses(client: FlaskClient, fill: Fill) -> None:
    told, _, _ = illustrated(picture(usable_until=END))
    fill([told])
    found = client.get(f"/v1/stories/{told.id}").get_json()
    image, within = found["images"]
    assert image["url"] == ADDRESS and image["usable_until"] == "2026-11-24T12:00:02+00:00" and within["in_text"]
    assert (image["alt"], image["credit"], image["width"], image["height"]) == ("Two swans", "A. Melnik", 1600, 1067)
    assert {one["crop"] for one in image["renditions"]} == {None, "16:9", "4:3", "1:1"}
    assert all(one["url"].startswith(f"http://localhost/media/{SHA}/") for one in image["renditions"])
    assert f'<img src="{ADDRESS}"' in found["body_html"]
    assert found["image"] == {name: image[name] for name in ("url", "alt", "caption", "credit", "width", "height")}


def test_atom_and_rss_say_it_as_enclosure_and_media(client: FlaskClient, fill: Fill) -> None:
    fill(illustrated(picture())[:1])
    entry = ElementTree.fromstring(client.get("/search.atom").data).find(f"{ATOM}entry")
    item = ElementTree.fromstring(client.get("/search.rss").data).find("channel/item")
    assert entry is not None and item is not None
    link = entry.find(f"{ATOM}link[@rel='enclosure']")
    enclosure = item.find("enclosure")
    assert link is not None and link.get("href") == ADDRESS
    assert enclosure is not None
    assert enclosure.attrib == {"url": ADDRESS, "length": "54321", "type": "image/jpeg"}
    for one in (entry, item):
        content = one.findall(f"{MEDIA}content")[0]
        assert (content.get("url"), content.get("fileSize"), content.get("medium")) == (ADDRESS, "54321", "image")
        assert content.findtext(f"{MEDIA}credit") == "A. Melnik"
        assert content.findtext(f"{MEDIA}description") == "Swans <off> Naroch"
        assert content.find(f"{MEDIA}thumbnail") is not None
    html = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""
    assert f'<img src="{ADDRESS}"' in html


def test_json_feed_says_it_whole_and_as_a_banner(client: FlaskClient, fill: Fill) -> None:
    fill(illustrated(picture())[:1])
    item = client.get("/search.json").get_json()["items"][0]
    assert item["image"] == ADDRESS
    assert item["banner_image"] == f"http://localhost/media/{SHA}/1280-16x9-70x40.jpg"


def test_ninjs_is_valid_with_renditions_and_rights(client: FlaskClient, fill: Fill) -> None:
    told, meets, _ = illustrated(picture(usable_until=END))
    fill([told, meets])
    for address in (f"/v1/stories/{told.id}?format=ninjs", f"/v1/events/{meets.id}?format=ninjs"):
        sent = json.loads(client.get(address).data)
        assert errors_in(sent, "3.1") == []
        one = sent["associations"][0]
        assert shown_rendition(one) == ADDRESS, "another newsroom takes the whole of it"
        assert one["uri"] == ADDRESS and one["by"] == "A. Melnik" and one["copyrightNotice"] == "© Dateline"
        assert one["usageTerms"] == "CC BY 4.0. Usable until 2026-11-24T12:00:02+00:00."
        assert one["expires"] == "2026-11-24T12:00:02+00:00"
        assert one["renditions"][0] == {
            "name": "whole-1280", "href": ADDRESS, "contentType": "image/jpeg", "width": 1280, "height": 854,
            "poi": {"x": 896, "y": 341}, "sizeInBytes": 54321,
        }  # fmt: skip


def test_links_are_shown_with_it_and_search_engines_get_its_licence(client: FlaskClient, fill: Fill) -> None:
    told, meets, _ = illustrated(picture())
    fill([told, meets])
    for address in (f"/stories/{told.id}/{told.slug}", f"/events/{meets.id}/{meets.slug}"):
        page = body(client, address)
        assert f'<meta property="og:image" content="http://localhost/media/{SHA}/1280-16x9-70x40.jpg">' in page
        assert '<meta property="og:image:width" content="1280">' in page
        assert '<meta name="twitter:card" content="summary_large_image">' in page
        data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
        image = data["image"][0]
        assert image["@type"] == "ImageObject" and image["contentUrl"] == ADDRESS
        assert image["license"] == image["acquireLicensePage"] == "https://creativecommons.org/licenses/by/4.0/"
        assert (image["creditText"], image["copyrightNotice"]) == ("A. Melnik", "© Dateline")


def test_one_that_lies_elsewhere_keeps_its_address(client: FlaskClient, fill: Fill) -> None:
    told = story("Away", images=(PublicImage(url="https://img.example/a.jpg", alt="A"),))
    fill([told])
    assert client.get(f"/v1/stories/{told.id}").get_json()["images"][0]["renditions"] == []
    item = ElementTree.fromstring(client.get("/search.rss").data).find("channel/item")
    assert item is not None and item.find("enclosure") is None
    content = item.find(f"{MEDIA}content")
    assert content is not None and content.get("url") == "https://img.example/a.jpg"
