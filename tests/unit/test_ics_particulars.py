"""What calendars say of an event besides title, times and place, and that ours are read as they were written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dateline.domain.document import EventDocument
from dateline.domain.event import Location
from dateline.domain.picture import PublicImage
from dateline.domain.story import Image
from dateline.formats.ics import read_calendar, write_calendar
from unit.ics import MINSK, calendar, event, only

DAY = "DTSTART:20290301"


@pytest.mark.parametrize(
    ("lines", "categories"),
    [
        (["CATEGORIES:Concert,Open  air"], ("Concert", "Open air")),
        (["CATEGORIES:Concert", "CATEGORIES:CONCERT,Кіно"], ("Concert", "Кіно")),
        (["CATEGORIES:,,!"], ()),
        (["CATEGORIES:Red Category,X-Private,Talk"], ("Talk",)),
        ([], ()),
    ],
)
def test_categories(lines: list[str], categories: tuple[str, ...]) -> None:
    assert event(DAY, *lines).categories == categories


def test_more_categories_than_an_event_has_are_left_out_with_a_note() -> None:
    one = only(DAY, f"CATEGORIES:{'x' * 61},{','.join(f'c{n}' for n in range(30))}")
    assert one.event is not None and one.event.categories == tuple(f"c{n}" for n in range(20))
    assert [note.pointer for note in one.notes] == ["/categories"]


def test_a_comment_is_for_readers_where_the_event_is_off() -> None:
    assert event(DAY, "STATUS:CANCELLED", "COMMENT:Rain\\, alas").reason == "Rain, alas"
    assert event(DAY, "STATUS:POSTPONED", "COMMENT:Rain").reason == "Rain"
    assert event(DAY, "COMMENT:Ask Anna for the key").reason == ""
    one = only(DAY, "STATUS:CANCELLED", f"COMMENT:{'x' * 600}")
    assert one.event is not None and len(one.event.reason) == 500
    assert [note.pointer for note in one.notes] == ["/reason"]


def test_where_one_can_take_part_from_elsewhere() -> None:
    link = "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://example.org/live"
    online = event(DAY, "CONFERENCE;VALUE=URI:tel:+375", link)
    assert (online.online_url, online.attendance) == ("https://example.org/live", "online")
    assert event(DAY, link, "LOCATION:Yard").attendance == "mixed"
    assert event(DAY, "X-GOOGLE-CONFERENCE:https://meet.google.com/a").online_url == "https://meet.google.com/a"
    assert event(DAY, "CONFERENCE;VALUE=URI:tel:+375").attendance == "offline"


def test_who_holds_it_and_whom_to_ask() -> None:
    both = event(DAY, "CONTACT:City Museum", "CONTACT:Anna\\, 12-34")
    assert (both.organizer, both.contact) == ("City Museum", "Anna, 12-34")
    ours = event(DAY, "CONTACT;X-DATELINE-FIELD=contact:Anna", "ORGANIZER;CN=Museum:mailto:a@example.org")
    assert (ours.organizer, ours.contact) == ("Museum", "Anna")


def test_pictures() -> None:
    found = event(
        DAY, "IMAGE;VALUE=URI:https://example.org/a.png",
        "IMAGE;VALUE=BINARY;ENCODING=BASE64:aGk=", "IMAGE:cid:1", "IMAGE:https://example.org/a.png",
    )  # fmt: skip
    assert found.images == (Image(url="https://example.org/a.png"),)


@pytest.mark.parametrize(("said", "language"), [("be", "be"), ("en-us", "en-US"), ("?", ""), ("", "")])
def test_the_language_is_that_of_the_title(said: str, language: str) -> None:
    (one,) = read_calendar(calendar(f"UID:a\nSUMMARY;LANGUAGE={said}:A\n{DAY}"), MINSK)
    assert one.event is not None and one.event.language == language


def test_what_an_event_says_is_read_as_it_was_written() -> None:
    said = EventDocument(
        id="e1", version=1, revision=1, updated_at=datetime(2029, 1, 1, tzinfo=UTC), title="Кірмаш", slug="a",
        start=date(2029, 3, 1), first_day=date(2029, 3, 1), last_day=date(2029, 3, 1), status="cancelled",
        reason="Rain;\nand wind", categories=("Open air", "Fair"), organizer="Museum", contact="Anna; 12-34",
        online_url="https://example.org/live?a=1,2;3", attendance="mixed", location=Location(name="Yard"),
        images=(PublicImage(url="https://example.org/a.png"),), language="be",
    )  # fmt: skip
    written = write_calendar([said], base_url="https://example.org", name="N", zone=MINSK)
    [one] = read_calendar(written, MINSK)
    assert one.event is not None and not one.errors
    for name in ("reason", "categories", "organizer", "contact", "online_url", "attendance", "language"):
        assert getattr(one.event, name) == getattr(said, name), name
    assert one.event.images == (Image(url="https://example.org/a.png"),)
