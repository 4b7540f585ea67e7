"""Which version of an event stays, and which event it is."""

from __future__ import annotations

import pytest

from dateline.formats.ics import read_calendar
from unit.ics import MINSK, calendar, event, only, read


def version(title: str, *lines: str) -> str:
    return "\n".join(("UID:a", f"SUMMARY:{title}", "DTSTART:20290501T090000Z", *lines))


@pytest.mark.parametrize(
    ("first", "second", "stays"),
    [
        (["SEQUENCE:2"], ["SEQUENCE:1"], "First"),
        (["SEQUENCE:2"], ["SEQUENCE:10"], "Second"),
        (["SEQUENCE:1"], [], "First"),
        (["LAST-MODIFIED:20260102T000000Z"], ["LAST-MODIFIED:20260101T000000Z"], "First"),
        (["LAST-MODIFIED:20260101T230000Z"], ["LAST-MODIFIED:20260101T233000Z"], "Second"),
        (["SEQUENCE:1", "LAST-MODIFIED:20260102T000000Z"], ["SEQUENCE:2", "LAST-MODIFIED:20260101T000000Z"], "Second"),
        (["SEQUENCE:many"], ["SEQUENCE:1"], "Second"),
    ],
)
def test_within_one_file(first: list[str], second: list[str], stays: str) -> None:
    found = read(version("First", *first), version("Second", *second))
    (kept,) = (one for one in found if one.event is not None)
    (other,) = (one for one in found if one.event is None)
    assert kept.event is not None and kept.event.title == stays
    assert other.older and not other.errors and "is newer" in other.notes[-1].detail


@pytest.mark.parametrize("first", [[], ["LAST-MODIFIED:20260102T000000Z"]])
@pytest.mark.parametrize("second", [[], ["LAST-MODIFIED:never"]])
def test_of_two_of_which_none_is_newer_the_later_counts(first: list[str], second: list[str]) -> None:
    other, kept = read(version("First", *first), version("Second", *second))
    assert kept.event is not None and kept.event.title == "Second" and other.older
    assert other.notes[-1].detail.endswith("comes later, and nothing says which is newer: that one counts.")


def test_exceptions_have_versions_of_their_own() -> None:
    series = version("Series", "SEQUENCE:7", "RRULE:FREQ=DAILY;COUNT=3")
    _, older, newer = read(
        series,
        version("Older", "RECURRENCE-ID:20290502T090000Z", "SEQUENCE:1"),
        version("Newer", "RECURRENCE-ID:20290502T090000Z", "SEQUENCE:2"),
    )
    assert older.older and newer.event is not None and newer.event.title == "Newer"


# --- without a UID -----------------------------------------------------------------------------------------------


def test_a_uid_is_made_from_the_content() -> None:
    body = "SUMMARY:Fair\nDTSTART:20290501T090000Z\nDTSTAMP:2026{0:02}01T000000Z\nLAST-MODIFIED:2026{0:02}01T000000Z"
    (first,), (again,), (other,) = (
        read(body.format(1)), read(body.format(2)), read(body.format(1).replace("Fair", "Market")),
    )  # fmt: skip
    assert first.event is not None and first.notes[0].pointer == "/external_id"
    assert first.uid == again.uid == first.event.external_id != other.uid


def test_it_does_not_depend_on_the_order_of_lines_or_on_folds() -> None:
    (first,) = read("SUMMARY:Fair\nDTSTART:20290501T090000Z")
    (second,) = read("DTSTART:20290501T090000Z\nSUMMARY:Fa\n ir")
    assert first.uid == second.uid


@pytest.mark.parametrize("uid", ["UID:", "UID:   ", "uid"])
def test_an_empty_one_is_none(uid: str) -> None:
    (one,) = read(f"{uid}\nSUMMARY:Fair\nDTSTART:20290501T090000Z")
    assert one.event is not None and one.uid.endswith("@dateline")


def test_a_very_long_one_is_kept_short_and_the_same() -> None:
    (first,), (second,) = (
        read(f"UID:{'x' * 400}\nSUMMARY:A\nDTSTART:20290501"),
        read(f"UID:{'x' * 401}\nSUMMARY:A\nDTSTART:20290501"),
    )
    assert first.event is not None and first.uid != second.uid and len(first.uid) < 60


# --- without a title ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Untitled"), ("ru", "Без названия"), ("be-BY", "Без назвы"), ("xx", "Untitled")]
)
def test_an_event_without_a_title_is_called_so(language: str, title: str) -> None:
    for lines in ("", "SUMMARY:\n", "SUMMARY: \n"):
        (one,) = read_calendar(calendar(f"UID:a\n{lines}DTSTART:20290501"), MINSK, language=language)
        assert one.event is not None and one.event.title == title and one.notes[0].pointer == "/title"


def test_only_where_it_has_a_start() -> None:
    (one,) = read("UID:a")
    assert one.event is None and one.errors[0].pointer == "/start"


def test_a_very_long_title_is_cut() -> None:
    one = only("DTSTART:20290501", f"LOCATION:{'y' * 301}")
    assert one.event is not None and one.event.location is not None and len(one.event.location.name) == 300
    (long,) = read(f"UID:a\nSUMMARY:{'x' * 301}\nDTSTART:20290501")
    assert long.event is not None and long.event.title == "x" * 299 + "…" and long.notes[0].pointer == "/title"


def test_modified_and_sequence_are_kept() -> None:
    kept = event("DTSTART:20290501", "SEQUENCE:4", "LAST-MODIFIED:20260102T030405Z")
    assert kept.sequence == 4 and kept.modified is not None and kept.modified.isoformat() == "2026-01-02T03:04:05+00:00"
