"""Filters, facets and counts: what a reader clicks is what the reader gets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from contract.index.conftest import NewIndex
from contract.index.newsroom_documents import MINSK, NOON, clauses, found, put, story, tag, term
from dateline.ports.index import FACETS, Facet, FacetValue, Index, StoryFilter, StorySearch

STORIES = [
    story("a", "Grain", sections="news/economy", tags=["place:brest", "place:minsk", "topic:trade"]),
    story("b", "Grain ship", sections="news/economy/ports", tags=["place:brest", "topic:trade", "person:ann"]),
    story("c", "Ship", sections="news/sport", tags=["place:minsk", "person:ann"], language="ru"),
    story("d", "Grain", sections="culture", tags=["organisation:opera"], language="be"),
    story("e", "Ship", at=datetime(2024, 4, 1, 9, tzinfo=UTC), tags=[tag("place:brest", status="proposed")]),
]
TERMS = [term("place:brest"), term("place:minsk"), term("topic:trade"), term("person:ann"), term("organisation:opera"),
         *(term(f"section:{slug}") for slug in ("news", "economy", "ports", "sport", "culture"))]  # fmt: skip


@pytest.fixture
def newsroom(index: Index) -> Index:
    put(index, *STORIES, *TERMS)
    return index


FILTERS = {
    "any of one facet": (StoryFilter(places=("brest", "minsk")), "a b c"),
    "all facets together": (StoryFilter(places=("brest", "minsk"), persons=("ann",)), "b c"),
    "a section and those below it": (StoryFilter(sections=("economy",)), "a b"),
    "the outermost section": (StoryFilter(sections=("news",)), "a b c"),
    "the innermost section": (StoryFilter(sections=("ports",)), "b"),
    "two sections": (StoryFilter(sections=("sport", "culture")), "c d"),
    "a language": (StoryFilter(languages=("ru", "be")), "c d"),
    "an unknown value": (StoryFilter(topics=("nothing",)), ""),
    "an unknown value beside a known one": (StoryFilter(topics=("nothing", "trade")), "a b"),
    "the same value twice": (StoryFilter(topics=("trade", "trade")), "a b"),
    "from a day": (StoryFilter(first_day=date(2024, 3, 6)), "e"),
    "to a day": (StoryFilter(last_day=date(2024, 3, 5)), "a b c d"),
    "one day": (StoryFilter(first_day=date(2024, 4, 1), last_day=date(2024, 4, 1)), "e"),
    "days the wrong way round": (StoryFilter(first_day=date(2024, 4, 2), last_day=date(2024, 4, 1)), ""),
    "days and a tag": (StoryFilter(first_day=date(2024, 3, 1), places=("minsk",)), "a c"),
    "a value no address could hold": (StoryFilter(places=("\ud800", "' OR 1=1 --")), ""),
}


@pytest.mark.parametrize(("filter", "expected"), FILTERS.values(), ids=FILTERS)
def test_filters(newsroom: Index, filter: StoryFilter, expected: str) -> None:
    assert found(newsroom, filter=filter) == expected.split()


def test_a_tag_that_is_only_proposed_filters_nothing(newsroom: Index) -> None:
    assert found(newsroom, filter=StoryFilter(places=("brest",))) == ["a", "b"]


def counts(values: tuple[FacetValue, ...]) -> dict[str, int]:
    return {value.value: value.count for value in values}


def test_facets_of_everything(newsroom: Index) -> None:
    facets = newsroom.search(StorySearch(facets=FACETS)).facets
    assert {facet: counts(values) for facet, values in facets.items()} == {
        "section": {"news": 3, "economy": 2, "ports": 1, "sport": 1, "culture": 1},
        "topic": {"trade": 2},
        "person": {"ann": 2},
        "place": {"brest": 2, "minsk": 2},
        "organisation": {"opera": 1},
        "language": {"en": 3, "ru": 1, "be": 1},
    }


def test_only_the_wanted_facets_are_counted(newsroom: Index) -> None:
    assert set(newsroom.search(StorySearch(facets=("topic",))).facets) == {"topic"}
    assert newsroom.search(StorySearch()).facets == {}


def test_a_facets_own_choice_does_not_change_its_values(newsroom: Index) -> None:
    chosen = StoryFilter(places=("brest",))
    facets = newsroom.search(StorySearch(filter=chosen, facets=("place", "topic", "person"))).facets
    assert counts(facets["place"]) == {"brest": 2, "minsk": 2}
    assert {value.value for value in facets["place"] if value.selected} == {"brest"}
    assert counts(facets["topic"]) == {"trade": 2}
    assert counts(facets["person"]) == {"ann": 1}


def test_a_chosen_value_is_listed_with_its_label_even_at_none(newsroom: Index) -> None:
    chosen = StoryFilter(organisations=("opera",), places=("minsk",))
    facets = newsroom.search(StorySearch(filter=chosen, facets=("organisation", "place"))).facets
    assert facets["organisation"] == (FacetValue(value="opera", label="Opera", count=0, selected=True),)
    assert facets["place"] == (FacetValue(value="minsk", label="Minsk", count=0, selected=True),)


def test_a_chosen_value_beyond_the_size_is_listed_too(newsroom: Index) -> None:
    search = StorySearch(filter=StoryFilter(sections=("ports",)), facets=("section",), facet_size=1)
    assert counts(newsroom.search(search).facets["section"]) == {"news": 3, "ports": 1}


def test_a_chosen_value_nobody_knows_is_listed_at_none(newsroom: Index) -> None:
    facets = newsroom.search(StorySearch(filter=StoryFilter(topics=("unheard-of",)), facets=("topic",))).facets
    assert FacetValue(value="unheard-of", label="unheard-of", count=0, selected=True) in facets["topic"]
    assert counts(facets["topic"])["trade"] == 2


def test_facet_values_come_by_count_then_label(newsroom: Index) -> None:
    values = newsroom.search(StorySearch(facets=("section", "place"))).facets
    assert [value.value for value in values["section"]] == ["news", "economy", "culture", "ports", "sport"]
    assert [value.label for value in values["place"]] == ["Brest", "Minsk"]


def test_a_term_says_the_label(newsroom: Index) -> None:
    put(newsroom, term("place:brest", "Brest on the Bug", version=2))
    labels = {value.value: value.label for value in newsroom.search(StorySearch(facets=("place",))).facets["place"]}
    assert labels == {"brest": "Brest on the Bug", "minsk": "Minsk"}


CHOICES: dict[Facet, tuple[tuple[str, ...], ...]] = {
    "section": ((), ("economy",), ("sport", "ports")),
    "place": ((), ("brest",), ("minsk", "brest")),
    "person": ((), ("ann",)),
    "language": ((), ("ru",)),
}


@pytest.mark.parametrize("query", ["", "grain", "-ship", "grain -ship", "nothing"])
@pytest.mark.parametrize("days", [(None, None), (date(2024, 3, 5), date(2024, 3, 5))])
def test_each_count_is_the_number_of_hits_after_the_click(
    newsroom: Index, query: str, days: tuple[date | None, date | None]
) -> None:
    for sections, places, persons, languages in product(*CHOICES.values()):
        chosen = dict(sections=sections, places=places, persons=persons, languages=languages)
        filter = StoryFilter(**chosen, first_day=days[0], last_day=days[1])
        page = newsroom.search(StorySearch(clauses=clauses(query), filter=filter, facets=FACETS))
        for facet, values in page.facets.items():
            for value in values:
                click = StoryFilter(**chosen | {f"{facet}s": (value.value,)}, first_day=days[0], last_day=days[1])
                hits = newsroom.search(StorySearch(clauses=clauses(query), filter=click)).total
                assert value.count == hits, (query, chosen, facet, value)
                assert value.selected == (value.value in filter.values(facet))


def test_a_correction_moves_a_story_from_one_value_to_another(newsroom: Index) -> None:
    put(newsroom, story("a", "Grain", sections="culture", version=2, tags=["place:gomel"]))
    facets = newsroom.search(StorySearch(facets=("section", "place"))).facets
    assert counts(facets["section"]) == {"news": 2, "culture": 2, "economy": 1, "ports": 1, "sport": 1}
    assert counts(facets["place"]) == {"brest": 1, "gomel": 1, "minsk": 1}


# --- days --------------------------------------------------------------------------------------------------------

MIDNIGHT = datetime(2023, 12, 31, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Minsk", date(2024, 1, 1)),
        ("America/Toronto", date(2023, 12, 31)),
        ("Asia/Tokyo", date(2024, 1, 1)),
        ("Pacific/Kiritimati", date(2024, 1, 1)),
        ("Pacific/Pago_Pago", date(2023, 12, 31)),
    ],
)
def test_a_story_belongs_to_the_newsrooms_day(new_index: NewIndex, zone: str, day: date) -> None:
    here = ZoneInfo(zone)
    index = new_index(here)
    put(index, story("a", at=MIDNIGHT, zone=here))
    assert index.count_by_day(StoryFilter()) == {day: 1}
    assert index.count_by_month(StoryFilter()) == {(day.year, day.month): 1}
    assert found(index, filter=StoryFilter(first_day=day, last_day=day)) == ["a"]


def test_days_and_months_are_counted(newsroom: Index) -> None:
    assert newsroom.count_by_day(StoryFilter()) == {date(2024, 3, 5): 4, date(2024, 4, 1): 1}
    assert newsroom.count_by_day(StoryFilter(first_day=date(2024, 3, 6))) == {date(2024, 4, 1): 1}
    assert newsroom.count_by_day(StoryFilter(places=("minsk",))) == {date(2024, 3, 5): 2}
    assert newsroom.count_by_day(StoryFilter(places=("nowhere",))) == {}
    assert newsroom.count_by_month(StoryFilter()) == {(2024, 3): 4, (2024, 4): 1}
    assert newsroom.count_by_month(StoryFilter(sections=("news",))) == {(2024, 3): 3}


def test_months_follow_the_text(newsroom: Index) -> None:
    assert newsroom.count_by_month(StoryFilter(), clauses("ship")) == {(2024, 3): 2, (2024, 4): 1}
    assert newsroom.count_by_month(StoryFilter(), clauses("-grain")) == {(2024, 3): 1, (2024, 4): 1}
    assert newsroom.count_by_month(StoryFilter(languages=("en",)), clauses("-ship")) == {(2024, 3): 1}
    assert newsroom.count_by_month(StoryFilter(), clauses("nothing")) == {}


def test_years_far_apart(index: Index) -> None:
    put(index, story("old", at=datetime(1870, 6, 1, tzinfo=UTC)), story("far", at=datetime(2190, 6, 1, tzinfo=UTC)))
    assert index.count_by_month(StoryFilter()) == {(1870, 6): 1, (2190, 6): 1}
    assert [hit.document.id for hit in index.search(StorySearch(sort="oldest")).hits] == ["old", "far"]


def test_an_empty_index_answers(index: Index) -> None:
    page = index.search(StorySearch(clauses=clauses("grain"), facets=FACETS, filter=StoryFilter(places=("brest",))))
    assert (page.total, page.hits, page.after) == (0, (), None)
    assert counts(page.facets["place"]) == {"brest": 0}
    assert index.count_by_day(StoryFilter()) == {}
    assert MINSK.key == "Europe/Minsk"


def test_a_search_counts_its_stories_by_month_whatever_days_were_chosen(index: Index) -> None:
    put(
        index,
        story("a", "grain", at=NOON),
        story("b", "grain", at=NOON - timedelta(days=400)),
        story("c", "sugar", at=NOON),
    )
    of_a_day = StoryFilter(first_day=NOON.date(), last_day=NOON.date())
    page = index.search(StorySearch(clauses=clauses("grain"), filter=of_a_day, months=StoryFilter()))
    assert page.total == 1
    assert page.months == index.count_by_month(StoryFilter(), clauses("grain"))
    assert sum(page.months.values()) == 2
