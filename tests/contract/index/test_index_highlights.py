"""Highlights: HTML that can be shown as it is, with what matched marked as it was written."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from contract.index.newsroom_documents import NOON, clauses, put, story, tag
from dateline.domain.document import Correction
from dateline.domain.picture import PublicImage
from dateline.domain.story import Link
from dateline.domain.tag import Evidence
from dateline.ports.index import Index, StorySearch

FILLER = "Between these lines nothing of note was said by anyone at all. " * 12


def highlights(index: Index, query: str) -> dict[str, tuple[str, ...]]:
    page = index.search(StorySearch(clauses=clauses(query), highlight=True))
    assert page.total == 1
    return dict(page.hits[0].highlights)


def plain(fragment: str) -> str:
    return re.sub(r"</?mark>", "", fragment)


def test_the_stem_is_found_and_the_word_is_marked(index: Index) -> None:
    put(index, story("a", "Tractors for Kursk", f"{FILLER}The works sold tractors. {FILLER}"))
    found = highlights(index, "tractor")
    assert found["headline"] == ("<mark>Tractors</mark> for Kursk",)
    assert len(found["body"]) == 1
    assert "sold <mark>tractors</mark>" in found["body"][0]


def test_nothing_is_marked_where_nothing_matched_or_nobody_asked(index: Index) -> None:
    put(index, story("a", "Tractors", "A bridge."))
    assert set(highlights(index, "bridge")) == {"body"}
    assert set(highlights(index, "tractors")) == {"headline"}
    assert highlights(index, "") == {}
    assert highlights(index, "-nothing") == {}
    assert index.search(StorySearch(clauses=clauses("bridge"))).hits[0].highlights == {}


def test_a_brief_story_has_a_list_s_fields_and_all_its_highlights(index: Index) -> None:
    here = Evidence(field="body_text", start=2, end=8, text="bridge", rule="name")
    whole = story(
        "a", "Bridges", "A bridge.", sections="news/roads", tags=[tag("topic:roads", evidence=(here,), score=0.5)],
        summary="It opens.", byline="Ann", place="Brest", language="en", keywords=("span",), urgency=3,
        images=(PublicImage(url="https://e.example/1.jpg"),), links=(Link(url="https://example.org/"),), related=("b",),
        corrections=(Correction(at=NOON, note="Its length", diff=(("1 m", "2 m"),)),),
    )  # fmt: skip
    put(index, whole)
    asked = StorySearch(clauses=clauses("bridge"), highlight=True)
    [full], [brief] = index.search(asked).hits, index.search(replace(asked, brief=True)).hits
    assert full.document == whole
    assert brief.document == replace(
        whole, body_html="", body_text="", keywords=(), links=(), related=(), corrections=(),
        tags=(tag("topic:roads", score=0.5),),
    )  # fmt: skip
    assert index.get("story", ["a", "no"], brief=True) == [brief.document]
    assert (
        brief.highlights
        == full.highlights
        == {"headline": ("<mark>Bridges</mark>",), "body": ("A <mark>bridge</mark>.",)}
    )


def test_text_is_escaped(index: Index) -> None:
    put(index, story("a", "R&D <b>bridge</b>", "<script>alert('x')</script> A bridge & \"more\" <mark>this</mark>."))
    found = highlights(index, "bridge")
    for fragment in (*found["headline"], *found["body"]):
        assert "<mark>bridge</mark>" in fragment
        assert not re.search(r"<(?!/?mark>)", fragment)
        assert "&lt;" in fragment
    assert "R&amp;D" in found["headline"][0]
    assert "&lt;mark&gt;this&lt;/mark&gt;" in found["body"][0]


@pytest.mark.parametrize("char", ["\ue000", "\ue001", "\ue010", "\x00"])
def test_odd_characters_in_the_text_make_no_marks(index: Index, char: str) -> None:
    put(index, story("a", f"A {char}new{char} bridge", f"{char}{char} A bridge."))
    found = highlights(index, "bridge")
    assert [part.count("<mark>") for parts in found.values() for part in parts] == [1, 1]
    assert all("<mark>bridge</mark>" in part for parts in found.values() for part in parts)


def test_fragments_are_few_and_short(index: Index) -> None:
    put(index, story("a", "Headline", (FILLER + "A bridge was opened. ") * 8))
    fragments = highlights(index, "bridge")["body"]
    assert 1 <= len(fragments) <= 3
    for fragment in fragments:
        assert "<mark>bridge</mark>" in fragment
        assert len(plain(fragment).split()) <= 45


def test_a_short_body_is_one_fragment(index: Index) -> None:
    put(index, story("a", "Headline", "The old bridge and the new bridge."))
    assert highlights(index, "bridge")["body"] == ("The old <mark>bridge</mark> and the new <mark>bridge</mark>.",)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("gdansk", "Gdańsk"),
        ("gdan\u0301sk", "Gdańsk"),
        ("МУЗЕЙ", "музей"),
        ("station", "stations"),
    ],
)
def test_the_mark_stands_on_the_word_as_written(index: Index, query: str, marked: str) -> None:
    put(index, story("a", "Headline", "😀 Café İzmir\u00a0— the stations of Gdańsk, музей."))
    assert f"<mark>{marked}</mark>" in highlights(index, query)["body"][0]


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_words_with_apostrophes_are_marked_and_kept(index: Index, apostrophe: str) -> None:
    put(index, story("a", "Headline", f"Then O{apostrophe}Brien spoke of Belarus{apostrophe}s grain."))
    for query in ("O'Brien", "O’Brien"):
        [fragment] = highlights(index, query)["body"]
        assert re.search(r"<mark>O(&#x27;|&#39;|’)Brien</mark>", fragment)
    [fragment] = highlights(index, "belarus")["body"]
    assert re.search(r"<mark>Belarus(?:(&#x27;|&#39;|’)s)?</mark>", fragment)


def test_a_phrase_is_marked_where_it_stands_whole(index: Index) -> None:
    put(index, story("a", "Headline", "Trade grew. The trade turnover rose, said the trade office."))
    [fragment] = highlights(index, '"trade_turnover"')["body"]
    marked = " ".join(re.findall(r"<mark>(.*?)</mark>", fragment))
    assert marked.split() == ["trade", "turnover"]


def test_of_a_very_long_text_its_beginning_is_marked(index: Index) -> None:
    """The rest is searched as ever."""
    put(index, story("a", "Headline", "The Gdańsk bridge is open. " * 60_000 + "A tunnel."))
    found = highlights(index, "bridge")["body"]
    assert 1 <= len(found) <= 3
    assert all("Gdańsk <mark>bridge</mark> is open" in fragment for fragment in found)
    assert set(highlights(index, "tunnel")) <= {"body"}
