"""What a query finds: the written table. Every adapter gives the same sets; docs/search.md says the rules in words."""

from __future__ import annotations

import pytest

from contract.index.newsroom_documents import clauses, found, ids, put, story, tag
from dateline.ports.index import Clause, Index, StoryFilter, StorySearch

STORIES = [
    story(
        "plant",
        "Plant in Kursk doubles its output",
        "The works sold 4,200 tractors last year. A Kursk-based dealer took half of them. Prices rose by 40.5%.",
        byline="Nina Alekseeva",
        source="Morning Wire",
        slugline="plant-output",
        sections="news/economy",
        tags=[
            tag("place:kursk-oblast", "Kursk Oblast"),
            tag("organisation:polesie-works", "Polesie Works"),
            tag("person:maria-holm", "Maria Holm"),
            tag("person:oleg-dubrava", "Oleg Dubrava"),
        ],
    ),
    story(
        "trade",
        "Trade talks end in Gdańsk",
        "Delegates of the U.S. and of Belarus’s ministries signed a protocol on trade turnover. Café owners cheered.",
        byline="Piotr Łapiński",
        sections="news/politics",
        tags=[tag("topic:trade", "international trade"), tag("place:gdansk", "Gdańsk")],
    ),
    story(
        "turnover",
        "Turnover of the port fell",
        "Turnover fell while trade in grain grew, O’Brien said. The Belarusians' fleet waits.",
        summary="A quiet season for the harbour.",
        sections="news/economy",
        tags=[tag("person:ann-obrien", "Ann O'Brien"), tag("topic:ports", status="proposed", label="Harbours abroad")],
    ),
    story(
        "museum",
        "Museum opens a wing",
        "Музей открыл новое крыло. The opening drew ÉCOLE pupils and naïve painters.",
        sections="culture",
        tags=[tag("topic:museums", "museums")],
    ),
    story("trial", "A trial of tractor brakes", "The test lasted an hour. Сямʼя прыехала.", sections="news"),
]

TABLE = {
    # stemming, both ways
    "tractor": "plant trial",
    "tractors": "plant trial",
    "delegate": "trade",
    "opening": "museum",
    # a word may stand in the headline, the summary, the body, the byline, a section's or a tag's label
    "talks": "trade",
    "quiet": "turnover",
    "pupils": "museum",
    "alekseeva": "plant",
    "economy": "plant turnover",
    "holm": "plant",
    "polesie": "plant",
    "international": "trade",
    # not in the source, the slugline, a slug, or a tag that nobody has accepted
    "wire": "",
    "oblast": "plant",
    "abroad": "",
    # words are ORed
    "museum tractor": "museum plant trial",
    "museum nothingofthekind": "museum",
    "nothingofthekind": "",
    # case and diacritics don't count
    "KURSK": "plant",
    "gdansk": "trade",
    "GDAŃSK": "trade",
    "cafe": "trade",
    "école": "museum",
    "ecole": "museum",
    "naive": "museum",
    "lapinski": "trade",
    # apostrophes, straight and curly; possessives; hyphens; initials
    "belarus": "trade",
    "Belarus's": "trade",
    "Belarus’s": "trade",
    "Belarus'": "trade",
    "o'brien": "turnover",
    "O’Brien": "turnover",
    "belarusians": "turnover",
    "Kursk-based": "plant",
    '"Kursk-based"': "plant",
    "U.S.": "trade",
    "u.s": "trade",
    # numbers
    "4,200": "plant",
    "40.5%": "plant",
    "40.5": "plant",
    # Cyrillic
    "музей": "museum",
    "МУЗЕЙ": "museum",
    "крыло": "museum",
    # phrases stand in this order in one field
    '"trade_turnover"': "trade",
    '"turnover_trade"': "",
    '"trade_talks"': "trade",
    '"Trade_Talk"': "trade",
    '"kursk_doubles"': "plant",
    '"holm_oleg"': "",
    '"oleg_dubrava"': "plant",
    # a phrase or a fielded word must match: plain words beside it only rank
    '"trade_turnover" museum': "trade",
    "headline:turnover trade": "turnover",
    "headline:turnover headline:trade": "",
    '"trade_turnover" byline:piotr': "trade",
    # fields
    "headline:tractor": "trial",
    "body:tractor": "plant",
    "summary:quiet": "turnover",
    "byline:nina": "plant",
    "section:economy": "plant turnover",
    "section:news": "plant trade trial turnover",
    "person:holm": "plant",
    "person:maria-holm": "plant",
    "person:kursk": "",
    "place:kursk": "plant",
    "place:kursk-oblast": "plant",
    "place:gdansk": "trade",
    "organisation:works": "plant",
    "topic:trade": "trade",
    "topic:museums": "museum",
    "topic:harbours": "",
    "slugline:output": "plant",
    "source:wire": "plant",
    # exclusions
    "trade -talks": "turnover",
    "tractor -headline:tractor": "plant",
    'trade -"trade_turnover"': "turnover",
    "trade -Kursk-based": "trade turnover",
    "-tractor": "museum trade turnover",
    "-tractor -museum": "trade turnover",
    "-section:economy": "museum trade trial",
    "-nothingofthekind": "museum plant trade trial turnover",
    "tractor -tractors": "",
    "-person:maria-holm": "museum trade trial turnover",
}


@pytest.fixture
def newsroom(index: Index) -> Index:
    put(index, *STORIES)
    return index


def test_the_table(newsroom: Index) -> None:
    wrong = {
        query: (got, expected)
        for query, expected in TABLE.items()
        if (got := " ".join(found(newsroom, query))) != expected
    }
    assert not wrong


def test_facets_and_totals_follow_the_text(newsroom: Index) -> None:
    for query, expected in TABLE.items():
        page = newsroom.search(StorySearch(clauses=clauses(query), facets=("section",), limit=1))
        assert page.total == len(expected.split()), query
        for value in page.facets["section"]:
            narrowed = StorySearch(clauses=clauses(query), filter=StoryFilter(sections=(value.value,)))
            assert newsroom.search(narrowed).total == value.count, (query, value)


def test_the_best_story_comes_first(newsroom: Index) -> None:
    assert ids(newsroom.search(StorySearch(clauses=clauses("museum wing tractor"))))[0] == "museum"
    assert ids(newsroom.search(StorySearch(clauses=clauses("turnover port grain"))))[0] == "turnover"


HOSTILE = [
    "", " ", '"', '""', '"""', "'", "’s", "-", "--", "*", "a*", "tract*", "^kursk", "(", "))", "{headline}",
    "headline :", "AND", "OR", "NOT", "NEAR", "NEAR(a b)", "kursk AND", "NOT kursk", "a:b:c", "\\", "\\\"",
    "%", "_", ";", "--x", "/*", "?", "!!!", "...", "\u0301", "\u200d", "\x00", "a\x00b", "\ud800",
    "\udfff tail", "\ue000", "\ue001kursk\ue000", "\ue010", "\ue012", "😀", "👩‍👩‍👧", "İSTANBUL", "ß", "日本語",
    "हिन्दी", "العربية", "e\u0301" * 90, "x" * 200, "a " * 100, '"a' * 60, "+kursk", "kursk~2", "[1 TO 5]",
    "<script>alert(1)</script>", "&amp;", "1e999", "𝔘𝔫𝔦", "a\u00adb",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_gives_an_answer(newsroom: Index, text: str) -> None:
    everything = sorted(story.id for story in STORIES)
    for clause in (
        Clause(text=text),
        Clause(text=text, phrase=True),
        Clause(text=text, field="headline"),
        Clause(text=text, field="person", phrase=True),
        Clause(text=text, exclude=True),
        Clause(text=text, exclude=True, field="topic"),
    ):
        page = newsroom.search(StorySearch(clauses=(clause,), highlight=True, facets=("section", "person")))
        assert set(ids(page)) <= set(everything)
        both = newsroom.search(StorySearch(clauses=(clause, Clause(text="museum")), highlight=True))
        assert both.total <= len(everything)
    newsroom.spelling(text)
    newsroom.suggest(text, 5)
    newsroom.ids_mentioning([text], [text], after="", limit=5)


def test_what_has_no_word_finds_nothing_and_harms_no_other(newsroom: Index) -> None:
    assert found(newsroom, "!!!") == []
    assert found(newsroom, "!!! museum") == ["museum"]
    assert found(newsroom, "museum -!!!") == ["museum"]
    assert found(newsroom, "-!!!") == sorted(story.id for story in STORIES)


def test_a_word_of_an_unknown_field_gives_an_answer(newsroom: Index) -> None:
    odd = Clause(text="museum", field="colour")  # type: ignore[arg-type]
    assert newsroom.search(StorySearch(clauses=(odd,))).total >= 0


def test_a_very_long_query_gives_an_answer(newsroom: Index) -> None:
    many = tuple(Clause(text=f"word{number}") for number in range(400))
    assert ids(newsroom.search(StorySearch(clauses=(*many, Clause(text="museum"))))) == ["museum"]


def test_stop_words_beside_others_find_nothing_more(newsroom: Index) -> None:
    assert found(newsroom, "the museum of an hour") == ["museum", "trial"]
