"""Stories and events know each other: mentions, an editor's word, and that a link shows nothing that isn't public."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dateline.domain.document import Kind
from dateline.ports.ledger.items import Action
from dateline.schemas.event import EventSchema
from dateline.schemas.pointers import load
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.mentions.search import MentionSearch
from dateline_ingest.intake import Write
from dateline_ingest.withdrawals import withdrawal
from fakes.wakeup import CountingWakeUp
from integration.indexer.conftest import MINSK, Room

HEADLINE = "Guests arrive for the Minsk Chamber Music Autumn"
TITLE = "Minsk Chamber Music Autumn"


class Newsroom:
    """A room with a worker that looks for mentions too."""

    def __init__(self, room: Room, mentions: MentionSearch) -> None:
        self.room = room
        self._mentions = mentions
        self.day = room.app.extensions["dateline"].now().astimezone(MINSK).date()

    def work(self) -> None:
        self.room.pipeline.work()
        self._mentions.work(60)
        self.room.pipeline.work()

    def story(self, **more: Any) -> str:
        day = self.day + timedelta(days=10)
        text = f"The {TITLE} opens on {day.day} {day:%B} in the Philharmonic Hall."
        told = {"headline": HEADLINE, "body_text": text, **more}
        receipt = self.room.intake.submit(self.room.intake.new_story(told, Write(by=self.room.editor)))
        self.work()
        return receipt.id

    def event(self, **more: Any) -> str:
        receipt = self.room.intake.submit(self.room.intake.new_event(self.body(**more), Write(by=self.room.editor)))
        self.work()
        return receipt.id

    def body(self, **more: Any) -> dict[str, Any]:
        place = {"name": "Philharmonic Hall", "city": "Minsk"}
        written = {"title": TITLE, "start": str(self.day + timedelta(days=10)), "location": place, **more}
        body: dict[str, Any] = load(EventSchema(), written)
        return body

    def withdraw(self, kind: Kind, item_id: str) -> None:
        item = self.room.ledger.item(kind, item_id)
        write = Write(by=self.room.editor, if_match=item.newest_revision)
        self.room.intake.submit(withdrawal(kind, item, write, ""))
        self.work()

    def correct_event(self, event_id: str, action: Action = "correct", **more: Any) -> None:
        item = self.room.ledger.item("event", event_id)
        write = Write(by=self.room.editor, if_match=item.newest_revision)
        corrected = self.room.intake.corrected_event(item, self.body(**more), write)
        self.room.intake.submit(replace(corrected, action=action))
        self.work()

    def json(self, path: str) -> Any:
        return self.room.app.test_client().get(path).get_json()

    def events_of(self, story_id: str) -> list[str]:
        """The titles on a story's page, which its JSON, its linked data and its ninjs agree with."""
        events = self.json(f"/v1/stories/{story_id}")["events"]
        page = self.room.read(f"/stories/{story_id}/{self.slug(story_id)}")
        assert ("In the calendar" in page) == bool(events) == ('"about"' in page)
        assert all(event["title"] in page for event in events)
        ninjs = self.room.app.test_client().get(f"/v1/stories/{story_id}?format=ninjs").get_json(force=True)
        assert [one["uri"] for one in ninjs.get("events", [])] == [event["url"] for event in events]
        return [event["title"] for event in events]

    def coverage_of(self, event_id: str) -> list[str]:
        """The headlines on an event's page, which its JSON and its linked data agree with."""
        coverage = self.json(f"/v1/events/{event_id}")["coverage"]
        page = self.room.read(f"/events/{event_id}/{self.json(f'/v1/events/{event_id}')['url'].rsplit('/', 1)[1]}")
        assert ("Coverage</h2>" in page) == bool(coverage) == ('"subjectOf"' in page)
        assert all(story["headline"] in page for story in coverage)
        return [story["headline"] for story in coverage]

    def slug(self, story_id: str) -> str:
        return str(self.json(f"/v1/stories/{story_id}")["url"].rsplit("/", 1)[1])


@pytest.fixture
def newsroom(room: Room) -> Newsroom:
    vocabulary = LiveVocabulary(room.ledger)
    mentions = MentionSearch(room.ledger, room.index, CountingWakeUp(), MINSK, vocabulary.current)
    return Newsroom(room, mentions)


def test_a_story_finds_its_event_and_an_event_its_stories(newsroom: Newsroom) -> None:
    before, event = newsroom.story(), newsroom.event()
    after = newsroom.story(headline="What the Chamber Music Autumn brings")
    for story in (before, after):
        assert newsroom.events_of(story) == [TITLE]
    assert newsroom.coverage_of(event) == ["What the Chamber Music Autumn brings", HEADLINE]
    assert newsroom.events_of(newsroom.story(body_text="A chamber of music.", headline="Another")) == []


def test_a_changed_event_is_looked_for_again_and_its_address_follows(newsroom: Newsroom) -> None:
    event, story = newsroom.event(), newsroom.story()
    start = str(newsroom.day + timedelta(days=10))
    newsroom.correct_event(event, title=f"{TITLE} 2030", start=start)
    [link] = newsroom.json(f"/v1/stories/{story}")["events"]
    assert link["url"].endswith("/minsk-chamber-music-autumn-2030")
    newsroom.correct_event(event, title="Winter Evenings of Old Songs")
    assert newsroom.events_of(story) == []
    newsroom.correct_event(event)
    assert newsroom.events_of(story) == [TITLE]


def test_an_editors_word_holds(newsroom: Newsroom) -> None:
    event, story = newsroom.event(), newsroom.story()
    other = newsroom.story(headline="Tickets are gone", body_text="Nobody said which.")
    room = newsroom.room
    room.ledger.unlink_event(story, event, room.editor)
    room.ledger.link_event(other, event, room.editor)
    newsroom.work()
    newsroom.correct_event(event, status="cancelled")
    assert newsroom.coverage_of(event) == ["Tickets are gone"]
    assert newsroom.events_of(story) == []


def test_what_is_withdrawn_shows_through_no_link_and_comes_back_with_it(newsroom: Newsroom) -> None:
    event, story, room = newsroom.event(), newsroom.story(), newsroom.room
    room.ledger.link_event(story, event, room.editor)
    newsroom.work()
    newsroom.withdraw("event", event)
    assert newsroom.events_of(story) == []
    newsroom.correct_event(event, action="restore")
    assert newsroom.events_of(story) == [TITLE]
    newsroom.withdraw("story", story)
    assert newsroom.coverage_of(event) == []


def test_a_story_under_embargo_shows_through_no_link(newsroom: Newsroom) -> None:
    event, room = newsroom.event(), newsroom.room
    until = room.app.extensions["dateline"].now() + timedelta(days=1)
    held = newsroom.story(embargo_until=until)
    room.ledger.link_event(held, event, room.editor)
    newsroom.work()
    assert newsroom.coverage_of(event) == []
    assert HEADLINE not in room.read("/events")
