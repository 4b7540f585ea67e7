"""Series edited at the desk: one time, that and all that follow, all; what becomes of edited times is said first."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import hidden, post, sign_in

THURSDAYS = {
    "title": "Choir", "start_date": "2031-12-04", "start_time": "19:00", "end_time": "21:00", "repeat": "weekly",
    "organizer": "City",
}  # fmt: skip
SECOND, THIRD = "20311211T190000", "20311218T190000"


@pytest.fixture
def editor(newsroom: Newsroom) -> FlaskClient:
    return sign_in(newsroom.client, "edda")


@pytest.fixture
def series(editor: FlaskClient) -> str:
    """A series of Thursdays, of which the third is cancelled."""
    page = editor.get("/events/new").text
    fields = {**THURSDAYS, "cancelled_on": "18 December", "reason": "Closed.", "key": hidden(page, "key")}
    answer = post(editor, "/events", "/events/new", **fields)
    assert answer.status_code == 303, re.findall(r'class="wrong"[^>]*>([^<]*)', answer.text)
    return str(answer.location).rpartition("/")[2]


def send(editor: FlaskClient, path: str, page: str, **fields: str) -> TestResponse:
    return post(editor, path, page, revision=hidden(editor.get(page).text, "revision"), **fields)


def events(newsroom: Newsroom) -> list[dict[str, Any]]:
    """Every event that isn't withdrawn, by its start."""
    found = [newsroom.ask("GET", f"/v1/events/{one}", "edda").get_json()["event"] for one in newsroom.items]
    return sorted((one for one in found if one), key=lambda event: str(event["start"]))


def test_one_time_alone(newsroom: Newsroom, editor: FlaskClient, series: str) -> None:
    path = f"/events/{series}/times/{SECOND}"
    page = editor.get(path).text
    assert "Thursday, 11 December 2031, 19:00 to 21:00" in page
    assert 'value="2031-12-11"' in page
    changed = {**THURSDAYS, "start_date": "2031-12-12", "organizer": "", "scope": "this"}
    told = send(editor, path, path, **changed)
    assert told.status_code == 200
    assert "<del>2031-12-11</del> <ins>2031-12-12</ins>" in told.text
    assert len(newsroom.items) == 2
    assert send(editor, path, path, **changed, confirmed="1").status_code == 303
    own = events(newsroom)[1]
    assert (own["start"], own.get("organizer"), own.get("rrule")) == ("2031-12-12T19:00:00+03:00", None, None)
    page = editor.get(f"/events/{series}").text
    assert "Friday, 12 December 2031, 19:00 to 21:00" in page
    assert "except on" not in page


def test_a_time_and_all_that_follow_says_what_becomes_of_edited_times(
    newsroom: Newsroom, editor: FlaskClient, series: str
) -> None:
    path = f"/events/{series}/times/{SECOND}"
    changed = {**THURSDAYS, "start_date": "2031-12-11", "start_time": "20:00", "end_time": "", "scope": "following"}
    told = send(editor, path, path, **changed).text
    assert "Edited times that move along" in told
    assert "Thursday, 11 December 2031, 20:00" in told[told.index("Times that move") :]
    answer = send(editor, path, path, **changed, confirmed="1")
    assert "Thursday, 11 December 2031, 20:00" in editor.get(answer.location).text
    first, following, cancelled = events(newsroom)
    assert first["rrule"].startswith("FREQ=WEEKLY;UNTIL=20311211T155959Z")
    assert (following["start"], following["rrule"]) == ("2031-12-11T20:00:00+03:00", "FREQ=WEEKLY")
    assert (cancelled["start"], cancelled["status"]) == ("2031-12-18T20:00:00+03:00", "cancelled")


def test_all_times_from_the_form_of_one(newsroom: Newsroom, editor: FlaskClient, series: str) -> None:
    path = f"/events/{series}/times/{SECOND}"
    changed = {**THURSDAYS, "start_date": "2031-12-11", "start_time": "18:30", "scope": "all", "title": "Great choir"}
    assert send(editor, path, path, **changed, confirmed="1").status_code == 303
    whole, cancelled = events(newsroom)
    assert (whole["start"], whole["title"]) == ("2031-12-04T18:30:00+03:00", "Great choir")
    assert (cancelled["start"], cancelled["title"]) == ("2031-12-18T18:30:00+03:00", "Great choir")


def test_lost_times_are_kept_or_dropped_as_is_said(newsroom: Newsroom, editor: FlaskClient, series: str) -> None:
    path = f"/events/{series}/correct"
    form = editor.get(path).text
    assert re.search(r'name="except"[^>]*value=""', form)
    changed = {**THURSDAYS, "count": "2"}
    told = send(editor, path, path, **changed)
    assert told.status_code == 200
    assert "Edited times that stand for none any more" in told.text
    assert "Thursday, 18 December 2031" in told.text
    assert send(editor, path, path, **changed, confirmed="1", lost="drop").status_code == 303
    assert [event["rrule"] for event in events(newsroom)] == ["FREQ=WEEKLY;COUNT=2"]


def test_a_time_is_cancelled_and_another_taken_out(newsroom: Newsroom, editor: FlaskClient, series: str) -> None:
    page, path = f"/events/{series}", f"/events/{series}/times/{SECOND}"
    assert send(editor, f"{path}/cancel", page, reason=" ").status_code == 422
    assert send(editor, f"{path}/cancel", page, reason="A \x00storm.").status_code == 303
    own = events(newsroom)[1]
    assert (own["start"], own["status"], own["reason"]) == ("2031-12-11T19:00:00+03:00", "cancelled", "A storm.")
    assert send(editor, f"{page}/times/20311225T190000/remove", page).status_code == 303
    shown = editor.get(page).text
    assert "A storm." in shown
    assert "Thursday, 25 December 2031" not in shown
    assert "except on 25 December 2031" in shown


def test_what_makes_no_sense_is_refused(editor: FlaskClient, series: str) -> None:
    path = f"/events/{series}/times/{SECOND}"
    assert editor.get(f"/events/{series}/times/20311212T190000").status_code == 404
    assert editor.get(f"/events/{series}/times/soon").status_code == 404
    assert send(editor, path, path, **THURSDAYS, scope="some").status_code == 422
    assert send(editor, path, path, **{**THURSDAYS, "start_date": "x"}, scope="this").status_code == 422
    assert send(editor, path, path, **THURSDAYS, scope="this", show_times="1").status_code == 200
    stale = post(editor, path, path, **THURSDAYS, scope="all", confirmed="1", revision="99")
    assert stale.status_code == 412
    assert "Nothing was done" in stale.text
