"""Erasure and the ledger's files: what is erased is in none of them, whoever reads or works meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from contract.ledger.conftest import publish, story
from dateline.adapters import sqlite_expunge
from dateline.adapters.ledger import SqlLedger
from dateline.domain.payload import to_payload
from dateline.domain.term import Term
from dateline.errors import Conflict, InvalidInput, LedgerUnavailable, NotAllowed
from dateline.ports.ledger.claims import Indexed, Quarantine
from dateline.ports.ledger.submissions import Idempotency, Submission
from dateline.ports.ledger.tokens import Token
from ledgers import open_copy


@pytest.fixture
def sqlite_ledger(tmp_path: Path) -> Iterator[SqlLedger]:
    with closing(open_copy(tmp_path)) as ledger:
        yield ledger


@pytest.fixture
def desk(sqlite_ledger: SqlLedger) -> Token:
    found = sqlite_ledger.find_token("secret-edda")
    assert found is not None
    return found


def term(by: Token, label: str, **more: Any) -> Submission:
    payload = {"schema": 1, "type": "topic", "slug": "trade", "label": label}
    return Submission(kind="term", item_id="topic:trade", payload=payload, by=by, label=label, **more)


def holds(folder: Path, word: str) -> bool:
    return any(word.encode() in path.read_bytes() for path in folder.iterdir())


def test_of_many_pages_none_keeps_what_was_erased(sqlite_ledger: SqlLedger, desk: Token, tmp_path: Path) -> None:
    erased = []
    for number in range(60):
        headline = f"Zanzibar {number}" if number % 3 == 0 else f"Bridge {number}"
        receipt = sqlite_ledger.submit(story(desk, headline, note=headline))
        for revision in range(1, 4):
            longer = f"{headline} {'and more ' * 20 * revision}"
            sqlite_ledger.submit(story(desk, longer, item_id=receipt.id, action="correct", if_match=revision))
        if number % 3 == 0:
            erased.append(receipt.id)
    for item_id in erased:
        sqlite_ledger.erase(item_id, "asked for", desk)
    sqlite_ledger.expunge()
    assert not holds(tmp_path, "Zanzibar")
    assert holds(tmp_path, "Bridge 59")


def test_a_reader_is_waited_for(sqlite_ledger: SqlLedger, desk: Token, tmp_path: Path) -> None:
    receipt = sqlite_ledger.submit(story(desk, "Zanzibar"))
    reader = sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM payloads").fetchone()
    sqlite_ledger.erase(receipt.id, "asked for", desk)
    ends = Timer(0.3, reader.execute, ["COMMIT"])
    ends.start()
    sqlite_ledger.expunge()
    assert not holds(tmp_path, "Zanzibar")
    ends.join()
    reader.close()


def test_a_reader_that_does_not_end_is_named(
    sqlite_ledger: SqlLedger, desk: Token, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_expunge, "CHECKPOINT_SECONDS", 0.1)
    receipt = sqlite_ledger.submit(story(desk, "Zanzibar"))
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM payloads").fetchone()
        sqlite_ledger.erase(receipt.id, "asked for", desk)
        with pytest.raises(LedgerUnavailable, match="a reader that does not end"):
            sqlite_ledger.expunge()
        sqlite_ledger.submit(story(desk, "Writers go on"))
    sqlite_ledger.expunge()
    assert not holds(tmp_path, "Zanzibar")


def test_a_worker_that_has_the_text_records_nothing_of_it(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "Zanzibar"))
    (held,) = ledger.claim(worker="w", lease=timedelta(seconds=30))
    assert ledger.erase(receipt.id, "asked for", editor).may_be_indexed
    ledger.propose_terms([("person", "zanzibar", "Zanzibar", receipt.id), ("person", "jan-kos", "Jan Kos", "other")])
    assert ledger.mark([Quarantine(claimed=held, stage="document", reason="ValueError: Zanzibar")]) == 0
    assert "anzibar" not in repr(list(ledger.export()))
    assert [proposal.slug for proposal in ledger.proposals()] == ["jan-kos"]
    (tombstone,) = ledger.claim(worker="w", lease=timedelta(seconds=30))
    assert tombstone.version > held.version and tombstone.publish is not None
    assert (tombstone.publish.action, tombstone.publish.payload) == ("withdraw", None)
    assert ledger.mark([Indexed(claimed=tombstone)]) == 1
    assert ledger.item("story", receipt.id).newest.state == "withdrawn"


def test_what_was_never_public_waits_for_no_worker(ledger: SqlLedger, editor: Token) -> None:
    waiting, public = ledger.submit(story(editor)), ledger.submit(story(editor))
    assert not ledger.erase(waiting.id, "asked for", editor).may_be_indexed
    publish(ledger)
    assert ledger.erase(public.id, "asked for", editor).may_be_indexed


def test_a_term_that_nothing_uses_may_have_its_page(ledger: SqlLedger, editor: Token) -> None:
    rail = Term(type="topic", slug="rail", label="Rail")
    ledger.submit(Submission(kind="term", item_id=rail.key, payload=to_payload(rail), by=editor))
    ledger.mark([Indexed(claimed=one, public=False) for one in ledger.claim(worker="w", lease=timedelta(seconds=30))])
    assert ledger.erase(rail.key, "asked for", editor).may_be_indexed


def test_a_terms_names_go_out_of_retags_too(ledger: SqlLedger, editor: Token) -> None:
    ledger.submit(term(editor, "Zanzibar"))
    job = ledger.next_retag(quiet=timedelta(0))
    assert job is not None
    ledger.advance_retag(job, cursor="z", touched=0, done=True)
    ledger.submit(term(editor, "Zanzibar Trade", if_match=1, action="correct"))
    number = ledger.vocabulary_number()
    ledger.erase("topic:trade", "asked for", editor)
    assert ledger.vocabulary_number() > number
    assert [change.term for change in ledger.term_changes()] == [None]
    again = ledger.next_retag(quiet=timedelta(0))
    assert again is not None and (again.keys, again.names) == (("topic:trade",), ())
    assert "anzibar" not in repr(list(ledger.export()))


def test_the_ledger_is_whole_after_its_files_were_rewritten(ledger: SqlLedger, editor: Token) -> None:
    erased, kept = ledger.submit(story(editor, "Zanzibar")), ledger.submit(story(editor, "Bridge opens"))
    publish(ledger)
    ledger.erase(erased.id, "asked for", editor)
    ledger.expunge()
    assert ledger.item("story", kept.id).label == "Bridge opens"
    assert ledger.submit(story(editor, "And another")).revision == 1


KEY = Idempotency(key="zanzibar-1", digest="d1")
FROM_ZANZIBAR: dict[str, Any] = {
    "external_source": "Zanzibar Agency", "external_id": "zanzibar-1", "for_sources": ("Zanzibar Agency",),
}  # fmt: skip


def test_the_ids_that_its_writer_chose_go_too_and_let_nothing_in_again(ledger: SqlLedger, reporter: Token) -> None:
    sent = story(reporter, idempotency=KEY, **FROM_ZANZIBAR)
    receipt = ledger.submit(sent)
    publish(ledger)
    ledger.erase(receipt.id, "asked for", reporter)
    assert "anzibar" not in repr(list(ledger.export()))
    for _ in range(2):
        again = ledger.submit(sent)
        assert (again.id, again.changed) == (receipt.id, False)
        with pytest.raises(InvalidInput):
            ledger.submit(replace(sent, idempotency=replace(KEY, digest="d2")))
        for other in ({}, {"following": lambda _: sent, "after_withdrawal": True}):
            with pytest.raises(Conflict, match="erased"):
                ledger.submit(replace(sent, idempotency=None, external_digest="other", **other))
        assert "anzibar" not in repr(list(ledger.export()))
        ledger.erase(receipt.id, "asked for again", reporter)
    assert ledger.item_of_source("story", "Zanzibar Agency", "zanzibar-1") is None
    assert ledger.submit(story(reporter, **{**FROM_ZANZIBAR, "external_id": "zanzibar-2"})).revision == 1


def test_no_file_keeps_the_ids(sqlite_ledger: SqlLedger, desk: Token, tmp_path: Path) -> None:
    receipt = sqlite_ledger.submit(story(desk, idempotency=KEY, **FROM_ZANZIBAR))
    own = sqlite_ledger.submit(story(desk, external_id="my-zanzibar"))
    for one in (receipt, own):
        sqlite_ledger.erase(one.id, "asked for", desk)
    sqlite_ledger.expunge()
    assert not holds(tmp_path, "anzibar")


def test_a_source_stays_whose_it_is_while_anything_else_came_from_there(ledger: SqlLedger, reporter: Token) -> None:
    _, other = ledger.create_token("bob", "reporter")
    first, second = (ledger.submit(story(reporter, **{**FROM_ZANZIBAR, "external_id": one})) for one in "ab")
    ledger.erase(first.id, "asked for", reporter)
    theirs = story(other, **{**FROM_ZANZIBAR, "external_id": "c"})
    with pytest.raises(NotAllowed):
        ledger.submit(theirs)
    ledger.erase(second.id, "asked for", reporter)
    assert ledger.submit(theirs).revision == 1
    with pytest.raises(NotAllowed):
        ledger.submit(story(other, **{**FROM_ZANZIBAR, "external_id": "a"}))


def test_a_source_that_a_token_was_given_stays_given(ledger: SqlLedger, editor: Token, reporter: Token) -> None:
    _, agency = ledger.create_token("agency", "reporter", sources=["Zanzibar Agency"])
    ledger.erase(ledger.submit(story(agency, **FROM_ZANZIBAR)).id, "asked for", editor)
    with pytest.raises(NotAllowed):
        ledger.submit(story(reporter, **{**FROM_ZANZIBAR, "external_id": "c"}))
