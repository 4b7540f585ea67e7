"""What a killed process had been told is on record, is on record: writers and workers end by kill -9 in mid-work."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any, Final

import pytest

from dateline.adapters.ledger import SqlLedger
from dateline.ports.ledger.claims import Indexed

WRITER: Final = """
import itertools, json, sys
from dateline.adapters.ledger import open_sql_ledger
from dateline.ports.ledger.submissions import Submission

ledger = open_sql_ledger(sys.argv[1])
by = next(token for token in ledger.tokens() if token.name == "desk")

def story(headline, **more):
    return Submission(kind="story", payload={"schema": 1, "headline": headline}, by=by, label=headline, **more)

def say(receipt, headline):
    line = {"id": receipt.id, "revision": receipt.revision, "headline": headline}
    sys.stdout.write(json.dumps(line) + chr(10))
    sys.stdout.flush()

for number in itertools.count():
    first = ledger.submit(story(f"Story {number}"))
    say(first, f"Story {number}")
    say(ledger.submit(story(f"Corrected {number}", item_id=first.id, if_match=1, action="correct")),
        f"Corrected {number}")
    headlines = [f"Bulk {number}.{line}" for line in range(20)]
    for receipt, headline in zip(ledger.submit_many([story(headline) for headline in headlines]), headlines):
        say(receipt, headline)
"""

WORKER: Final = """
import signal, sys
from datetime import timedelta
from dateline.adapters.ledger import open_sql_ledger
from dateline.ports.ledger.claims import Indexed

ledger = open_sql_ledger(sys.argv[1])
while batch := ledger.claim(worker="w", lease=timedelta(0), limit=3):
    ledger.mark([Indexed(claimed=one) for one in batch])
    for one in batch:
        sys.stdout.write(one.item_id + chr(10))
    sys.stdout.flush()
signal.pause()
"""


@contextmanager
def process(code: str, url: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-c", code, url], stdout=subprocess.PIPE, text=True) as child:
        yield child
        child.kill()


def killed_after(code: str, url: str, lines: int) -> list[str]:
    """The lines a process wrote whole before it was killed, which was soon after the first ``lines`` of them."""
    with process(code, url) as child:
        assert child.stdout is not None
        said = [child.stdout.readline() for _ in range(lines)]
        child.kill()
        said += child.stdout.readlines()
    assert child.returncode == -9, "it ended by itself"
    return [line.rstrip("\n") for line in said if line.endswith("\n")]


@pytest.fixture
def ledger(open_ledger: Callable[[], SqlLedger]) -> SqlLedger:
    ledger = open_ledger()
    ledger.migrate()
    ledger.create_token("desk", "editor")
    return ledger


def on_record(ledger: SqlLedger, receipt: dict[str, Any]) -> bool:
    revisions = ledger.item("story", receipt["id"], payloads="all").revisions
    payloads = {revision.revision: revision.payload for revision in revisions}
    return payloads.get(receipt["revision"]) == {"schema": 1, "headline": receipt["headline"]}


@pytest.mark.parametrize("seed", [1, 2])
def test_every_receipt_a_killed_writer_gave_is_in_the_ledger(ledger: SqlLedger, url: str, seed: int) -> None:
    chance = Random(seed)
    receipts = [json.loads(line) for _ in range(4) for line in killed_after(WRITER, url, chance.randint(1, 90))]
    assert receipts
    assert [receipt for receipt in receipts if not on_record(ledger, receipt)] == []
    bulk = [line.label for line in all_items(ledger) if line.label.startswith("Bulk")]
    assert len(bulk) % 20 == 0, "half a bulk is on record"


def test_what_a_killed_worker_had_marked_stays_and_the_rest_comes_again(ledger: SqlLedger, url: str) -> None:
    marked: set[str] = set()
    for lines in (4, 9):
        killed_after(WRITER, url, 60)
        marked.update(killed_after(WORKER, url, lines))
    assert {line.state for line in all_items(ledger) if line.id in marked} == {"indexed"}
    ledger.sweep()
    lease = timedelta(seconds=30)
    while batch := ledger.claim(worker="w", lease=lease) or ledger.claim(worker="w", lease=lease, suspect=True):
        assert not marked & {one.item_id for one in batch}
        ledger.mark([Indexed(claimed=one) for one in batch])
    assert {line.state for line in all_items(ledger)} == {"indexed"}


def all_items(ledger: SqlLedger) -> Iterator[Any]:
    cursor = None
    while True:
        page = ledger.items("story", limit=100, cursor=cursor)
        yield from page.items
        if page.next is None:
            return
        cursor = page.next
