"""A topic's phrases tried on the newest stories, before anything is saved."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.tagged_text import TaggedText
from dateline.domain.term import Term, TopicRules
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline.tagging.topic_trial import TopicTrial
from dateline.vocabulary import shipped
from dateline_ingest.vocabulary import rule_trial
from dateline_ingest.vocabulary.rule_trial import try_rules
from unit.web.documents import MINSK, story, tag

PATH = "/terms/topic/crossings/preview"
RULES = TopicRules(any=("river bridge", "ferry^2"), none=("card game",))


@pytest.fixture
def index(index: EmbeddedIndex) -> EmbeddedIndex:
    """Four stories."""
    first = datetime(2017, 12, 1, tzinfo=UTC)
    bodies = ("It rained.", "The river bridge was shut.", "A bridge for four is a card game at the river bridge.",
              "Long ago. " * 40 + "A ferry sank.")  # fmt: skip
    index.put([
        story(f"Story {number}", body, published_at=first + timedelta(hours=number),
              tags=(tag("topic", "Crossings"),) if number == 3 else ())
        for number, body in enumerate(bodies)
    ])  # fmt: skip
    return index


def trial_of(rules: TopicRules) -> TopicTrial:
    return TopicTrial(shipped(), Term(type="topic", slug="crossings", label="Crossings", rules=rules))


def test_a_text_says_how_much_it_has_of_what_is_needed() -> None:
    trial = trial_of(RULES)
    said = trial.score(TaggedText(headline="", body_text="The river bridge, and the River bridge again."))
    assert said and said.reached and said.score >= said.needed
    assert said.words == ("river bridge", "River bridge")
    narrow = trial.score(TaggedText(headline="", body_text="Long ago. " * 40 + "A ferry sank."))
    assert narrow and (narrow.score, narrow.needed, narrow.reached) == (2.0, 3.2, False)
    excluded = trial.score(TaggedText(headline="Card game", body_text="At the river bridge."))
    assert excluded and excluded.excluded and not excluded.reached
    assert trial.score(TaggedText(headline="Rain", body_text="It rained.")) is None


def test_it_says_what_the_whole_tagger_says() -> None:
    topic = shipped().find("topic", "agriculture")
    assert topic is not None
    text = TaggedText(headline="Farmers sow wheat", body_text="Agriculture feeds the region; the harvest was good.")
    assert trial_of(TopicRules(any=("harvest",))).score(text)
    said = TopicTrial(shipped(), topic).score(text)
    assert said and said.reached


def test_the_newest_stories_are_tried(index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    found = try_rules(index, trial_of(RULES), "topic:crossings")
    assert (found.examined, found.reached, found.missed) == (4, 1, 2)
    assert [(one.headline, one.score.reached, one.carries) for one in found.lines] == [
        ("Story 1", True, False), ("Story 3", False, True), ("Story 2", False, False),
    ]  # fmt: skip
    monkeypatch.setattr(rule_trial, "MOST_STORIES", 2)
    monkeypatch.setattr(rule_trial, "_PAGE", 1)
    assert try_rules(index, trial_of(RULES), "topic:crossings").examined == 2
    assert try_rules(index, trial_of(RULES), "topic:crossings", seconds=-1).examined == 0


def test_the_desk_shows_it_beside_the_form(newsroom: Any, index: EmbeddedIndex) -> None:
    parts = newsroom.app.extensions["dateline"]
    here = replace(parts, vocabulary=LiveVocabulary(newsroom.ledger), index=index)
    newsroom.app.extensions["dateline"] = here
    typed = {"revision": "0", "label": "Crossings", "rules_any": "river bridge\nferry^2", "rules_none": "card game"}
    page = newsroom.ask("POST", PATH, "edda", data={**typed, "trial": "1"})
    text = " ".join(re.sub("<[^>]+>", " ", page.text).split())
    assert page.status_code == 200
    assert "1 of the newest 4 stories would have the topic; 2 more have a phrase, and not enough." in text
    assert "2.0 of 3.2" in text and "a phrase excludes it" in text and "· new" in text and "· has it now" in text
    assert not newsroom.items and "river bridge\nferry^2" in page.text
    newsroom.app.extensions["dateline"] = replace(here, index=EmbeddedIndex(Path("/nonexistent/index"), MINSK))
    away = newsroom.ask("POST", PATH, "edda", data={**typed, "trial": "1"})
    assert away.status_code == 200 and "can’t be searched" in away.text
    assert "data-trial" not in newsroom.ask("GET", "/terms/person/bo-ek", "edda").text
