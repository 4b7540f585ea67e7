"""Rules of the ledger that only show when two things come together."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import event

from contract.ledger.conftest import OVER, claim, claim_suspect, decision, lose_leases, publish, states, story
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.adapters.ledger.database.engine import connect, reading, writing
from dateline.adapters.ledger.database.ids import new_id
from dateline.domain.document import Crumb
from dateline.domain.enrichment import Enrichment
from dateline.domain.payload import to_payload
from dateline.domain.tag import Evidence, Tag, TagRef
from dateline.domain.term import Term
from dateline.errors import Conflict, LedgerUnavailable, StaleRevision
from dateline.ports.ledger.claims import Indexed, Quarantine
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import TermChange
from dateline.ports.wakeup import Lane

TOMORROW = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)


def at_once(*jobs: Callable[[], object]) -> None:
    start = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        start.wait()
        job()

    threads = [Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# --- what a worker dies of ---------------------------------------------------------------------------------------


def test_a_correction_of_poison_gets_its_own_chance(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "Poison"))
    lose_leases(ledger, 3)
    [_] = claim_suspect(ledger, lease=OVER)
    ledger.submit(story(editor, "Cure", item_id=receipt.id, if_match=1, action="correct"))
    assert ledger.sweep().quarantined == 0
    publish(ledger, suspect=True)
    assert states(ledger, receipt.id) == ["superseded", "indexed"]


def test_a_held_correction_is_not_quarantined_for_the_published_one(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "First"))
    publish(ledger)
    ledger.submit(story(editor, "Second", item_id=receipt.id, if_match=1, action="correct", embargo_until=TOMORROW))
    ledger.make_due([receipt.id], Lane.RETAG)
    lose_leases(ledger, 4)
    assert states(ledger, receipt.id) == ["indexed", "held"]
    assert ledger.quarantine().items == ()
    assert claim(ledger) == ()


def test_a_retag_that_fails_leaves_the_published_revision_indexed(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "First"))
    publish(ledger)
    ledger.submit(story(editor, "Second", item_id=receipt.id, if_match=1, action="correct", embargo_until=TOMORROW))
    ledger.make_due([receipt.id], Lane.RETAG)
    [claimed] = claim(ledger)
    ledger.mark([Quarantine(claimed=claimed, stage="tag", reason="odd")])
    assert states(ledger, receipt.id) == ["indexed", "held"]


# --- what is due when --------------------------------------------------------------------------------------------


def test_a_retag_reaches_the_published_revision_under_a_held_one(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "First"))
    publish(ledger)
    ledger.submit(story(editor, "Second", item_id=receipt.id, if_match=1, action="correct", embargo_until=TOMORROW))
    assert ledger.make_due([receipt.id], Lane.RETAG) == 1
    [claimed] = publish(ledger)
    assert claimed.publish is not None and claimed.publish.revision == 1
    assert claim(ledger) == ()


def test_a_held_correction_does_not_drop_an_editors_tag_that_waits(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "First"))
    publish(ledger)
    ledger.set_editor_tags(receipt.id, [TagRef(type="topic", slug="trade")], [], editor)
    ledger.submit(story(editor, "Second", item_id=receipt.id, if_match=1, action="correct", embargo_until=TOMORROW))
    [claimed] = publish(ledger)
    assert claimed.publish is not None and claimed.publish.revision == 1
    assert [tag.slug for tag in claimed.editor_tags.added] == ["trade"]


def test_a_bulk_write_does_not_slow_what_waits_in_the_live_lane(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "First"))
    ledger.submit(
        story(editor, "Second", item_id=receipt.id, if_match=1, action="correct", lane=Lane.BULK, embargo_until=None)
    )
    assert ledger.metrics().due[Lane.LIVE] == 1


def test_a_write_during_a_lease_is_not_lost_by_the_mark(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor))
    [claimed] = claim(ledger)
    ledger.set_editor_tags(receipt.id, [TagRef(type="topic", slug="trade")], [], editor)
    assert claim(ledger) == ()
    ledger.mark([Quarantine(claimed=claimed, stage="tag", reason="odd")])
    ledger.requeue(receipt.id, editor)
    [again] = publish(ledger)
    assert again.version == 2 and again.editor_tags.added


# --- erasure -----------------------------------------------------------------------------------------------------


def test_erased_words_stand_nowhere_in_the_tables(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "Zanzibar", note="about Zanzibar"))
    ledger.propose_terms([("person", "zanzibar", "Zanzibar", receipt.id)])
    publish(ledger)
    ledger.erase(receipt.id, "court order 12", editor)
    assert "anzibar" not in repr(list(ledger.export()))
    assert "court order 12" in repr(list(ledger.export()))


def test_a_name_that_others_mention_too_stays_proposed(ledger: SqlLedger, editor: Token) -> None:
    erased, other = (ledger.submit(story(editor)).id for _ in range(2))
    ledger.propose_terms([("person", "jan-kos", "Jan Kos", erased), ("person", "jan-kos", "Jan Kos", other)])
    ledger.erase(erased, "asked for", editor)
    assert [(proposal.slug, proposal.count) for proposal in ledger.proposals()] == [("jan-kos", 1)]


def test_erased_words_stand_nowhere_in_the_files(tmp_path: Path) -> None:
    ledger = open_sql_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    ledger.migrate()
    _, desk = ledger.create_token("desk", "editor")
    receipt = ledger.submit(story(desk, "Zanzibar"))
    tag = Tag(type="place", slug="x", label="Zanzibar", evidence=(Evidence("place", 0, 8, "Zanzibar", "dateline"),))
    enrichment = Enrichment(tags=(tag,), sections=(Crumb(slug="x", label="Zanzibar"),))
    ledger.mark([Indexed(claimed=one, enrichment=enrichment) for one in claim(ledger)])
    assert any(b"Zanzibar" in path.read_bytes() for path in tmp_path.iterdir())
    ledger.erase(receipt.id, "asked for", desk)
    ledger.expunge()
    assert not any(b"Zanzibar" in path.read_bytes() for path in tmp_path.iterdir())
    ledger.close()


# --- several at once ---------------------------------------------------------------------------------------------


def test_term_writes_at_once_are_all_counted(
    ledger: SqlLedger, open_ledger: Callable[[], SqlLedger], editor: Token
) -> None:
    def write(number: int) -> Callable[[], object]:
        term = Term(type="topic", slug=f"topic-{number}", label=f"Topic {number}")
        other = open_ledger()
        return lambda: other.submit(
            Submission(kind="term", item_id=term.key, payload=to_payload(term), by=editor, label=term.label)
        )

    at_once(*(write(number) for number in range(8)))
    assert ledger.vocabulary_number() == 8


def test_of_two_reindexes_at_once_one_is_refused(ledger: SqlLedger, open_ledger: Callable[[], SqlLedger]) -> None:
    refused: list[Conflict] = []

    def begin(name: str) -> Callable[[], None]:
        other = open_ledger()

        def run() -> None:
            try:
                other.open_reindex(name)
            except Conflict as conflict:
                refused.append(conflict)

        return run

    at_once(*(begin(f"v1-{name}") for name in "abcd"))
    assert len(refused) == 3
    assert ledger.open_generation() is not None


def test_one_retag_job_takes_a_change(ledger: SqlLedger, open_ledger: Callable[[], SqlLedger], editor: Token) -> None:
    term = Term(type="topic", slug="trade", label="Trade")
    ledger.submit(Submission(kind="term", item_id=term.key, payload=to_payload(term), by=editor, label="Trade"))
    found: list[int] = []

    def look() -> Callable[[], None]:
        other = open_ledger()

        def run() -> None:
            if job := other.next_retag(quiet=timedelta(0)):
                found.append(job.id)

        return run

    at_once(*(look() for _ in range(4)))
    assert len(set(found)) == 1


def test_an_external_id_that_comes_twice_at_once_is_one_story(
    ledger: SqlLedger, open_ledger: Callable[[], SqlLedger], editor: Token
) -> None:
    receipts: list[Receipt] = []

    def send(digest: str) -> Callable[[], None]:
        other = open_ledger()
        submission = story(editor, external_id="x", external_source="wire", external_digest=digest)
        return lambda: receipts.append(other.submit(submission))

    at_once(*(send(digest) for digest in "aabb"))
    assert len({receipt.id for receipt in receipts}) == 1
    assert ledger.item("story", receipts[0].id).newest_revision >= 2


def test_of_corrections_at_once_one_is_taken_and_the_others_are_stale(
    ledger: SqlLedger, open_ledger: Callable[[], SqlLedger], editor: Token
) -> None:
    receipt = ledger.submit(story(editor, "First"))
    stale: list[StaleRevision] = []

    def correct(headline: str) -> Callable[[], None]:
        other = open_ledger()

        def run() -> None:
            try:
                other.submit(story(editor, headline, item_id=receipt.id, if_match=1, action="correct"))
            except StaleRevision as refusal:
                stale.append(refusal)

        return run

    at_once(*(correct(f"Correction {number}") for number in range(5)))
    assert len(stale) == 4
    assert ledger.item("story", receipt.id).newest_revision == 2


def test_a_writer_that_waits_too_long_is_told_to_come_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.adapters.ledger.database.engine.BUSY_SECONDS", 0.05)
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    ledger, engine = open_sql_ledger(url), connect(url)
    ledger.migrate()
    with writing(engine), pytest.raises(LedgerUnavailable, match="locked"):
        ledger.create_token("ann", "reporter")
    assert ledger.create_token("ann", "reporter")[1].name == "ann"
    engine.dispose()
    ledger.close()


# --- processes ---------------------------------------------------------------------------------------------------


MIGRATE = """
import sys
from dateline.adapters.ledger import open_sql_ledger
ledger = open_sql_ledger(sys.argv[1])
ledger.migrate()
ledger.check()
ledger.close()
"""


def test_processes_that_start_at_once_migrate_once(url: str) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", MIGRATE, url]) for _ in range(4)]
    assert [process.wait(60) for process in processes] == [0] * 4


def test_a_fork_opens_connections_of_its_own(ledger: SqlLedger, editor: Token) -> None:
    before = ledger.submit(story(editor, "Parent"))
    pid = os.fork()
    if pid == 0:
        done = 1
        try:
            ledger.submit(story(editor, "Child"))
            done = 0
        finally:
            os._exit(done)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert ledger.item("story", before.id).label == "Parent"
    assert [line.label for line in ledger.items("story").items] == ["Child", "Parent"]


def test_forks_of_one_process_give_out_different_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when the clock stands, as it does for ids after it was set back."""
    monkeypatch.setattr("dateline.adapters.ledger.database.ids.time.time_ns", lambda: 1_500_000_000_000_000_000)
    new_id()
    given = []
    for _ in range(2):
        inside, outside = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.write(outside, new_id().encode())
            os._exit(0)
        os.waitpid(pid, 0)
        os.close(outside)
        with os.fdopen(inside, "rb") as answer:
            given.append(answer.read())
    assert len(set(given)) == 2


# --- vocabulary --------------------------------------------------------------------------------------------------


def test_a_refused_name_is_part_of_the_layer_and_retags(ledger: SqlLedger, editor: Token) -> None:
    ledger.propose_terms([("person", "jan-kos", "Jan Kos", "s1"), ("person", "eva-lis", "Eva Lis", "s1")])
    ledger.decide_proposal(decision("jan-kos", "rejected"), editor)
    ledger.decide_proposal(decision("eva-lis", "merged", "person:eva"), editor)
    assert ledger.term_changes() == (
        TermChange(key="person:eva-lis", term=None, merged_into="person:eva"),
        TermChange(key="person:jan-kos", term=None),
    )
    assert ledger.vocabulary_number() == 2
    job = ledger.next_retag(quiet=timedelta(0))
    assert job is not None and job.keys == ("person:eva-lis", "person:jan-kos")


def test_a_section_is_retagged_by_its_key_alone(ledger: SqlLedger, editor: Token) -> None:
    ledger.submit(story(editor, new_terms=(Term(type="section", slug="sport", label="Sport"),)))
    job = ledger.next_retag(quiet=timedelta(0))
    assert job is not None and (job.keys, job.names) == (("section:sport",), ())


def test_a_running_reindex_is_not_restored(ledger: SqlLedger, editor: Token, tmp_path: Path) -> None:
    ledger.submit(story(editor, new_terms=(Term(type="section", slug="sport", label="Sport"),)))
    ledger.open_reindex("v1-b")
    copy = open_sql_ledger(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    copy.migrate()
    copy.open_reindex("v1-c")
    assert copy.restore(ledger.export()) == 2
    assert copy.open_generation() == "v1-c"
    assert copy.vocabulary_number() == ledger.vocabulary_number()
    copy.close()


# --- cost --------------------------------------------------------------------------------------------------------


def statements(ledger: SqlLedger, work: Callable[[], object]) -> int:
    """How many statements ``work`` sends (a bulk of rows in one is one)."""
    seen: list[str] = []
    engine = ledger._engine
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    work()
    return len(seen)


@pytest.mark.parametrize("number", [3, 300])
def test_a_batch_takes_a_fixed_number_of_statements(ledger: SqlLedger, editor: Token, number: int) -> None:
    batch = [story(editor, f"Story {n}", external_id=str(n), external_source="wire") for n in range(number)]
    assert statements(ledger, lambda: ledger.submit_many(batch)) < 20
    assert statements(ledger, lambda: publish(ledger)) < 60


def test_finished_items_cost_a_claim_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    ledger, engine = open_sql_ledger(url), connect(url)
    ledger.migrate()
    ledger.close()
    with reading(engine) as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT item_id FROM claims WHERE lane < 3 AND due_at <= 1 AND lease_until IS NULL "
            "ORDER BY lane, due_at, item_id LIMIT 500"
        )
        assert "claims_due" in repr(plan.all())
    engine.dispose()


def test_what_one_process_holds_another_may_not_do(open_ledger: Callable[[], SqlLedger], ledger: SqlLedger) -> None:
    other = open_ledger()
    with (
        ledger.exclusive_lock("reindex"),
        other.exclusive_lock("something else"),
        pytest.raises(Conflict, match="reindex is under way"),
        other.exclusive_lock("reindex"),
    ):
        pass
    with other.exclusive_lock("reindex"):
        pass
