"""Sources that are pulled: one worker at a time has one, failures rest, and editors say what is pulled."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from contract.ledger.conftest import story
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.adapters.ledger.database.engine import connect
from dateline.adapters.ledger.database.source_tables import pulled_sources
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.audit import AuditSearch
from dateline.ports.ledger.pulled_sources import LONGEST_BACKOFF, PulledSource, PullReport, SourceDetails
from dateline.ports.ledger.tokens import Token

DETAILS = SourceDetails(
    name="BelTA", url="https://belta.example/rss", every=timedelta(minutes=5), section="world", language="be"
)
REPORT = PullReport(new=3, unchanged=7, refused=1, refusals=("entry 4: /headline: Must not be blank.",))
Age = Callable[[timedelta], None]


@pytest.fixture
def age(url: str) -> Iterator[Age]:
    """Lets that much time go by for the sources."""
    engine = connect(url)

    def go_by(time: timedelta) -> None:
        with engine.begin() as connection:
            for row in connection.execute(pulled_sources.select()).all():
                earlier = update(pulled_sources).where(pulled_sources.c.id == row.id)
                connection.execute(earlier.values(next_at=row.next_at - time))

    yield go_by
    engine.dispose()


@pytest.fixture
def source(ledger: SqlLedger, editor: Token) -> PulledSource:
    return ledger.add_source(DETAILS, editor)


def claimed(ledger: SqlLedger) -> PulledSource:
    found = ledger.claim_source()
    assert found is not None
    return found


def test_a_source_is_due_at_once_and_claimed_once(ledger: SqlLedger, source: PulledSource) -> None:
    assert (source.details, source.added_by, source.paused, source.report) == (DETAILS, "desk", False, None)
    one = claimed(ledger)
    assert (one.id, one.claim) == (source.id, 1) and one.fetching_since is not None
    assert ledger.claim_source() is None


def test_it_writes_as_a_reporter_who_was_given_the_source(
    ledger: SqlLedger, source: PulledSource, reporter: Token
) -> None:
    writer = ledger.live_token("BelTA")
    assert writer is not None and writer.id == source.writer_id
    assert (writer.role, writer.sources) == ("reporter", ("BelTA",))
    wire = {"external_id": "1", "external_source": "BelTA", "for_sources": ("BelTA",), "external_digest": "a"}
    assert ledger.submit(story(writer, **wire)).revision == 1
    assert not ledger.submit(story(writer, **wire)).changed
    assert ledger.submit(story(writer, **{**wire, "external_digest": "b"})).revision == 2


def test_what_became_of_a_pull_is_kept(ledger: SqlLedger, source: PulledSource, age: Age) -> None:
    ledger.note_pull(claimed(ledger), REPORT, etag='"1"', modified="Mon, 30 Nov 2026 10:00:00 GMT")
    now = ledger.source(source.id)
    assert (now.report, now.etag, now.failures, now.error, now.fetching_since) == (REPORT, '"1"', 0, "", None)
    assert now.fetched_at is not None and now.next_at == now.fetched_at + DETAILS.every
    assert ledger.claim_source() is None
    age(DETAILS.every)
    ledger.note_pull(claimed(ledger), None, etag='"1"')
    assert ledger.source(source.id).report == REPORT
    assert ledger.metrics().outcomes == {("pull", "pulled"): 1, ("pull", "unchanged"): 1}


def test_failures_rest_twice_as_long_each_time(ledger: SqlLedger, source: PulledSource, age: Age) -> None:
    rests = []
    for _ in range(12):
        before = claimed(ledger)
        ledger.note_failed_pull(before, "nobody answers")
        now = ledger.source(source.id)
        assert before.fetching_since is not None
        rests.append(round((now.next_at - before.fetching_since) / DETAILS.every))
        age(LONGEST_BACKOFF)
    assert rests[:3] == [2, 4, 8] and rests[-1] == LONGEST_BACKOFF // DETAILS.every
    assert (now.failures, now.error, now.fetched_at) == (12, "nobody answers", None)
    ledger.note_pull(claimed(ledger), REPORT)
    assert (ledger.source(source.id).failures, ledger.source(source.id).error) == (0, "")


def test_a_server_may_ask_for_a_longer_rest(ledger: SqlLedger, source: PulledSource) -> None:
    one = claimed(ledger)
    ledger.note_failed_pull(one, "503", timedelta(hours=5))
    assert one.fetching_since is not None
    assert ledger.source(source.id).next_at >= one.fetching_since + timedelta(hours=5)


def test_one_that_kills_its_worker_rests_too(ledger: SqlLedger, source: PulledSource, age: Age) -> None:
    claimed(ledger)
    left = ledger.source(source.id)
    assert (left.failures, left.error) == (1, "it came to no end")
    age(timedelta(minutes=9))
    assert ledger.claim_source() is None
    age(timedelta(minutes=2))
    assert claimed(ledger).failures == 2


def test_who_comes_late_notes_nothing(ledger: SqlLedger, source: PulledSource, age: Age) -> None:
    late = claimed(ledger)
    age(timedelta(days=1))
    ledger.note_pull(claimed(ledger), REPORT, etag='"new"')
    ledger.note_pull(late, None, etag='"old"')
    ledger.note_failed_pull(late, "late")
    assert (ledger.source(source.id).etag, ledger.source(source.id).error) == ('"new"', "")


def test_a_paused_one_is_pulled_only_when_an_editor_wants_it(
    ledger: SqlLedger, source: PulledSource, editor: Token
) -> None:
    ledger.note_pull(claimed(ledger), REPORT, etag='"1"')
    ledger.pause_source(source.id, editor, paused=True)
    assert ledger.source(source.id).paused and ledger.claim_source() is None
    ledger.pull_source_soon(source.id, editor)
    now = claimed(ledger)
    assert now.etag == ""
    ledger.note_pull(now, REPORT)
    assert ledger.claim_source() is None
    ledger.pause_source(source.id, editor, paused=False)
    assert claimed(ledger).id == source.id


def test_a_pull_that_is_wanted_during_one_comes_after_it(
    ledger: SqlLedger, source: PulledSource, editor: Token
) -> None:
    first = claimed(ledger)
    ledger.pull_source_soon(source.id, editor)
    ledger.note_pull(first, REPORT, etag='"1"')
    assert claimed(ledger).etag == ""


def test_a_removed_one_is_gone_and_who_it_wrote_as_too(ledger: SqlLedger, source: PulledSource, editor: Token) -> None:
    one = claimed(ledger)
    ledger.remove_source(source.id, editor)
    ledger.note_pull(one, REPORT)
    assert ledger.sources() == () and ledger.live_token("BelTA") is None
    for change in (ledger.remove_source, ledger.pull_source_soon):
        with pytest.raises(NotFound):
            change(source.id, editor)
    assert ledger.add_source(DETAILS, editor).id != source.id


def test_a_name_and_an_address_are_taken_once(ledger: SqlLedger, source: PulledSource, editor: Token) -> None:
    other = SourceDetails(name="desk", url="https://other.example/", every=timedelta(hours=1))
    for details, why in (
        (SourceDetails(name="Other", url=DETAILS.url, every=timedelta(hours=1)), "address"),
        (SourceDetails(name="BelTA", url="https://other.example/", every=timedelta(hours=1)), "name"),
        (other, "named 'desk'"),
    ):
        with pytest.raises(Conflict, match=why):
            ledger.add_source(details, editor)
    assert len(ledger.sources()) == 1


def test_what_editors_do_with_it_is_in_the_audit(ledger: SqlLedger, source: PulledSource, editor: Token) -> None:
    ledger.pause_source(source.id, editor, paused=True)
    ledger.pause_source(source.id, editor, paused=False)
    ledger.pull_source_soon(source.id, editor)
    ledger.remove_source(source.id, editor)
    entries = ledger.audit(AuditSearch(what="source:BelTA")).items
    assert [(one.action, one.who) for one in reversed(entries)] == [
        (f"source-{action}", "desk") for action in ("add", "pause", "resume", "pull", "remove")
    ]


def test_an_export_has_it(ledger: SqlLedger, source: PulledSource, sqlite_url: str) -> None:
    ledger.note_pull(claimed(ledger), REPORT, etag='"1"')
    lines = [json.loads(json.dumps(line)) for line in ledger.export()]
    into = open_sql_ledger(f"{sqlite_url}-restored")
    into.migrate()
    into.restore(iter(lines))
    assert into.sources() == ledger.sources()
    writer = into.live_token("BelTA")
    assert writer is not None and writer.id == source.writer_id
    into.close()


def test_its_section_is_changed_and_nothing_else(ledger: SqlLedger, source: PulledSource, editor: Token) -> None:
    ledger.set_source_section(source.id, "sport", editor)
    now = ledger.source(source.id)
    assert now == replace(source, details=replace(DETAILS, section="sport"))
    [deed] = ledger.audit(AuditSearch(what="source-section")).items
    assert (deed.who, deed.subject, deed.detail) == ("desk", "source:BelTA", "sport")
    with pytest.raises(NotFound):
        ledger.set_source_section("none", "sport", editor)
