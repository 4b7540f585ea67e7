"""A story's page, and the same as JSON and as ninjs."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from dateline.domain.document import Correction
from dateline.domain.picture import PublicImage
from dateline.domain.story import Link
from unit.web.conftest import Fill
from unit.web.documents import MINSK, story, tag, terms_of


def test_a_story_is_at_one_address(client: FlaskClient, fill: Fill) -> None:
    written = story("A bridge opens")
    fill([written])
    right = f"/stories/{written.id}/a-bridge-opens"
    for wrong in (f"/stories/{written.id}", f"/stories/{written.id}/other", f"/stories/{written.id}/A-bridge-opens"):
        answer = client.get(wrong)
        assert (answer.status_code, answer.headers["Location"]) == (301, right)
        asked = client.get(wrong + "?format=ninjs&q=a%26b&q=%C3%A9+x")
        assert asked.headers["Location"] == right + "?format=ninjs&q=a%26b&q=%C3%A9+x"
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
        images=(PublicImage(url="https://img.example/a.jpg", alt="A bridge", credit="Someone", caption="The bridge"),),
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


@pytest.mark.parametrize(
    ("byline", "source", "author"),
    [
        ("Alena Hrynko", "BelTA", ("Person", "Alena Hrynko")),
        ("BelTA", "BelTA", ("Organization", "BelTA")),
        ("belta", "", ("Organization", "belta")),
        ("Reuters", "", ("Organization", "Reuters")),
        ("The Village Voice", "the village voice", ("Organization", "The Village Voice")),
        ("River Watch", "", ("Organization", "River Watch")),
        ("Dateline", "", ("Organization", "Dateline")),
        ("", "BelTA", ("Organization", "BelTA")),
        ("", "", ("Organization", "Dateline")),
    ],
)
def test_an_agency_is_no_person(
    client: FlaskClient, fill: Fill, byline: str, source: str, author: tuple[str, str]
) -> None:
    written = story("A bridge", byline=byline, source=source, tags=(tag("organisation", "River Watch"),))
    fill([written])
    page = client.get(f"/stories/{written.id}/{written.slug}").text
    linked = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert linked
    told = json.loads(linked[1])["author"]
    assert (told["@type"], told["name"]) == author


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
    assert {"role": "url", "value": told["url"]} in ninjs.get_json(force=True)["altIds"]
    assert client.get(f"/v1/stories/{written.id}?format=xml").status_code == 422


def test_another_language_is_said(client: FlaskClient, fill: Fill) -> None:
    written = story("Мост открыт", "Машины едут через реку.", language="ru")
    fill([written])
    assert '<article class="story" lang="ru" dir="auto">' in client.get(f"/stories/{written.id}/{written.slug}").text
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
