"""Settings that changed between two starts are in the audit, and no secret is."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.adapters.ledger import SqlLedger
from dateline.errors import LedgerUnavailable
from dateline.ports.ledger.audit import AuditSearch
from dateline_ingest.audit.setting_changes import note_setting_changes
from ledgers import open_copy


@pytest.fixture
def ledger(tmp_path: Path) -> SqlLedger:
    return open_copy(tmp_path)


def changes(ledger: SqlLedger) -> dict[str, str]:
    """What the audit says of settings."""
    found = [one for one in ledger.audit(AuditSearch(what="setting")).items if one.who == "operator"]
    return {one.subject.removeprefix("setting:DATELINE_"): one.detail for one in found}


def test_what_changed_is_kept_once(ledger: SqlLedger) -> None:
    first = {"DATELINE_THREADS": "8", "DATELINE_TITLE": "The Post", "DATELINE_REQUIRE": "x"}
    note_setting_changes(ledger, {**first, "DATELINE_BROKER": "redis://own"}, "redis://own")
    assert changes(ledger) == {}, "nothing is known of before"
    second = {"DATELINE_THREADS": "16", "DATELINE_RATE_LIMIT": "9 per second"}
    for _ in range(2):
        note_setting_changes(ledger, second)
    assert len(ledger.audit(AuditSearch(what="setting")).items) == 3
    assert changes(ledger) == {
        "THREADS": "8 → 16", "TITLE": "unset; it was The Post", "RATE_LIMIT": "set to 9 per second",
    }  # fmt: skip


def test_of_a_secret_only_that_it_changed(ledger: SqlLedger, tmp_path: Path) -> None:
    password = tmp_path / "password"
    for secret in ("first-secret", "first-secret", "second-secret"):
        password.write_text(secret)
        note_setting_changes(ledger, {"DATELINE_TITLE": "x", "DATELINE_LEDGER_PASSWORD_FILE": str(password)})
    assert changes(ledger) == {"LEDGER_PASSWORD": "changed"}
    assert len(ledger.audit(AuditSearch(what="setting")).items) == 1
    kept = "".join(repr(line) for line in ledger.export())
    assert "scrypt" in kept
    assert "first-secret" not in kept and "second-secret" not in kept


def test_a_start_does_not_wait_for_a_ledger_that_is_away(ledger: SqlLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> dict[str, str]:
        raise LedgerUnavailable("away")

    monkeypatch.setattr(ledger, "known_settings", away)
    note_setting_changes(ledger, {"DATELINE_THREADS": "8"})
    monkeypatch.undo()
    assert ledger.known_settings() == {}
