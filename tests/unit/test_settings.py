"""The settings: each row's type and bounds, and what doesn't go together."""

from __future__ import annotations

from dataclasses import fields

import pytest

from dateline.errors import BadSetting
from dateline.settings import SETTINGS, Settings, read_settings


def test_each_row_is_a_field_and_its_default_can_be_read() -> None:
    assert [setting.name for setting in SETTINGS] == [field.name for field in fields(Settings)]
    assert read_settings({}) == Settings()


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"DATELINE_SEARCH_SHARDS": "0"}, "DATELINE_SEARCH_SHARDS wants a whole number from 1 to 64, and '0' isn't"),
        ({"DATELINE_WEEK_START": "today"}, "DATELINE_WEEK_START wants one of monday, "),
        ({"DATELINE_BROKER": "amqp://secret@host"}, "DATELINE_BROKER wants .*, and its value isn't that"),
        ({"DATELINE_LEASE": "30"}, "DATELINE_LEASE is no setting"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_wanted(environ: dict[str, str], says: str) -> None:
    with pytest.raises(BadSetting, match=says) as told:
        read_settings(environ)
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"DATELINE_LEASE_SECONDS": "2"}, "DATELINE_LEASE_SECONDS is 2, and a task may take 20 seconds"),
        ({"DATELINE_LEASE_SECONDS": "20"}, "DATELINE_LEASE_SECONDS is 20"),
        (
            {"DATELINE_SEARCH": "https://elastic:secret@search:9200", "DATELINE_SEARCH_API_KEY": "secret"},
            "DATELINE_SEARCH names a user, and DATELINE_SEARCH_API_KEY gives a key",
        ),
    ],
)
def test_values_that_contradict_each_other_stop_the_start(environ: dict[str, str], says: str) -> None:
    with pytest.raises(BadSetting, match=says) as told:
        read_settings(environ)
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)


def test_a_lease_that_outlasts_a_task_is_taken() -> None:
    assert read_settings({"DATELINE_LEASE_SECONDS": "20.5"}).lease_seconds == 20.5
