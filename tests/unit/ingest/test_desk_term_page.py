"""The desk's page of a term: its stories with their sentences, names, broader terms, codes, description, map."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import StoryDocument
from dateline.domain.tag import Evidence, Tag
from dateline.domain.term import Term
from dateline.errors import IndexUnavailable
from unit.web.documents import MINSK, story

BRIDGES = "/terms/topic/bridges"
TEXT = "It rained. The new bridge is open, and a bridge it is. Nobody came."


@pytest.fixture
def index(newsroom: Any, index: EmbeddedIndex) -> EmbeddedIndex:
    """The newsroom's index."""
    parts = newsroom.app.extensions["dateline"]
    newsroom.app.extensions["dateline"] = replace(parts, index=index)
    return index


def page_of(newsroom: Any, path: str = BRIDGES) -> str:
    answer = newsroom.ask("GET", path, "edda")
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def listed(page: str) -> list[str]:
    """The stories of the page, each as its words without tags but for the marks."""
    part = page[page.index('<section class="carrying"') :].partition("</section>")[0]
    plain = re.sub(r"<(?!/?mark)[^>]*>", "", part)
    return [" ".join(unescape(line).split()) for line in plain.splitlines() if line.strip()]


def bridged(number: int, *evidence: Evidence, **more: Any) -> StoryDocument:
    at = datetime(2026, 11, 1, 12, tzinfo=MINSK) - timedelta(days=number)
    given = Tag(type="topic", slug="bridges", label="Bridges", evidence=evidence)
    return story(published_at=at, day=at.date(), headline=f"Story {number}", tags=(given,), **more)


def words(start: int, end: int) -> Evidence:
    return Evidence("body_text", start, end, TEXT[start:end], "phrase")


def test_its_newest_stories_stand_with_the_sentence_and_its_marked_words(newsroom: Any, index: EmbeddedIndex) -> None:
    first, second = TEXT.index("new bridge"), TEXT.rindex("bridge")
    found = bridged(0, words(second, second + 6), words(first, first + 10), body_text=TEXT)
    index.put(
        [
            found,
            *(bridged(number, Evidence("section", 0, 4, "news", "section"), section="news") for number in range(1, 12)),
        ]
    )
    lines = listed(page_of(newsroom))
    assert "The newest 10 of 12 stories" in lines
    assert "The <mark>new bridge</mark> is open, and a <mark>bridge</mark> it is." in lines
    assert "Its section speaks for it: News." in lines
    assert lines[2].startswith("Story 0") and not any(line.startswith("Story 10") for line in lines)


def test_the_page_of_a_term_works_while_the_archive_is_away(
    newsroom: Any, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise IndexUnavailable("away")

    assert "No story that readers see carries it." in listed(page_of(newsroom))
    monkeypatch.setattr(EmbeddedIndex, "search", away)
    assert "The archive can’t be searched right now, so its stories can’t be shown." in listed(page_of(newsroom))


def ask(newsroom: Any, method: str, path: str, **typed: str) -> Any:
    return newsroom.ask(method, path, "edda", data=typed or None)


def saved(newsroom: Any, **typed: str) -> dict[str, Any]:
    """What of Bridges is on record when this was typed."""
    answer = ask(newsroom, "POST", BRIDGES, **{"revision": "0", "label": "Bridges", **typed})
    assert answer.status_code == 303, answer.text
    payload: dict[str, Any] = newsroom.items["topic:bridges"].newest.payload
    return payload


def refused(newsroom: Any, field: str, **typed: str) -> str:
    """What is told at a field of what was typed."""
    answer = ask(newsroom, "POST", BRIDGES, **{"revision": "0", "label": "Bridges", **typed})
    assert answer.status_code == 422 and not newsroom.items
    found = re.search(rf'<span class="wrong" id="{field}-wrong-1">([^<]*)</span>', answer.text)
    assert found, answer.text
    return unescape(found[1])


def test_broader_terms_are_chosen_by_name(newsroom: Any) -> None:
    newsroom.words.terms += [
        Term(type="topic", slug="transport-2", label="Transport", aliases=("Traffic",)),
        Term(type="organisation", slug="transport", label="Transport"),
    ]
    payload = saved(newsroom, broader="transport\r\nBREST\ntransport-2\norganisation:transport")
    assert payload["broader"] == ["transport-2", "place:brest", "organisation:transport"]


def test_a_broader_term_that_nobody_knows_is_told_with_the_nearest(newsroom: Any) -> None:
    assert refused(newsroom, "broader", broader="Brest\nAn Lee") == (
        "2: No term is called “An Lee”. The nearest: Ann Lee."
    )
    newsroom.words.terms += [Term(type="place", slug=f"brest-{number}", label="Brest") for number in (2, 3)]
    told = refused(newsroom, "broader", broader="Brest")
    assert "Brest (place:brest); Brest (place:brest-2)" in told
    assert saved(newsroom, broader="Brest (place:brest-2)")["broader"] == ["place:brest-2"]


def test_what_stood_above_is_shown_by_name_and_stays(newsroom: Any) -> None:
    bridges = replace(newsroom.words.find("topic", "bridges"), broader=("place:brest", "long-gone"))
    newsroom.words.terms[2] = bridges
    newsroom.words.terms.append(Term(type="place", slug="brest-2", label="Brest"))
    assert ">\nBrest\nlong-gone</textarea>" in page_of(newsroom)
    assert saved(newsroom, broader="long-gone\nBrest", landing="1")["broader"] == ["long-gone", "place:brest"]


def test_names_of_broader_terms_are_completed(newsroom: Any) -> None:
    newsroom.words.terms += [
        Term(type="topic", slug="breweries", label="Breweries"), Term(type="place", slug="brest-2", label="Brest"),
    ]  # fmt: skip
    items = newsroom.ask("GET", f"{BRIDGES}/broader/names?q=bre", "edda").get_json()["items"]
    assert items == ["Breweries", "Brest (place:brest)", "Brest (place:brest-2)"]
    assert newsroom.ask("GET", f"{BRIDGES}/broader/names?q=bridges", "edda").get_json()["items"] == []
    assert newsroom.ask("GET", f"{BRIDGES}/broader/names?q=bre").status_code == 403


def test_codes_are_checked(newsroom: Any) -> None:
    newsroom.words.terms.append(Term(type="topic", slug="roads", label="Roads", same_as=("Q42",)))
    newsroom.words.terms.append(Term(type="place", slug="road", label="The Road", same_as=("Q43",)))
    for wrong in ("Q0", "nonsense", "medtop:12"):
        assert "Wikidata id such as Q42" in refused(newsroom, "same_as", same_as=wrong)
    assert refused(newsroom, "same_as", same_as="Q1\nwd:q42").startswith("2: Roads (topic:roads) has Q42 already.")
    typed = "https://www.wikidata.org/wiki/Q43\nhttp://cv.iptc.org/newscodes/mediatopic/20000002"
    assert saved(newsroom, same_as=typed)["same_as"] == ["Q43", "medtop:20000002"]


def test_codes_lead_out_and_name_who_else_has_them(newsroom: Any) -> None:
    bridges = replace(newsroom.words.find("topic", "bridges"), same_as=("Q43", "medtop:20000001"))
    newsroom.words.terms[2] = bridges
    newsroom.words.terms.append(Term(type="place", slug="road", label="The Road", same_as=("Q43",)))
    page = page_of(newsroom)
    assert 'href="https://www.wikidata.org/wiki/Q43"' in page
    assert 'href="https://cv.iptc.org/newscodes/mediatopic/20000001"' in page
    assert '<a href="/terms/place/road"><bdi>The Road</bdi></a> has it too.' in page


def test_a_description_is_written_as_stories_are(newsroom: Any) -> None:
    assert "data-cleaning=" in page_of(newsroom)
    payload = saved(newsroom, body_text="They go **over** water.", label_be="Масты", labels="fr | Ponts")
    assert payload["description_html"] == "<p>They go <strong>over</strong> water.</p>"
    assert payload["labels"] == {"be": "Масты", "fr": "Ponts"}
    told = ask(newsroom, "POST", BRIDGES, revision="1", label="Bridges", body_text="![x](image:y)")
    assert told.status_code == 422 and 'href="#body_text"' in told.text


def test_a_place_is_shown_on_its_map_where_readers_have_one(newsroom: Any) -> None:
    assert "map.svg" not in page_of(newsroom, "/terms/place/brest")
    parts = newsroom.app.extensions["dateline"]
    settings = replace(parts.settings, web_url="https://news.example")
    newsroom.app.extensions["dateline"] = replace(parts, settings=settings)
    assert 'src="https://news.example/places/brest/map.svg"' in page_of(newsroom, "/terms/place/brest")
    assert "map.svg" not in page_of(newsroom)
