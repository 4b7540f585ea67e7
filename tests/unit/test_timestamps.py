"""Date-times of ISO 8601 in, RFC 3339 out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.domain.timestamps import read_timestamp, rfc3339


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01T10:00:00+03", "2026-03-01T10:00:00+03:00"),
        ("20260301T100000Z", "2026-03-01T10:00:00+00:00"),
        ("20260301T1000+0300", "2026-03-01T10:00:00+03:00"),
        ("2026-W09-7T10:00+03:00", "2026-03-01T10:00:00+03:00"),
        ("2026-03-01T10-03", "2026-03-01T10:00:00-03:00"),
        ("2026-03-01 10:00:00,5z", "2026-03-01T10:00:00.500000+00:00"),
        ("2026-11-17T09:30.5Z", "2026-11-17T09:30:30+00:00"),
        ("20261117T09,25Z", "2026-11-17T09:15:00+00:00"),
        ("20261117T0930,5+0300", "2026-11-17T09:30:30+03:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00"),
        ("2017-01-01T02:59:60+03:00", "2017-01-01T03:00:00+03:00"),
        ("20161231T235960Z", "2017-01-01T00:00:00+00:00"),
        ("2026-03-01T24:00:00Z", "2026-03-02T00:00:00+00:00"),
        ("2026-03-01T24:00,0Z", "2026-03-02T00:00:00+00:00"),
        ("2026-03-01T10:00-00:00", "2026-03-01T10:00:00+00:00"),
        ("2026-W49-1T10:00Z", "2026-11-30T10:00:00+00:00"),
        ("2026W491T1000Z", "2026-11-30T10:00:00+00:00"),
        ("2026W49T10Z", "2026-11-30T10:00:00+00:00"),
        ("20261130T101500,5+0300", "2026-11-30T10:15:00.500000+03:00"),
        ("2026-11-30T10:15:00.123456789012345678Z", "2026-11-30T10:15:00.123456+00:00"),
        ("2026-11-30T10:15.333333333333+03:00", "2026-11-30T10:15:20+03:00"),
        ("2026-11-30T10:15:00+03:00:30", "2026-11-30T07:14:30+00:00"),
        ("2026-11-30T10:15:00+03:00:30,5", "2026-11-30T07:14:29.500000+00:00"),
        ("2026-11-30T10:15:00\u221203:00", "2026-11-30T10:15:00-03:00"),
        ("20261130T1015\u22120330", "2026-11-30T10:15:00-03:30"),
        ("2026-W49-1 10\u221203", "2026-11-30T10:00:00-03:00"),
        ("1923-01-01T00:00:00+01:50:16", "1922-12-31T22:09:44+00:00"),
    ],
)
def test_every_form_is_read(text: str, moment: str) -> None:
    assert read_timestamp(text).isoformat() == moment


@pytest.mark.parametrize(
    "text",
    ["2026-03-01", "2026-03-01T10:00:00", "2026-03-01T12:00:60Z", "2026-02-30T10:00Z", "2026-03-01T24:00:01Z",
     "2026-03-01T25:00Z", "yesterday", "", "2026-03-01T10:00+3",
     "2026-321T10:00Z", "2026321T10:00Z", "2026-03-01_10:00Z", "2026\u221203\u221201T10:00Z",
     "2026-03-01T10:00\u201303:00",
     "2026-03-01T10:00:00 +03:00", "2026-W54-1T10:00Z", "2026-03-01T10:00:00+03:00 x", "２026-03-01T10:00Z",
     # what fromisoformat lets pass
     "2026-03-01T10:00+03:60", "2026-03-01T10:00+0360", "2026-03-01T10:00+03:00:60", "2026-03-01T10:00+03:99",
     "2026-03-01T10:00+03,5", "2026-03-01T10:00+03:00.5", "2026-03-01T10:00:00.Z", "2026-03-01T10:00,Z",
     "2026-03-01T23:59:60.Z", "2026-03-01T10:00:Z", "2026-03-01T10:Z", "2026-03-01T101Z", "2026-03-01T10:00+03:"],
)  # fmt: skip
def test_what_says_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_timestamp(text)


@given(
    st.datetimes(timezones=st.timezones() | st.integers(-57_599, 57_599).map(lambda s: timezone(timedelta(seconds=s))))
)
def test_what_goes_out_is_the_same_moment_with_an_offset_of_minutes(moment: datetime) -> None:
    written = rfc3339(moment)
    assert read_timestamp(written) == moment.astimezone(UTC)
    assert written[-6] in "+-"


DATES = ("%Y-%m-%d", "%Y%m%d", "%G-W%V-%u", "%GW%V%u")
TIMES = ("%H:%M:%S.%f", "%H%M%S,%f", "%H:%M:%S", "%H%M%S", "%H:%M", "%H%M", "%H")


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)),
    st.integers(-899, 899),
    st.sampled_from(DATES),
    st.sampled_from("Tt "),
    st.sampled_from(TIMES),
    st.sampled_from(("+%02d%02d", "+%02d:%02d", "Z")),
    st.booleans(),
)
def test_what_fromisoformat_reads_is_read_alike(
    naive: datetime, minutes: int, day: str, separator: str, time: str, offset: str, is_minus: bool
) -> None:
    written = naive.strftime(day) + separator + naive.strftime(time)
    written += offset % divmod(abs(minutes), 60) if "%" in offset else offset
    if is_minus:
        written = f"{written[:10]}{written[10:].replace('+', '-')}"
    expected = datetime.fromisoformat(written.upper())
    assert read_timestamp(written) == expected
    assert read_timestamp(f"{written[:10]}{written[10:].replace('-', chr(0x2212))}") == expected


def test_an_offset_of_seconds_goes_out_in_utc() -> None:
    assert rfc3339(datetime(1960, 5, 1, tzinfo=ZoneInfo("Africa/Monrovia"))) == "1960-05-01T00:44:30+00:00"
