"""Pages of terms and their A–Z, and the same as JSON."""

from __future__ import annotations

import re
from dataclasses import replace

from flask.testing import FlaskClient

from dateline.domain.document import TermDocument
from unit.web.conftest import Fill, items
from unit.web.documents import story, tag, term


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
    assert "No story is about <bdi>Ice fishing</bdi> yet." in page.text
    for address in ("/topics/nobody-knows-this", "/topics/Not_A_Slug", "/v1/tags/topic/nobody-knows-this"):
        assert client.get(address).status_code == 404


def test_an_unlisted_term_is_broader_than_no_other(client: FlaskClient, fill: Fill) -> None:
    above = term("topic", "Secret merger", unlisted=True)
    shipped = term("topic", "Tilling of land", slug="agriculture", unlisted=True)
    fill([above, shipped, term("topic", "Banks", broader=("secret-merger", "agriculture"))])
    assert (
        client.get("/topics/secret-merger").status_code == client.get("/v1/tags/topic/secret-merger").status_code == 200
    )
    broader = client.get("/v1/tags/topic/banks").get_json()["broader"]
    assert [one["label"] for one in broader] == ["Agriculture"]
    assert "Secret merger" not in client.get("/topics/banks").text + client.get("/topics").text


def test_a_shipped_term_is_known_before_any_story_names_it(client: FlaskClient) -> None:
    page = client.get("/places/belarus")
    assert page.status_code == 200
    assert "Belarus" in page.text
    assert client.get("/v1/tags/place/belarus").get_json()["stories"] == 0


def test_a_merged_term_leads_to_the_other(client: FlaskClient, fill: Fill) -> None:
    merged = term("place", "Homiel", withdrawn=True, merged_into="place:gomel")
    gone = replace(term("place", "Atlantis"), withdrawn=True)
    never = replace(term("place", "Utopia"), withdrawn=True, unlisted=True)
    fill([merged, gone, never])
    answer = client.get("/places/homiel?sort=oldest")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/places/gomel?sort=oldest")
    assert "max-age" in answer.headers["Cache-Control"]
    answer = client.get("/v1/tags/place/homiel?limit=5")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/v1/tags/place/gomel?limit=5")
    for path in ("/places/atlantis", "/v1/tags/place/atlantis", "/places/atlantis.rss", "/places/atlantis.ics"):
        assert client.get(path).status_code == 410
    assert client.get("/places/utopia").status_code == 404


def test_a_section_merged_twice_leads_to_where_it_is_now(client: FlaskClient, fill: Fill) -> None:
    fill([
        term("section", "Cinema", withdrawn=True, merged_into="section:film"),
        term("section", "Film", withdrawn=True, merged_into="section:arts"),
        term("section", "Arts"),
        term("section", "Chess", withdrawn=True, merged_into="section:games"),
        term("section", "Games", withdrawn=True),
    ])  # fmt: skip
    for suffix in ("", ".atom", ".rss", ".json", ".ics"):
        answer = client.get(f"/sections/cinema{suffix}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/sections/arts{suffix}")
        assert client.get(f"/sections/chess{suffix}").status_code == 410


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
