"""Events that stories mention: how they are recognised, measured on sentences with many that only look so."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dateline.ports.ledger.event_links import PublicText
from dateline_indexer.mentions.dates import days_named
from dateline_indexer.mentions.lexicon import MOST_MENTIONED, Lexicon
from dateline_indexer.mentions.reading import StoryText
from dateline_indexer.mentions.titles import titles_of

MINSK = ZoneInfo("Europe/Minsk")
CORPUS = tomllib.loads((Path(__file__).parents[2] / "corpus" / "event-mentions.toml").read_text())


def learn(lexicon: Lexicon, given: dict[str, Any]) -> None:
    payload = {"schema": 2, "title": given["title"], "start": given["start"].isoformat()}
    payload |= {name: str(given[name]) for name in ("end", "rrule") if name in given}
    if "city" in given:
        payload["location"] = {"name": given.get("location", ""), "city": given["city"]}
    places = frozenset(given["places"]) - {"belarus"}
    lexicon.learn(PublicText(item_id=given["id"], kind="event", payload=payload), places)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    lexicon = Lexicon(MINSK)
    for event in CORPUS["event"]:
        learn(lexicon, event)
    return lexicon


def read(given: dict[str, Any]) -> StoryText:
    return StoryText(
        text=given["text"], day=given["day"], dateline=given.get("dateline", ""),
        places=frozenset(given.get("places", ())),
    )  # fmt: skip


def test_what_is_recognised_is_right_and_most_is_recognised(lexicon: Lexicon) -> None:
    right = wrong = missed = 0
    said: list[str] = []
    for sentence in CORPUS["sentence"]:
        found, meant = lexicon.mentioned_in(read(sentence)), frozenset(sentence["means"])
        right += len(found & meant)
        wrong += len(found - meant)
        missed += len(meant - found)
        if found != meant:
            said.append(f"{sorted(found)} for {sorted(meant)}: {sentence['text']}")
    assert right / (right + wrong) >= 0.95, said
    assert right / (right + missed) >= 0.85, said


def test_a_changed_event_is_looked_for_by_its_new_title_and_a_withdrawn_one_no_more() -> None:
    lexicon = Lexicon(MINSK)
    fair = {"id": "fair", "title": "Harvest Supper Evening", "start": date(2026, 9, 5), "city": "Brest", "places": []}
    story = StoryText(text="Autumn Feast Evening: Brest invites on 5 September.", day=date(2026, 9, 1))
    learn(lexicon, fair)
    assert lexicon.mentioned_in(story) == frozenset()
    learn(lexicon, fair | {"title": "Autumn Feast Evening"})
    assert lexicon.mentioned_in(story) == {"fair"}
    lexicon.learn(PublicText(item_id="fair", kind="event", payload=None), frozenset())
    assert lexicon.mentioned_in(story) == frozenset()


def test_many_events_of_one_name_and_rules_that_are_refused_stop_nothing() -> None:
    lexicon = Lexicon(MINSK)
    fair = {"title": "Harvest Supper Evening", "start": date(2026, 9, 5), "city": "Brest", "places": []}
    for number in range(300):
        learn(lexicon, fair | {"id": f"e{number}"})
    learn(lexicon, fair | {"id": "refused", "title": "Odd Evening Walk", "rrule": "FREQ=SECONDLY"})
    story = StoryText(text="Harvest Supper Evening: Brest, 5 September. Odd Evening Walk.", day=date(2026, 9, 1))
    assert len(lexicon.mentioned_in(story)) == MOST_MENTIONED
    assert lexicon.find("refused") is None


@pytest.mark.parametrize(
    ("title", "runs"),
    [
        ("35th Minsk Half Marathon 2026", ["Minsk Half Marathon"]),
        ("The Festival of Arts “Slavianski Bazaar”", ["Festival of Arts “Slavianski Bazaar", "Slavianski Bazaar"]),
        ("Concert", []),
        ("Open day", ["Open day"]),
        ("2026", []),
        ("", []),
    ],
)
def test_a_title_without_what_each_year_adds(title: str, runs: list[str]) -> None:
    assert [one.text for one in titles_of(title)] == runs


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on 5 July 2026", ["2026-07-05"]),
        ("July 5th, 2026", ["2026-07-05"]),
        ("7–9 July 2026", ["2026-07-07", "2026-07-08", "2026-07-09"]),
        ("from 7 to 8 July 2026", ["2026-07-07", "2026-07-08"]),
        ("5–6 декабря 2026 года", ["2026-12-05", "2026-12-06"]),
        ("12 мая 2026", ["2026-05-12"]),
        ("3 ліпеня 2026", ["2026-07-03"]),
        ("2026-07-05 and 05.07.2026", ["2026-07-05"]),
        ("tomorrow", ["2026-07-02"]),
        ("on Saturday", ["2026-06-27", "2026-07-04"]),
        ("31 June 2026", []),
        ("99 July 2026, 5 Julys", ["2025-07-05", "2026-07-05", "2027-07-05"]),
        ("room 5, may I come", []),
    ],
)
def test_days_that_a_text_names(text: str, days: list[str]) -> None:
    assert sorted(day.isoformat() for day in days_named(text, date(2026, 7, 1))) == days
