"""The settings: each row's type and bounds, and what doesn't go together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import pytest
from limits import parse_many

from dateline.errors import BadSetting
from dateline.setting_values import rates
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
        ({"DATELINE_RATE_LIMIT": "lots"}, "DATELINE_RATE_LIMIT wants a rate such as 1000 per second"),
        ({"DATELINE_WEB_RATE_LIMIT": "10 per fortnight"}, "DATELINE_WEB_RATE_LIMIT wants a rate"),
        ({"DATELINE_LANGUAGE": "xx"}, "DATELINE_LANGUAGE wants a language such as en or be, and 'xx' isn't"),
        ({"DATELINE_TITLE": " "}, "DATELINE_TITLE wants 1 to 100 characters in one line"),
        ({"DATELINE_SEARCH_PREFIX": "My Paper"}, "DATELINE_SEARCH_PREFIX wants up to 100 of a-z"),
        ({"DATELINE_SEARCH_CA": "/no/such/file"}, "DATELINE_SEARCH_CA wants the path of a file that is there"),
        ({"DATELINE_MEDIA": "media"}, "DATELINE_MEDIA wants the whole path of a folder, or s3://bucket/prefix"),
        ({"DATELINE_MEDIA": "s3:///x"}, "DATELINE_MEDIA wants"),
        ({"DATELINE_MEDIA": "s3://b?endpoint=host:9000"}, "DATELINE_MEDIA wants"),
        ({"DATELINE_MEDIA": "s3://b?region=x&acl=y"}, "DATELINE_MEDIA wants"),
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
        ({"DATELINE_MEDIA_SECRET": "secret"}, "DATELINE_MEDIA_KEY and DATELINE_MEDIA_SECRET go together"),
    ],
)
def test_values_that_contradict_each_other_stop_the_start(environ: dict[str, str], says: str) -> None:
    with pytest.raises(BadSetting, match=says) as told:
        read_settings(environ)
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)


def test_a_lease_that_outlasts_a_task_is_taken() -> None:
    assert read_settings({"DATELINE_LEASE_SECONDS": "20.5"}).lease_seconds == 20.5


@pytest.mark.parametrize(
    "rate",
    [
        "1000 per second",
        "10/minute",
        "5 per 2 hours; 20/day",
        "1/s",
        "lots",
        "",
        "10",
        "per second",
        "-1/day",
        "3 per month,x",
    ],
)
def test_a_rate_is_one_that_flask_limiter_reads(rate: str) -> None:
    def is_taken(read: Callable[[str], object]) -> bool:
        try:
            read(rate)
        except ValueError:
            return False
        return True

    assert is_taken(rates) == is_taken(parse_many)


@pytest.mark.parametrize("language", ["en", "be", "ru", "de-AT", "sr-Latn"])
def test_a_known_language_is_taken(language: str) -> None:
    assert read_settings({"DATELINE_LANGUAGE": language}).language == language
