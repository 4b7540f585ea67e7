"""A story that stands behind another has its page, and is in no list and no count."""

from __future__ import annotations

from datetime import timedelta

from contract.index.newsroom_documents import NOON, put, story, term
from dateline.domain.document import StoryDocument
from dateline.ports.index import FACETS, Clause, Index, StoryFilter, StorySearch, TermSearch

TAGGED = {"sections": "news", "tags": ["place:brest"]}
OPENING = (Clause(text="bridge"),)


def leader(version: int = 1, *behind: str) -> StoryDocument:
    return story("leader", "Bridge opens", at=NOON, version=version, also_from=behind, **TAGGED)


def follower(version: int = 1, into: str = "") -> StoryDocument:
    return story("other", "Bridge open again", at=NOON - timedelta(days=1), version=version, folded_into=into, **TAGGED)


def found(index: Index, clauses: tuple[Clause, ...] = ()) -> tuple[list[str], int, dict[str, int]]:
    """Ids, total and counts of facet values."""
    page = index.search(StorySearch(clauses=clauses, facets=FACETS, brief=True))
    counts = {value.value: value.count for values in page.facets.values() for value in values}
    return [hit.document.id for hit in page.hits], page.total, counts


def test_a_fold_leaves_one_story_in_lists_and_counts(index: Index) -> None:
    put(index, leader(), follower(), term("place:brest"))
    assert found(index)[:2] == (["leader", "other"], 2)
    put(index, leader(2, "other"), follower(2, "leader"))
    for clauses in ((), OPENING):
        assert found(index, clauses) == (["leader"], 1, {"news": 1, "brest": 1, "en": 1})
    assert sum(index.count_by_day(StoryFilter()).values()) == 1
    assert sum(index.count_by_month(StoryFilter(), OPENING).values()) == 1
    assert [line.stories for line in index.terms(TermSearch(type="place")).lines] == [1]
    assert [one.id for one in index.suggest("bri", 5)] == ["leader"]
    assert index.related(leader(2, "other"), 5) == ()


def test_both_are_opened_by_their_ids_and_name_one_another(index: Index) -> None:
    put(index, leader(1, "other"), follower(1, "leader"))
    for brief in (True, False):
        first, second = index.get("story", ["leader", "other"], brief=brief)
        assert isinstance(first, StoryDocument) and isinstance(second, StoryDocument)
        assert (first.also_from, second.folded_into) == (("other",), "leader")
        assert (second.headline, second.withdrawn) == ("Bridge open again", False)
    [hit] = index.search(StorySearch(brief=True)).hits
    assert hit.document.also_from == ("other",)


def test_unfolded_it_is_found_and_counted_again(index: Index) -> None:
    put(index, leader(1, "other"), follower(1, "leader"))
    put(index, leader(2), follower(2))
    for clauses in ((), OPENING):
        ids, total, counts = found(index, clauses)
        assert (sorted(ids), total, counts) == (["leader", "other"], 2, {"news": 2, "brest": 2, "en": 2})
