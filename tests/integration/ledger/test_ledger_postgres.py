"""PostgreSQL's own troubles: lost connections, locks that last, a server that isn't there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.errors import LedgerUnavailable
from dateline.ports.ledger.claims import Indexed
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token
from servers import free_port

pytestmark = pytest.mark.postgres


@pytest.fixture
def ledger(postgres_url: str) -> Iterator[SqlLedger]:
    ledger = open_sql_ledger(postgres_url)
    ledger.migrate()
    yield ledger
    ledger.close()


@pytest.fixture
def admin(postgres_url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


def story(by: Token) -> Submission:
    return Submission(kind="story", payload={"schema": 1, "headline": "Bridge opens"}, by=by, label="Bridge opens")


def test_a_server_that_restarted_is_found_again(
    ledger: SqlLedger, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    _, desk = ledger.create_token("desk", "editor")
    admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid()"
    )
    assert ledger.submit(story(desk)).revision == 1


def test_a_row_that_stays_locked_is_skipped_by_claims_and_not_waited_for_long_by_writers(
    ledger: SqlLedger, admin: psycopg.Connection[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    monkeypatch.setattr("dateline.adapters.ledger.database.engine.BUSY_SECONDS", 0.05)
    hasty = open_sql_ledger(postgres_url)
    _, desk = hasty.create_token("desk", "editor")
    locked, free = hasty.submit(story(desk)), hasty.submit(story(desk))
    with admin.transaction():
        admin.execute("SELECT 1 FROM claims WHERE item_id = %s FOR UPDATE", [locked.id])
        assert [one.item_id for one in hasty.claim(worker="w", lease=timedelta(seconds=30))] == [free.id]
        with pytest.raises(LedgerUnavailable):
            hasty.set_editor_tags(locked.id, [], [], desk)
    assert [one.item_id for one in hasty.claim(worker="w", lease=timedelta(seconds=30))] == [locked.id]
    hasty.close()


def test_a_long_read_leaves_little_for_a_claim_to_walk_over(
    ledger: SqlLedger, admin: psycopg.Connection[tuple[object, ...]], postgres_url: str
) -> None:
    _, desk = ledger.create_token("desk", "editor")
    due = "SELECT item_id FROM claims WHERE lane < 3 AND due_at <= now() AND lease_until IS NULL ORDER BY lane, due_at"
    with psycopg.connect(postgres_url) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT count(*) FROM claims")
        for _ in range(4):
            ledger.submit_many([story(desk)] * 500)
            claimed = ledger.claim(worker="w", lease=timedelta(seconds=30))
            assert len(claimed) == ledger.mark([Indexed(claimed=one) for one in claimed]) == 500
        admin.execute("VACUUM (ANALYZE) claims")
        [[[plan]]] = admin.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {due}").fetchall()  # type: ignore[misc]
    assert plan["Plan"]["Actual Rows"] == 0  # type: ignore[index]
    assert plan["Plan"]["Shared Hit Blocks"] < 100  # type: ignore[index]


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    ledger = open_sql_ledger(f"postgresql://desk:hush@127.0.0.1:{free_port()}/dateline")
    with pytest.raises(LedgerUnavailable) as refused:
        ledger.metrics()
    assert "hush" not in str(refused.value)
    ledger.close()


def test_times_come_from_the_server_and_are_aware(
    ledger: SqlLedger, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    _, desk = ledger.create_token("desk", "editor")
    before = admin.execute("SELECT clock_timestamp()").fetchone()
    receipt = ledger.submit(story(desk))
    after = admin.execute("SELECT clock_timestamp()").fetchone()
    assert before is not None and after is not None
    assert before[0] <= receipt.received_at <= after[0]  # type: ignore[operator]
    assert receipt.received_at.utcoffset() == timedelta(0)
