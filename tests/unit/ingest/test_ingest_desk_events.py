"""The desk's pages of events: the list and the month, the form, correcting, and what becomes of an event."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ledgers import index_all
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import hidden, post, sign_in

CONCERT = {
    "title": "Concert", "start_date": "2031-12-04", "start_time": "19:00", "end_time": "21:00",
    "place_0_name": "Upper Town Hall", "place_0_city": "Minsk", "place_0_lat": "53.9", "place_0_lon": "27,56",
    "categories": "music, for children", "price_amount": "10,5", "price_up_to": "20", "price_currency": "byn",
    "organizer": "City of Minsk", "tags": "Bridges",
}  # fmt: skip
THURSDAYS = {**CONCERT, "repeat": "weekly", "interval": "2"}


@pytest.fixture
def editor(newsroom: Newsroom) -> FlaskClient:
    return sign_in(newsroom.client, "edda")


def announce(editor: FlaskClient, **fields: str) -> str:
    """Send the form of a new event; its id."""
    answer = send(editor, "/events", "/events/new", **fields)
    assert answer.status_code == 303, re.findall(r'class="wrong"[^>]*>([^<]*)', answer.text)
    return answer.location.rpartition("/")[2]


def send(editor: FlaskClient, path: str, page: str, **fields: str) -> TestResponse:
    """Send a form with what its page hides in it."""
    shown = editor.get(page).text
    carried = {name: hidden(shown, name) for name in ("key", "revision") if f'name="{name}"' in shown}
    return post(editor, path, page, **{**carried, **fields})


def said(newsroom: Newsroom, event_id: str) -> dict[str, Any]:
    """What the API says of an event."""
    event: dict[str, Any] = newsroom.ask("GET", f"/v1/events/{event_id}", "edda").get_json()["event"]
    return event


def test_an_event_is_announced_with_all_that_the_form_has(newsroom: Newsroom, editor: FlaskClient) -> None:
    event_id = announce(
        editor, **CONCERT, place_1_name="Park", online_url="https://example.org/live", contact="Ann, +375 17 1",
        links="https://example.org/tickets | Tickets", images="https://example.org/a.jpg | A hall", section="culture",
        body_text="With *many* songs.",
    )  # fmt: skip
    event = said(newsroom, event_id)
    assert event["start"] == "2031-12-04T19:00:00+03:00"
    assert event["location"] == {"name": "Upper Town Hall", "city": "Minsk", "lat": 53.9, "lon": 27.56}
    assert [place["name"] for place in event["further_locations"]] == ["Park"]
    assert event["price"] == {"amount": "10.5", "up_to": "20", "currency": "BYN"}
    assert (event["attendance"], event["categories"]) == ("mixed", ["music", "for children"])
    assert event["tags"] == {"topics": ["bridges"]}
    assert "<em>many</em>" in event["description_html"]
    page = editor.get(f"/events/{event_id}").text
    for words in ("Thursday, 4 December 2031, 19:00 to 21:00", "10.5 to 20 BYN", "Tickets", "there and online", "53.9"):
        assert words in page
    again = editor.get(f"/events/{event_id}/correct").text
    assert 'value="Upper Town Hall"' in again
    assert 'value="2031-12-04"' in again


def test_a_form_that_is_sent_twice_makes_one_event(newsroom: Newsroom, editor: FlaskClient) -> None:
    key = hidden(editor.get("/events/new").text, "key")
    assert announce(editor, **CONCERT, key=key) == announce(editor, **CONCERT, key=key)
    assert len(newsroom.items) == 1


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"title": " "}, "title", "Must not be blank"),
        ({"start_date": "soon"}, "start_date", "is no day"),
        ({"place_0_lat": "north"}, "place_0_lat", ""),
        ({"place_0_lon": ""}, "place_0_lon", "come together"),
        ({"place_3_city": "Brest"}, "place_3_name", ""),
        ({"price_amount": "ten"}, "price_amount", "decimal"),
        ({"price_free": "1"}, "price_free", "no amount"),
        ({"tags": "Nobody At All"}, "tags", "No tag is called"),
        ({"links": "ftp://a"}, "links", ""),
        ({"repeat": "weekly", "cancelled_on": "5 December 2031"}, "cancelled_on", "the nearest are"),
        ({"repeat": "weekly", "interval": "x"}, "repeat", "Every"),
    ],
)
def test_what_is_wrong_stands_at_its_field(editor: FlaskClient, fields: dict[str, str], field: str, words: str) -> None:
    answer = send(editor, "/events", "/events/new", **{**CONCERT, **fields})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    shown = re.search(rf'id="{field}-wrong-1">([^<]*)', answer.text)
    assert shown
    assert words in shown[1]
    assert 'value="Upper Town Hall"' in answer.text


def test_all_that_is_wrong_is_said_at_once(editor: FlaskClient) -> None:
    wrong = {**THURSDAYS, "title": "", "except": "Easter", "tags": "Nobody At All", "place_0_lat": "north"}
    page = send(editor, "/events", "/events/new", **wrong).text
    assert re.findall(r'<li><a href="#(\w+)">', page) == ["except", "tags", "title", "place_0_lat"]


def test_an_end_before_the_start_is_shown_and_refused(editor: FlaskClient) -> None:
    typed = {"title": "Fair", "start_date": "2031-12-04", "end_date": "2030-12-04"}
    answer = editor.post("/events/times", headers={"Accept": "application/json"}, data={
        **typed, "csrf_token": hidden(editor.get("/events/new").text, "csrf_token"),
    })  # fmt: skip
    assert answer.status_code == 200 and len(answer.get_json()["times"]["times"]) == 1
    answer = send(editor, "/events", "/events/new", **typed)
    assert answer.status_code == 422 and "Must not be before start" in answer.text


def test_tags_are_offered_from_the_second_letter_on(editor: FlaskClient) -> None:
    for typed, is_offered in (("", False), ("b", False), ("br", True)):
        offered = editor.get("/events/completions", query_string={"field": "tags", "q": typed}).get_json()["items"]
        assert ("Bridges" in offered) is is_offered, typed


def test_the_next_times_are_shown_without_javascript_and_as_json(editor: FlaskClient) -> None:
    typed = {**THURSDAYS, "except": "25 December", "cancelled_on": "18 December", "show_times": "1"}
    page = send(editor, "/events", "/events/new", **typed)
    assert page.status_code == 200
    assert "Every second week on Thursday" in page.text
    assert "<del>Thursday, 18 December 2031, 19:00 to 21:00</del>" in page.text
    answer = editor.post("/events/times", headers={"Accept": "application/json"}, data={
        **typed, "csrf_token": hidden(page.text, "csrf_token"),
    })  # fmt: skip
    assert len(answer.get_json()["times"]["times"]) == 10
    wrong = editor.post("/events/times", headers={"Accept": "application/json"}, data={
        **typed, "until": "x", "csrf_token": hidden(page.text, "csrf_token"),
    })  # fmt: skip
    assert wrong.get_json()["errors"][0]["field"] == "repeat"


def test_a_place_of_an_earlier_event_brings_its_address(editor: FlaskClient) -> None:
    announce(editor, **CONCERT)
    offered = editor.get("/events/places?q=town").get_json()["items"]
    assert (offered[0]["name"], offered[0]["lat"]) == ("Upper Town Hall", 53.9)
    page = send(editor, "/events", "/events/new", title="x", place_0_name="upper town hall", more_places="1").text
    assert 'name="place_0_city" dir="auto" maxlength="300" value="Minsk"' in page
    assert 'name="place_1_name"' in page
    assert editor.get("/events/completions?field=timezone&q=toky").get_json()["items"] == ["Asia/Tokyo"]
    assert editor.get("/events/completions?field=categories&q=child").get_json()["items"] == ["for children"]
    assert "Bridges" in editor.get("/events/completions?field=tags&q=bridg").get_json()["items"]


def test_a_series_with_a_time_that_is_called_off(newsroom: Newsroom, editor: FlaskClient) -> None:
    series = announce(editor, **THURSDAYS, cancelled_on="18 December", reason="The hall is closed.")
    other = next(one for one in newsroom.items if one != series)
    off = newsroom.ask("GET", f"/v1/events/{other}", "edda").get_json()
    assert (off["event"]["status"], off["event"]["reason"]) == ("cancelled", "The hall is closed.")
    assert off["recurrence_id"] == "2031-12-18T16:00:00Z"
    assert "reason" not in said(newsroom, series)
    page = editor.get(f"/events/{series}").text
    assert "Every second week on Thursday" in page
    assert "The hall is closed." in page
    assert "One time of the series" in editor.get(f"/events/{other}").text
    form = editor.get(f"/events/{series}/correct").text
    assert 'value="weekly" selected' in form


def test_the_list_by_what_one_remembers(newsroom: Newsroom, editor: FlaskClient) -> None:
    announce(editor, **CONCERT)
    announce(editor, **{**THURSDAYS, "title": "Choir", "place_0_city": "Brest", "categories": "", "section": "culture"})
    announce(editor, title="Fair", start_date="2001-05-01")
    for query, found in {
        "": ["Choir", "Concert"], "show=past": ["Fair"], "show=series": ["Choir"], "words=hall+CONCERT": ["Concert"],
        "category=MUSIC": ["Concert"], "place=brest": ["Choir"], "section=culture": ["Choir"], "show=cancelled": [],
        "day=2031-12-18": ["Choir"], "show=all": ["Fair", "Choir", "Concert"],
        "show=nonsense&page=x": ["Choir", "Concert"],
    }.items():  # fmt: skip
        page = editor.get(f"/events?{query}").text
        assert sorted(re.findall(r'<h2 dir="auto"><a href="[^"]*">([^<]*)<', page)) == sorted(found), query
    assert editor.get("/events?day=soon").status_code == 422
    month = editor.get("/events?view=month&month=2031-12").text
    assert month.count("Choir") == 3
    assert month.count("Concert") == 1
    assert editor.get("/events?view=month&month=9998-12").status_code == 200
    assert editor.get("/events?view=month&month=soon").status_code == 200


def test_a_correction_that_was_overtaken_is_shown_with_what_the_other_changed(
    newsroom: Newsroom, editor: FlaskClient
) -> None:
    event_id = announce(editor, **CONCERT)
    page = editor.get(f"/events/{event_id}/correct").text
    carried = {"csrf_token": hidden(page, "csrf_token"), "revision": "1"}
    first = {**CONCERT, "title": "Big concert", "organizer": "The Choir"}
    assert editor.post(f"/events/{event_id}/correct", data={**carried, **first}).status_code == 303
    mine = {**CONCERT, "title": "Great concert"}
    answer = editor.post(
        f"/events/{event_id}/correct", data={**carried, **mine, "status": "confirmed", "timezone": "UTC"}
    )
    assert answer.status_code == 412
    assert "Big concert" in answer.text
    assert 'value="Great concert"' in answer.text
    assert 'value="The Choir"' in answer.text
    assert hidden(answer.text, "revision") == "2"
    assert said(newsroom, event_id)["title"] == "Big concert"


def test_cancelled_postponed_moved_resumed_withdrawn_and_brought_back(newsroom: Newsroom, editor: FlaskClient) -> None:
    event_id = announce(editor, **CONCERT)
    index_all(newsroom.ledger)

    def change(what: str, **fields: str) -> TestResponse:
        path = f"/events/{event_id}/change/{what}"
        return send(editor, path, path, **fields)

    assert change("cancel").status_code == 422
    assert change("cancel", reason="No heating.").status_code == 303
    assert (said(newsroom, event_id)["status"], said(newsroom, event_id)["reason"]) == ("cancelled", "No heating.")
    assert "<del>Thursday, 4 December 2031" in editor.get(f"/events/{event_id}").text
    assert change("resume").status_code == 303
    assert change("postpone", reason="No heating.").status_code == 303
    assert said(newsroom, event_id)["status"] == "postponed"
    same = {"start_date": "2031-12-04", "start_time": "19:00", "end_time": "21:00", "reason": "Heated again."}
    assert change("move", **same).status_code == 422
    assert change("move", **{**same, "start_date": "2031-12-11"}).status_code == 303
    moved = said(newsroom, event_id)
    assert moved["start"] == "2031-12-11T19:00:00+03:00"
    assert moved["previous_times"] == [{"start": "2031-12-04T19:00:00+03:00", "end": "2031-12-04T21:00:00+03:00"}]
    assert moved.get("status", "confirmed") == "confirmed"
    index_all(newsroom.ledger)
    path = f"/events/{event_id}/correct"
    assert 'name="rescheduled" value="1" checked' in editor.get(path).text
    assert send(editor, path, path, **{**CONCERT, "start_date": "2031-12-12"}).status_code == 303
    assert len(said(newsroom, event_id)["previous_times"]) == 1, "put right, not moved"
    assert send(editor, path, path, **{**CONCERT, "start_date": "2031-12-11", "rescheduled": "1"}).status_code == 303
    assert [one["start"][:10] for one in said(newsroom, event_id)["previous_times"]] == ["2031-12-04", "2031-12-12"]
    assert change("withdraw", revision="1", reason="Gone.").status_code == 412
    assert change("withdraw", reason="It never was.").status_code == 303
    page = editor.get(f"/events/{event_id}").text
    assert "It never was." in page
    assert "Concert" in editor.get("/events?show=withdrawn").text
    assert editor.get(f"/events/{event_id}/correct").status_code == 409
    assert post(editor, f"/events/{event_id}/restore", revision=hidden(page, "revision")).status_code == 303
    assert said(newsroom, event_id)["start"] == "2031-12-11T19:00:00+03:00"


def test_a_duplicate_is_an_event_of_its_own(newsroom: Newsroom, editor: FlaskClient) -> None:
    event_id = announce(editor, **THURSDAYS)
    page = editor.get(f"/events/new?like={event_id}").text
    assert 'value="Concert"' in page
    assert 'name="external_id"' not in page
    assert announce(editor, **THURSDAYS) != event_id
    assert editor.get("/events/new?like=none").status_code == 404


def test_what_was_erased_is_gone_from_the_list(newsroom: Newsroom, editor: FlaskClient) -> None:
    event_id = announce(editor, **CONCERT)
    assert "Upper Town Hall" in editor.get("/events").text
    edda = newsroom.ledger.find_token("secret-edda")
    assert edda
    newsroom.ledger.erase(event_id, "asked for", edda)
    assert "Upper Town Hall" not in editor.get("/events?show=all").text
    assert "Upper Town Hall" not in editor.get("/events/places?q=upper").text
    assert editor.get(f"/events/{event_id}").status_code == 200


@pytest.mark.parametrize("path", ["/events", "/events/new", "/events/places?q=a", "/events/completions?field=tags&q=a"])
def test_events_are_editors_work(newsroom: Newsroom, path: str) -> None:
    assert newsroom.ask("GET", path, "rita").status_code == 403
    assert newsroom.ask("GET", path, "").status_code == 401


def test_another_sites_form_does_nothing(newsroom: Newsroom, editor: FlaskClient) -> None:
    event_id = announce(editor, **CONCERT)
    for path in ("/events", f"/events/{event_id}/correct", f"/events/{event_id}/change/withdraw", "/events/times"):
        assert editor.post(path, data={**CONCERT, "revision": "1", "reason": "x"}).status_code == 400, path
    assert newsroom.items[event_id].newest_revision == 1


def test_nonsense_is_answered_with_a_page(editor: FlaskClient) -> None:
    for fields in (
        {}, {"title": "x" * 70_000},
        {"title": "a", "start_date": "9999-12-31", "start_time": "23:59", "repeat": "daily"},
        {"title": "a", "start_date": "0001-01-01", "start_time": "00:00", "repeat": "yearly", "except": "29 February"},
        {"title": "a", "start_date": "2031-01-01", "repeat": "rule", "rrule": "FREQ=SECONDLY"},
        {"title": "a", "start_date": "2031-01-01", "timezone": "../../etc/passwd", "further": "\x00, 1"},
    ):  # fmt: skip
        assert send(editor, "/events", "/events/new", **fields).status_code in (303, 422), fields
        assert send(editor, "/events", "/events/new", **fields, show_times="1").status_code in (200, 422), fields
    soon = datetime.now(UTC) + timedelta(days=1)
    announce(editor, title="<script>alert(1)</script>", start_date=f"{soon:%Y-%m-%d}", place_0_name="<b>")
    for path in ("/events", f"/events?view=month&month={soon:%Y-%m}"):
        assert "<script>alert" not in editor.get(path).text
