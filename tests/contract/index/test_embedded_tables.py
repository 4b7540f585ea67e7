"""The tables of the embedded index: kept counts stay true through every edit, and no query reads every story."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from contract.index.newsroom_documents import (
    MINSK,
    NOON,
    clauses,
    event,
    put,
    story,
    tag,
    term,
    withdrawn_story,
)
from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.embedded.analysis import folded, indexed, plain_words, prepared, tokens_of
from dateline.adapters.embedded.tables.schema import INITIALS
from dateline.analysis.folding import fold
from dateline.domain.document import Document, StoryDocument
from dateline.ports.index import FACETS, EventSearch, StoryFilter, StorySearch, TermSearch

WORDS = ["grain", "ship", "Gdańsk", "o’brien", "Belarus's", "U.S.", "tractors", "музей", "40.5", "harbour", "lamp"]
TAGS = ["place:brest", "place:minsk", "person:ann", "topic:trade", "organisation:opera"]


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[EmbeddedIndex]:
    index = EmbeddedIndex(tmp_path / "index", MINSK)
    index.ensure()
    yield index
    index.close()


DERIVED = {
    "stories": "SELECT id, published, day FROM story",
    "days": "SELECT day, stories FROM day_count",
    "values": "SELECT facet, slug, stories FROM facet_value WHERE stories > 0",
    "carried": (
        "SELECT s.id, f.facet, f.slug, v.published FROM story_value AS v"
        " JOIN story AS s ON s.number = v.story JOIN facet_value AS f ON f.number = v.value"
    ),
    "words": "SELECT word, length, stories FROM word",
    "starts": "SELECT h.start, s.id FROM headline_start AS h JOIN story AS s ON s.number = h.story",
    "text": "SELECT s.id, t.headline, t.body, t.place, t.slugs FROM text AS t JOIN story AS s ON s.number = t.rowid",
    "rows": (
        "SELECT (SELECT count(*) FROM text), (SELECT count(*) FROM story), (SELECT count(*) FROM headline_start),"
        " (SELECT count(*) FROM story_value), (SELECT count(*) FROM occurrence), (SELECT count(*) FROM event_value),"
        " (SELECT count(*) FROM term_start), (SELECT count(*) FROM term), (SELECT count(*) FROM event)"
    ),
}


def tables(index: EmbeddedIndex) -> dict[str, list[tuple[Any, ...]]]:
    with index._connections.reading() as connection:
        return {name: sorted(connection.execute(sql).fetchall()) for name, sql in DERIVED.items()}


def packed(index: EmbeddedIndex) -> dict[str, set[str]]:
    """``story.carries`` with its numbers resolved."""
    with index._connections.reading() as connection:
        values = connection.execute("SELECT number, facet, slug FROM facet_value").fetchall()
        tokens = {f"{INITIALS[facet]}{number}": f"{facet}:{slug}" for number, facet, slug in values}
        rows = connection.execute("SELECT id, carries FROM story").fetchall()
    return {id: {tokens[token] for token in carries.split(",")} for id, carries in rows}


def random_document(chance: random.Random, version: int) -> Document:
    id = f"s{chance.randrange(12)}"
    if chance.random() < 0.2:
        return withdrawn_story(id, version=version)
    text = [" ".join(chance.choices(WORDS, k=chance.randrange(6))) for _ in range(3)]
    return story(
        id, text[0], text[1], summary=text[2], version=version, at=NOON + timedelta(days=chance.randrange(4)),
        sections=chance.choice(["", "news", "news/sport"]), tags=chance.sample(TAGS, chance.randrange(4)),
        language=chance.choice(["en", "ru"]),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_after_any_edits_the_tables_are_those_of_a_fresh_index(
    embedded: EmbeddedIndex, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    for version in range(1, 40):
        embedded.put([random_document(chance, version) for _ in range(chance.randrange(1, 5))])
    embedded.put(
        [event("e", (date(2024, 7, 1), None), (date(2024, 7, 8), None)), term("place:brest", aliases=("Bierascie",))]
    )
    embedded.put([event("e", (date(2024, 7, 1), None), version=2), term("place:brest", version=2)])
    ids = [id for id, _ in embedded.versions("story")]
    fresh = EmbeddedIndex(tmp_path / "fresh", MINSK)
    fresh.ensure()
    put(fresh, *embedded.get("story", ids), *embedded.get("event", ["e"]), *embedded.get("term", ["place:brest"]))
    assert tables(embedded) == tables(fresh)
    assert packed(embedded) == packed(fresh)
    with embedded._connections.writing() as connection:
        connection.execute("INSERT INTO text (text, rank) VALUES ('integrity-check', 1)")
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    fresh.close()


# --- plans -------------------------------------------------------------------------------------------------------

THIS = story("s1", tags=["place:brest", "person:ann"])
READS: dict[str, Callable[[EmbeddedIndex], object]] = {
    "everything": lambda index: index.search(StorySearch(facets=FACETS)),
    "page two": lambda index: index.search(StorySearch(sort="oldest", after=("0", "s1"))),
    "text": lambda index: index.search(StorySearch(clauses=clauses("grain -ship"), facets=FACETS, highlight=True)),
    "excluded": lambda index: index.search(StorySearch(clauses=clauses("-ship"), facets=FACETS)),
    "section": lambda index: index.search(StorySearch(filter=StoryFilter(sections=("news",)), facets=FACETS)),
    "two facets": lambda index: index.search(
        StorySearch(filter=StoryFilter(sections=("news",), places=("brest",)), facets=FACETS)
    ),
    "days": lambda index: index.search(
        StorySearch(filter=StoryFilter(first_day=date(2024, 3, 5), last_day=date(2024, 3, 6)), facets=FACETS)
    ),
    "before a day": lambda index: index.search(
        StorySearch(filter=StoryFilter(last_day=date(2024, 3, 6)), sort="newest", limit=1)
    ),
    "of one value": lambda index: index.search(StorySearch(filter=StoryFilter(places=("brest",)), limit=2)),
    "all of it": lambda index: index.search(
        StorySearch(
            clauses=clauses("grain"),
            filter=StoryFilter(sections=("news",), persons=("ann",), first_day=date(2024, 3, 5)),
            facets=FACETS,
            highlight=True,
        )
    ),
    "archive": lambda index: index.count_by_day(StoryFilter(first_day=date(2024, 3, 1), last_day=date(2024, 3, 31))),
    "months": lambda index: index.count_by_month(StoryFilter(places=("brest",))),
    "get": lambda index: index.get("story", ["s1", "s2"]),
    "related": lambda index: index.related(THIS, 5),
    "appears with": lambda index: index.appears_with("place", "brest", 5),
    "mentions": lambda index: index.ids_mentioning(["grain"], ["place:brest"], after="", limit=10),
    "events": lambda index: index.events(EventSearch(first_day=date(2024, 7, 1), last_day=date(2024, 7, 31))),
    "terms": lambda index: index.terms(TermSearch(type="place", prefix="b")),
    "landing": lambda index: index.terms(TermSearch(type="topic", landing=True)),
    "suggest": lambda index: index.suggest("gr", 5),
    "spelling": lambda index: index.spelling("graim"),
    "versions": lambda index: index.versions("story", after="s1", limit=5),
}
GROWING = {
    "s",
    "story",
    "v",
    "story_value",
    "d",
    "document",
    "f",
    "facet_value",
    "word",
    "headline_start",
    "occurrence",
}
"""Tables that grow with the stories or their words, and their aliases."""


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_no_query_reads_every_story(embedded: EmbeddedIndex, read: Callable[[EmbeddedIndex], object]) -> None:
    put(embedded, *(story(f"s{n}", "grain", sections="news", tags=["place:brest"]) for n in range(30)))
    statements: list[str] = []
    with embedded._connections.reading() as connection:
        connection.set_trace_callback(statements.append)
    read(embedded)
    connection.set_trace_callback(None)
    queries = [sql for sql in statements if sql.startswith(("INSERT", "SELECT")) and "FROM day_count" not in sql]
    assert len(statements) > 2
    for sql in queries:
        for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}"):
            scan = re.match(r"SCAN (\w+)", step)
            assert not scan or scan[1] not in GROWING or ("USING" in step and "LIMIT" in sql), (sql, step)


# --- words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "O’Brien's",
        "U.S.A. and e.g. this",
        "4,200.5",
        "l’e\u0301cole",
        "a\u00adb\u200dc",
        "\ue000\ue012\x00",
        "İ ß 😀",
        "'''",
        "...",
    ],
)
def test_a_prepared_text_is_as_long_as_the_folded_text(text: str) -> None:
    assert len(prepared(fold(text))) == len(fold(text))


def test_what_becomes_a_word() -> None:
    assert tokens_of("Kursk-based") == ["Kursk", "based"]
    assert tokens_of("Belarus’s Belarus' Belarus's") == ["Belarus"] * 3
    assert tokens_of("O’Brien") == tokens_of("O'Brien")
    assert tokens_of("U.S.") == tokens_of("U.S") != tokens_of("U S")
    assert tokens_of("_x_ 40.5% $250") == ["x", tokens_of("40.5")[0], "250"]
    assert tokens_of(" -- '\u0301 ") == []


def test_words_for_spelling_and_suggestions() -> None:
    assert plain_words([indexed("Łódź’s tractors, 40.5 an U.S. don't")]) == {"lódź", "tractors", "dont"}
    assert folded("  Åland—ISLANDS, (Ö) ") == "aland islands o"


def test_a_story_document_survives_whole(embedded: EmbeddedIndex) -> None:
    whole = replace(THIS, tags=(tag("place:brest", score=0.25, source="editor"),), urgency=3, keywords=("a", "b"))
    put(embedded, whole)
    [back] = embedded.get("story", ["s1"])
    assert isinstance(back, StoryDocument)
    assert back == whole
