"""Whether claims stay as fast as they are: while a long read is open, and with a million finished items.

On PostgreSQL. A transaction with an old snapshot is held open for two minutes, as ``pg_dump`` holds one; meanwhile
60,000 stories are submitted, claimed and marked by 500, at a steady pace. The figure is the claims a second (claim and
mark, medians) in the last tenth of the batches by that in the first. A ledger without a long read takes turns with it:
the ratio is that figure by the other ledger's, so that what else the machine does is in neither; ``plain`` is without.
Then the time of one claim with 1,000 finished items and with 1,000,000, two ledgers that take turns.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from statistics import median
from typing import Final

import psycopg

from bench._report import report
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.ports.ledger.claims import Claimed, Indexed
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token
from servers.postgres import postgresql

STORIES: Final = 60_000
SECONDS: Final = 120
BATCH: Final = 500
FINISHED: Final = (1_000, 1_000_000)
CLAIMS: Final = 61
WARM_UPS: Final = 6
PAIR: Final = ("held", "free")
LEAST_KEPT: Final = 0.8
MOST_COST: Final = 1.2
BODY: Final = "It is open again, said the mayor of the town on the river. " * 15

FINISHED_ITEMS: Final = """
WITH made AS (
    INSERT INTO items (id, kind, owner, owner_id, label, label_folded, section, external_scope, external_source,
        external_id, external_digest, newest_revision, published_revision, lane, claim, worker, lost, size)
    SELECT '00' || lpad(n::text, 24, '0'), 'story', 'bench', '', 'Bridge opens', 'bridge opens', 'news', '', '', '', '',
        1, 1, 0, 0, 'claims', 0, 0
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n RETURNING id
), queued AS (
    INSERT INTO claims (item_id, lane, claim, worker, lost, size) SELECT id, 0, 1, '', 0, 900 FROM made
)
INSERT INTO revisions (item_id, revision, action, state, received_at, by, note, indexed_at, was_public, attempts, stage,
    error, erased)
SELECT id, 1, 'submit', 'indexed', now(), 'bench', '', now(), true, 0, '', '', false FROM made
"""


def submit(ledger: SqlLedger, by: Token, count: int = BATCH) -> None:
    """Make stories due."""
    payload = {"schema": 1, "headline": "Bridge opens", "body_text": BODY}
    ledger.submit_many([Submission(kind="story", payload=payload, by=by, label="Bridge opens") for _ in range(count)])


def timed_claim(ledger: SqlLedger) -> tuple[float, Sequence[Claimed]]:
    """Seconds of one claim, and what it took."""
    started = time.perf_counter()
    claimed = ledger.claim(worker="bench", lease=timedelta(seconds=60), limit=BATCH)
    return time.perf_counter() - started, claimed


def claim_and_mark(ledger: SqlLedger) -> float:
    """Seconds of a batch's claim and mark."""
    started = time.perf_counter()
    _, claimed = timed_claim(ledger)
    assert ledger.mark([Indexed(claimed=one) for one in claimed]) == BATCH
    return time.perf_counter() - started


def under_a_long_read(cluster: str, stories: int, seconds: float) -> None:
    """Report the claims a second that are left at the end of a long read."""
    rounds = stories // BATCH
    with ExitStack() as stack:
        (held, by, address), (free, by_too, _) = (stack.enter_context(ledger_with(cluster, name)) for name in PAIR)
        turns = ((held, by), (free, by_too))
        for _ in range(WARM_UPS):
            for ledger, writer in turns:
                submit_and_take(ledger, writer)
        reader = stack.enter_context(psycopg.connect(address))
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT count(*) FROM items")
        started, taken = time.perf_counter(), []
        for number in range(rounds):
            time.sleep(max(0.0, started + seconds * number / rounds - time.perf_counter()))
            taken.append([submit_and_take(ledger, writer) for ledger, writer in turns])
        whole = time.perf_counter() - started
    tenth = max(3, rounds // 10)
    first, last = ([BATCH / median(turn[place] for turn in part) for place in (0, 1)]
                   for part in (taken[:tenth], taken[-tenth:]))  # fmt: skip
    report(
        "claims, long read", ratio=last[0] / first[0] / (last[1] / first[1]), ours=last[0], limit=LEAST_KEPT,
        unit="claims/s at the end", start=round(first[0]), plain=round(last[0] / first[0], 3),
        without=round(last[1]), without_start=round(first[1]), stories=rounds * BATCH, seconds=round(whole),
    )  # fmt: skip


def submit_and_take(ledger: SqlLedger, by: Token) -> float:
    """Make a batch due; seconds of its claim and mark."""
    submit(ledger, by)
    return claim_and_mark(ledger)


def with_finished_items(cluster: str, counts: Sequence[int]) -> None:
    """Report what a claim costs in a ledger with few and in one with many finished items; they take turns."""
    with ExitStack() as stack:
        ledgers = [stack.enter_context(ledger_with(cluster, f"finished_{count}", count)) for count in counts]
        turns = [[0.0] * len(ledgers) for _ in range(CLAIMS)]
        for number, turn in enumerate(turns):
            for place in range(len(ledgers))[:: 1 if number % 2 else -1]:
                ledger, by, _ = ledgers[place]
                turn[place] = _claim_alone(ledger, by)
    few, many = (median(turn[place] for turn in turns[1:]) for place in (0, -1))
    report(
        f"claims, {counts[-1]} finished items", ratio=many / few, ours=many * 1000, limit=MOST_COST,
        unit="ms a claim of 500", with_few=round(few * 1000, 2), few=counts[0],
    )  # fmt: skip


@contextmanager
def ledger_with(cluster: str, name: str, finished: int = 0) -> Iterator[tuple[SqlLedger, Token, str]]:
    """A ledger in a database of its own with so many finished items, who writes, and its address."""
    with psycopg.connect(cluster, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
    address = f"{cluster.rsplit('/', 1)[0]}/{name}"
    with closing(open_sql_ledger(address)) as ledger:
        ledger.migrate()
        by = ledger.create_token("bench", "editor")[1]
        if finished:
            with psycopg.connect(address, autocommit=True) as admin:
                admin.execute(FINISHED_ITEMS, {"first": 1, "last": finished})
                admin.execute("VACUUM (ANALYZE) items, claims, revisions")
        yield ledger, by, address


def _claim_alone(ledger: SqlLedger, by: Token) -> float:
    submit(ledger, by)
    seconds, claimed = timed_claim(ledger)
    ledger.mark([Indexed(claimed=one) for one in claimed])
    return seconds


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--stories", type=int, default=STORIES)
    asked.add_argument("--seconds", type=float, default=SECONDS)
    asked.add_argument("--finished", type=int, nargs="*", default=FINISHED)
    given = asked.parse_args()
    with postgresql() as cluster:
        if given.stories:
            under_a_long_read(cluster, given.stories, given.seconds)
        if given.finished:
            with_finished_items(cluster, given.finished)


if __name__ == "__main__":
    main()
