"""Texts that are slow to search and to mark: megabytes of one word; and queries of many words that are one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest

from dateline import deadline
from dateline.adapters.embedded import EmbeddedIndex, connections, spelling
from dateline.adapters.embedded import search as search_module
from dateline.adapters.embedded.text import highlights
from dateline.adapters.embedded.text.fts_query import MAX_PHRASES, MAX_TOKENS, query_of
from dateline.adapters.embedded.text.stems import stems_of
from dateline.domain.document import StoryDocument
from dateline.domain.tag import Tag
from dateline.errors import IndexUnavailable
from dateline.ports.index import FACETS, MARKED_LENGTH, Index, StoryFilter, StorySearch, TermSearch
from dateline_web.search.syntax import parse
from unit.indexer.parts import MINSK

NOW: Final = datetime(2026, 3, 2, tzinfo=UTC)
LONG: Final = 30 * MARKED_LENGTH


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EmbeddedIndex]:
    index = EmbeddedIndex(tmp_path / "index", MINSK)
    index.ensure()
    yield index
    index.close()


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the texts that are tokenised anew to be marked."""
    lengths: list[int] = []
    indexed = highlights.indexed

    def counting(text: str) -> str:
        lengths.append(len(text))
        return indexed(text)

    monkeypatch.setattr(highlights, "indexed", counting)
    return lengths


def story(id: str, body: str) -> StoryDocument:
    return StoryDocument(
        id=id, version=1, revision=1, published_at=NOW, updated_at=NOW, day=date(2026, 3, 2), headline="Minsk",
        slug="minsk", body_text=body, tags=(Tag(type="place", slug="minsk", label="Minsk"),),
    )  # fmt: skip


def put(index: EmbeddedIndex, id: str, body: str) -> None:
    index.put([story(id, body)])


def search(text: str) -> StorySearch:
    return StorySearch(clauses=parse(text).clauses, highlight=True, brief=True)


def match_of(index: EmbeddedIndex, text: str) -> str:
    with index._connections.reading() as connection:
        return query_of(parse(text).clauses, partial(stems_of, connection)).match


# --- what is marked ---
@pytest.mark.parametrize(
    "sentence", ["minsk ", "The mayor of Minsk said so. ", "明斯克minsk。", "Mińsk, mi\u0301nsk. "]
)
def test_of_a_long_text_a_part_is_marked(index: EmbeddedIndex, looked_at: list[int], sentence: str) -> None:
    for number in range(2):
        put(index, f"s{number}", sentence * (LONG // len(sentence)))
    page = index.search(search("minsk mayor " + " ".join(f"w{number}" for number in range(40))))
    assert page.total == 2
    for hit in page.hits:
        assert hit.highlights["headline"] == ("<mark>Minsk</mark>",)
        assert "<mark>" in hit.highlights["body"][0]
        assert sum(map(len, hit.highlights["body"])) < MARKED_LENGTH // 2
    assert len(looked_at) == 2 * 2
    assert max(looked_at) <= MARKED_LENGTH


@pytest.mark.parametrize("word", ["bridges", "Bridge", "мост"])
def test_a_match_far_behind_is_shown(index: EmbeddedIndex, looked_at: list[int], word: str) -> None:
    filler = "Nothing of note was said at all. " * (MARKED_LENGTH // 10)
    put(index, "a", f"{filler}Then a {word} opened, they said. {filler}")
    [hit] = index.search(search(word.lower())).hits
    assert f"Then a <mark>{word}</mark> opened" in hit.highlights["body"][0]
    assert max(looked_at) <= MARKED_LENGTH


def test_where_none_is_found_the_looking_ends(index: EmbeddedIndex, looked_at: list[int]) -> None:
    put(index, "a", "flyer flyover " * (LONG // 14))
    [hit] = index.search(search("minsk fly")).hits
    assert set(hit.highlights) == {"headline"}
    assert len(looked_at) <= 2 * 3


def test_a_part_is_of_whole_words(index: EmbeddedIndex) -> None:
    put(index, "a", "abcdefghi " * MARKED_LENGTH)
    [hit] = index.search(search("abcdefghi")).hits
    assert set("".join(hit.highlights["body"]).replace("<mark>abcdefghi</mark>", "")) <= {" "}
    put(index, "b", "xy" * MARKED_LENGTH)
    assert "body" not in index.search(search("xyxy minsk")).hits[0].highlights


# --- what is looked for ---
@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("minsk Minsk mInsk miNsk MINSK minSK Minsk", 1),
        ("mińsk mínsk minsk mïnsk minśk mìnsk Мińsk", 2),
        ("bridge bridges bridged bridging Bridge's bridge", 1),
        ("body:minsk body:Minsk body:mińsk body:MINSK body:minsks", 1),
        ('"in minsk" "in Minsk" "in mińsk" "in minsks" "In MINSK"', 1),
        ("-minsk -Minsk -mińsk -minsks -mInsk grain", 2),
        ("grain harbour bridge mayor minsk trade", 6),
        ("grain grain", 1),
    ],
)
def test_what_matches_in_the_same_places_is_looked_for_once(index: EmbeddedIndex, text: str, phrases: int) -> None:
    assert match_of(index, text).count('"') == 2 * phrases


def test_words_of_one_stem_still_find_and_mark_each_other(index: EmbeddedIndex) -> None:
    put(index, "a", "They bridged it. Bridges, and a bridge.")
    [hit] = index.search(search("bridge bridges bridged bridging Bridge's BRIDGE")).hits
    assert hit.highlights["body"][0].count("<mark>") == 3


def test_of_a_very_long_phrase_its_beginning_is_looked_for(index: EmbeddedIndex) -> None:
    put(index, "a", "a b " * 100)
    put(index, "b", "a b " * (MAX_TOKENS // 2 - 1))
    text = '"' + "a b " * 49 + '"'
    assert match_of(index, text).count(" a") == MAX_TOKENS // 2 - 1
    assert [hit.document.id for hit in index.search(search(text)).hits] == ["a"]


def test_of_a_long_run_without_spaces_some_parts_are_looked_for(index: EmbeddedIndex) -> None:
    run = "".join(chr(0x4E00 + number) for number in range(200))
    put(index, "a", run)
    assert match_of(index, run).count('"') <= 2 * MAX_PHRASES
    assert index.search(search(run)).total == 1


# --- when it ends ---
def test_the_budget_ends_the_work_between_two_hits(index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=time.monotonic())
    monkeypatch.setattr(deadline, "time", SimpleNamespace(monotonic=lambda: clock.now))
    marked: list[int] = []

    def slow(_: object, number: int, *__: object) -> dict[str, tuple[str, ...]]:
        marked.append(number)
        clock.now += 1.5
        return {}

    monkeypatch.setattr(search_module, "highlights_of", slow)
    for number in range(9):
        put(index, f"s{number}", "It is so.")
    with pytest.raises(IndexUnavailable, match="too long"):
        index.search(search("minsk"))
    assert len(marked) == 3


WAYS: Final[dict[str, Callable[[Index], object]]] = {
    "search": lambda index: index.search(search("minsk")),
    "feed": lambda index: index.search(StorySearch(sort="newest")),
    "facets": lambda index: index.search(StorySearch(facets=FACETS, limit=1)),
    "months": lambda index: index.count_by_month(StoryFilter(), parse("minsk").clauses),
    "days": lambda index: index.count_by_day(StoryFilter(places=("minsk",))),
    "related": lambda index: index.related(story("b", ""), 5),
    "beside": lambda index: index.appears_with("place", "minsk", 5),
    "suggestions": lambda index: index.suggest("min", 5),
    "spelling": lambda index: index.spelling("minks"),
    "terms": lambda index: index.terms(TermSearch(type="place", limit=5)),
    "mentions": lambda index: index.ids_mentioning(["Minsk"], [], after="", limit=5),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_budget_ends_every_way_to_read(index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    put(index, "a", "It is so.")
    WAYS[way](index)
    monkeypatch.setattr(connections, "BUDGET_SECONDS", 0.0)
    monkeypatch.setattr(connections, "STEPS_BETWEEN_LOOKS", 1)
    with pytest.raises(IndexUnavailable):
        WAYS[way](index)


def test_a_misspelt_word_is_compared_with_the_best_known_ones(
    index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text may be of 200,000 random words that begin alike."""
    put(index, "a", "minsky " + " ".join(f"min{one}{two}y" for one in "abcdefgh" for two in "abcdefgh"))
    put(index, "b", "minsky")
    compared: list[str] = []
    edits = spelling.edits
    monkeypatch.setattr(spelling, "COMPARED", 10)
    monkeypatch.setattr(spelling, "edits", lambda one, other: compared.append(other) or edits(one, other))
    assert index.spelling("minsly") == "minsky"
    assert len(compared) <= 10


def test_better_known_words_are_offered_while_there_is_time(
    index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(index, "a", "harbour grain")
    clock = iter([0.0, 0.5, spelling.SECONDS])
    monkeypatch.setattr(spelling, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    page = index.search(StorySearch(clauses=parse("minsk").clauses, spelling=("harbuor", "graim")))
    assert (page.total, page.spelling) == (1, {"harbuor": "harbour"})
