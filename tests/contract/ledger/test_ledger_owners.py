"""Whose an item is: by the writer's id, also where a process or an export of the version before left a name only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, insert, update

from contract.ledger.conftest import put_before, story
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.adapters.ledger.database.engine import now, writing
from dateline.adapters.ledger.database.migrate import SCRIPTS
from dateline.adapters.ledger.database.tables import items, tokens
from dateline.errors import NotAllowed
from dateline.ports.ledger.tokens import Token

NEW_COLUMNS = {"tokens": {"writer_id", "sources"}, "items": {"owner_id"}}


def as_before(line: dict[str, Any]) -> dict[str, Any]:
    """A line of an export as the version before wrote it."""
    if "item" in line:
        return {**line, "item": {name: line["item"][name] for name in line["item"] if name != "owner_id"}}
    row = {name: line["row"][name] for name in line["row"] if name not in NEW_COLUMNS.get(line["table"], ())}
    return {**line, "row": row}


def test_the_next_of_a_name_owns_nothing_of_the_last_one(ledger: SqlLedger, reporter: Token) -> None:
    receipt = ledger.submit(story(reporter, external_id="1", external_digest="a"))
    ledger.revoke_token("ann")
    _, other = ledger.create_token("ann", "reporter")
    assert other.id != reporter.id
    with pytest.raises(NotAllowed):
        ledger.submit(story(other, item_id=receipt.id, if_match=1, action="correct"))
    assert ledger.submit(story(other, external_id="1", external_digest="a")).id != receipt.id
    assert ledger.item("story", receipt.id).belongs_to(reporter)
    assert [line.id for line in ledger.items("story", owner=reporter).items] == [receipt.id]
    assert receipt.id not in [line.id for line in ledger.items("story", owner=other).items]


def test_what_a_process_of_the_version_before_wrote_is_its_writers(ledger: SqlLedger) -> None:
    secret, made = ledger.create_token("bob", "reporter")
    receipt = ledger.submit(story(made))
    with writing(ledger._engine) as connection:
        connection.execute(update(items).values(owner_id=None))
        connection.execute(update(tokens).values(writer_id=None, sources=None))
    bob = ledger.find_token(secret)
    assert bob is not None and bob.id and bob.sources == ()
    assert ledger.item("story", receipt.id).belongs_to(bob)
    assert [line.id for line in ledger.items("story", owner=bob).items] == [receipt.id]
    assert ledger.submit(story(bob, item_id=receipt.id, if_match=1, action="correct")).revision == 2
    ledger.revoke_token("bob")
    _, other = ledger.create_token("bob", "reporter")
    assert not ledger.item("story", receipt.id).belongs_to(other)
    assert ledger.item("story", receipt.id).belongs_to(bob)


def test_an_export_of_the_version_before_is_restored_to_its_owners(
    ledger: SqlLedger, reporter: Token, tmp_path: Path
) -> None:
    first = ledger.submit(story(reporter, "First"))
    ledger.revoke_token("ann")
    secret, ann = ledger.create_token("ann", "reporter")
    second = ledger.submit(story(ann, "Second"))
    copy = open_sql_ledger(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    copy.migrate()
    copy.restore(as_before(dict(line)) for line in ledger.export())
    again = copy.find_token(secret)
    assert again is not None
    assert copy.item("story", second.id).belongs_to(again)
    assert not copy.item("story", first.id).belongs_to(again)
    copy.close()


def test_nobody_owns_by_an_empty_id(ledger: SqlLedger, reporter: Token) -> None:
    nobody = Token(name="operator", role="editor", created_at=reporter.created_at)
    receipt = ledger.submit(story(nobody))
    assert not ledger.item("story", receipt.id).belongs_to(nobody)


def upgrade_to(connection: Connection, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def test_the_migration_says_whose_each_item_and_source_is(open_ledger: Any) -> None:
    ledger: SqlLedger = open_ledger()
    with writing(ledger._engine) as connection:
        upgrade_to(connection, "0001")
        for name in ("ann", "bob"):
            row = {"name": name, "role": "reporter", "digest": name, "created_at": now(connection)}
            connection.execute(insert(tokens).values(row))
        for item_id, owner, source in ("1", "ann", "Ann's"), ("2", "ann", "BelTA"), ("3", "bob", "BelTA"):
            put_before(connection, item_id, owner, source)
        put_before(connection, "4", "gone", "TASS")
    ledger.migrate()
    ann, bob = ledger.live_token("ann"), ledger.live_token("bob")
    assert ann is not None and bob is not None
    owners = {item_id: ledger.item("story", item_id).owner_id for item_id in "1234"}
    assert owners == {"1": ann.id, "2": ann.id, "3": bob.id, "4": ""}

    def may_write(by: Token, source: str) -> bool:
        answer = story(by, external_id=f"new {by.name} {source}", external_source=source, for_sources=(source,))
        [result] = ledger.submit_many([answer])
        assert not isinstance(result, Exception) or isinstance(result, NotAllowed)
        return not isinstance(result, NotAllowed)

    assert [may_write(by, "Ann's") for by in (ann, bob)] == [True, False]
    assert [may_write(by, "BelTA") for by in (ann, bob)] == [False, False]
    assert ledger.set_sources("bob", ["BelTA"]).sources == ("BelTA",)
    changed = ledger.live_token("bob")
    assert changed is not None and may_write(changed, "BelTA")
