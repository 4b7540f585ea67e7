"""Which dropped terms are suggested, and the sentence they stand in."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dateline.domain.tag import EditorTags, Evidence, Tag, TagRef
from dateline.domain.tagged_text import Dropped, Tagging
from dateline.domain.term import Term
from dateline.ports.ledger.suggested_tags import PublicStory, StoriesToSuggest, StorySuggestions
from dateline.tagging.near_misses import near_misses
from dateline.tagging.tagger import Tagger
from dateline.vocabulary.vocabulary import shipped
from dateline_indexer.suggestions import TagSuggestions


def dropped(slug: str, reason: str, field: str = "body_text", type: str = "topic") -> Dropped:
    evidence = Evidence(field=field, start=0, end=1, text="x", rule="phrase")  # type: ignore[arg-type]
    return Dropped(type=type, slug=slug, label=slug, reason=reason, evidence=(evidence,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reason", "near"),
    [
        ("score 2.6 of 3.2", True), ("score 2.5 of 3.2", False), ("excluded by a phrase", False),
        ("more than 8 topics", True), ("surname alone", True), ("part of a longer name", False),
        ("names a language", False), ("removed by hand", False), ("needs support from the text", False),
    ],
)  # fmt: skip
def test_only_what_is_near_is_suggested(reason: str, near: bool) -> None:
    assert bool(near_misses(Tagging(dropped=(dropped("a", reason),)), 5)) is near


def test_the_nearest_come_first_each_once_and_no_tag_among_them() -> None:
    tagging = Tagging(
        tags=(Tag(type="topic", slug="there", label="There"),),
        dropped=(
            dropped("there", "score 3.1 of 3.2"), dropped("less", "score 2.7 of 3.2"),
            dropped("more", "score 3.1 of 3.2"),
            dropped("more", "score 3.1 of 3.2"), dropped("least", "score 2.6 of 3.2"),
            Dropped(type="topic", slug="none", label="None", reason="surname alone"),
        ),
    )  # fmt: skip
    assert [one.slug for one in near_misses(tagging, 2)] == ["more", "less"]


def test_a_small_place_counts_when_it_comes_again_or_in_the_headline() -> None:
    once = dropped("reading", "needs support from the text", type="place")
    assert near_misses(Tagging(dropped=(once, once)), 5)
    assert near_misses(Tagging(dropped=(dropped("r", "needs support from the text", "headline", "place"),)), 5)


class Stories:
    """A ledger of given stories."""

    def __init__(self, *stories: PublicStory) -> None:
        self.stories = stories
        self.found: Sequence[StorySuggestions] = ()

    def count_mentions(self, *, limit: int) -> int:
        return 0

    def stories_to_suggest(self, *, limit: int) -> StoriesToSuggest:
        return StoriesToSuggest(stories=self.stories, seen=len(self.stories), before=0)

    def record_suggestions(self, found: Sequence[StorySuggestions], *, seen: int, most: int) -> None:
        self.found, self.stories = found, ()


class Words:
    """The shipped vocabulary."""

    def __init__(self) -> None:
        self._tagger = Tagger(shipped().with_term(Term(type="person", slug="ann-zyx", label="Ann Zyxwell")))

    def tagger(self) -> Tagger:
        return self._tagger


def test_a_surname_alone_is_suggested_with_its_sentence() -> None:
    payload = {"schema": 1, "headline": "Bridge opens", "published_at": "2026-03-01T10:00:00+00:00",
               "body_text": "Snow fell. Then Zyxwell came home. It thawed."}  # fmt: skip
    whole = PublicStory(item_id="a", payload=payload, editor_tags=EditorTags())
    removed = EditorTags(removed=(TagRef(type="person", slug="ann-zyx"),))
    named = PublicStory(item_id="b", payload={**payload, "body_text": "Ann Zyxwell came."}, editor_tags=EditorTags())
    gone = PublicStory(item_id="c", payload=None, editor_tags=removed)
    ledger = Stories(whole, named, gone)
    suggestions = TagSuggestions(ledger, Words())  # type: ignore[arg-type]
    suggestions.work(1.0, clock=lambda: 0.0)
    by_story = {one.item_id: one.tags for one in ledger.found}
    [tag] = [one for one in by_story["a"] if one.type == "person"]
    assert (tag.slug, tag.before, tag.words, tag.after) == ("ann-zyx", "Then ", "Zyxwell", " came home.")
    assert not [one for one in by_story["b"] if one.type == "person"] and by_story["c"] == []
