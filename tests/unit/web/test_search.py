"""Search: the answer's shape, facets that keep their word, paging, wrong parameters, and any text at all."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.adapters.embedded import EmbeddedIndex
from dateline.deadline import remaining
from dateline.errors import IndexUnavailable
from dateline.ports.index import StoryPage, StorySearch
from unit.web.conftest import Fill, app_on, items
from unit.web.documents import story, tag, term, terms_of

FACETS = ("section", "topic", "person", "place", "organisation", "language")


def test_an_answer_has_the_contracts_fields(client: FlaskClient, fill: Fill) -> None:
    written = story(
        "Kursk & trade <up>", "The trade turnover with Kursk grew.", section="news/economy", summary="Up.",
        byline="A. Writer", tags=(tag("place", "Kursk"), tag("organisation", "Acme", status="proposed")),
    )  # fmt: skip
    fill([written, *terms_of([written])])
    answer = client.get("/v1/search?q=kursk").get_json()
    assert answer.keys() == {"total", "items", "facets", "did_you_mean", "next"}
    assert answer["total"] == {"value": 1, "relation": "eq"}
    item = answer["items"][0]
    assert item.items() >= {
        "id": written.id, "headline": "Kursk & trade <up>", "summary": "Up.", "section": "economy", "language": "en",
        "url": f"http://localhost/stories/{written.id}/{written.slug}", "byline": "A. Writer",
        "published_at": "2017-12-05T12:00:00+03:00", "updated_at": "2017-12-05T12:00:00+03:00",
        "tags": [{"type": "place", "slug": "kursk", "label": "Kursk"}],
    }.items()  # fmt: skip
    assert item["highlights"]["headline"] == ["<mark>Kursk</mark> &amp; trade &lt;up&gt;"]
    assert tuple(answer["facets"]) == FACETS
    assert answer["facets"]["place"] == [{"value": "kursk", "label": "Kursk", "count": 1, "selected": False}]
    assert answer["facets"]["organisation"] == []


@pytest.mark.parametrize(
    "chosen", [{}, {"place": ["minsk"]}, {"place": ["minsk", "brest"], "topic": ["economy"]}, {"section": ["news"]}]
)
def test_every_facet_value_gives_as_many_hits_as_it_says(newsroom: FlaskClient, chosen: dict[str, list[str]]) -> None:
    """A facet's own choice doesn't count: its values say what they would give in its place."""

    def ask(facets: dict[str, list[str]]) -> dict[str, Any]:
        query = urlencode({"q": "harvest bridge", "from": "2015-01-01"} | facets, doseq=True)
        answer: dict[str, Any] = newsroom.get("/v1/search?" + query).get_json()
        return answer

    for facet, values in ask(chosen)["facets"].items():
        assert {value["value"] for value in values if value["selected"]} == set(chosen.get(facet, []))
        for value in values:
            assert ask(chosen | {facet: [value["value"]]})["total"]["value"] == value["count"] > 0


def test_the_pages_links_lead_to_as_many_hits_as_they_say(newsroom: FlaskClient) -> None:
    for value in newsroom.get("/v1/search?q=theatre").get_json()["facets"]["person"]:
        page = newsroom.get("/search?" + urlencode({"q": "theatre", "person": value["value"]})).text
        assert f"{value['count']} stories" in page or value["count"] == 1


@pytest.mark.parametrize(
    "address", ["/v1/search?q=river+harvest", "/v1/search", "/v1/search?sort=oldest", "/v1/search?q=bridge&sort=newest"]
)
def test_paging_shows_every_story_once(newsroom: FlaskClient, address: str) -> None:
    total = newsroom.get(address).get_json()["total"]["value"]
    found = items(newsroom, address + ("&" if "?" in address else "?") + "limit=13")
    assert len(found) == total == len({item["id"] for item in found}) > 100


def test_the_order_is_the_one_asked_for(newsroom: FlaskClient) -> None:
    oldest = [item["published_at"] for item in items(newsroom, "/v1/search?sort=oldest&limit=100")]
    newest = [item["published_at"] for item in items(newsroom, "/v1/search?limit=100")]
    assert oldest == sorted(oldest)
    assert newest == sorted(newest, reverse=True)


def test_next_is_absolute_and_in_the_link_header(newsroom: FlaskClient) -> None:
    answer = newsroom.get("/v1/search?q=river&limit=2&place=minsk")
    assert answer.get_json()["next"].startswith("http://localhost/v1/search?q=river&place=minsk&limit=2&cursor=")
    assert answer.headers["Link"] == f'<{answer.get_json()["next"]}>; rel="next"'
    assert "Link" not in newsroom.get("/v1/search?q=river&limit=2&place=nowhere").headers


def test_addresses_are_on_the_readers_host(index: EmbeddedIndex, fill: Fill) -> None:
    fill([story()])
    reader = app_on(index, web_url="https://paper.example/").test_client()
    assert reader.get("/v1/search").get_json()["items"][0]["url"].startswith("https://paper.example/stories/")


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ("limit=0", ["/limit"]), ("limit=101", ["/limit"]), ("limit=x", ["/limit"]), ("limit=1_0", ["/limit"]),
        ("limit=", ["/limit"]), ("from=2017-13-01", ["/from"]), ("from=20171205", ["/from"]),
        ("to=2017-12-05T00:00:00Z", ["/to"]), ("to=2017-02-30", ["/to"]), ("sort=best", ["/sort"]),
        ("from=2018-01-01&to=2017-01-01", ["/to"]), ("cursor=", ["/cursor"]), ("cursor=WzFd", ["/cursor"]),
        ("q=" + "a" * 201, ["/q"]), ("limit=x&sort=y", ["/limit", "/sort"]),
    ],
)  # fmt: skip
def test_wrong_parameters_are_422_and_named(client: FlaskClient, query: str, pointers: list[str]) -> None:
    answer = client.get("/v1/search?" + query)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert sorted(error["pointer"] for error in answer.get_json()["errors"]) == pointers


def test_a_cursor_of_another_search_is_422(newsroom: FlaskClient) -> None:
    following = newsroom.get("/v1/search?q=river&limit=5").get_json()["next"]
    assert newsroom.get(following.replace("limit=5", "limit=50")).status_code == 200
    assert newsroom.get(following.replace("q=river", "q=bridge")).status_code == 422
    assert newsroom.get(following + "&sort=newest").status_code == 422


def test_a_form_with_blank_fields_is_a_search(newsroom: FlaskClient) -> None:
    assert newsroom.get("/search?q=river&from=&to=&sort=").status_code == 200
    assert newsroom.get("/search?q=river&from=yesterday").status_code == 422
    assert newsroom.get("/search?q=river&utm_source=mail&limit=10").status_code == 200


def test_a_wrong_word_is_not_corrected_but_a_better_one_offered(newsroom: FlaskClient) -> None:
    answer = newsroom.get("/v1/search?q=harvst+-minsk").get_json()
    assert answer["total"]["value"] == 0
    assert answer["did_you_mean"] == "harvest -minsk"
    page = newsroom.get("/search?q=harvst").text
    assert "Nothing found for <em>harvst</em>" in page
    assert 'href="/search?q=harvest"' in page
    assert newsroom.get("/v1/search?q=harvest").get_json()["did_you_mean"] is None


def test_a_page_asks_did_you_mean_once_whether_something_was_found_or_not(newsroom: FlaskClient) -> None:
    nothing = newsroom.get("/search?q=harvestt").text
    assert "Nothing found for <em>harvestt</em>." in nothing
    assert nothing.count("Did you mean") == 1
    assert "Sort:" not in nothing and "Narrow down" not in nothing
    something = newsroom.get("/search?q=harvestt+minsk").text
    assert something.count("Did you mean") == 1
    assert "Sort:" in something and "Narrow down" in something


def test_days_are_inclusive_and_the_newsrooms(client: FlaskClient, fill: Fill) -> None:
    late = story(published_at=datetime(2017, 12, 5, 21, 30, tzinfo=UTC))
    fill([late])
    assert client.get("/v1/search?from=2017-12-06&to=2017-12-06").get_json()["total"]["value"] == 1
    assert client.get("/v1/search?to=2017-12-05").get_json()["total"]["value"] == 0


def test_chosen_values_can_be_taken_away(newsroom: FlaskClient) -> None:
    page = newsroom.get("/search?q=river&place=minsk&place=brest&from=2015-01-01").text
    assert 'href="/search?q=river&amp;place=brest&amp;from=2015-01-01"' in page
    assert 'href="/search?q=river&amp;place=minsk&amp;place=brest"' in page
    assert 'href="/search.atom?q=river&amp;place=minsk&amp;place=brest&amp;from=2015-01-01"' in page


def test_bars_lead_to_a_year_and_then_to_its_months(newsroom: FlaskClient) -> None:
    years = newsroom.get("/search?q=river").text
    assert 'href="/search?q=river&amp;from=2016-01-01&amp;to=2016-12-31"' in years
    months = newsroom.get("/search?q=river&from=2016-01-01&to=2016-12-31").text
    assert 'href="/search?q=river&amp;from=2016-05-01&amp;to=2016-05-31"' in months
    one = newsroom.get("/search?q=river&from=2016-05-01&to=2016-05-31").text
    assert one.count('aria-current="true"><span class="hidden">May 2016') == 1
    assert len(re.findall(r'href="/search\?q=river&amp;from=2016-(?!05)\d\d-01&amp;to=2016-', one)) > 3


def test_long_facets_are_cut_but_not_what_was_chosen(client: FlaskClient, fill: Fill) -> None:
    names = [f"Town {number:02}" for number in range(15)]
    stories = [story(tags=tuple(tag("place", name) for name in names[number:])) for number in range(15)]
    fill([*stories, *terms_of(stories)])
    page = client.get("/search?place=town-00").text
    before, more = page[page.index('id="facet-place"') :].split('<details class="more">', 1)
    assert "Town 14" in before
    assert "Town 00" in before
    assert "Town 03" in more


def test_texts_of_reporters_and_readers_are_escaped(client: FlaskClient, fill: Fill) -> None:
    evil = "<script>alert(1)</script>"
    fill([story(evil, f"{evil} body", summary=evil, byline=evil, place=evil, section="x", tags=(tag("place", evil),))])
    fill([term("section", evil, slug="x"), term("place", evil, slug="script-alert-1-script")])
    for address in ("/", "/search?q=script", "/search?" + urlencode({"q": evil}), "/archive/2017/12/05", "/places",
                    "/sections/x", "/places/script-alert-1-script", "/v1/suggest?q=script"):  # fmt: skip
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        assert answer.is_json or "<script>alert" not in answer.text, address


HOSTILE = (
    '"', '""', "-", "*", "a*", "NEAR(a b)", "headline:", "headline:-", '-headline:"', "{a} : b", "a AND", "^a", "\x00",
    "'; DROP TABLE story; --", "%00%ff", "\u202e\u200f", "😀", "a" * 200, '"' * 200, "- " * 100, "İ" * 100, "ß",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts(newsroom: FlaskClient, text: str) -> None:
    for path in ("/search", "/v1/search"):
        assert newsroom.get(path + "?" + urlencode({"q": text})).status_code == 200
    assert newsroom.get("/v1/suggest?" + urlencode({"q": text})).status_code == 200


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200), facet=st.sampled_from(FACETS), value=st.text(max_size=30))
def test_any_text_is_answered(newsroom: FlaskClient, text: str, facet: str, value: str) -> None:
    query = urlencode({"q": text, facet: value}, errors="replace")
    assert newsroom.get("/v1/search?" + query).status_code == 200
    assert newsroom.get("/search?" + query).status_code == 200


def test_an_index_that_is_away_is_503(
    client: FlaskClient, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise IndexUnavailable("the index is away", retry_after=3)

    for name in ("search", "terms", "get", "events", "count_by_day", "count_by_month", "suggest"):
        monkeypatch.setattr(type(index), name, away)
    for address in (
        "/",
        "/search?q=a",
        "/stories/x",
        "/topics",
        "/topics/x",
        "/archive/2017/12",
        "/v1/search",
    ):
        answer = client.get(address)
        assert answer.status_code == 503, address
        assert int(answer.headers["Retry-After"]) >= 1
    page = client.get("/search?q=a").text
    assert "The archive can’t be searched right now" in page


def test_suggestions_are_terms_and_then_stories(client: FlaskClient, fill: Fill) -> None:
    written = story("Kursk opens a bridge", tags=(tag("place", "Kursk Oblast"),))
    fill([written, *terms_of([written])])
    found = client.get("/v1/suggest?q=kur").get_json()["items"]
    assert [(item["kind"], item["type"], item["label"]) for item in found] == [
        ("term", "place", "Kursk Oblast"), ("story", None, "Kursk opens a bridge"),
    ]  # fmt: skip
    assert [client.get(item["url"].removeprefix("http://localhost")).status_code for item in found] == [200, 200]
    assert client.get("/v1/suggest").get_json()["items"] == []


def test_ready_says_what_is_missing(client: FlaskClient, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise IndexUnavailable("the index has another time zone")

    monkeypatch.setattr(index, "check", broken)
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert "another time zone" in answer.get_json()["detail"]


def test_all_searches_of_a_page_share_the_settings_time(index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[float] = []
    searched = index.search

    def search(asked: StorySearch) -> StoryPage:
        left.append(remaining(100))
        return searched(asked)

    monkeypatch.setattr(index, "search", search)
    app_on(index, search_timeout="3").test_client().get("/")
    assert len(left) > 1
    assert 3 >= left[0] > left[-1] > 0
    assert remaining(100) == 100
