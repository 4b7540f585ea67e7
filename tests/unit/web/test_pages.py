"""Pages: their statuses, addresses, what search engines and feed readers find in them, and their states."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import Correction, TermDocument
from dateline.domain.event import Location
from dateline.domain.story import Image, Link
from unit.web.conftest import Fill, app_on, items
from unit.web.documents import MINSK, event, story, tag, term, terms_of

EVERY_PAGE = (
    "/", "/search", "/search?q=river", "/sections", "/sections/news", "/sections/economy", "/topics", "/people",
    "/places", "/organisations", "/topics/culture", "/people/alena-hrynko", "/places/minsk", "/archive/2016",
    "/archive/2016/05", "/archive/2016/05/17", "/archive/1999", "/archive/0001/01/01", "/archive/9999/12/31",
    "/v1/search", "/v1/suggest?q=m", "/v1/tags/person", "/v1/tags/place/minsk", "/v1/archive/2016/05",
)  # fmt: skip


VOID = {"meta", "link", "input", "img", "br"}


def unbalanced(page: str) -> list[str]:
    """The tags of a page that close nothing, or what is open already, or are never closed."""
    stack: list[str] = []
    wrong: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in VOID:
                stack.append(tag)

        def handle_startendtag(self, tag: str, attrs: object) -> None:
            pass

        def handle_endtag(self, tag: str) -> None:
            if not stack or stack.pop() != tag:
                wrong.append(f"{tag} in line {self.getpos()[0]}")

    Reader().feed(page)
    return wrong + stack


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_answers_conditionally(newsroom: FlaskClient, address: str) -> None:
    answer = newsroom.get(address)
    assert answer.status_code == 200
    etag = answer.headers["ETag"]
    again = newsroom.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    head = newsroom.head(address)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", etag)
    assert head.headers["Content-Length"] == answer.headers["Content-Length"]
    assert newsroom.post(address).status_code == 405


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_is_whole(newsroom: FlaskClient, address: str) -> None:
    if address.startswith("/v1/"):
        return
    page = newsroom.get(address).text
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert page.count("<h1") == page.count("<main") == page.count("<title>") == page.count('class="skip"') == 1
    assert re.search(r'<link rel="canonical" href="http://localhost/[^"]*">', page)
    kinds = re.findall(r'<link rel="alternate" type="(application/[^"]*)" href="http://localhost/', page)
    assert kinds == ["application/atom+xml", "application/rss+xml", "application/feed+json"]
    assert len(set(re.findall(r' id="([^"]*)"', page))) == len(re.findall(r' id="([^"]*)"', page))
    assert " style=" not in page
    assert unbalanced(page) == []
    assert "None" not in re.sub(r"<[^>]*>", "", page)


def test_pages_are_there_before_the_first_story(client: FlaskClient) -> None:
    assert "No story has been published yet" in client.get("/").text
    for address in (
        "/search",
        "/search?q=a",
        "/sections",
        "/topics",
        "/archive/2026/11",
        "/archive/2026",
        "/v1/search",
    ):
        assert client.get(address).status_code == 200, address
    assert client.get("/archive").headers["Location"] == "/archive/2026/11"


def test_one_story_fills_the_front_page(client: FlaskClient, fill: Fill) -> None:
    fill([story("The only story", section="news")])
    page = client.get("/").text
    assert page.count("The only story") == 1
    assert "seconds-0" in page


def test_the_front_page_shows_no_story_twice(newsroom: FlaskClient) -> None:
    headlines = re.findall(r'class="headline"><a href="([^"]*)"', newsroom.get("/").text)
    assert len(headlines) == len(set(headlines)) > 10


def test_a_story_is_at_one_address(client: FlaskClient, fill: Fill) -> None:
    written = story("A bridge opens")
    fill([written])
    right = f"/stories/{written.id}/a-bridge-opens"
    for wrong in (f"/stories/{written.id}", f"/stories/{written.id}/other", f"/stories/{written.id}/A-bridge-opens"):
        answer = client.get(wrong)
        assert (answer.status_code, answer.headers["Location"]) == (301, right)
    assert client.get(right).status_code == 200
    for unknown in ("/stories/none/x", "/stories/none", "/v1/stories/none"):
        assert client.get(unknown).status_code == 404


def test_a_withdrawn_story_is_gone_with_its_notice(client: FlaskClient, fill: Fill) -> None:
    gone = story(withdrawn=True, notice="Withdrawn: the <figures> were wrong.")
    fill([gone])
    for address in (f"/stories/{gone.id}", f"/stories/{gone.id}/x"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "Withdrawn: the &lt;figures&gt; were wrong." in answer.text
    problem = client.get(f"/v1/stories/{gone.id}")
    assert (problem.status_code, problem.get_json()["detail"]) == (410, "Withdrawn: the <figures> were wrong.")


def test_a_storys_page_says_all_of_it(client: FlaskClient, fill: Fill) -> None:
    text = "MINSK – Alena Hrynko spoke in Minsk."
    published = datetime(2017, 12, 5, 12, 0, tzinfo=MINSK)
    other = story("Another story", tags=(tag("place", "Minsk"),))
    named = story("A story the reporter named")
    written = story(
        'A headline with "quotes" & </script>', text, section="news/opinions-and-interviews", summary="In short.",
        byline="A. Writer", source="BelTA", place="MINSK", revision=2, updated_at=published + timedelta(hours=3),
        tags=(tag("place", "Minsk", text=text), tag("person", "Alena Hrynko", text=text), tag("topic", "Trade"),
              tag("person", "Somebody Else", status="proposed")),
        images=(Image(url="https://img.example/a.jpg", alt="A bridge", credit="Someone", caption="The bridge"),),
        links=(Link(url="https://example.org/", title="The report"),), related=(named.id,),
        corrections=(Correction(at=published + timedelta(hours=3), note="A name was wrong.", diff=(("old", "new"),)),),
    )  # fmt: skip
    fill([written, other, named, *terms_of([written])])
    page = client.get(f"/stories/{written.id}/{written.slug}").text
    crumbs = re.findall(r'<li><a href="(/sections/[^"]*)">([^<]*)</a></li>', page)
    assert ("/sections/opinions-and-interviews", "Opinions and interviews") in crumbs
    assert '<a class="mention" href="/places/minsk">Minsk</a>' in page
    assert "Somebody Else" not in page
    for said in ("In short.", "A. Writer", "BelTA", "A name was wrong.", "<del>old</del>", "<ins>new</ins>",
                 "The report", "Another story", 'alt="A bridge"', "(Minsk time)", "12:00"):  # fmt: skip
        assert said in page, said
    assert page.index("A story the reporter named") < page.index("Another story")
    linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert linked
    assert "<" not in linked[1]
    data = json.loads(linked[1])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == written.headline
    assert data["datePublished"] == "2017-12-05T12:00:00+03:00"
    assert re.search(
        r'<meta property="og:title" content="A headline with &#34;quotes&#34; &amp; &lt;/script&gt;">', page
    )


def test_a_story_as_json_and_as_ninjs(client: FlaskClient, fill: Fill) -> None:
    text = "Alena Hrynko spoke."
    written = story(body=text, section="news", tags=(tag("person", "Alena Hrynko", text=text),))
    fill([written])
    told = client.get(f"/v1/stories/{written.id}").get_json()
    assert told["body_text"] == text
    assert told["breadcrumb"] == [{"slug": "news", "label": "News", "url": "http://localhost/sections/news"}]
    evidence = told["tags"][0]["evidence"][0]
    assert told["body_text"][evidence["start"] : evidence["end"]] == evidence["text"] == "Alena Hrynko"
    ninjs = client.get(f"/v1/stories/{written.id}?format=ninjs")
    assert ninjs.mimetype == "application/ninjs+json"
    assert ninjs.get_json(force=True)["uri"] == told["url"]
    assert client.get(f"/v1/stories/{written.id}?format=xml").status_code == 422


def test_another_language_is_said(client: FlaskClient, fill: Fill) -> None:
    written = story("Мост открыт", "Машины едут через реку.", language="ru")
    fill([written])
    assert '<article class="story" lang="ru">' in client.get(f"/stories/{written.id}/{written.slug}").text
    fill([story("A bridge opens"), story("Нешта", language="xx-klingon")])
    listed = client.get("/search").text
    assert 'lang="ru"' in listed
    assert ">Russian" in listed
    assert ">xx-klingon" in listed


def test_a_very_long_headline_without_a_space(client: FlaskClient, fill: Fill) -> None:
    written = story("W" * 300)
    fill([written])
    page = client.get(f"/stories/{written.id}/{written.slug}")
    assert page.status_code == 200
    assert "W" * 300 in page.text


def test_terms_pages(newsroom: FlaskClient) -> None:
    page = newsroom.get("/places/minsk").text
    assert "Appears with" in page
    assert "/people/alena-hrynko" in page
    assert 'rel="next"' in page
    whole = newsroom.get("/v1/tags/place/minsk").get_json()
    listed = items(newsroom, "/v1/tags/place/minsk?limit=7")
    assert len(listed) == whole["stories"] == sum(month["count"] for month in whole["months"])
    assert listed == items(newsroom, "/v1/search?place=minsk&limit=100")
    assert newsroom.get("/v1/tags/places/minsk").get_json()["slug"] == "minsk"
    assert newsroom.get("/v1/tags/planet/mars").status_code == 404
    assert newsroom.get("/places/minsk?cursor=nonsense").status_code == 422


def test_a_term_that_nobody_uses(client: FlaskClient, fill: Fill) -> None:
    fill([term("topic", "Ice fishing")])
    page = client.get("/topics/ice-fishing")
    assert page.status_code == 200
    assert "No story is about Ice fishing yet." in page.text
    for address in ("/topics/nobody-knows-this", "/topics/Not_A_Slug", "/v1/tags/topic/nobody-knows-this"):
        assert client.get(address).status_code == 404


def test_a_shipped_term_is_known_before_any_story_names_it(client: FlaskClient) -> None:
    page = client.get("/places/belarus")
    assert page.status_code == 200
    assert "Belarus" in page.text
    assert client.get("/v1/tags/place/belarus").get_json()["stories"] == 0


def test_a_merged_term_leads_to_the_other(client: FlaskClient, fill: Fill) -> None:
    merged = term("place", "Homiel", withdrawn=True, merged_into="place:gomel")
    gone = replace(term("place", "Atlantis"), withdrawn=True)
    fill([merged, gone])
    answer = client.get("/places/homiel")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/places/gomel")
    assert client.get("/places/atlantis").status_code == 404


def test_facts_of_a_term(client: FlaskClient, fill: Fill) -> None:
    above = term("topic", "Economy")
    fact: TermDocument = term(
        "topic", "Trade", aliases=("commerce",), broader=("economy",), same_as=("Q601401", "medtop:20000373"),
        description_html="<p>Buying and selling.</p>",
    )  # fmt: skip
    fill([above, fact, story(tags=(tag("topic", "Trade"),))])
    page = client.get("/topics/trade").text
    for said in (
        "<p>Buying and selling.</p>", "commerce", '<a href="/topics/economy">Economy</a>',
        "https://www.wikidata.org/wiki/Q601401", "https://cv.iptc.org/newscodes/mediatopic/20000373",
    ):  # fmt: skip
        assert said in page


def test_the_alphabet(newsroom: FlaskClient) -> None:
    page = newsroom.get("/places").text
    labels = re.findall(r'<li><a href="/places/[^"]*">([^<]*)</a>', page)
    assert labels == sorted(labels) == ["Brest", "Gomel", "Grodno", "Minsk", "Mogilev", "Vitebsk"]
    assert "Grodno" not in newsroom.get("/places?prefix=mi").text
    assert "No name here begins with" in newsroom.get("/places?prefix=xyz").text
    assert [item["label"] for item in items(newsroom, "/v1/tags/place?limit=4")] == labels
    counts = {item["slug"]: item["stories"] for item in items(newsroom, "/v1/tags/place")}
    assert sum(counts.values()) == 300


def test_a_name_without_a_story_has_no_count_in_the_alphabet(client: FlaskClient, fill: Fill) -> None:
    fill([story(tags=(tag("topic", "Trade"),)), term("topic", "Trade"), term("topic", "Chess")])
    page = client.get("/topics").text
    assert '>Trade</a>&nbsp;<span class="n">1</span></li>' in page
    assert ">Chess</a></li>" in page


@pytest.mark.parametrize("address", ["/sections/news?limit=7", "/places/minsk?limit=7", "/search?q=river&limit=7",
                                     "/search?sort=oldest&limit=7"])  # fmt: skip
def test_every_page_of_a_listing_leads_to_the_one_before(newsroom: FlaskClient, address: str) -> None:
    def stories(page: str) -> list[str]:
        return re.findall(r'<h[23] class="headline"><a href="(/stories/[^"]*)"', page)

    def link(page: str, rel: str) -> str | None:
        found = re.search(rf'<a rel="{rel}" href="([^"]*cursor=[^"]*)"', page)
        return unescape(found[1]) if found else None

    first = newsroom.get(address).text
    second = newsroom.get(link(first, "next") or "").text
    third = newsroom.get(link(second, "next") or "").text
    assert link(first, "prev") is None and "First page" not in first
    back = newsroom.get(link(third, "prev") or "").text
    assert stories(back) == stories(second) != stories(third)
    assert (link(back, "next"), link(back, "prev")) == (link(second, "next"), link(second, "prev"))
    begin = newsroom.get(link(back, "prev") or "").text
    assert stories(begin) == stories(first)
    assert link(begin, "prev") is None and "First page" not in begin


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


def test_an_archive_month_is_a_table_with_a_link_on_each_day_with_news(client: FlaskClient, fill: Fill) -> None:
    fill([story(), story(published_at=datetime(2017, 12, 22, 10, 0, tzinfo=MINSK)), story()])
    page = client.get("/archive/2017/12").text
    table = page[page.index("<table") : page.index("</table>")]
    assert re.search(r"<caption>.*December 2017.*</caption>", table)
    assert re.findall(r'<abbr title="(\w*)">', table)[0] == "Sunday"
    assert re.findall(r'href="(/archive/2017/12/\d\d)"', table) == ["/archive/2017/12/05", "/archive/2017/12/22"]
    assert 'aria-label="5 December, 2 stories"' in table
    answer = client.get("/v1/archive/2017/12").get_json()
    days = [{"date": "2017-12-05", "count": 2}, {"date": "2017-12-22", "count": 1}]
    assert answer == {"year": 2017, "month": 12, "days": days}
    assert client.get("/archive").headers["Location"] == "/archive/2017/12"


def test_a_day_knows_the_nearest_days_with_news(client: FlaskClient, fill: Fill) -> None:
    fill([story(published_at=datetime(2017, 12, day, 10, 0, tzinfo=MINSK)) for day in (5, 9, 22)])
    page = client.get("/archive/2017/12/09").text
    assert '<a rel="prev" href="/archive/2017/12/05">' in page
    assert '<a rel="next" href="/archive/2017/12/22">' in page
    assert "Nothing was published on 10 December 2017" in client.get("/archive/2017/12/10").text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((3,), "March 2017</a> is the nearest month with stories."),
        ((3, 9), "September 2017</a> are the nearest months"),
    ],
)
def test_a_month_without_stories_names_the_nearest_with_some(
    client: FlaskClient, fill: Fill, days: tuple[int, ...], said: str
) -> None:
    fill([story(published_at=datetime(2017, month, 5, 10, 0, tzinfo=MINSK)) for month in days])
    page = client.get("/archive/2017/06").text
    assert "Nothing was published in June 2017." in page
    assert said in page


@pytest.mark.parametrize(
    "address",
    ["/archive/2017/13", "/archive/2017/00", "/archive/0000", "/archive/2017/02/29", "/archive/17", "/archive/2017/1",
     "/archive/2017/12/32", "/v1/archive/2017/13", "/archive/२०१७"],
)  # fmt: skip
def test_no_such_day(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_week_begins_where_the_newsroom_says(index: EmbeddedIndex) -> None:
    page = app_on(index, week_start="monday", language="ru").test_client().get("/archive/2017/12").text
    assert '<html lang="ru">' in page
    assert re.findall(r'<abbr title="(\w*)">', page)[0] == "понедельник"
    assert "декабрь 2017" in page


def test_todays_events_are_on_the_front_page(client: FlaskClient, fill: Fill) -> None:
    today = date(2026, 11, 24)
    fill(
        [
            event("Winter fair", today, location=Location(name="Square", city="Minsk")),
            event("Past fair", date(2020, 1, 1)),
        ]
    )
    page = client.get("/").text
    assert "Winter fair" in page
    assert "Square, Minsk" in page
    assert "Past fair" not in page


def test_errors_are_pages_for_people_and_problems_for_programs(client: FlaskClient) -> None:
    page = client.get("/nothing/here")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "There is no such page" in page.text
    problem = client.get("/v1/nothing")
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")
    wrong = client.get("/search?q=kept&limit=900")
    assert wrong.status_code == 422
    assert "<strong>limit</strong>" in wrong.text
    assert 'value="kept"' in wrong.text


def test_static_files_are_kept_by_browsers(client: FlaskClient) -> None:
    address = re.search(r'href="(/static/paper\.css\?v=\w+)"', client.get("/").text)
    assert address
    answer = client.get(address[1])
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()


def test_the_openapi_document_is_of_these_routes(client: FlaskClient) -> None:
    spec = client.get("/v1/openapi.json").get_json()
    assert spec["openapi"].startswith("3.1")
    assert {"/v1/search", "/v1/suggest", "/v1/stories/{story_id}", "/v1/tags/{type}", "/v1/tags/{type}/{slug}",
            "/v1/archive/{year}/{month}"} <= spec["paths"].keys()  # fmt: skip
    names = [parameter["name"] for parameter in spec["paths"]["/v1/search"]["get"]["parameters"]]
    assert {
        "q",
        "section",
        "topic",
        "person",
        "place",
        "organisation",
        "language",
        "from",
        "to",
        "sort",
        "limit",
        "cursor",
    } <= set(names)
    assert {"200", "422", "503"} <= spec["paths"]["/v1/search"]["get"]["responses"].keys()
    assert client.get("/v1/docs").status_code == 200
