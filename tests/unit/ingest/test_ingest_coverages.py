"""``/v1/coverages``: planned of an event or of something else, by whom; what a reporter may say; as ninjs 3.1."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from dateline.formats.ninjs.schema import errors_in
from unit.ingest.conftest import Newsroom

EVENT = {"title": "Slavianski Bazaar", "start": "2026-12-05T19:00:00+03:00", "end": "2026-12-05T21:00:00+03:00"}
COVERAGE = {"title": "Bridge opens", "day": "2026-12-05"}


def add(newsroom: Newsroom, token: str = "edda", **body: Any) -> TestResponse:
    return newsroom.ask("POST", "/v1/coverages", token, json=body)


def made(newsroom: Newsroom, **body: Any) -> dict[str, Any]:
    answer = add(newsroom, **{**COVERAGE, **body})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.get_json()
    return told


def change(newsroom: Newsroom, one: dict[str, Any], token: str = "edda", **body: Any) -> TestResponse:
    match = {"If-Match": f'"{one["revision"]}"'}
    return newsroom.ask("PUT", f"/v1/coverages/{one['id']}", token, json=body, headers=match)


@pytest.fixture
def bazaar(newsroom: Newsroom) -> str:
    event: str = newsroom.ask("POST", "/v1/events", "edda", json=EVENT).get_json()["id"]
    return event


def test_what_is_not_said_comes_from_the_event(newsroom: Newsroom, bazaar: str) -> None:
    answer = add(newsroom, event_id=bazaar, assignee="rita")
    told = answer.get_json()
    assert (answer.status_code, answer.headers["ETag"], answer.headers["Location"]) == (201, '"1"', told["url"])
    said = {name: told[name] for name in ("title", "day", "form", "state", "assignee", "due_at", "event_id")}
    assert said == {
        "title": "Slavianski Bazaar", "day": "2026-12-05", "form": "text", "state": "assigned", "assignee": "rita",
        "due_at": "2026-12-05T19:00:00+00:00", "event_id": bazaar,
    }  # fmt: skip
    assert newsroom.ask("GET", f"/v1/coverages/{told['id']}", "edda").get_json() == told


def test_a_time_of_a_series_is_named_or_the_next(newsroom: Newsroom) -> None:
    series = {**EVENT, "rrule": "FREQ=WEEKLY;COUNT=3"}
    event = newsroom.ask("POST", "/v1/events", "edda", json=series).get_json()["id"]
    second = made(newsroom, title="", event_id=event, day="2026-12-06")
    assert second["recurrence_id"] == "2026-12-12T16:00:00Z"
    third = add(newsroom, event_id=event, recurrence_id="20261219T190000").get_json()
    assert (third["recurrence_id"], third["day"]) == ("2026-12-19T16:00:00Z", "2026-12-19")
    assert add(newsroom, event_id=event, recurrence_id=third["recurrence_id"]).get_json()["day"] == "2026-12-19"
    wrong = add(newsroom, event_id=event, recurrence_id="20261220T190000")
    assert wrong.get_json()["errors"][0]["pointer"] == "/recurrence_id"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"day": "2026-12-05"}, "/title"),
        ({"title": "Bridge"}, "/day"),
        ({**COVERAGE, "assignee": "nobody"}, "/assignee"),
        ({"event_id": "none"}, "/event_id"),
        ({**COVERAGE, "form": "poem"}, "/form"),
        ({**COVERAGE, "mood": "good"}, "/mood"),
    ],
)
def test_what_is_wrong_is_refused_where_it_is(newsroom: Newsroom, body: dict[str, Any], pointer: str) -> None:
    answer = add(newsroom, **body)
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, pointer)
    assert newsroom.ask("GET", "/v1/coverages", "edda").get_json()["items"] == []


def test_it_is_changed_by_its_revision_and_taken_out(newsroom: Newsroom) -> None:
    one = made(newsroom)
    assert newsroom.ask("PUT", f"/v1/coverages/{one['id']}", "edda", json={"note": "x"}).status_code == 428
    given = change(newsroom, one, assignee="rita", due_at="2026-12-05T18:00:00+03:00")
    assert (given.get_json()["state"], given.headers["ETag"]) == ("assigned", '"2"')
    assert change(newsroom, one, note="late").status_code == 412
    assert change(newsroom, given.get_json(), state="dropped").get_json()["errors"][0]["pointer"] == "/reason"
    dropped = change(newsroom, given.get_json(), state="dropped", reason="Called off").get_json()
    assert (dropped["state"], dropped["assignee"]) == ("dropped", "rita")
    assert change(newsroom, dropped, state="planned").get_json()["state"] == "assigned"
    path = f"/v1/coverages/{one['id']}"
    assert newsroom.ask("DELETE", path, "edda", headers={"If-Match": '"1"'}).status_code == 412
    assert newsroom.ask("DELETE", path, "edda").status_code == 204
    assert newsroom.ask("GET", path, "edda").status_code == 404


def test_a_reporter_sees_and_answers_for_own_ones(newsroom: Newsroom) -> None:
    own, others = made(newsroom, assignee="rita"), made(newsroom, assignee="otto")
    listed = newsroom.ask("GET", "/v1/coverages?assignee=otto").get_json()["items"]
    assert [one["id"] for one in listed] == [own["id"]]
    assert newsroom.ask("GET", f"/v1/coverages/{others['id']}").status_code == 403
    assert add(newsroom, "rita", **COVERAGE).status_code == 403
    assert newsroom.ask("DELETE", f"/v1/coverages/{own['id']}").status_code == 403
    assert change(newsroom, others, "rita", state="filed").status_code == 403
    for more in ({"due_at": None, "title": "Other"}, {"assignee": "otto"}):
        assert change(newsroom, own, "rita", **more).status_code == 403
    theirs, mine = newsroom.submit("otto")["id"], newsroom.submit()["id"]
    assert change(newsroom, own, "rita", state="filed", story_id=theirs).status_code == 403
    filed = change(newsroom, own, "rita", story_id=mine).get_json()
    assert (filed["state"], filed["story_id"]) == ("filed", mine)
    again = made(newsroom, assignee="rita")
    back = change(newsroom, again, "rita", assignee=None, reason="I am ill").get_json()
    assert (back["state"], back["assignee"], back["reason"]) == ("planned", None, "I am ill")


def test_a_draft_goes_with_it(newsroom: Newsroom) -> None:
    one = made(newsroom, assignee="rita", note="With the mayor", give_draft=True)
    [draft] = newsroom.ask("GET", "/v1/drafts").get_json()["items"]
    assert (draft["id"], draft["headline"], draft["assignment"]["note"]) == (
        one["draft_id"], "Bridge opens", "With the mayor",
    )  # fmt: skip


def test_they_are_listed_by_days_states_and_pages(newsroom: Newsroom) -> None:
    first, second, third = (made(newsroom, day=f"2026-12-0{day}") for day in (4, 5, 6))
    change(newsroom, third, state="dropped", reason="Called off")

    def ids(query: str) -> list[str]:
        return [one["id"] for one in newsroom.ask("GET", f"/v1/coverages?{query}", "edda").get_json()["items"]]

    assert ids("from=2026-12-05&to=2026-12-05") == [second["id"]]
    assert ids("state=planned") == [first["id"], second["id"]]
    page = newsroom.ask("GET", "/v1/coverages?limit=2", "edda").get_json()
    following = newsroom.ask("GET", page["next"].partition("localhost")[2], "edda").get_json()
    assert ([one["id"] for one in following["items"]], following["next"]) == ([third["id"]], None)
    for wrong in ("from=2026-12-06&to=2026-12-05", "from=today", "mood=good", "state=late"):
        assert newsroom.ask("GET", f"/v1/coverages?{wrong}", "edda").status_code == 422, wrong


def test_they_go_out_as_valid_ninjs(newsroom: Newsroom, bazaar: str) -> None:
    add(newsroom, event_id=bazaar, assignee="rita", note="With the mayor", form="live")
    one = made(newsroom, day="2026-12-09")
    change(newsroom, one, story_id=newsroom.submit()["id"])
    items = newsroom.ask("GET", "/v1/coverages?format=ninjs", "edda").get_json()["items"]
    assert [errors_in(one, "3.1") for one in items] == [[], []]
    planned = items[0]["plannedCoverage"][0]
    assert (items[0]["type"], items[0]["by"], items[0]["events"][0]["id"]) == ("planning", "rita", bazaar)
    assert (planned["type"], planned["edNote"], planned["dates"]["endDate"]) == (
        "composite", "With the mayor", "2026-12-05T19:00:00+00:00",
    )  # fmt: skip
