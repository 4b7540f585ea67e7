"""Links between stories and events on record: mentions, an editor's word, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.audit import AuditSearch
from dateline.ports.ledger.claims import Claimed, Indexed
from dateline.ports.ledger.event_links import Mentions
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token


def told(by: Token, headline: str = "Festival opens") -> Submission:
    payload = {"schema": 1, "headline": headline, "body_text": "Text.", "published_at": "2026-11-30T10:00:00+03:00"}
    return Submission(kind="story", payload=payload, by=by, label=headline)


def announced(by: Token, title: str = "Slavianski Bazaar") -> Submission:
    payload = {"schema": 2, "title": title, "start": "2026-12-05"}
    return Submission(kind="event", payload=payload, by=by, label=title)


def publish(ledger: SqlLedger) -> list[Claimed]:
    claimed = ledger.claim(worker="w", lease=timedelta(seconds=30))
    ledger.mark([Indexed(claimed=one) for one in claimed])
    return list(claimed)


def withdraw(ledger: SqlLedger, item_id: str, kind: str, by: Token) -> None:
    ledger.submit(
        Submission(kind=kind, item_id=item_id, action="withdraw", payload={}, by=by, if_match=1)  # type: ignore[arg-type]
    )


def mention(ledger: SqlLedger, story_id: str, *event_ids: str, among: Sequence[str] | None = None) -> list[str]:
    found = Mentions(
        story_id=story_id, event_ids=frozenset(event_ids), among=None if among is None else frozenset(among)
    )
    return list(ledger.record_mentions([found], seen=0))


def events_of(ledger: SqlLedger, story_id: str) -> list[str]:
    return [link.event_id for link in ledger.events_of_story(story_id)]


@pytest.fixture
def pair(ledger: SqlLedger, editor: Token) -> tuple[str, str]:
    """A public story and a public event."""
    made = ledger.submit(told(editor)).id, ledger.submit(announced(editor)).id
    publish(ledger)
    return made


def test_a_mention_links_and_the_story_is_indexed_with_the_event(ledger: SqlLedger, pair: tuple[str, str]) -> None:
    story, event = pair
    assert mention(ledger, story, event) == [story]
    [again] = publish(ledger)
    assert (again.item_id, again.event_ids) == (story, (event,))
    [link] = ledger.events_of_story(story)
    assert (link.why, link.by, link.event_label, link.story_label) == (
        "mention", "", "Slavianski Bazaar", "Festival opens",
    )  # fmt: skip
    assert [one.story_id for one in ledger.stories_of_event(event)] == [story]
    assert ledger.stories_mentioning(event) == [story]
    assert mention(ledger, story, event) == []
    assert publish(ledger) == []


def test_a_mention_that_is_no_more_lets_go(ledger: SqlLedger, pair: tuple[str, str], editor: Token) -> None:
    story, event = pair
    other = ledger.submit(announced(editor, "Dazhynki")).id
    publish(ledger)
    mention(ledger, story, event, other)
    publish(ledger)
    assert mention(ledger, story, among=[other]) == [story]
    assert events_of(ledger, story) == [event]
    assert mention(ledger, story) == [story]
    [again] = publish(ledger)
    assert again.event_ids == ()


def test_an_unlink_holds_and_a_new_link_undoes_it(ledger: SqlLedger, pair: tuple[str, str], editor: Token) -> None:
    story, event = pair
    mention(ledger, story, event)
    ledger.unlink_event(story, event, editor)
    mention(ledger, story, event)
    assert events_of(ledger, story) == []
    assert publish(ledger)[0].event_ids == ()
    with pytest.raises(NotFound):
        ledger.unlink_event(story, event, editor)
    link = ledger.link_event(story, event, editor)
    assert (link.why, link.by) == ("editor", editor.name)
    assert mention(ledger, story) == []
    assert publish(ledger)[0].event_ids == (event,)
    audit = [(row.action, row.subject, row.detail) for row in ledger.audit(AuditSearch(), limit=2).items]
    assert audit == [("link-event", story, event), ("unlink-event", story, event)]


def test_only_what_is_there_is_linked(ledger: SqlLedger, pair: tuple[str, str], editor: Token) -> None:
    story, event = pair
    for wrong in ((event, event), (story, story), (story, "nothing"), ("nothing", event)):
        with pytest.raises(NotFound):
            ledger.link_event(*wrong, editor)
    withdraw(ledger, event, "event", editor)
    with pytest.raises(Conflict):
        ledger.link_event(story, event, editor)
    assert mention(ledger, story, event) == []


def test_a_withdrawal_and_its_end_are_looked_at_again(ledger: SqlLedger, pair: tuple[str, str], editor: Token) -> None:
    story, event = pair
    read = ledger.texts_to_read(limit=10)
    assert {text.item_id for text in read.texts} == {story, event}
    ledger.record_mentions([], seen=read.seen)
    assert ledger.texts_to_read(limit=10).is_empty
    withdraw(ledger, event, "event", editor)
    assert ledger.texts_to_read(limit=10).is_empty  # it waits to be indexed, which comes first
    publish(ledger)
    [text] = ledger.texts_to_read(limit=10).texts
    assert (text.item_id, text.kind, text.payload) == (event, "event", None)
    assert [(one.item_id, one.payload) for one in ledger.changed_events(after=0, limit=10)] == [(event, None)]
    assert [one.item_id for one in ledger.public_stories([story, event])] == [story]


def test_erasing_either_leaves_no_link(ledger: SqlLedger, pair: tuple[str, str], editor: Token) -> None:
    story, event = pair
    mention(ledger, story, event)
    publish(ledger)
    ledger.erase(event, "a court", editor)
    assert {one.item_id: one.event_ids for one in publish(ledger)} == {story: (), event: ()}
    other = ledger.submit(announced(editor, "Dazhynki")).id
    ledger.link_event(story, other, editor)
    ledger.erase(story, "a court", editor)
    assert ledger.stories_of_event(other) == []


def test_links_are_exported_and_restored(
    ledger: SqlLedger, pair: tuple[str, str], editor: Token, tmp_path: Path
) -> None:
    story, event = pair
    other = ledger.submit(announced(editor, "Dazhynki")).id
    publish(ledger)
    ledger.link_event(story, event, editor)
    mention(ledger, story, other)
    ledger.unlink_event(story, other, editor)
    copy = open_sql_ledger(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    copy.migrate()
    copy.restore(ledger.export())
    assert events_of(copy, story) == [event]
    assert mention(copy, story, other) == []
    copy.close()
