"""From when a story is: what a reporter says, and what stays where they say nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ledgers import index_all

STORY = {"headline": "Bridge opens", "body_text": "The bridge over the river is open again."}


def published_at(newsroom: Any, story: str) -> datetime:
    shown = newsroom.ask("GET", f"/v1/stories/{story}").get_json()["story"]
    return datetime.fromisoformat(shown["published_at"])


def test_the_date_is_the_time_received_unless_it_is_said(newsroom: Any) -> None:
    shown = newsroom.ask("GET", f"/v1/stories/{newsroom.submit()['id']}").get_json()
    age = datetime.now(UTC) - datetime.fromisoformat(shown["story"]["published_at"])
    assert timedelta(0) <= age < timedelta(minutes=1)


def test_a_correction_keeps_the_date_it_doesnt_name(newsroom: Any) -> None:
    path = f"/v1/stories/{newsroom.submit(published_at='2017-12-05T16:20:00+03:00')['id']}"
    newsroom.ask("PUT", path, json=STORY, headers={"If-Match": '"1"'})
    assert newsroom.ask("GET", path).get_json()["story"]["published_at"] == "2017-12-05T16:20:00+03:00"


def test_a_story_that_comes_again_keeps_the_date_it_doesnt_name(newsroom: Any) -> None:
    sent = {"external_id": "ag-1", "source": "Agency"}
    day = "2017-12-05T16:20:00+03:00"
    story = newsroom.submit(**sent, published_at=day)["id"]
    assert newsroom.submit(**sent, byline="Somebody")["revision"] == 2
    assert published_at(newsroom, story).isoformat() == day
    lines = [{**STORY, **sent, "byline": byline} for byline in ("Two", "Three")]
    body = "\n".join(map(json.dumps, lines))
    bulk = newsroom.ask("POST", "/v1/stories/bulk", data=body, content_type="application/x-ndjson")
    assert [json.loads(line)["revision"] for line in bulk.text.splitlines()] == [3, 4]
    assert published_at(newsroom, story).isoformat() == day
    moved = "2018-01-01T00:00:00+03:00"
    newsroom.submit(**sent, published_at=moved)
    assert published_at(newsroom, story).isoformat() == moved


def test_an_embargo_is_held_kept_and_lifted(newsroom: Any) -> None:
    until = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    receipt = newsroom.submit(embargo_until=until)
    path = f"/v1/stories/{receipt['id']}"
    assert receipt["state"] == "held"
    assert newsroom.ask("GET", path).get_json()["story"]["published_at"] == until
    kept = newsroom.ask("PUT", path, json=STORY, headers={"If-Match": '"1"'})
    assert kept.get_json()["state"] == "held"
    lifted = newsroom.ask("PUT", path, json={**STORY, "embargo_until": None}, headers={"If-Match": '"2"'})
    assert lifted.get_json()["state"] == "accepted"
    published = newsroom.ask("GET", path).get_json()["story"]["published_at"]
    assert datetime.fromisoformat(published) <= datetime.now(UTC)


@pytest.mark.parametrize("again", ["PUT", "POST"])
def test_a_correction_of_a_held_story_takes_the_date_of_its_new_embargo(newsroom: Any, again: str) -> None:
    until = [(datetime.now(UTC) + timedelta(hours=hours)).isoformat() for hours in (5, 9)]
    sent = {"external_id": "ag-1", "source": "Agency"}
    story = newsroom.submit(**sent, embargo_until=until[0])["id"]

    def correct(**more: Any) -> datetime:
        revision = newsroom.items[story].newest_revision
        path = f"/v1/stories/{story}" if again == "PUT" else "/v1/stories"
        answer = newsroom.ask(again, path, json={**STORY, **sent, **more}, headers={"If-Match": f'"{revision}"'})
        assert answer.get_json()["revision"] == revision + 1
        return published_at(newsroom, story)

    assert correct(byline="Two").isoformat() == until[0]
    assert correct(byline="Three", embargo_until=until[1]).isoformat() == until[1]
    early = "2017-12-05T16:20:00+03:00"
    assert correct(published_at=early, embargo_until=until[1]).isoformat() == early
    assert correct(byline="Four", embargo_until=until[1]).isoformat() == early
    assert correct(byline="Open", embargo_until=None).isoformat() == early
    index_all(newsroom.ledger)
    assert correct(byline="Five", embargo_until=until[0]).isoformat() == early
    assert correct(byline="Six", embargo_until=None).isoformat() == early


@pytest.mark.parametrize("again", ["PUT", "POST"])
def test_the_date_of_a_later_version_is_not_the_storys(newsroom: Any, again: str) -> None:
    def send(method: str, path: str, **more: str) -> str:
        ninjs = {"uri": "tag:1", "headlines": [{"value": "Bridge opens"}], "bodies": [{"value": "It is open."}], **more}
        revision = {"If-Match": "*"} if method == "PUT" else {}
        answer = newsroom.ask(
            method, path, data=json.dumps(ninjs), content_type="application/ninjs+json", headers=revision
        )
        assert answer.status_code == 202
        return str(answer.get_json()["id"])

    story = send("POST", "/v1/stories", versionCreated="2017-12-05T10:00:00Z")
    path = f"/v1/stories/{story}" if again == "PUT" else "/v1/stories"
    assert published_at(newsroom, story).isoformat() == "2017-12-05T10:00:00+00:00"
    send(again, path, versionCreated="2017-12-07T10:00:00Z")
    assert published_at(newsroom, story).isoformat() == "2017-12-05T10:00:00+00:00"
    send(again, path, versionCreated="2017-12-08T10:00:00Z", firstCreated="2017-12-04T10:00:00Z")
    assert published_at(newsroom, story).isoformat() == "2017-12-04T10:00:00+00:00"


@pytest.mark.parametrize(
    ("embargo", "published", "expected"),
    [
        ("2190-01-01T00:00:00", "2190-01-01T00:00:00", "2190-01-01T00:00:00+03:00"),
        ("2191-01-01T00:00:00", "2190-01-01T00:00:00", "2191-01-01T00:00:00+03:00"),
        ("2191-01-01T00:00:00", "2017-12-05T10:00:00", "2017-12-05T10:00:00+03:00"),
        ("", "2017-12-05T10:00:00", "2017-12-05T10:00:00+03:00"),
        ("", "2190-01-01T00:00:00", "now"),
        ("", "", "now"),
    ],
)
def test_the_date_that_was_the_embargos_goes_with_it(
    newsroom: Any, embargo: str, published: str, expected: str
) -> None:
    story = newsroom.submit(embargo_until="2190-01-01T00:00:00+03:00")["id"]
    typed = {**STORY, "revision": "1", "embargo_until": embargo, "published_at": published}
    assert newsroom.ask("POST", f"/stories/{story}/correct", data=typed).status_code == 303
    date = published_at(newsroom, story)
    assert date <= datetime.now(UTC) if expected == "now" else date.isoformat() == expected


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"published_at": "2026-03-01T10:00:00+03"}, 202),
        ({"published_at": "20260301T100000Z"}, 202),
        ({"published_at": "1900-01-01T00:00:00Z"}, 202),
        ({"published_at": "1899-12-31T23:59:59Z"}, 422),
        ({"published_at": "2199-01-01T00:00:00Z"}, 422),
        ({"published_at": "2150-01-01T00:00:00Z", "embargo_until": "2150-01-01T00:00:00Z"}, 202),
        ({"published_at": "2150-01-02T00:00:00Z", "embargo_until": "2150-01-01T00:00:00Z"}, 422),
        ({"published_at": "2150-01-01T00:00:00Z", "embargo_until": None}, 422),
    ],
)
def test_a_story_is_from_the_age_of_newspapers_to_tomorrow(newsroom: Any, sent: dict[str, Any], status: int) -> None:
    answer = newsroom.ask("POST", "/v1/stories", json={**STORY, **sent})
    assert answer.status_code == status
    if status == 422:
        assert [error["pointer"] for error in answer.get_json()["errors"]] == ["/published_at"]


def test_a_paper_dated_tomorrow_is_taken(newsroom: Any) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(hours=23)).isoformat()
    assert newsroom.submit(published_at=tomorrow)["state"] == "accepted"


@pytest.mark.parametrize("written", ["2017-W49-2T16:20+03", "20171205T162000,0+0300", "2017-12-05T16:20:00+03:00:00"])
def test_every_form_of_iso_8601_is_taken(newsroom: Any, written: str) -> None:
    story = newsroom.submit(published_at=written)["id"]
    assert published_at(newsroom, story) == datetime(2017, 12, 5, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize("written", ["2017-339T16:20+03:00", "2017-12-05T16:20", "5 December 2017"])
def test_what_is_read_is_named_where_it_is_refused(newsroom: Any, written: str) -> None:
    answer = newsroom.ask("POST", "/v1/stories", json={**STORY, "published_at": written})
    (error,) = answer.get_json()["errors"]
    assert (answer.status_code, error["pointer"]) == (422, "/published_at")
    assert all(form in error["detail"] for form in ("2026-11-30T10:15:00+03:00", "20261130T101500+0300", "2026-W49-1"))
