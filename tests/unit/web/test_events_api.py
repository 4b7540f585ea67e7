"""/v1/events: any range, series expanded, filters, paging, errors; and one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from dateline.domain.document import EventDocument
from dateline.domain.event import Location, Occurrence, Price
from dateline.domain.recurrence import expand
from dateline.domain.story import Link
from dateline.formats.ninjs.schema import errors_in
from unit.web.conftest import Fill, items
from unit.web.documents import MINSK, NOW, event, tag

TODAY = NOW.astimezone(MINSK).date()


def starts(client: FlaskClient, address: str) -> list[str]:
    return [item["start"] for item in items(client, address)]


def test_without_a_range_it_is_today_and_thirty_days(client: FlaskClient, fill: Fill) -> None:
    fill([event(f"Day {n}", TODAY + timedelta(days=n)) for n in (-1, 0, 30, 31)])
    assert starts(client, "/v1/events") == [str(TODAY), str(TODAY + timedelta(days=30))]


@pytest.mark.parametrize("year", [2014, 2026, 2031, 2400, 9998])
def test_a_series_without_end_is_there_in_any_year(client: FlaskClient, fill: Fill, year: int) -> None:
    fill([event("Independence Day", date(2014, 7, 3), rrule="FREQ=YEARLY")])
    assert starts(client, f"/v1/events?from={year}-01-01&to={year}-12-31") == [f"{year}-07-03"]
    assert starts(client, "/v1/events?from=2013-01-01&to=2013-12-31") == []


def test_what_an_occurrence_says(client: FlaskClient, fill: Fill) -> None:
    tour = event(
        "Tour",
        datetime(2017, 1, 7, 11, 0, tzinfo=MINSK),
        end=datetime(2017, 1, 7, 12, 30, tzinfo=MINSK),
        rrule="FREQ=WEEKLY;BYDAY=SA",
        location=Location(name="Museum", city="Minsk", lat=53.9, lon=27.5),
        tags=(tag("topic", "Museums"), tag("person", "Nobody", status="proposed")),
    )
    fill([tour])
    (item,) = items(client, "/v1/events?from=2026-11-28&to=2026-11-28")
    assert item == {
        "id": tour.id,
        "occurrence_id": f"{tour.id}-20261128T080000Z",
        "title": "Tour",
        "start": "2026-11-28T11:00:00+03:00",
        "end": "2026-11-28T12:30:00+03:00",
        "all_day": False,
        "timezone": "Europe/Minsk",
        "status": "confirmed",
        "reason": "",
        "previous_times": [],
        "moved_to": None,
        "image": None,
        "location": {
            "name": "Museum", "address": "", "city": "Minsk", "country": "", "lat": 53.9, "lon": 27.5,
        },
        "further_locations": [],
        "attendance": "offline",
        "online_url": None,
        "price": None,
        "categories": [],
        "url": f"http://localhost/events/{tour.id}/tour?on=20261128T080000Z",
        "tags": [{"type": "topic", "slug": "museums", "label": "Museums"}],
    }  # fmt: skip


def test_all_day_has_plain_dates_and_no_end_is_null(client: FlaskClient, fill: Fill) -> None:
    fill([event("Fair", date(2026, 12, 4), end=date(2026, 12, 6)), event("Holiday", date(2026, 12, 25))])
    first, second = items(client, "/v1/events?from=2026-12-06&to=2026-12-31")
    assert (first["start"], first["end"], first["all_day"], first["timezone"]) == (
        "2026-12-04", "2026-12-06", True, None,
    )  # fmt: skip
    assert (second["start"], second["end"]) == ("2026-12-25", None)


def test_filters_mean_any_of_one_kind_and_all_kinds_together(client: FlaskClient, fill: Fill) -> None:
    both = (tag("topic", "Music"), tag("place", "Minsk"))
    fill(
        [
            event("A", date(2026, 12, 1), tags=both),
            event("B", date(2026, 12, 2), tags=both[:1]),
            event("C", date(2026, 12, 3), tags=(tag("topic", "Sport"),)),
        ]
    )
    days = "from=2026-12-01&to=2026-12-31"

    def titles(query: str) -> list[str]:
        return [item["title"] for item in items(client, f"/v1/events?{days}{query}")]

    assert titles("&topic=music") == ["A", "B"]
    assert titles("&topic=music&topic=sport") == ["A", "B", "C"]
    assert titles("&topic=music&place=minsk") == ["A"]
    assert titles("&place=brest") == []


def test_pages_give_each_occurrence_once_in_order(client: FlaskClient, fill: Fill) -> None:
    fill(
        [
            event("Daily", date(2026, 12, 1), rrule="FREQ=DAILY"),
            event("Morning", datetime(2020, 1, 1, 9, tzinfo=MINSK), rrule="FREQ=DAILY"),
            event("Evening", datetime(2020, 1, 1, 19, tzinfo=MINSK), rrule="FREQ=DAILY"),
        ]
    )
    address = "/v1/events?from=2026-12-01&to=2026-12-20"
    whole = items(client, f"{address}&limit=100")
    assert len(whole) == 60
    assert [item["title"] for item in whole[:4]] == ["Daily", "Morning", "Evening", "Daily"]
    assert [item["occurrence_id"] for item in items(client, f"{address}&limit=7")] == [
        item["occurrence_id"] for item in whole
    ]
    answer = client.get(f"{address}&limit=7")
    assert answer.headers["Link"] == f'<{answer.get_json()["next"]}>; rel="next"'


def test_cursors_hold_for_their_own_listing_only(client: FlaskClient, fill: Fill) -> None:
    fill([event("Daily", date(2026, 12, 1), rrule="FREQ=DAILY")])
    following = client.get("/v1/events?from=2026-12-01&to=2026-12-20&limit=5").get_json()["next"]
    assert client.get(following.replace("2026-12-20", "2026-12-21")).status_code == 422


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("from=2026-01-01&to=2027-02-06", "/to"),
        ("from=2026-01-02&to=2026-01-01", "/to"),
        ("from=yesterday", "/from"),
        ("to=2026-02-30", "/to"),
        ("from=2026-01-01T00:00:00Z", "/from"),
        ("limit=0", "/limit"),
        ("limit=101", "/limit"),
        ("limit=x", "/limit"),
        ("cursor=x", "/cursor"),
        ("from=", "/from"),
    ],
)
def test_wrong_parameters_are_named(client: FlaskClient, query: str, pointer: str) -> None:
    answer = client.get(f"/v1/events?{query}")
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    "query",
    ["from=2026-01-01&to=2027-02-05", "from=0001-01-01&to=0001-02-01", "from=9999-12-01&to=9999-12-31",
     "to=2020-01-01", "from=9999-12-31", "from=0001-01-01"],
)  # fmt: skip
def test_ranges_at_the_ends_of_the_calendar_are_answered(client: FlaskClient, fill: Fill, query: str) -> None:
    fill([event("Daily", datetime(2020, 1, 1, 1, tzinfo=MINSK), rrule="FREQ=DAILY"), event("D", date(2020, 1, 1))])
    assert client.get(f"/v1/events?{query}&limit=3").status_code == 200


def test_an_exception_stands_instead_of_its_series_time(client: FlaskClient, fill: Fill) -> None:
    series = event("Tour", datetime(2026, 12, 1, 11, tzinfo=MINSK), rrule="FREQ=DAILY;COUNT=3", uid="u")
    moved = event("Tour, later", datetime(2026, 12, 2, 15, tzinfo=MINSK), uid="u", recurrence_id="2026-12-02T08:00:00Z")
    fill([series, moved])
    assert [item["title"] for item in items(client, "/v1/events?from=2026-12-01&to=2026-12-31")] == [
        "Tour", "Tour, later", "Tour",
    ]  # fmt: skip


@pytest.fixture
def moved_tour(fill: Fill) -> tuple[EventDocument, EventDocument]:
    """A series, and an exception that came by itself: another month, and no tag of the series."""
    mondays = datetime(2026, 11, 30, 11, tzinfo=MINSK)
    series = event("Tour", mondays, rrule="FREQ=WEEKLY", uid="u", tags=(tag("topic", "Museums"),))
    moved = event("Late tour", datetime(2027, 1, 20, 11, tzinfo=MINSK), uid="u", recurrence_id="2026-12-07T08:00:00Z")
    fill([series, moved, event("Another", date(2026, 12, 8), uid="v")])
    return series, moved


@pytest.mark.parametrize(
    "query",
    ["from=2026-12-01&to=2026-12-31", "from=2026-12-07&to=2026-12-07", "from=2026-12-01&to=2026-12-31&topic=museums"],
)
def test_an_exception_far_from_the_time_it_stands_for(
    client: FlaskClient, moved_tour: tuple[EventDocument, EventDocument], query: str
) -> None:
    assert "2026-12-07T11:00:00+03:00" not in starts(client, f"/v1/events?{query}")
    assert starts(client, "/v1/events?from=2027-01-20&to=2027-01-20") == ["2027-01-20T11:00:00+03:00"]


def test_a_series_doesnt_name_a_time_for_which_an_exception_stands(
    client: FlaskClient, moved_tour: tuple[EventDocument, EventDocument]
) -> None:
    series, moved = moved_tour
    times = [one["start"] for one in client.get(f"/v1/events/{series.id}").get_json()["occurrences"]]
    assert len(times) == 8
    assert times[:2] == ["2026-11-30T11:00:00+03:00", "2026-12-14T11:00:00+03:00"]
    assert [one["start"] for one in client.get(f"/v1/events/{moved.id}").get_json()["occurrences"]] == [
        "2027-01-20T11:00:00+03:00"
    ]
    page = f"/events/{series.id}/{series.slug}?on="
    assert client.get(f"{page}20261214T080000Z").status_code == 200
    assert client.get(f"{page}20261207T080000Z").status_code == 404


def test_pages_show_no_time_for_which_an_exception_stands(
    client: FlaskClient, moved_tour: tuple[EventDocument, EventDocument]
) -> None:
    for address in ("/events", "/events?view=agenda", "/events/2026/12", "/events?view=week&day=2026-12-07"):
        assert "20261207T080000Z" not in client.get(address).text
        assert "20261207T080000Z" not in client.get(f"{address}{'&' if '?' in address else '?'}topic=museums").text
    assert "20261214T080000Z" in client.get("/events/2026/12?view=month&topic=museums").text


@pytest.mark.parametrize("address", ["/events.ics", "/events.ics?topic=museums", "/events/{id}.ics"])
def test_calendars_bring_a_series_with_its_exceptions(
    client: FlaskClient, moved_tour: tuple[EventDocument, EventDocument], address: str
) -> None:
    text = client.get(address.format(id=moved_tour[0].id)).text
    assert "RRULE:FREQ=WEEKLY" in text
    assert text.count("UID:u\r\n") == 2
    assert "RECURRENCE-ID;TZID=Europe/Minsk:20261207T110000" in text
    assert ("Another" in text) == (address == "/events.ics")


def test_a_withdrawn_exception_stands_for_nothing(
    client: FlaskClient, fill: Fill, moved_tour: tuple[EventDocument, EventDocument]
) -> None:
    fill([replace(moved_tour[1], version=2, withdrawn=True)])
    assert starts(client, "/v1/events?from=2026-12-07&to=2026-12-07") == ["2026-12-07T11:00:00+03:00"]


def test_a_foreign_clock_falls_on_the_newsrooms_day(client: FlaskClient, fill: Fill) -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    call = replace(event("Call", datetime(2026, 12, 2, 1, tzinfo=tokyo)), timezone="Asia/Tokyo", occurrences=())
    fill([replace(call, occurrences=expand(call, MINSK, date(2027, 1, 1)))])
    assert starts(client, "/v1/events?from=2026-12-01&to=2026-12-01") == ["2026-12-02T01:00:00+09:00"]
    assert starts(client, "/v1/events?from=2026-12-02&to=2026-12-02") == []


def test_one_event(client: FlaskClient, fill: Fill) -> None:
    given = event("Holiday", date(2014, 7, 3), rrule="FREQ=YEARLY", organizer="City", url="https://example.org/")
    fill([given])
    answer = client.get(f"/v1/events/{given.id}")
    found = answer.get_json()
    assert (found["id"], found["rrule"], found["start"]) == (given.id, "FREQ=YEARLY", "2014-07-03")
    assert (found["organizer"], found["website"]) == ("City", "https://example.org/")
    assert [one["start"] for one in found["occurrences"]][:2] == ["2027-07-03", "2028-07-03"]
    again = client.get(f"/v1/events/{given.id}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_what_was_never_there_and_what_was_withdrawn(client: FlaskClient, fill: Fill) -> None:
    gone = event("Gone", date(2026, 12, 1))
    fill([replace(gone, withdrawn=True, notice="It was a mistake.", start=None, occurrences=())])
    for address in (f"/v1/events/{gone.id}", f"/events/{gone.id}", f"/events/{gone.id}/gone", f"/events/{gone.id}.ics"):
        assert client.get(address).status_code == 410
    assert client.get(f"/v1/events/{gone.id}").get_json()["detail"] == "It was a mistake."
    assert client.get("/v1/events/nothing").status_code == 404
    assert items(client, "/v1/events?from=2026-12-01&to=2026-12-31") == []


def test_the_openapi_document_knows_the_routes(client: FlaskClient) -> None:
    paths = client.get("/v1/openapi.json").get_json()["paths"]
    assert {"200", "422", "503"} <= set(paths["/v1/events"]["get"]["responses"])
    assert {"200", "404", "410", "503"} <= set(paths["/v1/events/{event_id}"]["get"]["responses"])
    assert {parameter["name"] for parameter in paths["/v1/events"]["get"]["parameters"]} >= {"from", "to", "topic"}


def test_times_are_aware(client: FlaskClient, fill: Fill) -> None:
    fill([event("A", datetime(2026, 12, 1, 9, tzinfo=UTC))])
    assert datetime.fromisoformat(starts(client, "/v1/events")[0]).utcoffset() is not None


def test_paging_keeps_what_begins_in_the_same_second(client: FlaskClient, fill: Fill) -> None:
    begins = datetime(2026, 11, 28, 11, 0, tzinfo=MINSK)
    later_ids_first = [event(f"After {n} µs", begins + timedelta(microseconds=n)) for n in (3, 2, 1, 0)]
    fill(later_ids_first)
    found = [item["title"] for item in items(client, "/v1/events?from=2026-11-28&to=2026-11-28&limit=1")]
    assert found == ["After 0 µs", "After 1 µs", "After 2 µs", "After 3 µs"]


def test_events_are_found_by_words_categories_price_and_whether_they_are_online(
    client: FlaskClient, fill: Fill
) -> None:
    jazz = event("Jazz", TODAY, categories=("Open Air", "Концерт"), price=Price(free=True), attendance="mixed")
    talk = event("Talk", TODAY, categories=("open air",), price=Price(amount="5", currency="BYN"))
    fill([jazz, talk, event("Fair", TODAY)])

    def titles(query: str) -> list[str]:
        return [item["title"] for item in items(client, f"/v1/events?{query}")]

    assert titles("q=jazz") == titles("free=1") == titles("online=1") == titles("category=концерт") == ["Jazz"]
    assert sorted(titles("category=OPEN+AIR")) == ["Jazz", "Talk"]
    assert titles("free=0") == titles("category=open-air&q=talk") == ["Talk"]
    assert sorted(titles("online=0")) == ["Fair", "Jazz", "Talk"]
    assert titles("q=!!!") == titles("category=film") == titles("free=1&q=talk") == []
    for wrong in ("free=yes", "online=2", f"q={'x' * 201}"):
        assert client.get(f"/v1/events?{wrong}").status_code == 422


def test_the_next_page_keeps_what_was_asked_for(client: FlaskClient, fill: Fill) -> None:
    fill(
        [event("Jazz", TODAY, rrule="FREQ=DAILY", price=Price(free=True), categories=("Open air",)), event("B", TODAY)]
    )
    answer = client.get("/v1/events?limit=5&q=jazz&free=1&online=0&category=Open+Air").get_json()
    assert "q=jazz&category=open+air&free=1&online=0&" in answer["next"]
    assert [item["title"] for item in items(client, answer["next"])] == ["Jazz"] * 26


def test_what_an_event_says_besides(client: FlaskClient, fill: Fill) -> None:
    said = event(
        "Talk", TODAY, reason="The hall is closed.", previous_times=(Occurrence(start=date(2026, 1, 2)),),
        further_locations=(Location(name="Yard"),), attendance="online", online_url="https://example.org/live",
        price=Price(amount="5", currency="BYN"), contact="Anna", categories=("Talk",), language="be",
        links=(Link(url="https://example.org/t", title="Tickets"),),
    )  # fmt: skip
    fill([said])
    whole = client.get(f"/v1/events/{said.id}").get_json()
    [item] = items(client, "/v1/events")
    for shown in (whole, item):
        assert (shown["reason"], shown["attendance"]) == ("The hall is closed.", "online")
        assert shown["previous_times"] == [{"start": "2026-01-02", "end": None}]
        assert [place["name"] for place in shown["further_locations"]] == ["Yard"]
        assert shown["online_url"] == "https://example.org/live"
        assert shown["price"] == {"free": False, "amount": "5", "up_to": "", "currency": "BYN", "note": ""}
        assert shown["categories"] == ["Talk"]
    assert (whole["contact"], whole["language"]) == ("Anna", "be")
    assert whole["links"] == [{"url": "https://example.org/t", "title": "Tickets"}]


def test_an_event_and_its_times_as_ninjs(client: FlaskClient, fill: Fill) -> None:
    once = event("Fair", datetime(2027, 7, 3, 19, tzinfo=MINSK), timezone=MINSK.key)
    series = event("Reading", date(2027, 7, 1), rrule="FREQ=DAILY")
    fill([once, series])
    for one in (once, series):
        answer = client.get(f"/v1/events/{one.id}?format=ninjs")
        assert answer.mimetype == "application/ninjs+json" and answer.headers["ETag"]
        assert errors_in(answer.get_json(force=True), "3.1") == []
    listed = client.get("/v1/events?from=2027-07-01&to=2027-07-04&format=ninjs&limit=3").get_json()
    assert [one["eventDetails"]["dates"] for one in listed["items"]] == [
        {"expectedStartDate": "2027-07-01"}, {"expectedStartDate": "2027-07-02"}, {"expectedStartDate": "2027-07-03"},
    ]  # fmt: skip
    following = client.get(listed["next"]).get_json()["items"]
    assert [one["title"] for one in following] == ["Fair", "Reading"]
    assert following[0]["eventDetails"]["dates"] == {"startDate": "2027-07-03T19:00:00+03:00"}
    assert {one["events"][0]["uri"] for one in listed["items"]} == {
        client.get(f"/v1/events/{series.id}?format=ninjs").get_json(force=True)["uri"]
    }
    uris = [one["uri"] for one in (*listed["items"], *following)]
    assert len(set(uris)) == 5
    assert not [error for one in (*listed["items"], *following) for error in errors_in(one, "3.1")]
    assert client.get("/v1/events?format=xml").status_code == 422
