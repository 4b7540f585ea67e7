"""What a term would do to the whole archive: the index finds the stories, the tagger says which change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import StoryDocument
from dateline.domain.tag import TagRef
from dateline.domain.term import Term, TopicRules
from dateline_ingest.vocabulary import index_preview
from dateline_ingest.vocabulary.changed_phrases import changed_phrases
from dateline_ingest.vocabulary.index_preview import preview_from_index
from unit.web.documents import MINSK, story, tag

BRIDGES = Term(type="topic", slug="river-bridges", label="River bridges", rules=TopicRules(any=("river bridge",)))
PATH = "/v1/terms/topic/river-bridges/preview"
BODY = {"label": "River bridges", "rules": {"any": ["river bridge"]}}


def bridge(number: int, **fields: Any) -> StoryDocument:
    at = datetime(2017, 12, 1, tzinfo=UTC) + timedelta(hours=number)
    return story(f"Shut {number}", f"The river bridge was shut for the {number}th time.", published_at=at, **fields)


def ask(whole_newsroom: Any, body: dict[str, Any] = BODY) -> dict[str, Any]:
    answer = whole_newsroom.ask("POST", PATH, "edda", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def test_it_is_said_of_the_whole_archive_with_the_newest_twenty(whole_newsroom: Any, index: EmbeddedIndex) -> None:
    stories = [bridge(number) for number in range(25)]
    index.put([*stories, story("Rain", "It rained.")])
    found = ask(whole_newsroom)
    assert (found["gain"]["count"], found["lose"]["count"]) == (25, 0)
    assert (found["archive"], found["complete"], found["candidates"]) == (True, True, 25)
    assert [one["id"] for one in found["gain"]["items"]] == [one.id for one in stories[:4:-1]]
    assert found["gain"]["items"][0]["words"] == ["river bridge"]
    assert not whole_newsroom.items


def test_what_a_phrase_no_longer_says_is_lost(whole_newsroom: Any, index: EmbeddedIndex) -> None:
    assert whole_newsroom.ask("PUT", PATH.removesuffix("/preview"), "edda", json=BODY).status_code == 202
    carrier = bridge(1, tags=(tag("topic", "River bridges"),))
    index.put([carrier, story("Sunk", "A ferry sank.")])
    found = ask(whole_newsroom, {"label": "River bridges", "rules": {"any": ["ferry sank"]}})
    assert [one["id"] for one in found["lose"]["items"]] == [carrier.id]
    assert (found["gain"]["count"], found["candidates"]) == (1, 2)


def test_nobody_gets_back_a_tag_that_a_person_took(whole_newsroom: Any, index: EmbeddedIndex) -> None:
    editor = whole_newsroom.ledger.find_token("secret-edda")
    refused = whole_newsroom.submit("edda")["id"]
    whole_newsroom.ledger.set_editor_tags(refused, (), (TagRef(type="topic", slug="river-bridges"),), editor)
    index.put([replace(bridge(1), id=refused), bridge(2)])
    assert ask(whole_newsroom)["gain"]["count"] == 1


def test_a_given_tag_neither_comes_nor_goes(whole_newsroom: Any, index: EmbeddedIndex) -> None:
    index.put([bridge(1, tags=(tag("topic", "River bridges", source="editor"),))])
    assert (ask(whole_newsroom)["gain"]["count"], ask(whole_newsroom)["candidates"]) == (0, 1)


def test_counts_are_worked_out_where_there_is_no_time_for_all(
    whole_newsroom: Any, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.put([bridge(number) for number in range(30)])
    vocabulary = whole_newsroom.app.extensions["dateline"].vocabulary
    clock = iter([0.0] + [0.1] * 9 + [9.0] * 30)
    monkeypatch.setattr(index_preview.time, "monotonic", lambda: next(clock))
    found = preview_from_index(index, whole_newsroom.ledger, vocabulary, BRIDGES, seconds=1)
    assert 0 < found.examined < found.candidates == 30
    assert (found.gain.count, found.complete) == (30, False)


def test_without_the_index_the_newest_stories_are_read(whole_newsroom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = whole_newsroom.app.extensions["dateline"]
    away = EmbeddedIndex(Path("/nonexistent/index"), MINSK)
    whole_newsroom.app.extensions["dateline"] = replace(parts, index=away)
    assert ask(whole_newsroom)["archive"] is False


@pytest.mark.parametrize(
    ("before", "after", "phrases", "carriers"),
    [
        (None, {"any": ("a^2", "b")}, ("a", "b"), False),
        ({"any": ("a", "b")}, {"any": ("a", "c")}, ("b", "c"), False),
        ({"any": ("a",)}, {"any": ("a^2",)}, ("a",), False),
        ({"any": ("a",)}, {"any": ("a",), "none": ("x",)}, ("x",), False),
        ({"any": ("a",)}, {"any": ("a",), "all": ("x",)}, ("a", "x"), False),
        ({"any": ("мост", "a")}, {"any": ("a",)}, ("мост",), True),
        ({"any": ("a",)}, {"any": ("a",)}, (), False),
    ],
)
def test_only_the_words_that_change_are_looked_for(
    before: dict[str, Any] | None, after: dict[str, Any], phrases: tuple[str, ...], carriers: bool
) -> None:
    old = replace(BRIDGES, rules=TopicRules(**before)) if before else None
    changed = changed_phrases(old, replace(BRIDGES, rules=TopicRules(**after)))
    assert (changed.phrases, changed.carriers) == (phrases, carriers)
