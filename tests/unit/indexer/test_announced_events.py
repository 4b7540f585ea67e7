"""What the pipeline hands on of the events that stories announce."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dateline.documents.announced_events import announced_events
from dateline.domain.document import StoryDocument
from dateline.domain.event import Location
from dateline.domain.payload import to_payload
from dateline.domain.tag import Evidence, Tag
from unit.indexer.conftest import Bench
from unit.indexer.parts import NOW, a_story, claim, revision

MINSK = ZoneInfo("Europe/Minsk")
TEXT = "The choir sings again. A concert will be held in Brest on 12 December at 19:00.\nWhere: Kolas Hall, Brest."


def test_an_announcement_goes_on_record_with_its_story(bench: Bench) -> None:
    story = a_story(headline="Choir returns", body_text=TEXT, section="city")
    bench.ledger.batches = [(claim("a", story), claim("b"))]
    bench.pipeline().take_batch()
    [told] = bench.ledger.announced
    [one] = told.events
    assert (told.story_id, told.revision) == ("a", 1)
    assert one.event.title == "Choir returns"
    assert one.event.start == datetime(2026, 12, 12, 19, tzinfo=MINSK)
    assert (one.event.timezone, one.event.section, one.last_day) == ("Europe/Minsk", "city", date(2026, 12, 12))
    assert one.event.location is not None
    assert one.event.location.name == "Kolas Hall, Brest"
    assert one.sentence[one.start : one.end] == "12 December"


def test_the_place_is_the_nearest_that_is_tagged() -> None:
    text = "From Minsk to Brest it is far. A concert will be held in Brest on 12 December, says the mayor of Pinsk."
    at = {name: text.rindex(name) for name in ("Minsk", "Brest", "Pinsk")}
    tags = tuple(
        Tag("place", name.lower(), name, evidence=(Evidence("body_text", start, start + 5, name, "name"),))
        for name, start in at.items()
    )
    story = StoryDocument(
        id="a", version=1, revision=1, published_at=NOW, updated_at=NOW, day=NOW.date(), headline="Choir", slug="choir",
        body_text=text, tags=tags,
    )  # fmt: skip
    [one] = announced_events(story, MINSK, NOW)
    assert one.event.location == Location(name="Brest")
    country = Tag(
        "place",
        "belarus",
        "Belarus",
        evidence=(Evidence("body_text", at["Brest"], at["Brest"] + 5, "Brest", "in:brest"),),
    )
    venue = Tag(
        "place",
        "old-hall",
        "Old Hall",
        status="proposed",
        evidence=(Evidence("body_text", at["Brest"] + 6, at["Brest"] + 8, "on", "pattern"),),
    )
    [one] = announced_events(replace(story, tags=(country, *tags, venue)), MINSK, NOW)
    assert one.event.location == Location(name="Old Hall", city="Brest")


@pytest.mark.parametrize(
    "text",
    ["It is open.", "A concert will be held on 12 November.", "The concert was held on 20 November."],
)
def test_what_announces_nothing_costs_the_ledger_nothing(bench: Bench, text: str) -> None:
    bench.ledger.batches = [(claim("a", a_story(body_text=text)),)]
    bench.pipeline().take_batch()
    assert bench.ledger.announced == []


def test_a_correction_or_withdrawal_says_that_nothing_is_announced(bench: Bench) -> None:
    first = revision(to_payload(a_story(body_text=TEXT)))
    second = revision(to_payload(a_story()), 2, "correct")
    gone = revision(None, 2, "withdraw")
    bench.ledger.batches = [(claim("a", publish=second, history=(first,)), claim("b", publish=gone, history=(first,)))]
    bench.pipeline().take_batch()
    assert [(told.story_id, told.revision, list(told.events)) for told in bench.ledger.announced] == [
        ("a", 2, []), ("b", 2, [])
    ]  # fmt: skip


def test_what_is_held_announces_nothing_until_it_is_public(bench: Bench) -> None:
    held = revision(to_payload(a_story(body_text=TEXT)))
    bench.ledger.batches = [(claim("a", publish=None),), (claim("a", publish=held),)]
    bench.pipeline().take_batch()
    assert bench.ledger.announced == []
    bench.pipeline().take_batch()
    assert [told.story_id for told in bench.ledger.announced] == ["a"]


def test_an_event_is_told_once_and_an_old_story_of_none(bench: Bench) -> None:
    twice = "The Winter concert will be held on 12 December.\nThe Winter concert starts on 12 December at 19:00."
    old = a_story(body_text=TEXT, published_at=NOW - timedelta(days=401))
    bench.ledger.batches = [(claim("a", a_story(body_text=twice)), claim("b", old))]
    bench.pipeline().take_batch()
    [told] = bench.ledger.announced
    [one] = told.events
    assert isinstance(one.event.start, datetime)
