"""Events that stories announce, on record: proposals, corrections, decisions, and what becomes of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.adapters.ledger.events.announcements import MOST_OF_REPORTER
from dateline.domain.event import Event, Location
from dateline.domain.payload import to_payload
from dateline.errors import Conflict, InvalidInput, NotFound
from dateline.ports.ledger.audit import AuditSearch
from dateline.ports.ledger.claims import Indexed
from dateline.ports.ledger.event_proposals import AnnouncedEvent, EventProposal, EventProposalState, StoryAnnouncements
from dateline.ports.ledger.submissions import Idempotency, Submission
from dateline.ports.ledger.tokens import Token

TODAY = date(2026, 6, 15)


def story(ledger: SqlLedger, by: Token, headline: str = "Festival opens") -> str:
    payload = {"schema": 1, "headline": headline, "body_text": "Text.", "published_at": "2026-06-15T10:00:00+03:00"}
    made = ledger.submit(Submission(kind="story", payload=payload, by=by, label=headline)).id
    ledger.mark([Indexed(claimed=one) for one in ledger.claim(worker="w", lease=timedelta(seconds=30))])
    return made


def announced(
    title: str = "Jazz evening at the Town Hall", start: date | datetime = date(2026, 7, 7)
) -> AnnouncedEvent:
    event = Event(title=title, start=start, location=Location(name="Vitebsk"))
    return AnnouncedEvent(
        event=event, last_day=date(2026, 7, 9), sentence=f"{title} is on 7 July.", start=10, end=16, rule="day"
    )


def record(ledger: SqlLedger, story_id: str, *events: AnnouncedEvent, revision: int = 1) -> None:
    ledger.record_announcements([StoryAnnouncements(story_id=story_id, revision=revision, events=events)])


def proposed(ledger: SqlLedger, state: EventProposalState = "open") -> list[EventProposal]:
    return list(ledger.event_proposals(state=state, today=TODAY).items)


def submission(by: Token, title: str = "Jazz evening", key: str = "") -> Submission:
    payload = to_payload(Event(title=title, start=date(2026, 7, 7)))
    idempotency = Idempotency(key=key, digest=title) if key else None
    return Submission(kind="event", payload=payload, by=by, label=title, idempotency=idempotency)


def test_what_a_story_announces_is_proposed_with_its_words(ledger: SqlLedger, reporter: Token) -> None:
    made = story(ledger, reporter)
    record(ledger, made, announced())
    record(ledger, made, announced())
    [one] = proposed(ledger)
    assert (one.event.title, one.event.start, one.state) == ("Jazz evening at the Town Hall", date(2026, 7, 7), "open")
    [said] = one.evidence
    assert (said.story_id, said.story_label, said.revision, said.rule) == (made, "Festival opens", 1, "day")
    assert ledger.event_proposal(one.id) == one


def test_one_event_of_two_stories_is_one_proposal(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    first, second = story(ledger, reporter), story(ledger, editor, "Jazz comes")
    record(ledger, first, announced())
    record(ledger, second, announced("An evening of jazz at Town Hall"), announced("Chess for children"))
    together = next(one for one in proposed(ledger) if len(one.evidence) == 2)
    assert [said.story_id for said in together.evidence] == [first, second]
    assert {one.event.title for one in proposed(ledger)} == {"Jazz evening at the Town Hall", "Chess for children"}


def test_a_correction_moves_or_withdraws_what_nobody_decided_on(ledger: SqlLedger, reporter: Token) -> None:
    made = story(ledger, reporter)
    record(ledger, made, announced(), announced("Chess for children"))
    before = {one.event.title: one.id for one in proposed(ledger)}
    record(ledger, made, announced(start=date(2026, 7, 8)), revision=2)
    [one] = proposed(ledger)
    assert (one.id, one.event.start) == (before["Jazz evening at the Town Hall"], date(2026, 7, 8))
    record(ledger, made, announced("Late"), revision=1)
    assert proposed(ledger) == [one], "a worker that was paused comes late"
    record(ledger, made, revision=3)
    assert proposed(ledger) == []


def test_what_one_story_takes_back_another_still_announces(ledger: SqlLedger, reporter: Token) -> None:
    first, second = story(ledger, reporter), story(ledger, reporter, "Jazz comes")
    for made in (first, second):
        record(ledger, made, announced())
    record(ledger, first, revision=2)
    [one] = proposed(ledger)
    assert [said.story_id for said in one.evidence] == [second]


def test_what_was_rejected_is_not_proposed_again(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    made = story(ledger, reporter)
    record(ledger, made, announced())
    rejected = ledger.reject_event_proposal(proposed(ledger)[0].id, editor)
    assert (rejected.state, rejected.decided_by) == ("rejected", editor.name)
    record(ledger, made, announced("Jazz evening at Town Hall"), revision=2)
    assert proposed(ledger) == []
    record(ledger, made, announced(start=date(2026, 8, 1)), revision=3)
    assert [one.event.start for one in proposed(ledger)] == [date(2026, 8, 1)], "another day is another form"


def test_accepting_makes_the_event_and_links_it(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    made = story(ledger, reporter)
    record(ledger, made, announced())
    [one] = proposed(ledger)
    receipt = ledger.accept_proposed_event(one.id, submission(editor, key="k"))
    accepted = ledger.event_proposal(one.id)
    assert (accepted.state, accepted.event_id, accepted.decided_by) == ("accepted", receipt.id, editor.name)
    [link] = ledger.events_of_story(made)
    assert (link.event_id, link.why, link.by) == (receipt.id, "proposal", editor.name)
    assert ledger.accept_proposed_event(one.id, submission(editor, key="k")).id == receipt.id
    trail = [entry.action for entry in ledger.audit(AuditSearch(), limit=5).items]
    assert "event-proposal-accepted" in trail


def test_a_decision_stands(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    made = story(ledger, reporter)
    record(ledger, made, announced())
    [one] = proposed(ledger)
    ledger.reject_event_proposal(one.id, editor)
    with pytest.raises(Conflict, match="rejected"):
        ledger.accept_proposed_event(one.id, submission(editor))
    assert ledger.items("event").items == (), "nothing of it is on record"
    with pytest.raises(Conflict):
        ledger.reject_event_proposal(one.id, editor)
    with pytest.raises(NotFound):
        ledger.reject_event_proposal("none", editor)
    with pytest.raises(NotFound):
        ledger.event_proposal("none")


def test_an_event_on_record_is_found_and_taken_for_the_same(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    made = story(ledger, reporter)
    event_id = ledger.submit(submission(editor, "Jazz evenings")).id
    ledger.submit(submission(editor, "Chess"))
    record(ledger, made, announced())
    [one] = proposed(ledger)
    assert [known.id for known in ledger.events_named_like(["eveni", "hall"])] == [event_id]
    assert ledger.events_named_like([]) == ()
    with pytest.raises(InvalidInput):
        ledger.accept_as_known_event(one.id, made, editor)
    assert ledger.accept_as_known_event(one.id, event_id, editor).event_id == event_id
    assert [link.event_id for link in ledger.events_of_story(made)] == [event_id]


def test_a_withdrawn_story_announces_nothing(ledger: SqlLedger, reporter: Token) -> None:
    made = story(ledger, reporter)
    record(ledger, made, announced())
    ledger.submit(Submission(kind="story", item_id=made, action="withdraw", payload={}, by=reporter, if_match=1))
    record(ledger, made, announced(), revision=1)
    assert proposed(ledger) == []


def test_an_erased_story_leaves_no_word_of_it(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    first, second = story(ledger, reporter), story(ledger, editor, "Jazz comes")
    record(ledger, first, announced(), announced("Chess for children"))
    record(ledger, second, announced("Jazz evening, Town Hall"))
    ledger.erase(first, "a court's order", editor)
    assert [one.event.title for one in proposed(ledger)] == ["Jazz evening, Town Hall"]
    record(ledger, first, announced("Chess for children"), revision=1)
    assert len(proposed(ledger)) == 1, "a worker had the text still"


def test_pages_and_what_is_over(ledger: SqlLedger, reporter: Token) -> None:
    for day in range(1, 6):
        record(ledger, story(ledger, reporter), announced(f"Lecture number {day}00", date(2026, 7, day)))
    page = ledger.event_proposals(today=TODAY, limit=3)
    rest = ledger.event_proposals(today=TODAY, limit=3, cursor=page.next)
    assert [one.event.start.day for one in (*page.items, *rest.items)] == [5, 4, 3, 2, 1]
    assert rest.next is None
    assert ledger.event_proposals(today=date(2026, 7, 10)).items == ()


def test_a_reporter_buries_nobodys(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    made = story(ledger, reporter)
    for day in range(MOST_OF_REPORTER // 10 + 1):
        events = [announced(f"Lecture {letter * 6}", date(2026, 7, 1) + timedelta(day)) for letter in "abcdefghij"]
        record(ledger, made if day == 0 else story(ledger, reporter), *events)
    assert len(ledger.event_proposals(today=TODAY, limit=200).items) == MOST_OF_REPORTER
    record(ledger, story(ledger, editor), announced())
    assert len(ledger.event_proposals(today=TODAY, limit=200).items) == MOST_OF_REPORTER + 1


def test_proposals_are_in_the_backup(ledger: SqlLedger, reporter: Token, editor: Token, tmp_path: Path) -> None:
    made = story(ledger, reporter)
    record(ledger, made, announced(start=datetime(2026, 7, 7, 16, tzinfo=UTC)))
    record(ledger, story(ledger, reporter), announced("Chess for children"))
    ledger.reject_event_proposal(proposed(ledger)[0].id, editor)
    other = open_sql_ledger(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other.migrate()
    other.restore(iter(list(ledger.export())))
    assert proposed(other) == proposed(ledger)
    assert proposed(other, "rejected") == proposed(ledger, "rejected")
    other.close()
