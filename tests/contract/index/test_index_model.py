"""The index against a plain Python model: random stories, edits, withdrawals, reindexing and queries must agree.

The words are ones that no analysis changes: no stop words, no endings a stemmer takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from contract.index.conftest import NewIndex
from contract.index.index_model import IndexModel, values_of
from contract.index.newsroom_documents import MINSK, all_pages, ids, story, tag, withdrawn_story
from dateline.domain.document import StoryDocument
from dateline.domain.tag import Tag
from dateline.ports.index import FACETS, Clause, Facet, Index, Sort, StoryFilter, StorySearch

WORDS = ["kursk", "brest", "port", "grain", "ship", "fox", "lamp", "gold", "wind", "salt", "bird", "map"]
PATHS = ["", "port", "port/ship", "wind", "wind/salt"]
TAGS = [
    tag("place:kursk"),
    tag("place:brest-port", "Brest Port"),
    tag("person:gold", "Gold"),
    tag("person:bird", "Bird Fox"),
    tag("topic:grain", "Grain"),
    tag("organisation:lamp", "Lamp Map"),
    tag("topic:salt", "Salt", status="proposed"),
]
BEGIN = datetime(2024, 2, 28, 20, tzinfo=UTC)

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
ids_of_stories = st.sampled_from([f"s{number}" for number in range(8)])
moments = st.integers(0, 20).map(lambda hours: BEGIN + timedelta(hours=4 * hours))
tag_sets: st.SearchStrategy[list[str | Tag]] = st.lists(st.sampled_from(TAGS), max_size=4, unique=True)

documents = st.builds(
    story,
    ids_of_stories,
    texts,
    texts,
    at=moments,
    version=st.integers(0, 6),
    sections=st.sampled_from(PATHS),
    tags=tag_sets,
    summary=texts,
    byline=st.sampled_from(["", *WORDS]),
    language=st.sampled_from(["en", "ru"]),
) | st.builds(withdrawn_story, ids_of_stories, version=st.integers(0, 6), at=moments)

phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join)
fields = st.sampled_from(["headline", "summary", "body", "byline", "section", "person", "place", "topic"])
words = st.builds(Clause, text=st.sampled_from(WORDS), exclude=st.booleans(), field=st.none() | fields)
some_clauses = st.lists(
    words | st.builds(Clause, text=phrases, phrase=st.just(True), exclude=st.booleans(), field=st.none() | fields),
    max_size=4,
).map(tuple)
queries: st.SearchStrategy[tuple[Clause, ...]] = st.just(()) | some_clauses

days = st.none() | moments.map(lambda moment: moment.astimezone(MINSK).date())


def _some(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.just(()) | st.lists(st.sampled_from(values), min_size=1, max_size=2).map(tuple)


filters = st.just(StoryFilter()) | st.builds(
    StoryFilter,
    sections=_some(["port", "ship", "wind", "salt"]),
    places=_some(["kursk", "brest-port"]),
    persons=_some(["gold", "bird"]),
    topics=_some(["grain", "salt"]),
    languages=_some(["en", "ru"]),
    first_day=days,
    last_day=days,
)
sorts: st.SearchStrategy[Sort] = st.sampled_from(["relevance", "newest", "oldest"])


class IndexMachine(RuleBasedStateMachine):
    """Writes and queries in any order."""

    new_index: NewIndex

    def __init__(self) -> None:
        super().__init__()
        self.model = IndexModel()
        self.index: Index

    @initialize()
    def begin(self) -> None:
        self.index = type(self).new_index(MINSK)

    def teardown(self) -> None:
        self.index.close()

    @rule(batch=st.lists(documents, min_size=1, max_size=6))
    def put(self, batch: list[StoryDocument]) -> None:
        assert [result.status for result in self.index.put(batch)] == self.model.put(batch)

    @rule(batch=st.lists(documents, max_size=4))
    def reindex(self, batch: list[StoryDocument]) -> None:
        """Fill a new generation: live writes first, then the ledger's replay, then swap and drop."""
        old, new = self.index.current_generation(), self.index.create_generation()
        fresh = IndexModel()
        for documents in (batch, list(self.model.stories.values())):
            statuses = [result.status for result in self.index.put(documents, generation=new)]
            assert statuses == fresh.put(documents, strictly=True)
        self.index.swap(new)
        self.index.drop_generation(old)
        self.model = fresh

    @rule(clauses=queries, filter=filters, sort=sorts, limit=st.integers(1, 4), facets=st.sampled_from([FACETS, ()]))
    def search(
        self, clauses: tuple[Clause, ...], filter: StoryFilter, sort: Sort, limit: int, facets: tuple[Facet, ...]
    ) -> None:
        found = self.model.found(clauses, filter)
        search = StorySearch(clauses=clauses, filter=filter, sort=sort, limit=limit, facets=facets, highlight=True)
        pages = all_pages(self.index, search)
        shown = [id for page in pages for id in ids(page)]
        assert {page.total for page in pages} == {len(found)}
        if sort == "relevance" and any(not clause.exclude for clause in clauses):
            assert sorted(shown) == sorted(document.id for document in found)
        else:
            ordered = sorted(found, key=_by_time, reverse=sort != "oldest")
            assert shown == [document.id for document in ordered]
        for facet, values in pages[0].facets.items():
            assert {value.value: value.count for value in values} == self.model.facet(clauses, filter, facet), facet
            assert {value.value for value in values if value.selected} == set(filter.values(facet))
        assert [hit.document for page in pages for hit in page.hits] == [self.model.stories[id] for id in shown]

    @rule(clauses=queries, filter=filters)
    def count(self, clauses: tuple[Clause, ...], filter: StoryFilter) -> None:
        assert self.index.count_by_day(filter) == self.model.days((), filter)
        months: dict[tuple[int, int], int] = {}
        for day, stories in self.model.days(clauses, filter).items():
            months[day.year, day.month] = months.get((day.year, day.month), 0) + stories
        assert self.index.count_by_month(filter, clauses) == months

    @rule(chosen=st.sampled_from([tag for tag in TAGS if tag.status == "accepted"]))
    def beside(self, chosen: Tag) -> None:
        carrying = [s for s in self.model.listed() if chosen.slug in values_of(s, chosen.type)]
        for type, values in self.index.appears_with(chosen.type, chosen.slug, 20).items():
            expected: dict[str, int] = {}
            for document in carrying:
                for slug in values_of(document, type) - ({chosen.slug} if type == chosen.type else set()):
                    expected[slug] = expected.get(slug, 0) + 1
            assert {value.value: value.count for value in values} == expected

    @invariant()
    def versions_agree(self) -> None:
        stored = sorted((document.id, document.version) for document in self.model.stories.values())
        assert self.index.versions("story") == stored
        assert self.index.get("story", [id for id, _ in stored]) == [self.model.stories[id] for id, _ in stored]


def _by_time(document: StoryDocument) -> tuple[datetime, str]:
    return (document.published_at, document.id)


@pytest.fixture
def examples(request: pytest.FixtureRequest) -> int:
    """How many random histories the adapter is driven through: a server makes an index slower than a file."""
    return 60 if "embedded" in request.node.name else 12


def _machine(index: Callable[..., Any]) -> type[IndexMachine]:
    return type("IndexMachine", (IndexMachine,), {"new_index": staticmethod(index)})


@pytest.mark.timeout(600)
def test_the_index_agrees_with_the_model(new_index: NewIndex, examples: int) -> None:
    run_state_machine_as_test(
        _machine(new_index),
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
            database=None,
        ),
    )
