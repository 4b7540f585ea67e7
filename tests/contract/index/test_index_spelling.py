"""Did you mean: offered for a word that is unknown, or 100 times rarer than its neighbour; never a correction."""

from __future__ import annotations

import pytest

from contract.index.newsroom_documents import found, put, story, withdrawn_story
from dateline.ports.index import Clause, Index, StorySearch


@pytest.fixture
def newsroom(index: Index) -> Index:
    put(index, story("a", "Tractors of Kursk", "Turnover of the harbour. Музей открыт."), story("b", "The museum wing"))
    put(index, story("c", "Новости", "Поезда стоят на вокзале", language="ru"))
    return index


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("museun", "museum"),
        ("musuem", "museum"),
        ("musum", "museum"),
        ("mussseum", "museum"),
        ("harbuor", "harbour"),
        ("turnovr", "turnover"),
        ("TURNOVR", "turnover"),
        ("kurks", "kursk"),
        ("муэей", "музей"),
        ("вакзале", "вокзале"),
    ],
)
def test_an_unknown_word_near_a_known_one(newsroom: Index, word: str, meant: str) -> None:
    assert newsroom.spelling(word) == meant
    assert found(newsroom, word) == []


@pytest.mark.parametrize(
    "word",
    ["museum", "tractor", "tractors", "Kursk", "museumological", "xyzzy", "12345", "4x4", "", "an", "!!!", "a b"],
)
def test_no_offer(newsroom: Index, word: str) -> None:
    assert newsroom.spelling(word) is None


def test_a_rare_word_is_questioned_only_beside_one_a_hundred_times_better_known(index: Index) -> None:
    seldom = [story(f"s{number:03}", "A hall" if number % 2 else "A museum", "The museum") for number in range(99)]
    put(index, story("typo", "A musuem"), *seldom)
    assert index.spelling("musuem") is None
    put(index, story("s099", "A museum"))
    assert index.spelling("musuem") == "museum"
    assert index.spelling("museum") is None


def test_a_search_names_better_known_words_too(newsroom: Index) -> None:
    page = newsroom.search(StorySearch(clauses=(Clause(text="museun"),), spelling=("museun", "kurks", "museum", "a b")))
    assert page.total == 0
    assert page.spelling == {"museun": "museum", "kurks": "kursk"}


def test_words_of_withdrawn_and_corrected_stories_are_forgotten(newsroom: Index) -> None:
    put(newsroom, withdrawn_story("b", version=2), story("a", "Tractors", version=2))
    assert newsroom.spelling("museun") is None
    assert newsroom.spelling("turnovr") is None
    assert newsroom.spelling("tractros") == "tractors"
