"""Idempotency keys: how long they last, how that is told, and that an export has them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from contract.ledger.conftest import story
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.adapters.ledger.database.engine import connect
from dateline.adapters.ledger.database.tables import idempotency_keys
from dateline.errors import InvalidInput
from dateline.ports.ledger.submissions import KEYS_KEPT, Idempotency, Receipt
from dateline.ports.ledger.tokens import Token

KEY = Idempotency(key="k", digest="d")

Age = Callable[[timedelta], None]


@pytest.fixture
def age(url: str) -> Iterator[Age]:
    """Lets that much time go by for the keys."""
    engine = connect(url)

    def go_by(time: timedelta) -> None:
        with engine.begin() as connection:
            for row in connection.execute(idempotency_keys.select()).all():
                times = {"received_at": row.received_at - time, "expires_at": row.expires_at and row.expires_at - time}
                connection.execute(update(idempotency_keys).where(idempotency_keys.c.key == row.key).values(times))

    yield go_by
    engine.dispose()


def test_a_key_lasts_48_hours_and_the_receipt_says_so(ledger: SqlLedger, reporter: Token, age: Age) -> None:
    first = ledger.submit(story(reporter, idempotency=KEY))
    assert first.key_expires_at == first.received_at + timedelta(hours=48)
    assert ledger.submit(story(reporter)).key_expires_at is None
    age(timedelta(hours=47, minutes=59))
    ledger.sweep()
    assert ledger.submit(story(reporter, idempotency=KEY)).id == first.id
    age(timedelta(minutes=2))
    ledger.sweep()
    assert ledger.submit(story(reporter, idempotency=KEY)).id != first.id


def test_a_repeat_is_told_the_same_end(ledger: SqlLedger, reporter: Token) -> None:
    first, again = (ledger.submit(story(reporter, idempotency=KEY)) for _ in range(2))
    assert (again.key_expires_at, again.changed) == (first.key_expires_at, False)
    receipts = ledger.submit_many(
        [story(reporter, f"Line {n}", idempotency=Idempotency(key=f"b:{n}", digest="d")) for n in range(3)]
    )
    assert all(isinstance(one, Receipt) and one.key_expires_at for one in receipts)


def test_a_key_of_a_poll_that_changed_nothing_lasts_as_long(
    ledger: SqlLedger, reporter: Token, url: str, age: Age
) -> None:
    """Its receipt says when the story came, long before the key did."""
    polled = {"external_id": "x1", "external_source": "BelTA", "external_digest": "a"}
    first = ledger.submit(story(reporter, **polled))
    again = ledger.submit(story(reporter, idempotency=KEY, **polled))
    assert (again.id, again.changed, again.received_at) == (first.id, False, first.received_at)
    assert again.key_expires_at is not None and again.key_expires_at >= first.received_at + KEYS_KEPT
    age(timedelta(hours=47, minutes=59))
    ledger.sweep()
    with pytest.raises(InvalidInput, match="another body"):
        ledger.submit(story(reporter, idempotency=Idempotency(key="k", digest="other")))


def test_a_key_of_the_version_before_counts_from_its_receipt(
    ledger: SqlLedger, reporter: Token, url: str, age: Age
) -> None:
    first = ledger.submit(story(reporter, idempotency=KEY))
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(update(idempotency_keys).values(expires_at=None))
    engine.dispose()
    assert ledger.submit(story(reporter, idempotency=KEY)).key_expires_at == first.key_expires_at
    age(timedelta(hours=49))
    ledger.sweep()
    assert ledger.submit(story(reporter, idempotency=KEY)).id != first.id


def test_an_export_has_the_keys(ledger: SqlLedger, reporter: Token, sqlite_url: str) -> None:
    first = ledger.submit(story(reporter, idempotency=KEY))
    lines = [json.loads(json.dumps(line)) for line in ledger.export()]
    into = open_sql_ledger(f"{sqlite_url}-restored")
    into.migrate()
    into.restore(iter(lines))
    again = into.submit(story(reporter, idempotency=KEY))
    assert (again.id, again.changed, again.key_expires_at) == (first.id, False, first.key_expires_at)
    with pytest.raises(InvalidInput, match="another body"):
        into.submit(story(reporter, idempotency=Idempotency(key="k", digest="other")))
    into.close()


def test_a_first_receipt_is_asked_for_by_its_key_and_of_nobody_else(
    ledger: SqlLedger, reporter: Token, editor: Token
) -> None:
    assert ledger.first_receipt(reporter, KEY) is None
    first = ledger.submit(story(reporter, idempotency=KEY))
    found = ledger.first_receipt(reporter, KEY)
    assert found is not None and (found.id, found.revision, found.changed) == (first.id, 1, False)
    assert ledger.first_receipt(editor, KEY) is None
    with pytest.raises(InvalidInput):
        ledger.first_receipt(reporter, Idempotency(key="k", digest="another"))
