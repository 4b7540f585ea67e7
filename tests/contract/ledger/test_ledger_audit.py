"""The audit: who did what, when and from where; what it is searched by, and that nobody's text stays in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from contract.ledger.conftest import decision, story
from dateline.adapters.ledger import SqlLedger
from dateline.domain.tag import TagRef
from dateline.errors import InvalidInput
from dateline.ports.ledger.audit import AuditEntry, AuditSearch
from dateline.ports.ledger.tokens import Token


def entries(ledger: SqlLedger, **search: str) -> list[AuditEntry]:
    """What the search finds, newest first."""
    return list(ledger.audit(AuditSearch(**search)).items)  # type: ignore[arg-type]


def test_a_write_is_kept_with_who_from_where_and_the_revision(ledger: SqlLedger, reporter: Token) -> None:
    at_home = replace(reporter, address="203.0.113.7")
    receipt = ledger.submit(story(at_home, note="First"))
    [kept] = entries(ledger, who="ann")
    assert kept == AuditEntry(
        id=kept.id, at=receipt.received_at, who="ann", writer_id=reporter.id, action="submit", subject=receipt.id,
        revision=1, address="203.0.113.7", detail="First",
    )  # fmt: skip


def test_what_is_no_write_is_recorded_by_hand(ledger: SqlLedger, editor: Token) -> None:
    ledger.record("sign-in", by=replace(editor, address="203.0.113.7"))
    ledger.record("sign-in-failed", subject="account:ann", address="203.0.113.8", detail="wrong password")
    failed, done = entries(ledger)[:2]
    assert (done.who, done.writer_id, done.address, done.detail) == ("desk", editor.id, "203.0.113.7", "")
    assert (failed.who, failed.subject, failed.address) == ("", "account:ann", "203.0.113.8")


def test_tokens_are_made_and_ended_by_somebody(ledger: SqlLedger, editor: Token) -> None:
    ledger.create_token("wire", "reporter", by=editor)
    ledger.set_sources("wire", ["BelTA"])
    ledger.revoke_token("wire", by=editor)
    found = [(one.action, one.who, one.detail) for one in entries(ledger, what="token:wire")]
    assert found == [
        ("token-revoke", "desk", ""), ("token-sources", "operator", "BelTA"), ("token-create", "desk", "reporter"),
    ]  # fmt: skip


def test_it_is_searched_by_who_what_and_when(ledger: SqlLedger, editor: Token, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter))
    ledger.set_editor_tags(receipt.id, [TagRef(type="place", slug="minsk")], [], editor)
    [submitted] = entries(ledger, what="submit")
    assert [one.action for one in entries(ledger, what=receipt.id)] == ["tags", "submit"]
    assert entries(ledger, who=reporter.id) == entries(ledger, who="ann") == [submitted]
    assert entries(ledger, who="ann", what="tags") == []
    after = submitted.at + timedelta(microseconds=1)
    assert submitted in ledger.audit(AuditSearch(start=submitted.at, end=after)).items
    assert submitted not in ledger.audit(AuditSearch(start=after)).items
    assert submitted not in ledger.audit(AuditSearch(end=submitted.at)).items


def test_it_is_read_in_pages(ledger: SqlLedger) -> None:
    for number in range(5):
        ledger.record("sign-in", detail=str(number))
    read, cursor = [], None
    for limit in (2, 2, 2):
        page = ledger.audit(AuditSearch(what="sign-in"), limit=limit, cursor=cursor)
        read += [one.detail for one in page.items]
        cursor = page.next
    assert (read, cursor) == (["4", "3", "2", "1", "0"], None)
    with pytest.raises(InvalidInput):
        ledger.audit(AuditSearch(), cursor="yesterday")


def test_settings_that_two_processes_start_with_are_noted_once(ledger: SqlLedger) -> None:
    assert ledger.known_settings() == {}
    ledger.note_settings({"DATELINE_THREADS": "8"}, {}, {})
    before = ledger.known_settings()
    for _ in range(2):
        ledger.note_settings({"DATELINE_THREADS": "9"}, before, {"DATELINE_THREADS": "8 → 9"})
    [one] = entries(ledger, what="setting")
    assert (one.who, one.subject, one.detail) == ("operator", "setting:DATELINE_THREADS", "8 → 9")
    assert ledger.known_settings() == {"DATELINE_THREADS": "9"}


def test_an_erasure_leaves_who_and_why_and_no_word(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, note="Ivan Grozny was named"))
    ledger.set_editor_tags(receipt.id, [TagRef(type="person", slug="ivan-grozny")], [], editor)
    ledger.propose_terms([("person", "ivan-grozny", "Ivan Grozny", receipt.id)])
    ledger.decide_proposal(decision("ivan-grozny", "rejected"), editor)
    ledger.erase(receipt.id, "court order", editor)
    kept = entries(ledger, what=receipt.id)
    assert [(one.action, one.who, one.detail) for one in kept] == [
        ("erase", "desk", "court order"), ("tags", "desk", ""), ("submit", "desk", ""),
    ]  # fmt: skip
    assert "rozny" not in repr(entries(ledger))
