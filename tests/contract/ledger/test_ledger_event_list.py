"""The desk's list of events: each event's newest revision, and what the newest text says."""

from __future__ import annotations

from dateline.adapters.ledger import SqlLedger
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token


def event(by: Token, title: str, **more: object) -> Submission:
    payload = {"schema": 3, "title": title, "start": "2026-12-03"}
    return Submission(kind="event", payload=payload, by=by, label=title, **more)  # type: ignore[arg-type]


def test_events_with_what_they_say(ledger: SqlLedger, editor: Token) -> None:
    first = ledger.submit(event(editor, "Fair", section="city")).id
    second = ledger.submit(event(editor, "Concert")).id
    ledger.submit(event(editor, "Great concert", item_id=second, action="correct", if_match=1))
    gone = Submission(kind="event", action="withdraw", payload={}, by=editor, label="Fair", item_id=first, if_match=1)
    ledger.submit(gone)
    rows = ledger.event_rows()
    assert [(row.id, row.revision, row.text_revision, row.action) for row in rows] == [
        (second, 2, 2, "correct"), (first, 2, 1, "withdraw"),
    ]  # fmt: skip
    assert (rows[0].by, rows[0].label, rows[0].is_public, rows[1].erased) == ("desk", "Great concert", False, False)
    found = ledger.event_payloads([(row.id, row.text_revision) for row in rows] + [("none", 1), (second, 9)])
    assert {key: said["title"] for key, said in found.items()} == {(second, 2): "Great concert", (first, 1): "Fair"}


def test_an_erased_event_says_nothing(ledger: SqlLedger, editor: Token) -> None:
    made = ledger.submit(event(editor, "Fair")).id
    ledger.erase(made, "asked for", editor)
    [row] = ledger.event_rows()
    assert row.erased
    assert "Fair" not in row.label
    assert ledger.event_payloads([(made, row.revision), (made, row.text_revision)]) == {}
