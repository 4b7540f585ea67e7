"""One suite for the ledger on every database: a test that takes ``ledger`` runs once on each of ``ADAPTERS``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from sqlalchemy import Connection, insert

from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.adapters.ledger.database.engine import now
from dateline.adapters.ledger.database.tables import items, revisions
from dateline.ports.ledger.claims import Claimed, Indexed
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import ProposalDecision

LEASE = timedelta(seconds=30)
OVER = timedelta(seconds=-1)
"""A lease that is lost the moment it is given."""

ADAPTERS = [
    pytest.param("sqlite_url", id="sqlite"),
    pytest.param("postgres_url", id="postgres", marks=pytest.mark.postgres),
]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.sqlite'}"


@pytest.fixture(params=ADAPTERS)
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database."""
    address: str = request.getfixturevalue(request.param)
    return address


@pytest.fixture
def open_ledger(url: str) -> Iterator[Callable[[], SqlLedger]]:
    """Opens the same database again, as another process would."""
    opened: list[SqlLedger] = []

    def open_one() -> SqlLedger:
        opened.append(open_sql_ledger(url))
        return opened[-1]

    yield open_one
    for ledger in opened:
        ledger.close()


@pytest.fixture
def ledger(open_ledger: Callable[[], SqlLedger]) -> SqlLedger:
    """A migrated, empty ledger."""
    ledger = open_ledger()
    ledger.migrate()
    return ledger


@pytest.fixture
def editor(ledger: SqlLedger) -> Token:
    return ledger.create_token("desk", "editor")[1]


@pytest.fixture
def reporter(ledger: SqlLedger) -> Token:
    return ledger.create_token("ann", "reporter")[1]


def story(by: Token, headline: str = "Bridge opens", **more: Any) -> Submission:
    """The submission of a story."""
    payload = {"schema": 1, "headline": headline}
    return Submission(kind="story", payload=payload, by=by, **({"label": headline} | more))


def claim(ledger: SqlLedger, **more: Any) -> tuple[Claimed, ...]:
    """What is due, under a lease of 30 seconds unless told otherwise."""
    return ledger.claim(**({"worker": "w1", "lease": LEASE} | more))


def claim_suspect(ledger: SqlLedger, **more: Any) -> tuple[Claimed, ...]:
    """The next of what was in a lost batch."""
    return claim(ledger, suspect=True, **more)


def publish(ledger: SqlLedger, **more: Any) -> tuple[Claimed, ...]:
    """Claim what is due and mark it as indexed."""
    claimed = claim(ledger, **more)
    assert ledger.mark([Indexed(claimed=one) for one in claimed]) == len(claimed)
    return claimed


def lose_leases(ledger: SqlLedger, times: int) -> None:
    """Let a worker die of the one item that is due, again and again."""
    for _ in range(times):
        [_] = claim(ledger, lease=OVER) or claim_suspect(ledger, lease=OVER)
        ledger.sweep()


def states(ledger: SqlLedger, item_id: str) -> list[str]:
    """The states of a story's revisions, oldest first."""
    return [revision.state for revision in ledger.item("story", item_id).revisions]


def decision(slug: str, status: Literal["accepted", "rejected", "merged"], merged_into: str = "") -> ProposalDecision:
    """A decision on the proposal of a person."""
    return ProposalDecision(type="person", slug=slug, status=status, merged_into=merged_into)


def put_before(connection: Connection, item_id: str, owner: str, source: str) -> None:
    """Put an item on record as the version before did."""
    at = now(connection)
    connection.execute(insert(items).values(
        id=item_id, kind="story", owner=owner, label="", label_folded="", section="", external_source=source,
        external_scope=f"source {source}", external_id=item_id, external_digest="", newest_revision=1, lane=0, claim=0,
        worker="", lost=0, size=0,
    ))  # fmt: skip
    connection.execute(insert(revisions).values(
        item_id=item_id, revision=1, action="submit", state="indexed", received_at=at, by=owner, note="",
        was_public=True, attempts=0, stage="", error="", erased=False,
    ))  # fmt: skip
