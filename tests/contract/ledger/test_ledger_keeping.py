"""Life of the ledger: migrations, tokens, the editors' vocabulary, retags, reindexing, export and restore."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from contract.ledger.conftest import OVER, claim, decision, publish, story
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.adapters.ledger.database import migrate
from dateline.adapters.ledger.database.engine import connect
from dateline.adapters.ledger.database.tables import metadata
from dateline.domain.payload import to_payload
from dateline.domain.term import Term
from dateline.errors import Conflict, LedgerUnavailable, NotFound, RevisionRequired
from dateline.ports.ledger.claims import Indexed
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import TermChange

# --- migrations --------------------------------------------------------------------------------------------------


def test_without_tables_it_says_what_to_do(open_ledger: Callable[[], SqlLedger]) -> None:
    with pytest.raises(LedgerUnavailable, match="dateline migrate"):
        open_ledger().check()


def test_migrating_again_and_at_once_is_safe(open_ledger: Callable[[], SqlLedger]) -> None:
    threads = [Thread(target=open_ledger().migrate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ledger = open_ledger()
    ledger.migrate()
    ledger.check()


def test_the_migrations_make_the_tables_that_the_code_uses(ledger: SqlLedger, url: str) -> None:
    """Each database has an index of its own over the words of stories besides."""
    engine = connect(url)
    with engine.connect() as connection:
        named = lambda name, *_: not (name or "").startswith(("story_words", "story_texts_words"))  # noqa: E731
        context = MigrationContext.configure(connection, opts={"compare_type": False, "include_name": named})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_newest_migration_is_the_one_that_is_checked_for() -> None:
    assert ScriptDirectory(str(migrate.SCRIPTS)).get_heads() == [migrate.HEAD]


def test_a_database_that_is_away_is_not_now(tmp_path: Path) -> None:
    away = open_sql_ledger(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder'}.sqlite")
    with pytest.raises(LedgerUnavailable):
        away.metrics()
    away.close()


# --- tokens ------------------------------------------------------------------------------------------------------


def test_a_token_is_found_by_its_secret(ledger: SqlLedger) -> None:
    secret, token = ledger.create_token("ann", "reporter", timedelta(days=1))
    assert len(secret) >= 43
    assert ledger.find_token(secret) == token
    assert ledger.find_token(secret + "x") is None
    assert ledger.find_token("\ud800") is None
    assert ledger.tokens() == (token,)


def test_the_secret_itself_is_nowhere(ledger: SqlLedger) -> None:
    secret, _ = ledger.create_token("ann", "reporter")
    assert secret not in "".join(map(str, ledger.export()))


def test_revoked_and_expired_tokens_are_unknown(ledger: SqlLedger) -> None:
    revoked, _ = ledger.create_token("ann", "reporter")
    expired, _ = ledger.create_token("bob", "ops", timedelta(seconds=-1))
    ledger.revoke_token("ann")
    assert ledger.find_token(revoked) is None
    assert ledger.find_token(expired) is None
    assert (ledger.live_token("ann"), ledger.live_token("bob")) == (None, None)
    with pytest.raises(NotFound):
        ledger.revoke_token("ann")
    _, again = ledger.create_token("ann", "editor")
    assert ledger.live_token("ann") == again
    with pytest.raises(Conflict):
        ledger.create_token("ann", "editor")


# --- vocabulary --------------------------------------------------------------------------------------------------


def term(by: Token, label: str = "Trade", **more: Any) -> Submission:
    made = Term(type="topic", slug="trade", label=label, aliases=(f"{label}s",))
    return Submission(kind="term", item_id=made.key, payload=to_payload(made), by=by, **({"label": label} | more))


def test_the_editors_layer(ledger: SqlLedger, editor: Token) -> None:
    assert ledger.vocabulary_number() == 0
    ledger.submit(term(editor))
    ledger.submit(term(editor, "Commerce", if_match=1, action="correct"))
    assert ledger.vocabulary_number() == 2
    [change] = ledger.term_changes()
    assert change.term is not None and change.term.label == "Commerce"
    ledger.submit(
        Submission(kind="term", item_id="topic:trade", payload={"schema": 1}, by=editor, action="withdraw", if_match=2)
    )
    assert ledger.term_changes() == (TermChange(key="topic:trade", term=None),)
    assert ledger.vocabulary_number() == 3
    ledger.submit(term(editor, "Trade again"))
    assert ledger.term_changes()[0].term is not None


def test_a_merge_remembers_into_what(ledger: SqlLedger, editor: Token) -> None:
    ledger.submit(term(editor))
    gone = {"schema": 1, "merged_into": "topic:commerce"}
    ledger.submit(
        Submission(kind="term", item_id="topic:trade", payload=gone, by=editor, action="withdraw", if_match=1)
    )
    assert ledger.term_changes() == (TermChange(key="topic:trade", term=None, merged_into="topic:commerce"),)


def test_a_retag_takes_all_changes_once_it_is_quiet(ledger: SqlLedger, editor: Token) -> None:
    ledger.submit(term(editor, "Trade"))
    ledger.submit(term(editor, "Commerce", if_match=1, action="correct"))
    assert ledger.next_retag(quiet=timedelta(minutes=1)) is None
    job = ledger.next_retag(quiet=timedelta(0))
    assert job is not None
    assert job.keys == ("topic:trade",)
    assert set(job.names) == {"Trade", "Trades", "Commerce", "Commerces"}
    ledger.advance_retag(job, cursor="m", touched=3, done=False)
    again = ledger.next_retag(quiet=timedelta(0))
    assert again is not None and (again.id, again.cursor, again.touched) == (job.id, "m", 3)
    ledger.advance_retag(again, cursor="n", touched=5, done=False)
    later = ledger.next_retag(quiet=timedelta(0))
    assert later is not None and (later.cursor, later.touched) == ("n", 5)
    ledger.advance_retag(later, cursor="z", touched=5, done=True)
    assert ledger.next_retag(quiet=timedelta(0)) is None


def test_a_change_that_no_story_shows_retags_none(ledger: SqlLedger, editor: Token) -> None:
    ledger.submit(term(editor, "Trade"))
    job = ledger.next_retag(quiet=timedelta(0))
    assert job is not None
    ledger.advance_retag(job, cursor="z", touched=0, done=True)
    ledger.submit(replace(term(editor, "Trade", if_match=1, action="correct"), retags=False))
    assert ledger.vocabulary_number() == 2
    assert ledger.next_retag(quiet=timedelta(0)) is None


def test_a_retag_looks_for_phrases_and_not_for_their_weights(ledger: SqlLedger, editor: Token) -> None:
    rules = {"any": ["river bridge^1.5", "footbridg*^3"], "all": ["Neman^0.5"], "none": ["bridge loan"]}
    payload = {"schema": 1, "type": "topic", "slug": "trade", "label": "Crossings", "rules": rules}
    ledger.submit(Submission(kind="term", item_id="topic:trade", payload=payload, by=editor, label="Crossings"))
    job = ledger.next_retag(quiet=timedelta(0))
    assert job is not None
    assert set(job.names) == {"Crossings", "river bridge", "footbridg*", "Neman"}


def test_proposals_are_counted_and_decided_once(ledger: SqlLedger, editor: Token) -> None:
    ledger.propose_terms([("person", "jan-kos", "Jan Kos", "s1"), ("person", "eva-lis", "Eva Lis", "s1")])
    ledger.propose_terms([("person", "eva-lis", "Eva Lis", "s2"), ("person", "eva-lis", "Eva Lis", "s2")])
    assert [(p.slug, p.count) for p in ledger.proposals()] == [("eva-lis", 2), ("jan-kos", 1)]
    assert [p.slug for p in ledger.proposals(query="KOS", type="person")] == ["jan-kos"]
    assert ledger.proposals(type="place") == ()
    ledger.decide_proposal(decision("jan-kos", "rejected"), editor)
    ledger.decide_proposal(decision("eva-lis", "merged", "person:eva-lis-2"), editor)
    ledger.propose_terms([("person", "jan-kos", "Jan Kos", "s3")])
    assert ledger.proposals() == ()
    assert [p.slug for p in ledger.proposals(status="rejected")] == ["jan-kos"]
    assert ledger.proposals(status="merged")[0].merged_into == "person:eva-lis-2"
    with pytest.raises(NotFound):
        ledger.decide_proposal(decision("nobody", "rejected"), editor)


def test_one_proposal_is_asked_for_by_its_name(ledger: SqlLedger, editor: Token) -> None:
    ledger.propose_terms([("person", "eva-lis", "Eva Lis", "s1"), ("place", "eva-lis", "Eva Lis", "s1")])
    ledger.propose_terms([("person", "eva-lis", "Eva Lis", "s2")])
    assert ledger.proposal("person", "eva-lis") == ledger.proposals(type="person")[0]
    assert ledger.proposal("person", "jan-kos") is None
    ledger.decide_proposal(decision("eva-lis", "rejected"), editor)
    decided = ledger.proposal("person", "eva-lis")
    assert decided is not None and (decided.status, decided.count) == ("rejected", 2)


def test_terms_and_decisions_are_written_together_or_not_at_all(ledger: SqlLedger, editor: Token) -> None:
    ledger.propose_terms([("person", "eva-lis", "Eva Lis", "s1")])
    number = ledger.vocabulary_number()
    with pytest.raises(NotFound):
        ledger.submit_all([term(editor)], decisions=[decision("nobody", "accepted")], by=editor)
    with pytest.raises(RevisionRequired):
        ledger.submit_all([term(editor), term(editor)], decisions=[decision("eva-lis", "accepted")], by=editor)
    assert (ledger.term_changes(), ledger.vocabulary_number()) == ((), number)
    assert [p.slug for p in ledger.proposals()] == ["eva-lis"]
    first, second = ledger.submit_all(
        [term(editor), term(editor, "Commerce", if_match=1, action="correct")],
        decisions=[decision("eva-lis", "accepted")],
        by=editor,
    )
    assert (first.revision, second.revision) == (1, 2)
    assert [p.slug for p in ledger.proposals(status="accepted")] == ["eva-lis"]


# --- reindex -----------------------------------------------------------------------------------------------------


def test_one_reindex_at_a_time(ledger: SqlLedger, open_ledger: Callable[[], SqlLedger]) -> None:
    assert ledger.open_generation() is None
    ledger.open_reindex("v1-b")
    assert open_ledger().open_generation() == "v1-b"
    with pytest.raises(Conflict, match="v1-b"):
        ledger.open_reindex("v1-c")
    ledger.close_reindex()
    assert ledger.open_generation() is None
    ledger.open_reindex("v1-c")


# --- export ------------------------------------------------------------------------------------------------------


def test_what_is_exported_can_be_restored(ledger: SqlLedger, editor: Token, tmp_path: Path) -> None:
    published = ledger.submit(story(editor, "First"))
    publish(ledger)
    ledger.submit(story(editor, "Second", item_id=published.id, if_match=1, action="correct"))
    ledger.submit(term(editor))
    ledger.submit_many([story(editor, f"Story {number}") for number in range(450)])
    copy = open_sql_ledger(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    copy.migrate()
    assert copy.restore(iter(list(ledger.export()))) == 452
    assert copy.item("story", published.id, payloads="all") == ledger.item("story", published.id, payloads="all")
    assert copy.term_changes() == ledger.term_changes()
    assert copy.tokens() == ledger.tokens()
    assert len(claim(copy, limit=1000)) == 452
    with pytest.raises(Conflict):
        copy.restore(iter([]))
    copy.close()


def test_an_export_holds_nothing_open_and_each_item_is_whole(
    ledger: SqlLedger, editor: Token, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.adapters.ledger.backup.PAGE", 2)
    ids = [ledger.submit(story(editor, f"Story {number}")).id for number in range(7)]
    publish(ledger)
    lines: list[Mapping[str, Any]] = []
    for line in ledger.export():
        assert ledger._engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        lines.append(line)
        if len(lines) in (1, 4):
            for item_id in ids:
                correction = {"item_id": item_id, "if_match": ledger.item("story", item_id).newest_revision}
                ledger.submit(story(editor, f"After {len(lines)}", action="correct", **correction))
            publish(ledger)
    items = [line for line in lines if "item" in line]
    assert [line["item"]["newest_revision"] for line in items] == [1, 1, 2, 2, 3, 3, 3]
    for line in items:
        newest = line["item"]["newest_revision"]
        assert [one["revision"] for one in line["revisions"]] == [*range(1, newest + 1)]
        assert len(line["payloads"]) == newest and line["item"]["published_revision"] == newest
    assert len([line for line in lines if line.get("table") == "audit"]) == 7 * 3 + 1
    copy = open_sql_ledger(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    copy.migrate()
    assert copy.restore(iter(lines)) == 7
    assert {one.publish.revision for one in claim(copy) if one.publish} == {1, 2, 3}
    copy.close()


def test_what_a_worker_was_at_during_the_export_is_due_in_the_copy(
    ledger: SqlLedger, editor: Token, tmp_path: Path
) -> None:
    first, second = ledger.submit(story(editor)), ledger.submit(story(editor))
    claim(ledger, limit=1, lease=OVER)
    ledger.sweep()
    claim(ledger, limit=1)
    copy = open_sql_ledger(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    copy.migrate()
    copy.restore(ledger.export())
    assert {one.item_id for one in claim(copy)} == {first.id, second.id}
    copy.close()


def test_a_restored_term_that_nothing_uses_is_due_for_its_page(
    ledger: SqlLedger, editor: Token, tmp_path: Path
) -> None:
    rail = ledger.submit(term(editor))
    ledger.mark([Indexed(claimed=one, public=False) for one in claim(ledger)])
    copy = open_sql_ledger(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    copy.migrate()
    copy.restore(iter(list(ledger.export())))
    assert [one.item_id for one in claim(copy)] == [rail.id]
    copy.close()


def test_what_waits_for_a_time_is_due_in_the_copy(ledger: SqlLedger, editor: Token, tmp_path: Path) -> None:
    receipt = ledger.submit(story(editor))
    at = datetime.now(UTC) + timedelta(days=1)
    ledger.mark([Indexed(claimed=one, again_at=at) for one in claim(ledger)])
    copy = open_sql_ledger(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    copy.migrate()
    copy.restore(iter(list(ledger.export())))
    assert [one.item_id for one in claim(copy)] == [receipt.id]
    copy.close()
