"""Unknown names: how many an item and a reporter may propose, and which an editor sees first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from alembic import command
from sqlalchemy import insert, update

from contract.ledger.conftest import decision, publish, put_before, story
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.adapters.ledger.database.engine import connect, now, writing
from dateline.adapters.ledger.database.tables import items, tokens
from dateline.adapters.ledger.vocabulary import proposal_bounds
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import ProposalBounds, ProposalDecision, ProposedName


@pytest.fixture
def other(ledger: SqlLedger) -> Token:
    return ledger.create_token("bob", "reporter")[1]


def propose(ledger: SqlLedger, by: Token, *slugs: str, bounds: ProposalBounds | None = None, **more: Any) -> str:
    """A new story that proposes persons."""
    return propose_again(ledger, ledger.submit(story(by, **more)).id, *slugs, bounds=bounds)


def propose_again(ledger: SqlLedger, item: str, *slugs: str, bounds: ProposalBounds | None = None) -> str:
    ledger.propose_terms([("person", slug, slug.title(), item) for slug in slugs], bounds or ProposalBounds())
    return item


def listed(ledger: SqlLedger) -> list[str]:
    return [one.slug for one in ledger.proposals()]


def test_what_most_sources_mention_stands_first(ledger: SqlLedger, reporter: Token, other: Token) -> None:
    for _ in range(3):
        propose(ledger, reporter, "often")
    propose(ledger, reporter, "two")
    propose(ledger, other, "two")
    assert [(one.slug, one.count, one.sources) for one in ledger.proposals()] == [("two", 2, 2), ("often", 3, 1)]


def test_an_agency_is_a_source_for_editors_only(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    for number, agency in enumerate(("BelTA", "TASS", "Reuters")):
        wire = {"external_id": "1", "external_source": agency}
        propose(ledger, editor, "wire", **wire)
        propose(ledger, reporter, "vain", **{**wire, "external_source": f"Mine {number}"})
    assert [(one.slug, one.count, one.sources) for one in ledger.proposals()] == [("wire", 3, 3), ("vain", 3, 1)]


def test_writers_take_turns(ledger: SqlLedger, reporter: Token, other: Token) -> None:
    for _ in range(3):
        propose(ledger, reporter, "a", "b", "c")
    propose(ledger, other, "z")
    assert listed(ledger) == ["a", "z", "b", "c"]


def test_a_reporter_has_as_many_as_the_bound(ledger: SqlLedger, reporter: Token, other: Token) -> None:
    bounds = ProposalBounds(of_reporter=3)
    propose(ledger, reporter, "shared", "refused", bounds=bounds)
    propose(ledger, other, "shared", bounds=bounds)
    ledger.decide_proposal(decision("refused", "rejected"), other)
    for slug in ("one", "two", "three"):
        propose(ledger, reporter, slug, bounds=bounds)
    assert listed(ledger) == ["shared", "three", "two"]
    assert ledger.proposal("person", "refused") is not None
    propose(ledger, reporter, "one", bounds=bounds)
    assert [(one.slug, one.count) for one in ledger.proposals()] == [("shared", 2), ("one", 1), ("three", 1)]


def test_what_a_reporter_has_from_before_the_bound_goes(
    ledger: SqlLedger, reporter: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposal_bounds, "AT_ONCE", 4)
    propose(ledger, reporter, *(f"old-{number}" for number in range(10)))
    propose(ledger, reporter, "new", bounds=ProposalBounds(of_reporter=2))
    assert listed(ledger) == ["new", "old-9"]


def test_an_editor_has_no_bound(ledger: SqlLedger, editor: Token) -> None:
    propose(ledger, editor, "a", "b", "c", bounds=ProposalBounds(of_reporter=1))
    assert len(listed(ledger)) == 3


def test_an_item_proposes_its_first_names_and_no_more_by_corrections(ledger: SqlLedger, editor: Token) -> None:
    bounds = ProposalBounds(of_item=2)
    item = propose(ledger, editor, "z", "y", "x", bounds=bounds)
    propose_again(ledger, item, "w", "v", bounds=bounds)
    assert listed(ledger) == ["y", "z"]
    assert [one.count for one in ledger.proposals()] == [1, 1]


def test_erasing_a_story_takes_what_only_it_mentioned(ledger: SqlLedger, reporter: Token, other: Token) -> None:
    item = propose(ledger, reporter, "own", "shared")
    propose(ledger, other, "shared")
    publish(ledger)
    ledger.erase(item, "asked for", other)
    assert [(one.slug, one.sources) for one in ledger.proposals()] == [("shared", 1)]


def test_what_is_counted_is_what_lists_would_count(ledger: SqlLedger, reporter: Token, other: Token) -> None:
    for by in (reporter, other, reporter):
        propose(ledger, by, "shared")
    item = propose(ledger, other, "own")
    before = ledger.proposals()
    assert (ledger.count_mentions(limit=1), ledger.count_mentions(limit=9), ledger.count_mentions(limit=9)) == (1, 1, 0)
    assert ledger.proposals() == before and ledger.proposals_waiting() == 2
    assert (ledger.proposals(limit=1), ledger.proposals(limit=9, start=1)) == (before[:1], before[1:])
    assert ledger.proposals(query="OWN", limit=1) == before[1:]
    propose_again(ledger, item, "shared")
    propose(ledger, reporter, "own")
    assert [(one.slug, one.count, one.sources) for one in ledger.proposals()] == [("shared", 4, 2), ("own", 2, 2)]
    assert ledger.count_mentions(limit=9) == 2
    ledger.erase(item, "asked for", other)
    assert [(one.slug, one.count, one.sources) for one in ledger.proposals()] == [("shared", 3, 2), ("own", 1, 1)]


def test_days_and_mentions_are_those_of_the_stories(ledger: SqlLedger, editor: Token) -> None:
    first, second = (ledger.submit(story(editor)).id for _ in range(2))
    publish(ledger)
    held = ledger.submit(story(editor)).id
    days = {first: "2026-03-02", second: "2026-03-01", held: ""}
    ledger.propose_terms([ProposedName("person", "bo", "Bo", item, day) for item, day in days.items()])
    ledger.propose_terms([("person", "cy", "Cy", first)])
    bo, cy = ledger.proposals()
    assert (bo.first_day, bo.last_day, cy.first_day) == (date(2026, 3, 1), date(2026, 3, 2), None)
    found = ledger.mentions_of([("person", "bo"), ("person", "no")], each=2)
    assert [(one.item_id, one.public) for one in found["person:bo"]] == [(held, False), (second, True)]
    assert found["person:no"] == []
    texts = ledger.newest_texts([held, "no"])
    assert list(texts) == [held] and texts[held]["headline"]


def reject(ledger: SqlLedger, by: Token, type: str, slug: str, status: str = "rejected") -> None:
    ledger.decide_proposal(ProposalDecision(type=type, slug=slug, status=status), by)


@pytest.mark.parametrize("names", [("Bo Ek", "Bo Ek"), ("Aliaksandr Lukashenka", "Aliaksander Lukashenka")])
def test_what_was_rejected_twice_is_proposed_no_third_time(
    ledger: SqlLedger, editor: Token, names: tuple[str, str]
) -> None:
    first, second, third = ("person", "a", names[0]), ("organisation", "b", names[1]), ("place", "c", names[0])
    item = ledger.submit(story(editor)).id
    ledger.propose_terms([(*first, item), (*second, item), ("person", "other", "Somebody Else", item)])
    reject(ledger, editor, *first[:2])
    ledger.propose_terms([(*third, item)])
    assert ledger.proposal(*third[:2]) is not None
    reject(ledger, editor, *second[:2])
    fourth = ("topic", "fourth", third[2])
    ledger.propose_terms([(*fourth, item), ("person", "new", "Somebody New", item)])
    assert ledger.proposal(*fourth[:2]) is None and ledger.proposal("person", "new") is not None
    reject(ledger, editor, *second[:2], status="proposed")
    ledger.propose_terms([(*fourth, item)])
    assert ledger.proposal(*fourth[:2]) is not None
    assert ledger.proposal(*second[:2]).status == "proposed"  # type: ignore[union-attr]


def test_names_from_before_are_their_first_storys_writers(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = command.upgrade
    ledger = open_sql_ledger(url)
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _: upgrade(config, "0006"))
        ledger.migrate()
    item, engine = "1", connect(url)
    with writing(engine) as connection:
        row = {"name": "ann", "role": "reporter", "digest": "d", "created_at": now(connection), "writer_id": "w"}
        connection.execute(insert(tokens).values(row))
        put_before(connection, item, "ann", "")
        connection.execute(update(items).values(owner_id="w", external_id=""))
        for slug in ("a", "b"):
            connection.exec_driver_sql(
                "INSERT INTO proposals (type, slug, label, status, first_item, at, merged_into) "
                f"SELECT 'person', '{slug}', 'A', 'proposed', id, received_at, '' FROM items "
                "JOIN revisions ON item_id = id"
            )
            connection.exec_driver_sql(f"INSERT INTO proposal_items SELECT 'person', '{slug}', id FROM items")
    engine.dispose()
    ledger.migrate()
    reporter = ledger.live_token("ann")
    assert reporter is not None
    propose(ledger, reporter, "c", bounds=ProposalBounds(of_reporter=1))
    assert listed(ledger) == ["c"]
    assert ledger.item("story", item).id == item
    ledger.close()
