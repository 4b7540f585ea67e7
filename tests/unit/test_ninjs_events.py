"""Events as ninjs: written so that IPTC's schema takes them, and read back as what they were."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dateline.domain.document import EventDocument
from dateline.domain.event import Event, Location, Occurrence, Price
from dateline.domain.picture import PublicImage
from dateline.domain.recurrence import occurrences
from dateline.domain.story import Link
from dateline.domain.tag import Tag
from dateline.errors import InvalidInput
from dateline.formats.ninjs.events.reader import NinjsEvent
from dateline.formats.ninjs.events.writer import EventNames, write_ninjs_event
from dateline.formats.ninjs.schema import errors_in

MINSK = ZoneInfo("Europe/Minsk")
TORONTO = ZoneInfo("America/Toronto")
NAMES = EventNames(
    uri="tag:x.example,2026:events/1", address="https://x.example/events/1", base_url="https://x.example"
)
FAIR = EventDocument(
    id="1", version=1, revision=4, updated_at=datetime(2026, 11, 1, 12, tzinfo=UTC), title="Fair & music", slug="fair",
    start=datetime(2027, 7, 3, 19, tzinfo=MINSK), end=datetime(2027, 7, 3, 21, tzinfo=MINSK), timezone=MINSK.key,
)  # fmt: skip
FULL = replace(
    FAIR, description_html="<p>Come <em>all</em>.</p>", description_text="Come all.", status="cancelled",
    reason="Storm.", further_locations=(Location(name="Park"),), organizer="Guild", contact="+375 17",
    location=Location(name="Castle", address="1 Main St", city="Mir", country="Belarus", lat=53.45, lon=26.47),
    categories=("fair", "music"),
    price=Price(amount="10", up_to="20", currency="BYN"), url="https://fair.example/", online_url="https://live.example/",
    links=(Link(url="https://map.example/"),), language="be",
    images=(PublicImage(url="https://x.example/a.jpg", alt="Stalls"),),
    tags=(Tag(type="topic", slug="fairs", label="Fairs", score=1.0, status="accepted", source="editor"),),
)  # fmt: skip


def written(event: EventDocument, **names: str) -> dict[str, Any]:
    assert event.start is not None
    made = write_ninjs_event(event, Occurrence(start=event.start, end=event.end), replace(NAMES, **names), MINSK)
    assert errors_in(made, "3.1") == []
    told: dict[str, Any] = json.loads(json.dumps(made))
    return told


def read(sent: Any) -> Event:
    found = NinjsEvent(sent, MINSK).event({}).event
    assert found is not None
    return found


def test_all_that_an_event_says_comes_back() -> None:
    event = read(written(FULL))
    same = (
        "title", "start", "end", "timezone", "status", "reason", "location", "further_locations", "organizer",
        "contact", "categories", "price", "url", "online_url", "links", "language", "description_html",
    )  # fmt: skip
    assert [(image.url, image.alt) for image in event.images] == [("https://x.example/a.jpg", "Stalls")]
    assert {name: getattr(event, name) for name in same if name != "timezone"} == {
        name: getattr(FULL, name) for name in same if name != "timezone"
    }
    assert (event.external_id, event.sequence, event.modified) == (NAMES.uri, 4, FULL.updated_at)


@pytest.mark.parametrize(
    "event",
    [
        replace(FAIR, start=date(2027, 7, 3), end=date(2027, 7, 5), timezone=""),
        replace(FAIR, start=date(2027, 7, 3), end=None, timezone="", rrule="FREQ=YEARLY"),
        replace(FAIR, end=None),
        replace(FAIR, rrule="FREQ=WEEKLY;COUNT=5"),
        replace(FAIR, rrule="FREQ=MONTHLY;BYDAY=1SU;UNTIL=20280101T000000Z", exdates=(date(2027, 8, 1),)),
        replace(FAIR, timezone="Europe/Berlin", start=datetime(2027, 3, 20, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),
                end=None, rrule="FREQ=DAILY;COUNT=20", rdates=(datetime(2028, 1, 1, 12, tzinfo=UTC),)),
        replace(FAIR, rrule="FREQ=WEEKLY;COUNT=3", further_rrules=("FREQ=MONTHLY;COUNT=3",), periods=(
            Occurrence(start=datetime(2027, 9, 1, 9, tzinfo=UTC), end=datetime(2027, 9, 1, 12, tzinfo=UTC)),)),
        replace(FAIR, start=datetime(2027, 11, 7, 1, 30, tzinfo=TORONTO, fold=1), end=None, timezone=TORONTO.key),
    ],
)  # fmt: skip
def test_every_time_comes_back(event: EventDocument) -> None:
    first, last = date(2027, 1, 1), date(2030, 12, 31)
    assert occurrences(read(written(event)), first, last, MINSK) == occurrences(event, first, last, MINSK)


def test_one_time_of_a_series_is_said_without_its_rule() -> None:
    event = replace(FAIR, rrule="FREQ=WEEKLY")
    made = written(event, series="tag:x.example,2026:events/1", uri="tag:x.example,2026:events/1/20270703T160000Z")
    assert made["events"] == [{"name": "Fair & music", "rel": "partOf", "uri": "tag:x.example,2026:events/1"}]
    assert "recurrence" not in made["eventDetails"]["dates"] and read(made).rrule == ""


def test_a_simple_rule_is_ninjs_own_too() -> None:
    made = written(replace(FAIR, rrule="FREQ=WEEKLY;INTERVAL=2;UNTIL=20271231T160000Z"))
    assert made["eventDetails"]["dates"]["recurrence"]["recurrenceRules"] == [
        {"frequency": "weekly", "interval": 2, "until": "2027-12-31T16:00:00+00:00"}
    ]
    del made["descriptions"]
    assert read(made).rrule == "FREQ=WEEKLY;INTERVAL=2;UNTIL=20271231T160000Z"


def minimal(**more: Any) -> dict[str, Any]:
    return {
        "uri": "tag:wire.example,2026:1", "type": "event", "title": "Fair",
        "eventDetails": {"dates": {"startDate": "2027-07-03T19:00:00+03:00"}}, **more,
    }  # fmt: skip


def test_what_agencies_send() -> None:
    event = read(
        minimal(
            version="7", versionCreated="2026-11-01T12:00:00Z",
            headlines=[{"value": "Fair opens"}], descriptions=[{"value": "All day."}],
            places=[{"name": "Mir", "geoJSON": {"type": "Point", "coordinates": [26.47, 53.45]}}],
            eventDetails={
                "dates": {"startDate": "2027-07-03T19:00:00Z", "endDate": "2027-07-03T21:00:00Z"},
                "eventStatus": "http://cv.iptc.org/newscodes/eventstatus/postponed", "organiser": {"name": "Guild"},
            },
        )
    )  # fmt: skip
    assert (event.title, event.description_text, event.status) == ("Fair opens", "All day.", "postponed")
    assert event.location == Location(name="Mir", lat=53.45, lon=26.47)
    assert (event.sequence, event.organizer) == (7, "Guild")


def test_a_kill_is_no_event() -> None:
    gone = NinjsEvent(minimal(pubStatus="canceled", version="2"), MINSK).event({})
    assert gone.lapsed and gone.event is not None and gone.event.sequence == 2


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        (minimal(type="text"), "/type"),
        (minimal(eventDetails={}), "/eventDetails/dates"),
        (minimal(eventDetails={"dates": {"startDate": "soon"}}), "/eventDetails/dates/startDate"),
        (minimal(eventDetails={"dates": {"expectedStartDate": "2027"}}), "/eventDetails/dates"),
        (minimal(title=""), "/headlines"),
        (minimal(colour="red"), "/colour"),
        ([1], ""),
        ("x", ""),
        (None, ""),
    ],
)
def test_what_is_refused(sent: Any, pointer: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        NinjsEvent(sent, MINSK).event({})
    assert refused.value.errors[0].pointer == pointer
