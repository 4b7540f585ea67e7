"""Edits of series over the API: one time, one and all that follow, all; what is on record, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dateline.domain.event import Event
from dateline.domain.payload import from_payload, is_tombstone
from dateline.ports.ledger.claims import Indexed
from dateline_ingest.intake import Write
from dateline_ingest.series.withdrawing import SeriesWithdrawals
from unit.ics import calendar, times, utc

SERIES = {
    "title": "Concert", "start": "2027-01-08T19:00:00+03:00", "end": "2027-01-08T21:00:00+03:00",
    "timezone": "Europe/Minsk", "rrule": "FREQ=WEEKLY;COUNT=5", "location": {"name": "Hall"}, "external_id": "concert",
}  # fmt: skip
FRIDAYS = ["2027-01-08T16:00", "2027-01-15T16:00", "2027-01-22T16:00", "2027-01-29T16:00", "2027-02-05T16:00"]


class Desk:
    """An editor at a series."""

    def __init__(self, newsroom: Any, **event: Any) -> None:
        self.newsroom = newsroom
        answer = newsroom.ask("POST", "/v1/events", "edda", json={**SERIES, **event})
        assert answer.status_code == 202, answer.text
        self.id = answer.get_json()["id"]

    def ask(self, method: str, path: str = "", /, revision: int | str | None = None, **options: Any) -> TestResponse:
        headers = {**options.pop("headers", {})}
        if revision != "none":
            headers["If-Match"] = f'"{revision or self.item().newest_revision}"'
        answer: TestResponse = self.newsroom.ask(
            method, f"/v1/events/{self.id}{path}", "edda", headers=headers, **options
        )
        return answer

    def done(self, method: str, path: str = "", /, **options: Any) -> dict[str, Any]:
        answer = self.ask(method, path, **options)
        assert answer.status_code == 202, answer.text
        body: dict[str, Any] = answer.get_json()
        return body

    def item(self, item_id: str = "") -> Any:
        return self.newsroom.ledger.item("event", item_id or self.id)

    def events(self) -> dict[str, Event]:
        """What stands on record, by id; what was withdrawn is left out."""
        items = [self.newsroom.ledger.item("event", one.id) for one in self.newsroom.ledger.items("event").items]
        return {
            one.id: from_payload(Event, one.newest.payload)
            for one in items
            if one.newest.action != "withdraw" and one.newest.payload and not is_tombstone(one.newest.payload)
        }

    def shown(self, status: str = "confirmed") -> list[str]:
        """What readers would see: a series not where an exception stands for its time."""
        events = self.events().values()
        replaced = {(one.external_id, one.recurrence_id[:16]) for one in events if one.recurrence_id}
        return sorted(
            f"{time} {event.title}"
            for event in events
            for time in times(event, year=2027, status=status)
            if event.recurrence_id or (event.external_id, time) not in replaced
        )


@pytest.fixture
def desk(newsroom: Any) -> Desk:
    return Desk(newsroom)


def concerts(*moments: str) -> list[str]:
    return [f"{one} Concert" for one in moments]


# --- one time ------------------------------------------------------------------------------------------------------


def test_one_time_is_edited_and_says_the_rest_as_its_series_does(desk: Desk) -> None:
    body = {"title": "Gala", "start": "2027-01-15T20:30:00+03:00"}
    answer = desk.done("PUT", "/occurrences/20270115T190000", json=body)
    assert desk.shown() == sorted([*concerts(FRIDAYS[0], *FRIDAYS[2:]), "2027-01-15T17:30 Gala"])
    gala = desk.events()[answer["occurrence"]["id"]]
    assert (gala.external_id, gala.recurrence_id) == ("concert", "2027-01-15T16:00:00Z")
    assert gala.location is not None and gala.location.name == "Hall"
    assert gala.end is not None and gala.end.isoformat() == "2027-01-15T22:30:00+03:00"
    assert (answer["id"], answer["revision"]) == (desk.id, 2)


def test_a_second_edit_of_a_time_is_of_the_same_event(desk: Desk) -> None:
    first = desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala"})
    second = desk.done("PUT", "/occurrences/20270115T160000Z", json={"status": "cancelled"})
    assert (first["occurrence"]["id"], second["occurrence"]["revision"]) == (second["occurrence"]["id"], 2)
    assert desk.shown("cancelled") == concerts(FRIDAYS[1])


def test_an_edit_that_says_what_the_series_says_gives_the_time_back_to_it(desk: Desk) -> None:
    desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala"})
    desk.done("PUT", "/occurrences/20270115T190000", json={})
    assert desk.shown() == concerts(*FRIDAYS) and len(desk.events()) == 1
    desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala again"})
    assert desk.shown()[1] == f"{FRIDAYS[1]} Gala again"


def test_a_time_that_is_taken_out_stays_out_edited_or_not_and_comes_back_by_an_edit(desk: Desk) -> None:
    desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala"})
    desk.done("DELETE", "/occurrences/20270115T190000")
    desk.done("DELETE", "/occurrences/20270122T190000", json={"note": "The hall is closed."})
    assert desk.shown() == concerts(FRIDAYS[0], *FRIDAYS[3:])
    assert desk.ask("DELETE", "/occurrences/20270115T190000").status_code == 404
    assert (
        desk.newsroom.ask("GET", f"/v1/events/{desk.id}/occurrences/20270115T190000", "edda").get_json()["state"]
        == "removed"
    )
    desk.done("PUT", "/occurrences/20270115T190000", json={})
    assert desk.shown() == concerts(*FRIDAYS[:2], *FRIDAYS[3:])


def test_the_last_time_is_not_taken_out(newsroom: Any) -> None:
    desk = Desk(newsroom, rrule="FREQ=WEEKLY;COUNT=2")
    desk.done("DELETE", "/occurrences/20270108T190000")
    assert desk.ask("DELETE", "/occurrences/20270115T190000").status_code == 409


def test_a_time_of_an_all_day_series_without_a_uid(newsroom: Any) -> None:
    given = {"title": "Fair", "start": "2027-01-08", "rrule": "FREQ=WEEKLY;COUNT=3"}
    made = newsroom.ask("POST", "/v1/events", "edda", json=given).get_json()["id"]
    answer = newsroom.ask("PUT", f"/v1/events/{made}/occurrences/20270115", "edda",
                          json={"start": "2027-01-16"}, headers={"If-Match": '"1"'})  # fmt: skip
    assert answer.status_code == 202, answer.text
    exception = newsroom.ledger.item("event", answer.get_json()["occurrence"]["id"]).newest.payload
    series = newsroom.ledger.item("event", made).newest.payload
    assert exception["external_id"] == series["external_id"] == f"{made}@dateline"
    assert (exception["recurrence_id"], series["exdates"]) == ("2027-01-15", ["2027-01-15"])


def test_a_time_is_shown_as_it_takes_place_and_can_be_sent_again(desk: Desk) -> None:
    path = "/occurrences/20270115T190000"
    shown = desk.ask("GET", path)
    assert (shown.status_code, shown.get_json()["state"], shown.headers["ETag"]) == (200, "series", '"1"')
    assert shown.get_json()["event"]["start"] == "2027-01-15T19:00:00+03:00"
    done = desk.done("PUT", path, json={**shown.get_json()["event"], "title": "Gala"})
    again = desk.ask("GET", path).get_json()
    assert (again["state"], again["id"], again["event"]["title"]) == ("edited", done["occurrence"]["id"], "Gala")
    desk.done("PUT", path, json=again["event"])


@pytest.mark.parametrize(
    "name", ["20270116T190000", "20270115T180000", "20270115", "20270315T190000", "x", "99999999", "20271315T190000"]
)
def test_a_time_that_the_series_does_not_have_is_not_found(desk: Desk, name: str) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert desk.ask(method, f"/occurrences/{name}", **({"json": {}} if method == "PUT" else {})).status_code == 404


def test_edits_need_the_revision_they_were_made_from(desk: Desk) -> None:
    path = "/occurrences/20270115T190000"
    assert desk.ask("PUT", path, revision="none", json={"title": "Gala"}).status_code == 428
    assert desk.ask("DELETE", path, revision="none").status_code == 428
    desk.done("PUT", path, revision=1, json={"title": "Gala"})
    assert desk.ask("PUT", path, revision=1, json={"title": "Ball"}).status_code == 412
    assert desk.ask("DELETE", "/occurrences/20270122T190000", revision=1).status_code == 412
    assert [event.title for event in desk.events().values()].count("Gala") == 1


@pytest.mark.parametrize(
    "body",
    [{"rrule": "FREQ=DAILY"}, {"end": "2027-01-15T18:00:00+03:00"}, {"external_id": "x"}, {"title": " "}, {"x": 1}],
)
def test_what_one_time_cannot_be_is_refused(desk: Desk, body: dict[str, Any]) -> None:
    assert desk.ask("PUT", "/occurrences/20270115T190000", json=body).status_code == 422
    assert desk.item().newest_revision == 1


def test_only_a_series_has_times(desk: Desk) -> None:
    made = desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala"})["occurrence"]["id"]
    once = desk.newsroom.ask("POST", "/v1/events", "edda", json={"title": "Once", "start": "2027-01-15"}).get_json()
    body = {"title": "X", "start": "2027-01-15T19:00:00+03:00"}
    for event_id in (made, once["id"]):
        for path in ("/occurrences/20270115T190000", "?scope=following&from=20270115T190000"):
            address = f"/v1/events/{event_id}{path}"
            answer = desk.newsroom.ask("PUT", address, "edda", headers={"If-Match": '"1"'}, json=body)
            assert answer.status_code == 409, answer.text
    desk.done("DELETE")
    assert desk.ask("PUT", "/occurrences/20270115T190000", json={}).status_code == 409


# --- this and following ---------------------------------------------------------------------------------------------

LATER = {"title": "Late concert", "start": "2027-01-22T20:00:00+03:00", "end": "2027-01-22T22:00:00+03:00"}


def test_this_and_following_cuts_the_series_and_counts_on(desk: Desk) -> None:
    answer = desk.done("PUT", "?scope=following&from=20270122T190000", json=LATER)
    late = ["2027-01-22T17:00 Late concert", "2027-01-29T17:00 Late concert", "2027-02-05T17:00 Late concert"]
    assert desk.shown() == [*concerts(*FRIDAYS[:2]), *late]
    events = desk.events()
    assert events[desk.id].rrule == "FREQ=WEEKLY;UNTIL=20270122T155959Z"
    following = events[answer["following"]["id"]]
    assert (following.external_id, following.rrule) == ("concert_R20270122T160000Z", "FREQ=WEEKLY;COUNT=3")
    assert following.location is not None and following.location.name == "Hall"


def test_the_body_of_the_whole_series_can_be_sent_for_its_later_times(desk: Desk) -> None:
    whole = desk.ask("GET").get_json()["event"]
    desk.done("PUT", "?scope=following&from=20270122T190000", json={**whole, "title": "Late concert"})
    assert desk.shown() == [*concerts(*FRIDAYS[:2]), *(f"{one} Late concert" for one in FRIDAYS[2:])]


def test_exceptions_stay_with_the_part_they_belong_to(desk: Desk) -> None:
    desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala"})
    ball = desk.done("PUT", "/occurrences/20270129T190000", json={"title": "Ball"})["occurrence"]["id"]
    desk.done("DELETE", "/occurrences/20270205T190000")
    answer = desk.done("PUT", "?scope=following&from=20270122T190000", json=LATER)
    assert desk.shown() == [
        f"{FRIDAYS[0]} Concert", f"{FRIDAYS[1]} Gala", "2027-01-22T17:00 Late concert", "2027-01-29T17:00 Ball",
    ]  # fmt: skip
    moved = desk.events()[ball]
    assert (moved.external_id, moved.recurrence_id) == ("concert_R20270122T160000Z", "2027-01-29T17:00:00Z")
    assert [one["title"] for one in answer["exceptions"]["kept"]] == ["Gala"]
    assert answer["exceptions"]["moved"] == [
        {"id": ball, "title": "Ball", "recurrence_id": "20270129T190000", "stands_for": "20270129T200000",
         "withdrawn": False}
    ]  # fmt: skip
    desk.id = answer["following"]["id"]
    desk.done("PUT", "/occurrences/20270129T200000", json={"title": "Grand ball"})
    assert desk.events()[ball].title == "Grand ball"


def test_from_the_first_time_on_is_all(desk: Desk) -> None:
    answer = desk.done("PUT", "?scope=following&from=20270108T190000", json={"title": "New", "start": SERIES["start"]})
    assert desk.shown() == [f"{one} New" for one in FRIDAYS] and "following" not in answer


@pytest.mark.parametrize("query", ["scope=following", "from=20270122T190000", "scope=some", "lost=x", "x=1"])
def test_half_a_scope_is_refused(desk: Desk, query: str) -> None:
    assert desk.ask("PUT", f"?{query}", json=SERIES).status_code == 422


def test_a_time_that_is_not_there_cuts_nothing(desk: Desk) -> None:
    assert desk.ask("PUT", "?scope=following&from=20270123T190000", json=LATER).status_code == 404
    assert desk.ask("PUT", "?scope=following&from=20270122T190000", json=LATER, revision="none").status_code == 428


def test_nothing_is_stored_of_an_edit_that_fails_in_its_middle(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ball = desk.done("PUT", "/occurrences/20270129T190000", json={"title": "Ball"})["occurrence"]["id"]
    write = desk.newsroom.ledger.submit_all

    def overtaken(*args: Any, **options: Any) -> Any:
        body = {"title": "Great ball", "start": "2027-01-29T19:00:00+03:00"}
        desk.newsroom.ask("PUT", f"/v1/events/{ball}", "edda", headers={"If-Match": '"1"'}, json=body)
        return write(*args, **options)

    monkeypatch.setattr(desk.newsroom.ledger, "submit_all", overtaken)
    assert desk.ask("PUT", "?scope=following&from=20270122T190000", json=LATER).status_code == 412
    others = [f"{one} Concert" for one in FRIDAYS if one != FRIDAYS[3]]
    assert desk.shown() == sorted([*others, f"{FRIDAYS[3]} Great ball"])
    assert (desk.item().newest_revision, len(desk.events())) == (2, 2)


# --- all ----------------------------------------------------------------------------------------------------------


def put_all(desk: Desk, query: str = "", **changed: Any) -> dict[str, Any]:
    whole = desk.ask("GET").get_json()["event"]
    return desk.done("PUT", query, json={**whole, **changed})


def test_all_keeps_exceptions_that_still_stand_on_a_time(desk: Desk) -> None:
    desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala"})
    answer = put_all(desk, title="Recital", location={"name": "Palace"})
    assert desk.shown() == [f"{one} {'Gala' if one == FRIDAYS[1] else 'Recital'}" for one in FRIDAYS]
    assert [one["title"] for one in answer["exceptions"]["kept"]] == ["Gala"]
    assert {event.location.name for event in desk.events().values() if event.location} == {"Palace"}


def test_all_moves_exceptions_along_with_the_hour(desk: Desk) -> None:
    desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala"})
    desk.done("PUT", "/occurrences/20270122T190000", json={"start": "2027-01-23T12:00:00+03:00"})
    answer = put_all(desk, start="2027-01-08T18:00:00+03:00", end="2027-01-08T20:30:00+03:00")
    assert desk.shown() == [
        "2027-01-08T15:00 Concert", "2027-01-15T15:00 Gala", "2027-01-23T09:00 Concert", "2027-01-29T15:00 Concert",
        "2027-02-05T15:00 Concert",
    ]  # fmt: skip
    assert len(answer["exceptions"]["moved"]) == 2


@pytest.mark.parametrize(("query", "left"), [("", ["2027-01-15T16:00 Gala"]), ("?lost=drop", [])])
def test_all_says_which_exceptions_have_no_time_any_more(desk: Desk, query: str, left: list[str]) -> None:
    desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala"})
    answer = put_all(desk, query, start="2027-01-09T19:00:00+03:00", end="2027-01-09T21:00:00+03:00")
    saturdays = ["2027-01-09", "2027-01-16", "2027-01-23", "2027-01-30", "2027-02-06"]
    assert desk.shown() == sorted([*(f"{one}T16:00 Concert" for one in saturdays), *left])
    [lost] = answer["exceptions"]["lost"]
    assert (lost["recurrence_id"], lost["stands_for"], lost["withdrawn"]) == ("20270115T190000", None, not left)


def test_the_last_time_stays_the_last_when_all_begin_at_another_hour(newsroom: Any) -> None:
    desk = Desk(newsroom, rrule="FREQ=WEEKLY")
    desk.done("PUT", "?scope=following&from=20270122T190000", json={**LATER, "rrule": "FREQ=WEEKLY;COUNT=1"})
    for hour in (21, 14):
        put_all(desk, start=f"2027-01-08T{hour}:00:00+03:00", end=f"2027-01-08T{hour + 1}:00:00+03:00")
        times = [f"{day}T{hour - 3}:00 Concert" for day in ("2027-01-08", "2027-01-15")]
        assert desk.shown() == [*times, "2027-01-22T17:00 Late concert"]


def test_all_is_cancelled_with_its_exceptions(desk: Desk) -> None:
    desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala"})
    put_all(desk, status="cancelled")
    assert desk.shown() == [] and len(desk.shown("cancelled")) == 5


def test_a_correction_without_a_uid_leaves_the_uid(desk: Desk) -> None:
    gala = desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala"})["occurrence"]["id"]
    desk.done("PUT", json={name: value for name, value in SERIES.items() if name != "external_id"})
    assert desk.events()[desk.id].external_id == "concert"
    desk.newsroom.ask("PUT", f"/v1/events/{gala}", "edda", headers={"If-Match": '"1"'},
                      json={"title": "Gala", "start": "2027-01-15T19:00:00+03:00"})  # fmt: skip
    assert desk.events()[gala].external_id == "concert"


# --- once, and repeats -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/occurrences/20270115T190000", {"title": "Gala"}),
        ("DELETE", "/occurrences/20270115T190000", None),
        ("PUT", "?scope=following&from=20270122T190000", LATER),
        ("PUT", "?lost=drop", SERIES),
    ],
)
def test_a_repeat_gets_the_first_answer_and_writes_nothing(desk: Desk, method: str, path: str, body: Any) -> None:
    options: dict[str, Any] = {"revision": 1, "headers": {"Idempotency-Key": "k"}, **({"json": body} if body else {})}
    first = desk.ask(method, path, **options)
    shown = desk.shown()
    again = desk.ask(method, path, **options)
    assert (first.status_code, again.status_code, again.headers["ETag"]) == (202, 202, '"2"')
    parts = ("id", "revision", "occurrence", "following")
    assert [again.get_json().get(one) for one in parts] == [first.get_json().get(one) for one in parts]
    assert (desk.shown(), desk.item().newest_revision) == (shown, 2)


def test_the_key_of_an_edit_is_not_that_of_another(desk: Desk) -> None:
    headers = {"Idempotency-Key": "k"}
    desk.done("PUT", "?scope=following&from=20270122T190000", json=LATER, headers=headers, revision=1)
    assert desk.ask("PUT", "?scope=following&from=20270129T190000", json=LATER, headers=headers).status_code == 422
    assert desk.ask("PUT", json=LATER, headers=headers).status_code == 422


def test_the_audit_has_each_part_of_an_edit(desk: Desk) -> None:
    desk.done("PUT", "/occurrences/20270129T190000", json={"title": "Ball"})
    desk.done("PUT", "?scope=following&from=20270122T190000", json=LATER)
    entries = desk.newsroom.ask("GET", "/v1/audit", "edda").get_json()["items"]
    assert len([one for one in entries if one["what"] in ("submit", "correct")]) >= 6


def test_all_gives_an_exception_what_it_had_from_the_series_and_leaves_it_its_own(desk: Desk) -> None:
    gala = desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala", "description_text": "Own."})
    off = desk.done("PUT", "/occurrences/20270122T190000", json={"status": "cancelled"})
    put_all(desk, end="2027-01-08T22:00:00+03:00", description_html="<p>Of all.</p>", reason="A longer evening.")
    events = desk.events()
    edited, cancelled = events[gala["occurrence"]["id"]], events[off["occurrence"]["id"]]
    assert edited.end is not None and utc(edited.end) == "2027-01-15T19:00"
    assert (edited.description_text, edited.description_html) == ("Own.", None)
    assert (edited.reason, cancelled.reason, cancelled.description_html) == ("A longer evening.", "", "<p>Of all.</p>")


def test_a_calendar_that_comes_again_leaves_what_was_edited_here(desk: Desk) -> None:
    series = ("UID:s\nSUMMARY:Concert\nDTSTART;TZID=Europe/Minsk:20270108T190000\n"
              "DTEND;TZID=Europe/Minsk:20270108T210000\nRRULE:FREQ=WEEKLY;COUNT=5")  # fmt: skip
    data = calendar(series, "UID:s\nRECURRENCE-ID:20270129T160000Z\nSUMMARY:Ball\nDTSTART:20270129T170000Z")

    def load() -> None:
        answer = desk.newsroom.ask("POST", "/v1/events/import", "edda", data=data, content_type="text/calendar")
        assert {one["status"] for one in answer.get_json()["items"]} == {202}
        desk.id = answer.get_json()["items"][0]["id"]

    desk.done("DELETE")
    load()
    desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala"})
    desk.done("PUT", "?scope=following&from=20270122T190000", json=LATER)
    shown = desk.shown()
    assert "2027-01-29T17:00 Ball" in shown and "2027-01-15T16:00 Gala" in shown and len(shown) == 5
    load()
    assert desk.shown() == shown


# --- withdrawn --------------------------------------------------------------------------------------------------------


def test_a_series_is_withdrawn_and_comes_back_with_its_exceptions(desk: Desk) -> None:
    desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Gala"})
    desk.done("PUT", "/occurrences/20270122T190000", json={"title": "Ball"})
    desk.done("DELETE", "/occurrences/20270122T190000")
    before = desk.shown()
    options: dict[str, Any] = {"revision": 4, "headers": {"Idempotency-Key": "k"}, "json": {"note": "No hall."}}
    receipts = [desk.done("DELETE", **options) for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert desk.events() == {}
    item = desk.newsroom.ledger.item("event", desk.id, payloads="all")
    withdrawals = SeriesWithdrawals(desk.newsroom.ledger, desk.newsroom.wakeup)
    editor = desk.newsroom.ledger.find_token("secret-edda")
    withdrawals.restore(item, Write(by=editor, if_match=5), "")
    assert desk.shown() == before


def test_erasing_a_series_takes_its_exceptions_and_nothing_else(desk: Desk) -> None:
    other = Desk(desk.newsroom, external_id="concert 2")
    edited = desk.done("PUT", "/occurrences/20270115T190000", json={"title": "Late concert"})["occurrence"]["id"]
    gone = desk.done("PUT", "/occurrences/20270122T190000", json={"title": "Early concert"})["occurrence"]["id"]
    desk.done("DELETE", "/occurrences/20270122T190000")
    ledger = desk.newsroom.ledger
    erasure = ledger.erase(desk.id, "asked for", ledger.find_token("secret-edda"))
    assert sorted(erasure.exceptions) == sorted([edited, gone])
    for one in (desk.id, edited, gone):
        item = ledger.item("event", one, payloads="all")
        assert item.newest.action == "withdraw" and all(revision.payload is None for revision in item.revisions)
    assert list(desk.events()) == [other.id]


# --- moved ------------------------------------------------------------------------------------------------------------


def publish(desk: Desk) -> None:
    """Let readers see what is due."""
    ledger = desk.newsroom.ledger
    claimed = ledger.claim(lease=timedelta(seconds=30), worker="test")
    ledger.mark([Indexed(claimed=one) for one in claimed])


def previous(desk: Desk, item_id: str = "") -> list[str]:
    return [utc(one.start) for one in desk.events()[item_id or desk.id].previous_times]


def test_a_time_that_readers_saw_stays_among_the_previous_ones(newsroom: Any) -> None:
    desk = Desk(newsroom, rrule="")
    desk.done("PUT", json={"title": "Concert", "start": "2027-01-09T19:00:00+03:00"})
    assert previous(desk) == []
    publish(desk)
    desk.done("PUT", json={"title": "Concert", "start": "2027-01-16T19:00:00+03:00", "reason": "The hall is closed."})
    assert previous(desk) == ["2027-01-09T16:00"]
    desk.done("PUT", "?rescheduled=false", json={"title": "Concert", "start": "2027-01-16T19:30:00+03:00"})
    assert previous(desk) == ["2027-01-09T16:00"]
    desk.done("PUT", json={"title": "Concert", "start": "2027-01-09T19:00:00+03:00"})
    assert previous(desk) == ["2027-01-16T16:30"]
    desk.done("PUT", json={"title": "Concert", "start": "2027-01-09T19:00:00+03:00", "previous_times": []})
    assert previous(desk) == []


def test_one_time_that_is_moved_says_when_it_was_to_be(desk: Desk) -> None:
    path = "/occurrences/20270115T190000"
    first = desk.done("PUT", path, json={"start": "2027-01-16T19:00:00+03:00"})["occurrence"]["id"]
    assert previous(desk, first) == []
    publish(desk)
    desk.done("PUT", path, json={"start": "2027-01-17T19:00:00+03:00"})
    assert previous(desk, first) == ["2027-01-16T16:00"]
    other = desk.done("PUT", "/occurrences/20270122T190000", json={"start": "2027-01-22T20:00:00+03:00"})["occurrence"][
        "id"
    ]
    put_right = desk.done("PUT", "/occurrences/20270129T190000?rescheduled=false",
                          json={"start": "2027-01-29T20:00:00+03:00"})["occurrence"]["id"]  # fmt: skip
    assert (previous(desk, other), previous(desk, put_right)) == (["2027-01-22T16:00"], [])
    desk.done("PUT", json={**SERIES, "start": "2027-01-08T18:00:00+03:00"})
    assert previous(desk) == []
