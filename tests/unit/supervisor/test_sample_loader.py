"""When the sample newsroom may be loaded into a data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import ledgers
from dateline.adapters.ledger import open_sql_ledger
from dateline.ports.ledger.submissions import Submission
from dateline.settings import Settings, read_settings
from dateline.supervisor.data_folder import DataFolder
from dateline.supervisor.sample_loader import may_begin


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    ledgers.open_copy(tmp_path).close()
    return read_settings({"DATELINE_DATA": str(tmp_path)})


def submit_story(path: Path) -> None:
    ledger = open_sql_ledger(f"sqlite:///{path / 'ledger.sqlite'}")
    token = ledger.find_token("secret-edda")
    assert token is not None
    ledger.submit(Submission(kind="story", payload={"headline": "Ours"}, by=token))
    ledger.close()


def test_a_folder_that_does_not_wait_for_it_gets_none(folder: DataFolder, settings: Settings) -> None:
    assert not may_begin(folder, settings)


def test_a_new_folder_gets_it_over_an_empty_ledger(folder: DataFolder, settings: Settings) -> None:
    folder.want_sample()
    assert may_begin(folder, settings)


def test_a_ledger_that_holds_something_gets_none_for_ever(folder: DataFolder, settings: Settings) -> None:
    folder.want_sample()
    submit_story(folder.path)
    assert not may_begin(folder, settings)
    assert not folder.wants_sample()


def test_what_was_begun_is_gone_on_with(folder: DataFolder, settings: Settings) -> None:
    folder.want_sample()
    assert may_begin(folder, settings)
    submit_story(folder.path)
    assert may_begin(folder, settings)
    folder.end_sample()
    assert not may_begin(folder, settings)
