"""What the columns of tables stand for: kept by list and headings, on record, and part of an export."""

from __future__ import annotations

from collections.abc import Callable

from dateline.adapters.ledger import SqlLedger
from dateline.ports.ledger.audit import AuditSearch
from dateline.ports.ledger.column_mappings import ColumnMapping
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token

SAID = ColumnMapping(columns={"A": "title", "B": "start", "C": ""}, dates="dmy")


def test_the_own_list_counts_before_the_newest_other(ledger: SqlLedger, editor: Token) -> None:
    assert ledger.column_mapping("museum", "k") is None
    ledger.keep_column_mapping("museum", "k", SAID, editor)
    other = ColumnMapping(columns={"A": "start"})
    ledger.keep_column_mapping("library", "k", other, editor)
    assert ledger.column_mapping("museum", "k") == SAID
    assert ledger.column_mapping("theatre", "k") == other
    assert ledger.column_mapping("museum", "other headings") is None
    ledger.keep_column_mapping("museum", "k", other, editor)
    assert ledger.column_mapping("museum", "k") == other


def test_what_changes_is_in_the_audit(ledger: SqlLedger, editor: Token) -> None:
    for _ in range(2):
        ledger.keep_column_mapping("museum", "k", SAID, editor)
    entries = ledger.audit(AuditSearch(what="columns-keep")).items
    assert [(one.who, one.subject) for one in entries] == [("desk", "columns:museum")]


def test_an_export_has_it(ledger: SqlLedger, editor: Token, open_ledger: Callable[[], SqlLedger]) -> None:
    ledger.keep_column_mapping("museum", "k", SAID, editor)
    rows = [line for line in ledger.export() if line.get("table") == "column_mappings"]
    assert [(line["row"]["source"], line["row"]["headings"]) for line in rows] == [("museum", "k")]


def test_what_a_writer_has_is_told_but_what_is_withdrawn(ledger: SqlLedger, editor: Token, reporter: Token) -> None:
    def event(name: str, by: Token) -> str:
        sent = Submission(
            kind="event", payload={"schema": 3}, by=by, external_source="uid", external_id=name, external_digest=name
        )
        return ledger.submit(sent).id

    first, gone = event("a", reporter), event("b", reporter)
    event("c", editor)
    ledger.submit(
        Submission(kind="event", action="withdraw", item_id=gone, if_match=1, payload={"schema": 3}, by=editor)
    )
    assert ledger.live_ids_of_owner("event", "uid", reporter) == {"a": first}
