"""The move of claims into a table of their own, and processes of the version before, which know nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from alembic import command
from sqlalchemy import insert, select, update

from contract.ledger.conftest import claim, claim_suspect, publish, states, story
from dateline.adapters.ledger import SqlLedger
from dateline.adapters.ledger.database.engine import now, writing
from dateline.adapters.ledger.database.tables import items, payloads, revisions
from dateline.ports.ledger.claims import Indexed
from dateline.ports.ledger.tokens import Token

SECOND = timedelta(seconds=1)


def put_before(ledger: SqlLedger, item_id: str, **more: Any) -> None:
    """Put a story on record as the version before did."""
    with writing(ledger._engine) as connection:
        at = now(connection)
        due = {"lane": 0, "claim": 0, "worker": "", "lost": 0, "size": 9, "due_at": at, "lease_until": None, **more}
        connection.execute(insert(items).values(
            id=item_id, kind="story", owner="ann", owner_id="", label="", label_folded="", section="",
            external_source="", external_scope="", external_id="", external_digest="", newest_revision=1, **due,
        ))  # fmt: skip
        connection.execute(insert(revisions).values(
            item_id=item_id, revision=1, action="submit", state="accepted", received_at=at, by="ann", note="",
            was_public=False, attempts=0, stage="", error="", erased=False,
        ))  # fmt: skip
        connection.execute(insert(payloads).values(item_id=item_id, revision=1, body='{"schema": 1, "headline": "x"}'))


def change_before(ledger: SqlLedger, item_id: str, **columns: Any) -> None:
    """Change an item's row as the version before did."""
    with writing(ledger._engine) as connection:
        connection.execute(update(items).where(items.c.id == item_id).values(columns))


def test_what_was_due_leased_and_suspect_is_moved(
    open_ledger: Callable[[], SqlLedger], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, upgrade = open_ledger(), command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _: upgrade(config, "0005"))
        ledger.migrate()
    with writing(ledger._engine) as connection:
        lost = now(connection) - SECOND
    put_before(ledger, "a", claim=4)
    put_before(ledger, "b", claim=1, due_at=None, lease_until=lost, worker="dead")
    put_before(ledger, "c", claim=2, lost=1)
    put_before(ledger, "d", claim=7, due_at=None)
    ledger.migrate()
    assert [(one.item_id, one.version) for one in claim(ledger)] == [("a", 5)]
    assert ledger.sweep().lost_leases == 1
    alone = [claim_suspect(ledger) for _ in range(2)]
    assert sorted((one.item_id, one.version) for batch in alone for one in batch) == [("b", 2), ("c", 3)]
    assert claim(ledger) == claim_suspect(ledger) == ()
    with ledger._engine.connect() as connection:
        assert not connection.execute(select(items.c.id).where(items.c.due_at.is_not(None))).all()


def test_what_a_process_of_the_version_before_makes_due_is_claimed(ledger: SqlLedger) -> None:
    put_before(ledger, "a")
    assert [one.version for one in publish(ledger)] == [1]
    with writing(ledger._engine) as connection:
        at = now(connection)
    change_before(ledger, "a", due_at=at, lane=2)
    assert [one.version for one in publish(ledger)] == [2]
    assert claim(ledger) == ()


def test_its_workers_find_nothing_due(ledger: SqlLedger, reporter: Token) -> None:
    put_before(ledger, "a")
    ledger.submit(story(reporter))
    with ledger._engine.connect() as connection:
        assert not connection.execute(select(items.c.id).where(items.c.due_at.is_not(None))).all()


def test_its_erasure_takes_the_claim_from_a_worker(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter))
    [held] = claim(ledger)
    with writing(ledger._engine) as connection:
        at = now(connection)
    change_before(ledger, receipt.id, claim=items.c.claim + 1, due_at=at, lease_until=None)
    assert ledger.mark([Indexed(claimed=held)]) == 0
    assert [one.version for one in claim(ledger)] == [3]
    assert states(ledger, receipt.id) == ["accepted"]
