"""The plan on the desk: a day and a week, what is missing, giving things to people, what a reporter says."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from dateline.domain.coverage import Coverage
from dateline.ports.ledger.accounts import AccountDetails
from dateline.ports.ledger.coverages import CoverageSearch
from dateline_ingest.event_register import EventRegister
from dateline_ingest.planning.gaps import gaps_now
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import post, sign_in

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY, TOMORROW = "2026-12-01", "2026-12-02"


def add_event(newsroom: Newsroom, title: str, start: str, **more: Any) -> str:
    made = newsroom.ask("POST", "/v1/events", "edda", json={"title": title, "start": start, **more})
    assert made.status_code == 202, made.text
    event: str = made.get_json()["id"]
    return event


def plan(newsroom: Newsroom, **body: Any) -> str:
    made = newsroom.ask("POST", "/v1/coverages", "edda", json=body)
    assert made.status_code == 201, made.text
    coverage: str = made.get_json()["id"]
    return coverage


def gaps(newsroom: Newsroom, now: datetime = NOW) -> list[tuple[str, str]]:
    register = EventRegister(newsroom.ledger)
    found = gaps_now(register.lines(), register, newsroom.ledger, MINSK, now)
    return [(gap.kind, gap.title) for gap in found]


def coverages(newsroom: Newsroom) -> tuple[Coverage, ...]:
    return newsroom.ledger.coverages(CoverageSearch()).items


@pytest.fixture
def edda(newsroom: Newsroom) -> FlaskClient:
    return sign_in(newsroom.client, "edda")


@pytest.fixture
def rita(newsroom: Newsroom) -> FlaskClient:
    return sign_in(newsroom.client)


def test_what_is_missing(newsroom: Newsroom) -> None:
    add_event(newsroom, "Opera", f"{TOMORROW}T19:00:00+03:00")
    add_event(newsroom, "Fair", TODAY)
    add_event(newsroom, "Over already", f"{TODAY}T08:00:00+03:00", end=f"{TODAY}T09:00:00+03:00")
    add_event(newsroom, "Called off", TOMORROW, status="cancelled", reason="Rain")
    add_event(newsroom, "Next week", "2026-12-08")
    ended = add_event(newsroom, "Morning talk", f"{TODAY}T10:00:00+03:00", end=f"{TODAY}T11:00:00+03:00")
    plan(newsroom, event_id=ended, assignee="rita", due_at="2026-12-01T18:00:00+03:00")
    plan(newsroom, title="Budget", day=TODAY, assignee="otto", due_at="2026-12-01T10:00:00+03:00")
    plan(newsroom, title="Weather", day=TOMORROW)
    gone = add_event(newsroom, "Gone", TOMORROW)
    plan(newsroom, event_id=gone, assignee="rita")
    newsroom.ask("DELETE", f"/v1/events/{gone}", "edda", json={"note": "No"}, headers={"If-Match": '"1"'})
    assert gaps(newsroom) == [
        ("late", "Budget"), ("past", "Morning talk"), ("uncovered", "Fair"), ("uncovered", "Opera"),
        ("unassigned", "Weather"), ("off", "Gone"),
    ]  # fmt: skip
    assert gaps(newsroom, NOW + timedelta(days=30)) == []


def test_a_dropped_event_is_no_gap(newsroom: Newsroom) -> None:
    opera = add_event(newsroom, "Opera", TOMORROW)
    one = plan(newsroom, event_id=opera)
    assert gaps(newsroom) == [("unassigned", "Opera")]
    match = {"If-Match": '"1"'}
    dropped = {"state": "dropped", "reason": "Nobody reads it"}
    newsroom.ask("PUT", f"/v1/coverages/{one}", "edda", json=dropped, headers=match)
    assert gaps(newsroom) == []


def test_what_was_promised_of_a_time_stands_at_the_event_that_replaces_it(
    newsroom: Newsroom, edda: FlaskClient
) -> None:
    series = add_event(newsroom, "Talks", f"{TODAY}T19:00:00+03:00", rrule="FREQ=DAILY;COUNT=5")
    plan(newsroom, event_id=series, recurrence_id="20261202T190000", assignee="rita")
    changed = {"title": "Talks with wine", "start": f"{TOMORROW}T20:00:00+03:00"}
    edited = newsroom.ask("PUT", f"/v1/events/{series}/occurrences/20261202T190000", "edda", json=changed,
                          headers={"If-Match": '"1"'})  # fmt: skip
    assert edited.status_code == 202, edited.text
    page = edda.get(f"/plan?day={TOMORROW}").text
    assert "Talks with wine" in page
    assert page.count('class="coverage"') == 1
    assert "Moved" not in page


def test_a_day_and_a_week_show_events_and_who_covers_them(newsroom: Newsroom, edda: FlaskClient) -> None:
    opera = add_event(newsroom, "Opera <3", f"{TOMORROW}T19:00:00+03:00", end=f"{TOMORROW}T21:00:00+03:00")
    plan(newsroom, event_id=opera, assignee="rita", note="The tenor")
    plan(newsroom, title="Budget vote", day="2026-12-05")
    day, week = edda.get(f"/plan?day={TOMORROW}").text, edda.get(f"/plan?week={TOMORROW}").text
    assert "Opera &lt;3" in day and "The tenor" in day and "19:00" in day
    assert "Budget vote" not in day
    assert "Budget vote" in week and "Opera &lt;3" in week
    assert "29 November – 5 December 2026" in week
    assert week.count("Nothing is expected.") == 5
    assert "<details" not in week
    assert "<details open" in edda.get(f"/plan?day={TOMORROW}&open={coverages(newsroom)[0].id}").text
    for odd in ("day=x", "week=9999-12-31", "day=0001-01-01", "week=2026-W49"):
        assert edda.get(f"/plan?{odd}").status_code == 200, odd
    assert "Who covers it" in edda.get(f"/events/{opera}").text
    fair = add_event(newsroom, "Fair", "2099-07-03T10:00:00+03:00", rrule="FREQ=WEEKLY;COUNT=3")
    found = re.search(r'href="(/plan[^"]+)">Give it to somebody', edda.get(f"/events/{fair}").text)
    assert found
    address, _, place = unescape(found[1]).partition("#")
    opened = edda.get(address).text
    assert f'id="{place}"' in opened and '<details class="cover" open>' in opened
    assert "<b><bdi>rita</bdi></b>" in edda.get(f"/events/{opera}").text


def test_an_editor_gives_it_to_somebody_by_name(newsroom: Newsroom, edda: FlaskClient) -> None:
    ann = newsroom.create_account(AccountDetails(name="Ann Lee", email="ann@example.org", role="reporter"))
    opera = add_event(newsroom, "Opera", f"{TOMORROW}T19:00:00+03:00", end=f"{TOMORROW}T21:00:00+03:00")
    path = f"/plan?day={TOMORROW}"
    page = edda.get(path).text
    assert f'value="{TOMORROW}T22:00"' in page
    assert '<option value="Ann Lee">' in page
    shown = {"span": "day", "shown": TOMORROW}
    wrong = post(edda, "/plan/coverages", path, event_id=opera, assignee="Anne", form="text", note="Tenor", **shown)
    assert wrong.status_code == 422
    assert "Nobody who writes is named" in wrong.text and ">Tenor</textarea>" in wrong.text
    fields = {"event_id": opera, "assignee": "Ann Lee", "form": "picture", "due_at": f"{TOMORROW}T22:00"}
    done = post(edda, "/plan/coverages", path, **fields, give_draft="1", **shown)
    [one] = coverages(newsroom)
    assert (done.status_code, done.headers["Location"]) == (303, f"{path}#c-{one.id}")
    assert (one.assignee_id, one.form, one.due_at) == (ann.id, "picture", datetime(2026, 12, 2, 19, tzinfo=UTC))
    assert newsroom.ledger.assigned_drafts().drafts[0].id == one.draft_id
    changed = {"assignee": "rita", "form": "text", "revision": str(one.revision)}
    post(edda, f"/plan/coverages/{one.id}", path, **changed, **shown)
    [again] = coverages(newsroom)
    assert (again.assignee, again.form, again.due_at) == ("rita", "text", None)
    late = post(edda, f"/plan/coverages/{one.id}", path, **changed, **shown)
    assert late.status_code == 303
    assert "Somebody changed it since" in edda.get(path).text


def test_something_that_is_in_no_calendar(newsroom: Newsroom, edda: FlaskClient) -> None:
    refused = post(edda, "/plan/coverages", "/plan", day=TODAY, title="", form="text")
    assert refused.status_code == 422 and "Say what it is about" in refused.text
    post(edda, "/plan/coverages", "/plan", day=TODAY, title="Interview with the mayor", form="video")
    [one] = coverages(newsroom)
    assert (one.title, one.day, one.form, one.state) == (
        "Interview with the mayor", date(2026, 12, 1), "video", "planned",
    )  # fmt: skip


def test_it_is_dropped_with_a_reason_opened_again_and_taken_out(newsroom: Newsroom, edda: FlaskClient) -> None:
    one = plan(newsroom, title="Budget", day=TODAY)
    path = f"/plan?day={TODAY}"

    def say(deed: str, revision: int, **fields: str) -> int:
        return post(edda, f"/plan/coverages/{one}/{deed}", path, revision=str(revision), **fields).status_code

    assert say("drop", 1) == 422
    assert say("drop", 1, reason="Called off") == 303
    assert "Called off" in edda.get(path).text
    assert say("reopen", 2) == 303
    assert say("file", 3) == 303
    assert newsroom.ledger.coverage(one).state == "filed"
    assert say("remove", 4) == 303
    assert coverages(newsroom) == ()


def test_a_reporter_says_what_became_of_own_promises(newsroom: Newsroom, rita: FlaskClient) -> None:
    today = datetime.now(MINSK).date().isoformat()
    mine = plan(newsroom, title="Bridge opens", day=today, assignee="rita", note="With the mayor")
    other = plan(newsroom, title="Budget", day=today, assignee="otto")
    again = plan(newsroom, title="Ferry", day=today, assignee="rita")
    story = newsroom.submit()["id"]
    page = rita.get("/plan").text
    assert "Bridge opens" in page and "With the mayor" in page and "Budget" not in page
    assert "You cover" in rita.get("/").text
    assert "You cover" not in sign_in(newsroom.client, "edda").get("/").text

    def say(one: str, deed: str, **fields: str) -> int:
        return post(rita, f"/plan/coverages/{one}/{deed}", "/plan", revision="1", **fields).status_code

    assert say(mine, "file", story_id=story) == 303
    assert newsroom.ledger.coverage(mine).story_id == story
    assert say(again, "give-back") == 422
    assert say(again, "give-back", reason="I am ill") == 303
    back = newsroom.ledger.coverage(again)
    assert (back.state, back.assignee, back.reason) == ("planned", "", "I am ill")
    assert say(other, "file") == 403
    assert post(rita, "/plan/coverages", "/plan", title="x", day=today).status_code == 403
    assert say(mine, "remove") == 403
