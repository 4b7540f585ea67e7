"""The passwords of the services' roles: made once, in folders of their own, for nobody else to read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from dateline import service_roles
from dateline.adapters.ledger.database.roles import OTHERWISE, ROWS, privileges
from dateline.adapters.ledger.database.tables import metadata
from dateline.errors import CannotStart
from dateline.settings import Settings, read_settings

SERVERS = {"DATELINE_LEDGER": "postgresql://dateline@db/dateline", "DATELINE_SEARCH": "http://search:9200"}


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, Mapping[str, str]]:
    """What each server was asked to make last."""
    asked: dict[str, Mapping[str, str]] = {}

    def ledger(settings: Settings, passwords: Mapping[str, str]) -> None:
        asked["ledger"] = passwords

    def index(settings: Settings, passwords: Mapping[str, str]) -> None:
        asked["index"] = passwords

    monkeypatch.setattr(service_roles, "make_ledger_roles", ledger)
    monkeypatch.setattr(service_roles, "make_index_roles", index)
    return asked


def test_each_service_has_its_own_and_keeps_it(tmp_path: Path, given: dict[str, Mapping[str, str]]) -> None:
    settings = read_settings(SERVERS)
    service_roles.make_service_roles(settings, tmp_path / "roles")
    first = {name: dict(passwords) for name, passwords in given.items()}
    assert first.keys() == {"ledger", "index"}
    assert len({password for passwords in first.values() for password in passwords.values()}) == 6
    service_roles.make_service_roles(settings, tmp_path / "roles")
    assert given == first
    files = {str(path.relative_to(tmp_path / "roles")): path for path in tmp_path.rglob("*-password")}
    assert sorted(files) == [
        "indexer/ledger-password", "indexer/search-password", "ingest/ledger-password",
        "ingest/search-password", "web/ledger-password", "web/search-password",
    ]  # fmt: skip
    assert files["web/search-password"].read_text() == first["index"]["web"]
    keys = {str(path.relative_to(tmp_path / "roles")): path for path in tmp_path.rglob("*-key")}
    assert sorted(keys) == ["ingest/preview-key", "web/preview-key"]
    assert len({path.read_text() for path in keys.values()}) == 1
    assert {path.stat().st_mode & 0o777 for path in (*files.values(), *keys.values())} == {0o600}
    assert {path.parent.stat().st_mode & 0o777 for path in files.values()} == {0o700}


def test_an_empty_file_is_no_password(tmp_path: Path, given: dict[str, Mapping[str, str]]) -> None:
    path = tmp_path / "web" / "ledger-password"
    path.parent.mkdir()
    path.touch()
    service_roles.make_service_roles(read_settings(SERVERS), tmp_path)
    assert len(given["ledger"]["web"]) > 40


def test_an_embedded_index_has_none(tmp_path: Path, given: dict[str, Mapping[str, str]]) -> None:
    service_roles.make_service_roles(read_settings({**SERVERS, "DATELINE_SEARCH": "embedded"}), tmp_path)
    assert given.keys() == {"ledger"}


def test_a_folder_that_can_not_be_used_is_named(tmp_path: Path, given: dict[str, Mapping[str, str]]) -> None:
    (tmp_path / "roles").touch()
    with pytest.raises(CannotStart, match="roles"):
        service_roles.make_service_roles(read_settings(SERVERS), tmp_path / "roles")


def test_exceptions_are_of_tables_that_there_are() -> None:
    assert {table for _, table in OTHERWISE} <= metadata.tables.keys()
    assert privileges("ingest", "a_table_of_tomorrow") == privileges("indexer", "a_table_of_tomorrow") == ROWS
    assert privileges("web", "a_table_of_tomorrow") == ""
