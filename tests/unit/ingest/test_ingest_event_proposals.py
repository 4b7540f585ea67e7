"""Events that stories announce, over HTTP: the list, an editor's decision by the API and on the desk, who may see."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dateline.documents.announced_events import announced_events
from dateline.domain.document import StoryDocument
from dateline.ports.ledger.event_proposals import StoryAnnouncements
from ledgers import index_all
from unit.ingest.conftest import Newsroom

MINSK = ZoneInfo("Europe/Minsk")
NEXT_YEAR = datetime.now(UTC).year + 1
SENTENCE = f"The Jazz Evening will be held in Vitebsk on 7 July {NEXT_YEAR} at 19:00."


def announce(newsroom: Newsroom, text: str = SENTENCE, headline: str = "Jazz Evening in Vitebsk", **more: Any) -> str:
    """A story, and what a worker would put on record of it; returns its id."""
    made: str = newsroom.submit(headline=headline, body_text=text, **more)["id"]
    index_all(newsroom.ledger)
    now = datetime.now(UTC)
    story = StoryDocument(
        id=made, version=1, revision=1, published_at=now, updated_at=now, day=now.date(), headline=headline, slug="x",
        body_text=text,
    )  # fmt: skip
    found = announced_events(story, MINSK, now)
    newsroom.ledger.record_announcements([StoryAnnouncements(story_id=made, revision=1, events=found)])
    return made


def proposals(newsroom: Newsroom, **query: str) -> list[dict[str, Any]]:
    answer = newsroom.ask("GET", "/v1/event-proposals", "edda", query_string=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.get_json()["items"]
    return items


def accept(newsroom: Newsroom, proposal: str, **options: Any) -> Any:
    return newsroom.ask("POST", f"/v1/event-proposals/{proposal}/accept", "edda", **options)


def test_a_proposal_says_what_announces_it(newsroom: Newsroom) -> None:
    story = announce(newsroom)
    [one] = proposals(newsroom)
    assert one["event"]["title"] == "Jazz Evening in Vitebsk"
    assert one["event"]["start"] == f"{NEXT_YEAR}-07-07T19:00:00+03:00"
    assert (one["state"], one["event_id"], one["possible_same"]) == ("open", None, [])
    [said] = one["evidence"]
    assert (said["story"], said["sentence"], said["text"]) == (story, SENTENCE, f"7 July {NEXT_YEAR}")
    assert newsroom.ask("GET", f"/v1/event-proposals/{one['id']}", "edda").get_json() == one


def test_only_editors_are_told(newsroom: Newsroom) -> None:
    announce(newsroom)
    [one] = proposals(newsroom)
    for path in ("/v1/event-proposals", f"/v1/event-proposals/{one['id']}", "/event-proposals"):
        assert newsroom.ask("GET", path, "rita").status_code == 403
    for deed in ("accept", "reject"):
        assert newsroom.ask("POST", f"/v1/event-proposals/{one['id']}/{deed}", "rita").status_code == 403
    assert "Jazz" not in newsroom.ask("GET", "/v1/event-proposals", "rita").text


def test_accepting_makes_the_event_and_links_it(newsroom: Newsroom) -> None:
    story = announce(newsroom)
    [one] = proposals(newsroom)
    answer = accept(newsroom, one["id"], headers={"Idempotency-Key": "k"})
    assert answer.status_code == 202
    made = answer.get_json()
    event = newsroom.ask("GET", f"/v1/events/{made['id']}", "edda").get_json()
    assert event["event"]["title"] == "Jazz Evening in Vitebsk"
    [link] = newsroom.ledger.events_of_story(story)
    assert (link.event_id, link.why) == (made["id"], "proposal")
    [decided] = proposals(newsroom, state="accepted")
    assert (decided["event_id"], decided["decided_by"]) == (made["id"], "edda")
    assert proposals(newsroom) == []
    assert accept(newsroom, one["id"], headers={"Idempotency-Key": "k"}).get_json()["id"] == made["id"]
    assert accept(newsroom, one["id"]).status_code == 409
    assert newsroom.ask("POST", f"/v1/event-proposals/{one['id']}/reject", "edda").status_code == 409


def test_accepting_with_changes(newsroom: Newsroom) -> None:
    announce(newsroom)
    [one] = proposals(newsroom)
    body = {"title": "Jazz at the lake", "start": f"{NEXT_YEAR}-07-08", "location": None}
    made = accept(newsroom, one["id"], json=body).get_json()
    event = newsroom.ask("GET", f"/v1/events/{made['id']}", "edda").get_json()["event"]
    assert (event["title"], event["start"]) == ("Jazz at the lake", f"{NEXT_YEAR}-07-08")
    assert not event.keys() & {"timezone", "location", "end"}


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"title": ""}, 422, "/title"),
        ({"start": "soon"}, 422, "/start"),
        ({"colour": "red"}, 422, "/colour"),
        ({"event": 3}, 422, "/event"),
        ({"event": "none"}, 422, None),
        ({"event": "none", "title": "x"}, 422, "/event"),
        ([], 422, ""),
    ],
)
def test_what_can_not_be_accepted(newsroom: Newsroom, body: Any, status: int, pointer: str | None) -> None:
    announce(newsroom)
    [one] = proposals(newsroom)
    answer = accept(newsroom, one["id"], json=body)
    assert answer.status_code == status, answer.text
    if pointer is not None:
        assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]
    assert proposals(newsroom) == [one]


def test_an_event_on_record_is_offered_and_linked(newsroom: Newsroom) -> None:
    given = {"title": "Evening of jazz", "start": f"{NEXT_YEAR}-07-07", "location": {"name": "Vitebsk"}}
    known = newsroom.ask("POST", "/v1/events", "edda", json=given).get_json()["id"]
    newsroom.ask("POST", "/v1/events", "edda", json={**given, "start": f"{NEXT_YEAR}-08-07"})
    story = announce(newsroom)
    [one] = proposals(newsroom)
    assert [same["id"] for same in one["possible_same"]] == [known]
    answer = accept(newsroom, one["id"], json={"event": known})
    assert (answer.status_code, answer.get_json()["id"]) == (202, known)
    assert [link.event_id for link in newsroom.ledger.events_of_story(story)] == [known]


def test_rejecting(newsroom: Newsroom) -> None:
    announce(newsroom)
    [one] = proposals(newsroom)
    answer = newsroom.ask("POST", f"/v1/event-proposals/{one['id']}/reject", "edda")
    assert (answer.status_code, answer.get_json()["state"]) == (200, "rejected")
    assert newsroom.ask("POST", "/v1/event-proposals/none/reject", "edda").status_code == 404


def test_pages_of_the_list(newsroom: Newsroom) -> None:
    for number in range(3):
        announce(
            newsroom, f"Lecture {number}{number}{number} will be held on {number + 1} July {NEXT_YEAR}.", f"L{number}"
        )
    first = newsroom.ask("GET", "/v1/event-proposals?limit=2", "edda").get_json()
    assert len(first["items"]) == 2
    rest = newsroom.ask("GET", first["next"].removeprefix("http://localhost"), "edda").get_json()
    assert (len(rest["items"]), rest["next"]) == (1, None)
    assert newsroom.ask("GET", "/v1/event-proposals?state=lost", "edda").status_code == 422
    assert newsroom.ask("GET", "/v1/event-proposals?cursor=x", "edda").status_code == 422


def post(newsroom: Newsroom, path: str, **fields: Any) -> Any:
    """The page that a form leads to, with what it says became of it."""
    return newsroom.ask("POST", f"/event-proposals{path}", "edda", data=fields, follow_redirects=True)


def page(newsroom: Newsroom, query: str = "") -> str:
    return newsroom.ask("GET", f"/event-proposals{query}", "edda").text


def test_the_page_shows_the_words_and_the_date(newsroom: Newsroom) -> None:
    story = announce(newsroom)
    shown = page(newsroom)
    assert f"<mark>7 July {NEXT_YEAR}</mark>" in shown
    assert f'href="/stories/{story}"' in shown
    assert re.search(rf"\w+, 7 July {NEXT_YEAR}, 19:00", shown)
    announce(newsroom, "A chess tournament will be held every Sunday.", "Chess")
    assert "; every week on Sunday" in page(newsroom)
    assert "There is nothing to decide" not in shown


def test_accepting_on_the_page_as_the_form_says(newsroom: Newsroom) -> None:
    story = announce(newsroom)
    [one] = proposals(newsroom)
    form = newsroom.ask("GET", f"/event-proposals/{one['id']}/form", "edda").text
    assert f'action="/event-proposals/{one["id"]}/form"' in form
    assert 'value="Jazz Evening in Vitebsk"' in form
    fields = {
        "title": "Jazz", "start_date": f"{NEXT_YEAR}-07-08", "start_time": "20:00", "end_date": "", "end_time": "22:30",
        "timezone": "Europe/Minsk", "place_0_name": "Lake",
    }  # fmt: skip
    wrong = post(newsroom, f"/{one['id']}/form", **{**fields, "start_date": "soon"})
    assert wrong.status_code == 422
    assert 'value="Lake"' in wrong.text
    shown = post(newsroom, f"/{one['id']}/form", **fields, show_times="1")
    assert f"8 July {NEXT_YEAR}" in shown.text
    off = post(newsroom, f"/{one['id']}/form", **fields, cancelled_on=f"{NEXT_YEAR}-07-08")
    assert off.status_code == 422
    assert proposals(newsroom) == [one]
    assert "Accepted as you changed it." in post(newsroom, f"/{one['id']}/form", **fields).text
    [made] = newsroom.ledger.items("event").items
    event = newsroom.ask("GET", f"/v1/events/{made.id}", "edda").get_json()["event"]
    assert (event["start"], event["end"]) == (
        f"{NEXT_YEAR}-07-08T20:00:00+03:00", f"{NEXT_YEAR}-07-08T22:30:00+03:00"
    )  # fmt: skip
    assert event["location"] == {"name": "Lake"}
    assert [link.event_id for link in newsroom.ledger.events_of_story(story)] == [made.id]
    again = post(newsroom, f"/{one['id']}/form", **fields)
    assert "was accepted by edda" in again.text
    assert newsroom.ask("GET", "/event-proposals/none/form", "edda").status_code == 404


def test_pages_of_the_page(newsroom: Newsroom) -> None:
    for number in range(3):
        announce(newsroom, f"A lecture will be held on {number + 1} July {NEXT_YEAR}.", f"Chess {number}")
    first = page(newsroom, "?limit=2")
    older = re.search(r'href="/event-proposals(\?[^"]*cursor=[^"]*)">Older ones', first)
    assert older
    assert "Chess 0" in page(newsroom, older[1].replace("&amp;", "&"))


def test_rejecting_and_taking_for_the_same_on_the_page(newsroom: Newsroom) -> None:
    announce(newsroom)
    announce(newsroom, f"A chess tournament will be held on 8 July {NEXT_YEAR}.", "Chess")
    known = newsroom.ask(
        "POST", "/v1/events", "edda", json={"title": "Chess", "start": f"{NEXT_YEAR}-07-08"}
    ).get_json()
    chess, jazz = proposals(newsroom)
    assert "It is the same" in page(newsroom)
    assert "Linked." in post(newsroom, f"/{chess['id']}", same=known["id"]).text
    assert "Rejected." in post(newsroom, f"/{jazz['id']}", reject="1").text
    assert "was rejected by edda" in post(newsroom, f"/{jazz['id']}", accept="1").text
    assert "the event</a>" in page(newsroom, "?state=accepted")


def test_several_at_once(newsroom: Newsroom) -> None:
    announce(newsroom)
    announce(newsroom, f"A chess tournament will be held on 8 July {NEXT_YEAR}.", "Chess")
    ids = [one["id"] for one in proposals(newsroom)]
    shown = post(newsroom, "", accept="1", proposal=[*ids, "none"]).text
    assert len(newsroom.ledger.items("event").items) == 2
    assert "2 accepted." in shown and "There is no proposed event none." in shown
    assert "None was chosen." in post(newsroom, "", reject="1").text
