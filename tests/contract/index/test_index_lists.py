"""What pages list besides searches: related stories, tags side by side, events, terms, suggestions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from contract.index.conftest import NewIndex
from contract.index.newsroom_documents import NOON, crumbs, event, label_of, put, story, tag, term, withdrawn_story
from dateline.domain.document import TermDocument
from dateline.ports.index import EventSearch, Index, PutStatus, TermSearch

HOUR = timedelta(hours=1)


# --- related -----------------------------------------------------------------------------------------------------


def test_rare_tags_weigh_more_than_common_ones(index: Index) -> None:
    put(
        index,
        story("this", tags=["place:belarus", "person:holm", "topic:trade"]),
        story("both", at=NOON - 5 * HOUR, tags=["person:holm", "topic:trade"]),
        story("rare", at=NOON - 4 * HOUR, tags=["person:holm"]),
        *(story(f"common{n}", at=NOON - n * HOUR, tags=["place:belarus"]) for n in range(8)),
        story("none", tags=["place:brest"]),
    )
    [document] = index.get("story", ["this"])
    related = [other.id for other in index.related(document, 5)]  # type: ignore[arg-type]
    assert related[:2] == ["both", "rare"]
    assert related[2:] == ["common0", "common1", "common2"]


def test_related_is_never_the_story_itself_nor_a_withdrawn_one(index: Index) -> None:
    document = story("this", tags=["person:holm"])
    put(index, document, story("gone", tags=["person:holm"]))
    put(index, withdrawn_story("gone", version=2))
    assert index.related(document, 5) == ()


def test_related_needs_an_accepted_tag(index: Index) -> None:
    proposed = tag("person:holm", status="proposed")
    put(index, story("other", tags=[proposed]), story("third", tags=["person:holm"]))
    assert index.related(story("this", tags=[proposed]), 5) == ()
    assert index.related(story("this"), 5) == ()
    assert [other.id for other in index.related(story("this", tags=["person:holm"]), 5)] == ["third"]


# --- appears with ------------------------------------------------------------------------------------------------


def test_appears_with(index: Index) -> None:
    put(
        index,
        story("a", tags=["place:brest", "person:ann", "person:ben", "topic:trade"]),
        story("b", tags=["place:brest", "person:ann", "place:minsk"]),
        story("c", tags=["person:ben", tag("place:brest", status="proposed")]),
        story("d", tags=["place:brest", tag("person:cid", status="proposed")]),
        *(term(f"person:{name}") for name in ("ann", "ben")),
        term("place:minsk"),
        term("topic:trade"),
    )
    beside = index.appears_with("place", "brest", 5)
    assert {type: [(v.value, v.label, v.count) for v in values] for type, values in beside.items()} == {
        "topic": [("trade", "Trade", 1)],
        "person": [("ann", "Ann", 2), ("ben", "Ben", 1)],
        "place": [("minsk", "Minsk", 1)],
        "organisation": [],
    }
    assert [value.value for value in index.appears_with("place", "brest", 1)["person"]] == ["ann"]
    assert all(not values for values in index.appears_with("topic", "unheard-of", 5).values())


# --- mentions ----------------------------------------------------------------------------------------------------


def test_ids_mentioning_names_or_carrying_tags(index: Index) -> None:
    put(
        index,
        story("a", "Maria Holm speaks"),
        story("b", body="It was said by Maria Holm."),
        story("c", body="Holm, Maria"),
        story("d", tags=["person:holm"]),
        story("e", sections="news/sport"),
        story("f", "Nothing at all"),
        story("g", "Maria Holm again"),
    )
    put(index, withdrawn_story("g", version=2))

    def mentioning(names: list[str], keys: list[str], after: str = "", limit: int = 10) -> list[str]:
        return index.ids_mentioning(names, keys, after=after, limit=limit)

    assert mentioning(["Maria Holm"], []) == ["a", "b"]
    assert mentioning(["Maria Holm"], ["person:holm"]) == ["a", "b", "d"]
    assert mentioning([], ["section:news"]) == ["e"]
    assert mentioning(["Maria Holm", "nothing"], ["person:holm"], after="a", limit=2) == ["b", "d"]
    assert mentioning([], []) == mentioning([""], ["person:unknown"]) == []


def test_an_open_phrase_is_mentioned_with_any_ending(index: Index) -> None:
    put(
        index,
        story("a", "Two footbridges are shut"),
        story("b", "A bridge is shut"),
        story("c", "A new footbridge opens"),
        story("d", "An opening of a foot"),
    )
    assert index.ids_mentioning(["footbrid*"], [], after="", limit=10) == ["a", "c"]
    assert index.ids_mentioning(["new footbrid*"], [], after="", limit=10) == ["c"]


def test_a_term_may_have_very_many_names(index: Index) -> None:
    put(index, story("a", "Brest wins"), story("b", "Minsk wins"))
    names = [f"Name number {number}" for number in range(700)]
    assert index.ids_mentioning([*names, "Brest"], [], after="", limit=10) == ["a"]


# --- events ------------------------------------------------------------------------------------------------------


def days(first: str, last: str = "", **more: Any) -> EventSearch:
    return EventSearch(first_day=date.fromisoformat(first), last_day=date.fromisoformat(last or first), **more)


def ids(index: Index, search: EventSearch) -> list[str]:
    return [event.id for event in index.events(search)]


@pytest.fixture
def calendar(index: Index) -> Index:
    put(
        index,
        event("fair", (date(2024, 7, 3), date(2024, 7, 5)), tags=(tag("place:brest"), tag("topic:trade"))),
        event("match", (datetime(2024, 7, 4, 16, tzinfo=UTC), None), tags=(tag("place:minsk"),)),
        event("series", (date(2024, 7, 1), None), (date(2024, 9, 1), None), sections=crumbs("culture/stage")),
        event("weekly", (date(2024, 6, 1), None), (date(2024, 6, 8), None), unbounded=True),
        event("night", (datetime(2024, 7, 9, 20, 30, tzinfo=UTC), datetime(2024, 7, 9, 22, tzinfo=UTC))),
    )
    put(index, replace(event("off", (date(2024, 7, 4), None), version=2), withdrawn=True))
    return index


def test_events_are_found_by_the_days_they_touch(calendar: Index) -> None:
    assert ids(calendar, days("2024-07-04")) == ["weekly", "fair", "match"]
    assert ids(calendar, days("2024-07-01", "2024-07-31")) == ["weekly", "series", "fair", "match", "night"]
    assert ids(calendar, days("2024-07-05")) == ["weekly", "fair"]
    assert ids(calendar, days("2024-07-06")) == ["weekly"]
    assert ids(calendar, days("2024-08-15")) == ["weekly"]
    assert ids(calendar, days("2024-09-01")) == ["weekly", "series"]
    assert ids(calendar, days("2024-05-31")) == []
    assert ids(calendar, days("2099-01-01")) == ["weekly"]


def test_an_events_days_are_the_newsrooms(calendar: Index) -> None:
    assert ids(calendar, days("2024-07-09")) == ["weekly", "night"]
    assert ids(calendar, days("2024-07-10")) == ["weekly", "night"]


def test_an_all_day_event_is_on_its_day_everywhere(new_index: NewIndex) -> None:
    for zone in ("America/Toronto", "Asia/Tokyo", "Pacific/Kiritimati"):
        here = ZoneInfo(zone)
        index = new_index(here)
        put(index, event("fair", (date(2024, 7, 3), None), zone=here))
        assert ids(index, days("2024-07-02")) == ids(index, days("2024-07-04")) == []
        assert ids(index, days("2024-07-03")) == ["fair"]


def test_an_exception_is_found_on_the_day_it_stands_for_too(calendar: Index) -> None:
    moved = event("moved", (datetime(2024, 8, 20, 9, tzinfo=UTC), None), recurrence_id="2024-07-06T21:30:00Z")
    early = event("early", (date(2024, 6, 20), None), recurrence_id="2024-09-10")
    put(calendar, moved, early)
    assert ids(calendar, days("2024-07-07")) == ["weekly", "moved"]
    assert ids(calendar, days("2024-08-20")) == ["weekly", "moved"]
    assert ids(calendar, days("2024-08-21")) == ["weekly"]
    assert ids(calendar, days("2024-09-10")) == ["weekly", "early"]


def test_events_are_filtered(calendar: Index) -> None:
    whole = ("2024-07-01", "2024-07-31")
    assert ids(calendar, days(*whole, places=("brest", "minsk"))) == ["fair", "match"]
    assert ids(calendar, days(*whole, places=("minsk",), topics=("trade",))) == []
    assert ids(calendar, days(*whole, sections=("culture",))) == ["series"]
    assert ids(calendar, days(*whole, sections=("stage",))) == ["series"]
    assert ids(calendar, days(*whole, organisations=("none",))) == []


def test_a_correction_with_fewer_dates_leaves_none_behind(calendar: Index) -> None:
    put(calendar, event("series", (date(2024, 7, 1), None), version=2))
    assert "series" not in ids(calendar, days("2024-09-01"))
    assert [document.withdrawn for document in calendar.get("event", ["off"])] == [True]


# --- terms -------------------------------------------------------------------------------------------------------


@pytest.fixture
def vocabulary(index: Index) -> Index:
    put(
        index,
        term("place:brest", aliases=("Brest-Litovsk", "Берасце"), labels={"ru": "Брест"}),
        term("place:brest-fortress"),
        term("place:minsk"),
        term("place:aland", "Åland"),
        term("topic:trade", landing=True, order=2),
        term("topic:castles", landing=True, order=1),
        term("topic:baths", landing=True, order=2),
        term("topic:other"),
        term("section:news"),
        term("place:gone", version=2, withdrawn=True),
        story("a", "Brest trade fair", sections="news/sport", tags=["place:brest", "topic:trade"]),
        story("b", "Fair in Minsk", at=NOON + HOUR, sections="news", tags=["place:minsk", "place:brest"]),
    )
    return index


def slugs(index: Index, search: TermSearch) -> list[str]:
    return [line.document.slug for line in index.terms(search).lines]


def test_terms_come_in_label_order_with_their_stories(vocabulary: Index) -> None:
    lines = vocabulary.terms(TermSearch(type="place")).lines
    assert [(line.document.slug, line.stories) for line in lines] == [
        ("aland", 0),
        ("brest", 2),
        ("brest-fortress", 0),
        ("minsk", 1),
    ]
    [news] = vocabulary.terms(TermSearch(type="section")).lines
    assert (news.document.label, news.stories) == ("News", 2)


def test_terms_by_the_beginning_of_their_label(vocabulary: Index) -> None:
    assert slugs(vocabulary, TermSearch(type="place", prefix="br")) == ["brest", "brest-fortress"]
    assert slugs(vocabulary, TermSearch(type="place", prefix="BREST F")) == ["brest-fortress"]
    assert slugs(vocabulary, TermSearch(type="place", prefix="a")) == ["aland"]
    assert slugs(vocabulary, TermSearch(type="place", prefix="z")) == []
    assert slugs(vocabulary, TermSearch(type="person")) == []


def test_landing_terms_come_in_their_order(vocabulary: Index) -> None:
    assert slugs(vocabulary, TermSearch(type="topic", landing=True)) == ["castles", "baths", "trade"]


@pytest.mark.parametrize("limit", [1, 2, 3, 10])
@pytest.mark.parametrize("landing", [False, True])
def test_terms_in_pages(index: Index, limit: int, landing: bool) -> None:
    names = ["Zeta", "alpha", "Beta", "beta", "Gamma", "delta"]
    put(index, *(term(f"topic:t{n}", name, landing=True, order=n % 2) for n, name in enumerate(names)))
    whole = slugs(index, TermSearch(type="topic", landing=landing))
    assert len(whole) == len(names)
    seen: list[str] = []
    after = None
    for _ in range(len(names) + 1):
        page = index.terms(TermSearch(type="topic", landing=landing, limit=limit, after=after))
        seen += [line.document.slug for line in page.lines]
        after = page.after
        if after is None:
            break
    assert seen == whole


def test_a_renamed_and_a_withdrawn_term(vocabulary: Index) -> None:
    put(vocabulary, term("place:brest", "Berestye", version=2), term("place:minsk", version=2, withdrawn=True))
    assert slugs(vocabulary, TermSearch(type="place")) == ["aland", "brest", "brest-fortress"]
    assert [document.withdrawn for document in vocabulary.get("term", ["place:minsk"])] == [True]
    assert [found.id for found in vocabulary.suggest("berest", 5)] == ["place:brest"]


def test_an_unlisted_term_can_be_opened_and_is_in_no_list(vocabulary: Index) -> None:
    put(
        vocabulary, term("place:bridgetown", unlisted=True), term("section:bridges", unlisted=True),
        term("topic:trade", version=2, unlisted=True, landing=True), term("topic:gone", unlisted=True, withdrawn=True),
    )  # fmt: skip
    opened = vocabulary.get("term", ["place:bridgetown", "topic:trade", "topic:gone", "topic:castles"])
    assert [document.unlisted for document in opened if isinstance(document, TermDocument)] == [True, True, True, False]
    assert slugs(vocabulary, TermSearch(type="place", prefix="br")) == ["brest", "brest-fortress"]
    assert slugs(vocabulary, TermSearch(type="section")) == ["news"]
    assert slugs(vocabulary, TermSearch(type="topic", landing=True)) == ["castles", "baths"]
    assert [found.id for found in vocabulary.suggest("bridge", 5)] == []
    assert vocabulary.spelling("bridgetwon") is None
    put(vocabulary, term("place:bridgetown", version=2))
    assert slugs(vocabulary, TermSearch(type="place", prefix="br")) == ["brest", "brest-fortress", "bridgetown"]
    assert [found.id for found in vocabulary.suggest("bridge", 5)] == ["place:bridgetown"]


def test_a_write_of_version_0_lists_no_unlisted_term(vocabulary: Index) -> None:
    put(vocabulary, term("topic:merger", version=3, unlisted=True))
    assert [one.status for one in vocabulary.put([term("topic:merger", version=0)])] == [PutStatus.NEWER]
    assert slugs(vocabulary, TermSearch(type="topic", prefix="m")) == []


def test_counts_of_terms_follow_the_stories(vocabulary: Index) -> None:
    put(vocabulary, withdrawn_story("a", version=2), story("b", tags=["place:minsk"], version=2))
    counts = {line.document.slug: line.stories for line in vocabulary.terms(TermSearch(type="place")).lines}
    assert counts == {"aland": 0, "brest": 0, "brest-fortress": 0, "minsk": 1}


# --- suggestions -------------------------------------------------------------------------------------------------


def suggested(index: Index, prefix: str, limit: int = 10) -> list[str]:
    return [found.id for found in index.suggest(prefix, limit)]


def test_terms_are_suggested_before_stories_and_newer_stories_first(vocabulary: Index) -> None:
    assert suggested(vocabulary, "fair") == ["b", "a"]
    found = suggested(vocabulary, "bre")
    assert set(found[:-1]) == {"place:brest", "place:brest-fortress"}
    assert found[-1] == "a"
    [first, *_] = vocabulary.suggest("trad", 5)
    assert (first.kind, first.id, first.type, first.slug, first.label) == (
        "term", "topic:trade", "topic", "trade", "Trade",
    )  # fmt: skip
    story = vocabulary.suggest("fair", 1)[0]
    assert (story.kind, story.id, story.label, story.slug) == ("story", "b", "Fair in Minsk", "b")


def test_any_word_may_begin_with_what_was_typed(vocabulary: Index) -> None:
    assert suggested(vocabulary, "fort") == ["place:brest-fortress"]
    assert suggested(vocabulary, "FORT") == ["place:brest-fortress"]
    assert suggested(vocabulary, "brest fo") == ["place:brest-fortress"]
    assert suggested(vocabulary, "litov") == ["place:brest"]
    assert suggested(vocabulary, "бер") == ["place:brest"]
    assert suggested(vocabulary, "ala") == ["place:aland"]
    assert suggested(vocabulary, "ortress") == []
    assert suggested(vocabulary, "") == suggested(vocabulary, "  ") == []


def test_suggestions_are_as_many_as_asked_for(vocabulary: Index) -> None:
    assert len(suggested(vocabulary, "bre", 2)) == 2
    assert len(suggested(vocabulary, "b", 1)) == 1


def test_withdrawn_things_are_not_suggested(vocabulary: Index) -> None:
    assert suggested(vocabulary, "gone") == []
    put(vocabulary, withdrawn_story("a", version=2), story("b", "Renamed", version=2))
    assert suggested(vocabulary, "fair") == []
    assert suggested(vocabulary, "rena") == ["b"]
    assert label_of("brest-fortress") == "Brest Fortress"
