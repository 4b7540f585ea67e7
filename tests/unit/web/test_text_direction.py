"""Stories from right to left: every page, list and feed says which way their words run."""

from __future__ import annotations

import json
from datetime import datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from dateline.domain.document import Correction
from dateline.domain.event import Location
from dateline.domain.story import Link
from unit.web.conftest import Fill
from unit.web.documents import MINSK, NOW, event, story, tag, term

ARABIC = "قال AC Milan إن المباراة انتهت!"
LATIN_FIRST = "AC Milan: المباراة انتهت (2026)!"
HEBREW = "הגשר נפתח (2026)!"
VOID = {"meta", "link", "img", "input", "br", "rect"}


class Directions(HTMLParser):
    """The ``dir`` that holds for each text of a page: of the nearest element that has one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.of: list[tuple[str, str]] = []
        self._stack: list[str] = [""]
        self._main = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._main = self._main or tag == "main"
        if tag not in VOID:
            self._stack.append(dict(attrs).get("dir") or self._stack[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._stack.pop()

    def handle_data(self, data: str) -> None:
        if self._main:
            self.of.append((data, self._stack[-1]))

    def where(self, words: str) -> set[str]:
        return {direction for text, direction in self.of if words in text}


def directions(client: FlaskClient, path: str, words: str) -> set[str]:
    """The directions in which a page shows some words."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return Directions(answer.text).where(words)


LISTS = ["/", "/search", "/sections/sport", "/topics/football", "/archive/2017/12/05", "/archive/2017/12"]


@pytest.mark.parametrize(
    ("language", "headline", "direction"),
    [
        ("ar", ARABIC, "rtl"),
        ("ar-EG", LATIN_FIRST, "rtl"),
        ("he", HEBREW, "rtl"),
        ("az-Arab", LATIN_FIRST, "rtl"),
        ("aii", LATIN_FIRST, "rtl"),
        ("en", ARABIC, "auto"),
        ("be", "Мост адкрыты", "auto"),
    ],
)
def test_a_story_runs_its_own_way_everywhere(
    client: FlaskClient, fill: Fill, language: str, headline: str, direction: str
) -> None:
    written = story(headline, "נص. גוף", language=language, section="sport", tags=(tag("topic", "Football"),))
    other = story("Another", "Text.", tags=(tag("topic", "Football"),))
    fill([written, other, term("topic", "Football"), term("section", "Sport")])
    for path in LISTS:
        assert directions(client, path, headline) == {direction}, path
    page = client.get(f"/stories/{written.id}/{written.slug}").text
    assert Directions(page).where(headline) == {direction}
    assert Directions(page).where("גוף") == {direction}
    assert directions(client, f"/stories/{other.id}/{other.slug}", headline) == {direction}


def test_a_snippet_runs_as_its_story(client: FlaskClient, fill: Fill) -> None:
    fill([story(HEBREW, "בתחילה נפתח הגשר החדש, ואז נסגר.", language="he")])
    assert directions(client, "/search?q=הגשר", "החדש, ואז נסגר") == {"rtl"}


def test_the_first_words_of_an_automatic_article_are_the_headline(client: FlaskClient, fill: Fill) -> None:
    written = story(ARABIC, "نص", section="sport")
    fill([written, term("section", "Sport")])
    for path in ("/", "/search", f"/stories/{written.id}/{written.slug}"):
        page = client.get(path).text
        article = page[page.index("<article") : page.index("</article>")]
        assert 'dir="auto"' in article.split(">")[0]
        texts = [text.strip() for text, direction in Directions(f"<main>{article}").of if direction == "auto"]
        kicker = ["Sport"] if 'class="kicker"' in article else []
        assert [text for text in texts if text][: len(kicker) + 1] == [*kicker, ARABIC]
        assert not kicker or '<p dir="auto" class="kicker">' in article


def test_the_papers_own_words_run_its_way(client: FlaskClient, fill: Fill) -> None:
    written = story(HEBREW, "גוף", language="he")
    fill([written])
    assert directions(client, f"/stories/{written.id}/{written.slug}", "Published") == {"ltr"}


@pytest.mark.parametrize("language", ["ar", "fa-IR", "aii", "en"])
def test_nothing_that_the_paper_says_runs_with_a_corrected_story(
    client: FlaskClient, fill: Fill, language: str
) -> None:
    corrected = Correction(at=NOW, note="الرقم خطأ", diff=(("ثلاثة", "أربعة"),))
    other = story(HEBREW, "גוף", id="other", language="he")
    written = story(
        ARABIC, "النص", language=language, section="sport", corrections=(corrected,), revision=2, related=("other",),
        links=(Link(url="https://example.org/", title="المزيد"),),
    )  # fmt: skip
    fill([written, other])
    page = Directions(client.get(f"/stories/{written.id}/{written.slug}").text)
    for words in ("Published", "corrected", "This story was", "Further reading", "Corrections", "Before:", "Now:"):
        assert page.where(words) == {"ltr"}, words
    assert page.where(" Nov") | page.where("December") == {"ltr"}
    own = {"rtl"} if language != "en" else {"auto"}
    assert page.where("ثلاثة") == page.where("أربعة") == page.where("النص") == own
    assert page.where("المزيد") == {"auto"}


def test_words_of_a_calendar_run_beside_names_that_run_the_other_way(client: FlaskClient, fill: Fill) -> None:
    where = Location(name="المسرح", city="عمّان")
    gig = event("حفل موسيقي", datetime(2026, 11, 30, 19, tzinfo=MINSK), status="postponed", location=where)
    fill([gig])
    for path in (f"/events/{gig.id}/{gig.slug}", "/events?view=agenda", "/"):
        assert directions(client, path, "postponed") == {"ltr"}, path
        assert directions(client, path, "حفل") == {"auto"}, path
    page = client.get(f"/events/{gig.id}/{gig.slug}").text
    assert Directions(page).where("2026") == {"ltr", ""}  # "" in the calendar beside it
    assert "<bdi>عمّان</bdi>" in client.get("/events?view=agenda").text


def test_a_notice_runs_its_own_way(client: FlaskClient, fill: Fill) -> None:
    fill([story("", "", id="gone", withdrawn=True, notice="سُحب الخبر.")])
    page = client.get("/stories/gone/x")
    assert page.status_code == 410
    assert Directions(page.text).where("سُحب") == {"auto"}


def test_feeds_say_it_in_their_html(client: FlaskClient, fill: Fill) -> None:
    plain = story("Plain", "Text.", id="plain")
    arabic = story(ARABIC, "نص.", language="ar", id="arabic")
    unnamed = story(HEBREW, "גוף.", id="unnamed")
    fill([plain, arabic, unnamed])
    wrapped = {
        "Plain": plain.body_html,
        ARABIC: f'<div dir="rtl" lang="ar">{arabic.body_html}</div>',
        HEBREW: f'<div dir="rtl" lang="en">{unnamed.body_html}</div>',
    }
    items = json.loads(client.get("/search.json").data)["items"]
    assert {item["title"]: item["content_html"] for item in items} == wrapped
    atom = ElementTree.fromstring(client.get("/search.atom").data)
    name = "{http://www.w3.org/2005/Atom}"
    assert {
        entry.findtext(f"{name}title"): entry.findtext(f"{name}content") for entry in atom.iter(f"{name}entry")
    } == wrapped
    rss = ElementTree.fromstring(client.get("/search.rss").data)
    encoded = "{http://purl.org/rss/1.0/modules/content/}encoded"
    assert {item.findtext("title"): item.findtext(encoded) for item in rss.iter("item")} == wrapped


def test_names_run_their_way(client: FlaskClient, fill: Fill) -> None:
    written = story("Plain", tags=(tag("topic", "كرة", slug="kura"),))
    fill([written, term("topic", "كرة", slug="kura")])
    assert directions(client, "/topics/kura", "كرة") >= {"auto"}
