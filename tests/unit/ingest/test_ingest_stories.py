"""Stories over HTTP: every status of the contract."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dateline.errors import LedgerUnavailable
from dateline.ports.wakeup import Lane
from dateline.settings import read_settings
from dateline_ingest.app import create_app
from fakes.away_ledger import AwayLedger

STORY = {"headline": "Bridge opens", "body_text": "The bridge over the river is open again."}


def pointers(answer: TestResponse) -> list[str]:
    return [error["pointer"] for error in answer.get_json(force=True).get("errors", [])]


def test_a_story_is_received(newsroom: Any) -> None:
    answer = newsroom.ask("POST", "/v1/stories", json=STORY)
    assert answer.status_code == 202
    receipt = answer.get_json()
    assert set(receipt) == {"id", "revision", "state", "received_at", "status_url"}
    assert (receipt["revision"], receipt["state"]) == (1, "accepted")
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == receipt["status_url"] == f"http://localhost/v1/stories/{receipt['id']}"
    assert datetime.fromisoformat(receipt["received_at"]).tzinfo is not None
    assert newsroom.wakeup.woken == [Lane.LIVE]


@pytest.mark.parametrize(
    ("body", "status", "wrong"),
    [
        (b"", 400, []),
        (b"{", 400, []),
        (json.dumps({**STORY, "surprise": 1}).encode(), 422, ["/surprise"]),
        (json.dumps({**STORY, "published_at": "2017-12-05T10:00:00"}).encode(), 422, ["/published_at"]),
        (json.dumps({**STORY, "tags": {"people": ["nobody"]}}).encode(), 422, ["/tags/people/0"]),
        (json.dumps({**STORY, "tags": {"people": ["ann-lee", "x"]}}).encode(), 422, ["/tags/people/1"]),
        (json.dumps({**STORY, "headline": "\ud83d"}).encode(), 422, ["/headline"]),
        (json.dumps({**STORY, "body_text": "x" * 3_000_000}).encode(), 413, []),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(
    newsroom: Any, body: bytes, status: int, wrong: list[str]
) -> None:
    answer = newsroom.ask("POST", "/v1/stories", data=body, content_type="application/json")
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert pointers(answer) == wrong
    assert not newsroom.items
    assert not newsroom.wakeup.woken


@pytest.mark.parametrize("token", ["", "unknown"])
@pytest.mark.parametrize("path", ["/v1/stories", "/v1/stories/nope", "/v1/quarantine", "/v1/nowhere", "/v1/tags"])
def test_without_a_token_everything_is_401(newsroom: Any, path: str, token: str) -> None:
    answer = newsroom.ask("POST", path, token, data=b"x" * 3_000_000, content_type="text/plain")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "token"),
    [
        ("POST", "/v1/stories", "olga"),
        ("POST", "/v1/events", "rita"),
        ("GET", "/v1/events", "rita"),
        ("GET", "/v1/terms?status=proposed", "rita"),
        ("PUT", "/v1/terms/topic/bridges", "rita"),
        ("GET", "/v1/quarantine", "rita"),
        ("POST", "/v1/quarantine/nope/requeue", "rita"),
        ("PUT", "/v1/stories/nope/tags", "rita"),
        ("POST", "/v1/events/import", "olga"),
    ],
)
def test_the_wrong_role_is_403_before_anything_else(newsroom: Any, method: str, path: str, token: str) -> None:
    answer = newsroom.ask(method, path, token, data=b"{", content_type="text/plain")
    assert answer.status_code == 403


@pytest.mark.parametrize(("method", "options"), [
    ("GET", {}), ("PUT", {"data": b"{", "content_type": "text/plain"}), ("DELETE", {}),
])  # fmt: skip
def test_other_reporters_stories_are_403(newsroom: Any, method: str, options: dict[str, Any]) -> None:
    path = f"/v1/stories/{newsroom.submit()['id']}"
    assert newsroom.ask(method, path, "otto", **options).status_code == 403
    assert newsroom.ask("GET", path, "edda").status_code == 200


def test_what_is_not_there_is_404(newsroom: Any) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert newsroom.ask(method, "/v1/stories/nope", json=STORY).status_code == 404
    assert newsroom.ask("GET", "/v1/stories/no%00pe").status_code == 404
    assert newsroom.ask("GET", "/v1/nowhere").status_code == 404


def test_405_names_the_right_methods(newsroom: Any) -> None:
    answer = newsroom.ask("DELETE", "/v1/stories")
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["Allow"].replace(",", " ").split())


def test_415_for_another_media_type(newsroom: Any) -> None:
    assert newsroom.ask("POST", "/v1/stories", data=b"{}", content_type="text/plain").status_code == 415


def test_a_correction_needs_the_revision_it_was_made_from(newsroom: Any) -> None:
    path = f"/v1/stories/{newsroom.submit()['id']}"
    assert newsroom.ask("PUT", path, json=STORY).status_code == 428
    assert newsroom.ask("PUT", path, json=STORY, headers={"If-Match": '"2"'}).status_code == 412
    assert newsroom.ask("PUT", path, json=STORY, headers={"If-Match": 'W/"1"'}).status_code == 412
    for sent in ('"one"', '""', "", '"1', '"2", "3"'):
        assert newsroom.ask("PUT", path, json=STORY, headers={"If-Match": sent}).status_code == 412, sent
    answer = newsroom.ask("PUT", path, json={**STORY, "note": "A word."}, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.get_json()["revision"], answer.headers["ETag"]) == (202, 2, '"2"')
    assert newsroom.ask("PUT", path, json=STORY, headers={"If-Match": '"1"'}).status_code == 412
    assert newsroom.ask("PUT", path, json=STORY, headers={"If-Match": "*"}).status_code == 202


def test_a_story_is_withdrawn_whatever_its_newest_revision_is(newsroom: Any) -> None:
    path = f"/v1/stories/{newsroom.submit()['id']}"
    newsroom.ask("PUT", path, json=STORY, headers={"If-Match": '"1"'})
    answer = newsroom.ask("DELETE", path)
    assert (answer.status_code, answer.get_json()["revision"]) == (202, 3)


def test_withdrawing_leaves_a_tombstone(newsroom: Any) -> None:
    path = f"/v1/stories/{newsroom.submit()['id']}"
    assert newsroom.ask("DELETE", path, headers={"If-Match": '"7"'}).status_code == 412
    answer = newsroom.ask("DELETE", f"{path}?note=Wrong+bridge", headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.get_json()["revision"]) == (202, 2)
    shown = newsroom.ask("GET", path).get_json()
    assert shown["story"] is None
    assert shown["revisions"][-1]["note"] == "Wrong bridge"
    assert newsroom.ask("PUT", path, json=STORY, headers={"If-Match": '"2"'}).status_code == 409


def test_a_story_is_shown_as_it_was_sent(newsroom: Any) -> None:
    sent = {
        **STORY,
        "section": "news",
        "published_at": "2017-12-05T16:20:00+03:00",
        "tags": {"people": ["ann-lee"], "places": ["brest"]},
        "keywords": ["bridge", "river"],
        "images": [{"url": "https://example.org/a.jpg", "alt": "The bridge"}],
    }
    path = f"/v1/stories/{newsroom.submit(**sent)['id']}"
    answer = newsroom.ask("GET", path)
    shown = answer.get_json()
    assert shown["story"] == sent
    assert answer.headers["ETag"] == '"1"'
    assert {"revision", "state", "received_at", "indexed_at", "attempts", "error", "note"} <= set(shown["revisions"][0])
    again = newsroom.ask("PUT", path, json=shown["story"], headers={"If-Match": answer.headers["ETag"]})
    assert again.status_code == 202


@pytest.mark.parametrize("sent", ["abc-1", '"abc-1"'])
def test_a_key_makes_a_repeat_the_first_answer(newsroom: Any, sent: str) -> None:
    first = newsroom.ask("POST", "/v1/stories", json=STORY, headers={"Idempotency-Key": "abc-1"})
    again = newsroom.ask("POST", "/v1/stories", json=STORY, headers={"Idempotency-Key": sent})
    assert again.get_json() == first.get_json()
    assert again.headers["Idempotency-Expires"] == first.headers["Idempotency-Expires"]
    until = datetime.fromisoformat(first.get_json()["idempotency_expires_at"])
    assert until - datetime.fromisoformat(first.get_json()["received_at"]) == timedelta(hours=48)
    assert abs(parsedate_to_datetime(first.headers["Idempotency-Expires"]) - until) < timedelta(seconds=1)
    other = newsroom.ask("POST", "/v1/stories", json={**STORY, "byline": "x"}, headers={"Idempotency-Key": sent})
    assert other.status_code == 422
    assert len(newsroom.items) == 1


def test_a_repeated_correction_is_answered_although_there_is_a_newer_revision(newsroom: Any) -> None:
    path = f"/v1/stories/{newsroom.submit()['id']}"
    headers = {"If-Match": '"1"', "Idempotency-Key": "c1"}
    first = newsroom.ask("PUT", path, json=STORY, headers=headers)
    again = newsroom.ask("PUT", path, json=STORY, headers=headers)
    assert (again.status_code, again.get_json()) == (202, first.get_json())


@pytest.mark.parametrize("key", ["", '""', "x" * 256])
def test_a_bad_key_is_refused(newsroom: Any, key: str) -> None:
    assert newsroom.ask("POST", "/v1/stories", json=STORY, headers={"Idempotency-Key": key}).status_code == 422


def test_an_external_id_seen_before_is_a_revision_or_nothing(newsroom: Any) -> None:
    first = newsroom.submit(external_id="ag-1", source="Agency")
    assert newsroom.submit(external_id="ag-1", source="Agency")["revision"] == 1
    changed = newsroom.submit(external_id="ag-1", source="Agency", byline="Somebody")
    assert (changed["id"], changed["revision"]) == (first["id"], 2)
    assert newsroom.submit(external_id="ag-1", source="Other agency")["id"] != first["id"]


def test_the_list_is_ones_own_for_reporters(newsroom: Any) -> None:
    for headline in ("One", "Two", "Three"):
        newsroom.submit(headline=headline)
    newsroom.submit("otto", headline="Other")
    first = newsroom.ask("GET", "/v1/stories?limit=2").get_json()
    assert [one["label"] for one in first["items"]] == ["Three", "Two"]
    second = newsroom.ask("GET", first["next"].removeprefix("http://localhost")).get_json()
    assert [one["label"] for one in second["items"]] == ["One"]
    assert second["next"] is None
    assert len(newsroom.ask("GET", "/v1/stories", "edda").get_json()["items"]) == 4
    found = newsroom.ask("GET", "/v1/stories?state=&q=TWO&limit=&cursor=").get_json()
    assert [one["label"] for one in found["items"]] == ["Two"]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "state=lost"])
def test_a_wrong_parameter_is_422(newsroom: Any, query: str) -> None:
    answer = newsroom.ask("GET", f"/v1/stories?{query}")
    assert answer.status_code == 422
    assert pointers(answer) == [f"/{query.split('=')[0]}"]


def test_an_editors_tags_make_no_revision(newsroom: Any) -> None:
    story = newsroom.submit()["id"]
    body = {"add": [{"type": "person", "slug": "ann-lee"}], "remove": [{"type": "place", "slug": "brest"}]}
    answer = newsroom.ask("PUT", f"/v1/stories/{story}/tags", "edda", json=body)
    assert (answer.status_code, answer.get_json()["revision"]) == (202, 1)
    assert newsroom.ask("GET", f"/v1/stories/{story}").get_json()["editor_tags"] == body
    unknown = {"add": [{"type": "person", "slug": "nobody"}]}
    wrong = newsroom.ask("PUT", f"/v1/stories/{story}/tags", "edda", json=unknown)
    assert (wrong.status_code, pointers(wrong)) == (422, ["/add/0/slug"])
    newsroom.ask("DELETE", f"/v1/stories/{story}")
    assert newsroom.ask("PUT", f"/v1/stories/{story}/tags", "edda", json=body).status_code == 409


def test_an_absent_ledger_is_503(newsroom: Any) -> None:
    away = AwayLedger(LedgerUnavailable("The disk is full.", retry_after=3))
    settings = read_settings({}, secret_key="k")
    app = create_app(settings, ledger=away, wakeup=newsroom.wakeup, vocabulary=newsroom.words)  # type: ignore[arg-type]
    client = app.test_client()
    answer = client.post("/v1/stories", json=STORY, headers={"Authorization": "Bearer secret-rita"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert client.get("/ready").status_code == 503
    assert client.get("/live").status_code == 200


def test_too_many_requests_are_429(newsroom: Any) -> None:
    settings = read_settings({}, secret_key="k", rate_limit="1 per hour")
    app = create_app(settings, ledger=newsroom.ledger, wakeup=newsroom.wakeup, vocabulary=newsroom.words)
    client = app.test_client()
    headers = {"Authorization": "Bearer secret-rita"}
    assert client.get("/v1/stories", headers=headers).status_code == 200
    answer = client.get("/v1/stories", headers=headers)
    assert answer.status_code == 429
    assert 1 < int(answer.headers["Retry-After"]) <= 3601
    assert "Retry-After" not in newsroom.ask("GET", "/v1/stories").headers


def test_ninjs_is_taken(newsroom: Any) -> None:
    ninjs = {
        "uri": "tag:example.org,2026:1",
        "headlines": [{"value": "Bridge opens"}],
        "bodies": [{"contentType": "text/html", "value": "<p>It is open.</p>"}],
        "people": [{"name": "ann lee"}, {"name": "Someone Else"}],
        "subjects": [{"name": "Bridges", "uri": "medtop:20000001"}],
    }
    answer = newsroom.ask("POST", "/v1/stories", data=json.dumps(ninjs), content_type="application/ninjs+json")
    assert answer.status_code == 202
    story = newsroom.ask("GET", f"/v1/stories/{answer.get_json()['id']}").get_json()["story"]
    assert story["tags"] == {"topics": ["bridges"], "people": ["ann-lee"]}
    assert story["keywords"] == ["ann lee", "Someone Else", "Bridges"]


@pytest.mark.parametrize(
    ("concepts", "tags"),
    [
        ({"subjects": [{"name": "Brücken", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000001"}]}, ["bridges"]),
        ({"subjects": [{"literal": "20000001"}]}, ["bridges"]),
        ({"subjects": [{"name": "Spans", "literal": "x", "uri": "medtop:20000001"}]}, ["bridges"]),
        ({"subjects": [{"name": "Bridges", "uri": "medtop:20009999"}]}, []),
        ({"subjects": [{"name": "Bridges", "uri": "http://agency.example/topics/7"}]}, ["bridges"]),
        ({"people": [{"name": "Anna", "uri": "https://www.wikidata.org/wiki/Q7"}]}, ["ann-lee"]),
        ({"people": [{"name": "A. Lee", "uri": "http://www.wikidata.org/entity/Q8"}]}, []),
    ],
)
def test_a_code_decides_which_term_a_concept_is(newsroom: Any, concepts: dict[str, Any], tags: list[str]) -> None:
    newsroom.words.terms[0] = replace(newsroom.words.terms[0], same_as=("Q7",))
    ninjs = {"uri": "urn:1", "headlines": [{"value": "x"}], "bodies": [{"value": "x"}], **concepts}
    answer = newsroom.ask("POST", "/v1/stories", data=json.dumps(ninjs), content_type="application/ninjs+json")
    assert answer.status_code == 202, answer.text
    story = newsroom.ask("GET", f"/v1/stories/{answer.get_json()['id']}").get_json()["story"]
    assert [slug for slugs in story.get("tags", {}).values() for slug in slugs] == tags


def test_the_receipt_tells_of_a_picture_that_is_held(newsroom: Any) -> None:
    picture = {"name": "p", "uri": "urn:p", "type": "picture", "embargoedUntil": "2190-01-01T00:00:00Z",
               "renditions": [{"name": "r", "href": "https://a.b/c.jpg"}]}  # fmt: skip
    ninjs = {"uri": "urn:1", "headlines": [{"value": "x"}], "bodies": [{"value": "x"}], "associations": [picture]}
    answer = newsroom.ask("POST", "/v1/stories", data=json.dumps(ninjs), content_type="application/ninjs+json")
    assert [note["pointer"] for note in answer.get_json()["notes"]] == ["/associations/0"]


def test_what_is_wrong_in_ninjs_is_named_in_its_own_terms(newsroom: Any) -> None:
    ninjs = {"uri": "tag:1", "headlines": [{"value": "x" * 301}], "bodies": [{"value": "x"}], "located": "y" * 301}
    answer = newsroom.ask("POST", "/v1/stories", data=json.dumps(ninjs), content_type="application/ninjs+json")
    assert answer.status_code == 422
    assert set(pointers(answer)) == {"/headlines/0/value", "/located"}
    wrong = json.dumps({**ninjs, "located": 5, "subjects": [{"nmae": "x"}]})
    answer = newsroom.ask("POST", "/v1/stories", data=wrong, content_type="application/ninjs+json")
    assert (answer.status_code, set(pointers(answer))) == (422, {"/located", "/subjects/0/nmae"})
    unknown = newsroom.ask("POST", "/v1/stories", data=b'{"uri": "a", "x": 1}', content_type="application/ninjs+json")
    assert pointers(unknown) == ["/x"]
