from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dateline.domain.recurrence.recurrence_id import format_recurrence_id, parse_recurrence_id


def test_a_time_is_the_same_key_in_whatever_zone() -> None:
    in_minsk = datetime(2026, 7, 3, 19, tzinfo=ZoneInfo("Europe/Minsk"))
    assert format_recurrence_id(in_minsk) == format_recurrence_id(in_minsk.astimezone(UTC)) == "2026-07-03T16:00:00Z"


def test_a_day_has_no_zone() -> None:
    assert format_recurrence_id(date(2026, 7, 3)) == "2026-07-03"


@pytest.mark.parametrize("moment", [date(2026, 7, 3), datetime(2026, 7, 3, 16, tzinfo=UTC)])
def test_reads_what_it_writes(moment: date | datetime) -> None:
    assert parse_recurrence_id(format_recurrence_id(moment)) == moment


@pytest.mark.parametrize("key", ["", "20260703T", "someday"])
def test_refuses_what_is_no_key(key: str) -> None:
    with pytest.raises(ValueError, match="Invalid isoformat string"):
        parse_recurrence_id(key)
