"""Another's external id: taken before its source comes, guessed, or kept from it by what a reporter left there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contract.ledger.conftest import story
from dateline.errors import NotAllowed
from dateline_ingest.source_names import naming_authority
from ledgers import index_all

URI = "urn:newsml:belta.by:20260501:1"
SECRET = {"headline": "Minister resigns", "body_text": "At noon.", "embargo_until": "2100-01-01T00:00:00Z"}


def post(newsroom: Any, token: str, status: int = 202, **more: Any) -> Any:
    """Post a story of BelTA's in JSON, or as ninjs where it has a uri; the receipt, or the problem."""
    if "uri" in more:
        sent = {"headlines": [{"value": more.pop("headline", "Squat")}], "bodies": [{"value": "Text."}], **more}
        answer = newsroom.ask(
            "POST", "/v1/stories", token, data=json.dumps(sent), content_type="application/ninjs+json"
        )
    else:
        sent = {"headline": "Squat", "body_text": "Text.", "source": "BelTA", "external_id": "urn:1", **more}
        answer = newsroom.ask("POST", "/v1/stories", token, json=sent)
    assert answer.status_code == status, answer.text
    return answer.get_json()


def is_the_editors(newsroom: Any, receipt: Any, headline: str = "Minister resigns") -> None:
    """What the editor imported is what stands, and no reporter reads or changes it."""
    path = f"/v1/stories/{receipt['id']}"
    assert newsroom.ask("GET", path, "edda").get_json()["story"]["headline"] == headline
    story = {"headline": "Mine", "body_text": "Mine.", "embargo_until": None}
    for method, options in (
        ("GET", {}), ("DELETE", {}), ("PUT", {"json": story, "headers": {"If-Match": f'"{receipt["revision"]}"'}}),
    ):  # fmt: skip
        answer = newsroom.ask(method, path, "rita", **options)
        assert answer.status_code == 403
        assert headline not in answer.text
    assert receipt["id"] not in newsroom.ask("GET", "/v1/stories", "rita").text


def test_who_takes_an_id_first_does_not_read_what_comes_under_it(newsroom: Any) -> None:
    first = post(newsroom, "rita")
    imported = post(newsroom, "edda", **SECRET)
    assert (imported["id"], imported["revision"], imported["state"]) == (first["id"], 2, "held")
    is_the_editors(newsroom, imported)


def test_nor_by_the_uri_of_ninjs(newsroom: Any) -> None:
    post(newsroom, "rita", uri=URI)
    is_the_editors(newsroom, post(newsroom, "edda", uri=URI, headline="Minister resigns"))


def test_nor_across_json_and_ninjs(newsroom: Any) -> None:
    post(newsroom, "rita", external_id=URI)
    is_the_editors(newsroom, post(newsroom, "edda", uri=URI, headline="A", infoSources=[{"name": "BelTA"}]), "A")
    post(newsroom, "rita", uri="urn:newsml:tass.ru:1", infoSources=[{"name": "Mine"}])
    is_the_editors(newsroom, post(newsroom, "edda", external_id="urn:newsml:tass.ru:1", source="TASS", **SECRET))


def test_nor_in_bulk(newsroom: Any) -> None:
    post(newsroom, "rita")
    line = json.dumps({"source": "BelTA", "external_id": "urn:1", **SECRET})
    answer = newsroom.ask("POST", "/v1/stories/bulk", "edda", data=line, content_type="application/x-ndjson")
    is_the_editors(newsroom, json.loads(answer.data))


def test_what_a_reporter_withdrew_does_not_refuse_the_import(newsroom: Any) -> None:
    squat = post(newsroom, "rita")
    index_all(newsroom.ledger)
    assert newsroom.ask("DELETE", f"/v1/stories/{squat['id']}", "rita").status_code == 202
    imported = post(newsroom, "edda", **SECRET)
    assert imported["state"] == "held"
    is_the_editors(newsroom, imported)


def test_what_an_editor_withdrew_stays_so(newsroom: Any) -> None:
    squat = post(newsroom, "rita")
    assert newsroom.ask("DELETE", f"/v1/stories/{squat['id']}", "edda").status_code == 202
    post(newsroom, "edda", 409, **SECRET)


def test_the_same_content_sent_before_does_not_make_the_import_a_repeat(newsroom: Any) -> None:
    squat = post(newsroom, "rita", headline="Minister resigns")
    other = {"headline": "Nothing happened", "body_text": "No."}
    path, match = f"/v1/stories/{squat['id']}", {"If-Match": '"1"'}
    assert newsroom.ask("PUT", path, "rita", json=other, headers=match).status_code == 202
    is_the_editors(newsroom, post(newsroom, "edda", headline="Minister resigns"))


def test_a_high_version_does_not_make_the_import_an_older_one(newsroom: Any) -> None:
    post(newsroom, "rita", uri=URI, version="999999", versionCreated="2026-05-01T10:00:00Z")
    imported = post(
        newsroom, "edda", uri=URI, version="1", versionCreated="2020-05-01T10:00:00Z", headline="Minister resigns"
    )
    assert not imported.get("older")
    is_the_editors(newsroom, imported)


@pytest.mark.parametrize("hold", [{"embargoedUntil": "2190-01-01T00:00:00Z"}, {"pubStatus": "withheld"}])
def test_a_hold_does_not_hold_back_the_import(newsroom: Any, hold: dict[str, str]) -> None:
    post(newsroom, "rita", uri=URI, **hold)
    assert post(newsroom, "edda", uri=URI, headline="Minister resigns")["state"] == "accepted"


def test_a_date_does_not_date_the_import(newsroom: Any) -> None:
    post(newsroom, "rita", published_at="1900-01-01T00:00:00Z")
    receipt = post(newsroom, "edda", headline="Minister resigns")
    story = newsroom.ask("GET", f"/v1/stories/{receipt['id']}", "edda").get_json()["story"]
    assert story["published_at"] > "2026"


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        ({}, {"external_id": "urn:2"}),
        ({"uri": URI}, {"uri": "urn:newsml:belta.by:20260501:2"}),
        ({"uri": "https://belta.by/1"}, {"uri": "HTTPS://u@BelTA.by.:443/2"}),
        ({"uri": "tag:belta.by,2026:1"}, {"uri": "tag:belta.by,2025:2"}),
        ({"uri": "one"}, {"uri": "two"}),
        ({"uri": "urn:1"}, {"uri": "urn:2"}),
    ],
)
@pytest.mark.parametrize("before", ["edda", "otto"])
def test_a_refusal_does_not_tell_whether_the_id_exists(newsroom: Any, before: str, known: Any, unknown: Any) -> None:
    post(newsroom, before, **known)
    told = [post(newsroom, "rita", 403, **sent) for sent in (known, unknown)]
    assert told[0] == told[1]


def test_nor_does_an_accepted_one(newsroom: Any) -> None:
    """Under a source of one's own, or none, an id that stands elsewhere is a new one."""
    held = post(newsroom, "otto", uri=URI, embargoedUntil="2190-01-01T00:00:00Z")
    for source in ({"source": "Rita's feed"}, {"source": ""}):
        assert post(newsroom, "rita", external_id=URI, **source)["id"] != held["id"]
        assert post(newsroom, "rita", external_id="urn:newsml:belta.by:20260501:2", **source)["revision"] == 1
    assert newsroom.items[held["id"]].newest_revision == 1


def test_feeds_of_reporters_go_on(newsroom: Any) -> None:
    for token in ("rita", "otto"):
        first = post(newsroom, token, source=f"{token}'s feed")
        again = post(newsroom, token, source=f"{token}'s feed", headline="Second")
        assert (again["id"], again["revision"]) == (first["id"], 2)
        assert post(newsroom, token, source="", headline="Of none")["id"] != first["id"]


def test_who_was_given_a_source_writes_for_it_and_others_do_not(newsroom: Any) -> None:
    squat = post(newsroom, "otto")
    newsroom.ledger.set_sources("rita", ["BelTA"])
    post(newsroom, "otto", 403, external_id="urn:2")
    assert post(newsroom, "rita", headline="Ours")["id"] == squat["id"]
    assert newsroom.ask("GET", f"/v1/stories/{squat['id']}", "otto").status_code == 403
    assert newsroom.ask("GET", f"/v1/stories/{squat['id']}", "rita").status_code == 200
    post(newsroom, "edda", headline="Corrected")
    assert post(newsroom, "rita", headline="Again")["revision"] == 4
    newsroom.ledger.set_sources("rita", [])
    post(newsroom, "rita", 403, external_id="urn:3")


def test_a_source_that_is_taken_within_a_batch_is_the_next_lines_too(newsroom: Any) -> None:
    """Submissions that arrive together share a transaction."""
    rita, edda = (newsroom.ledger.live_token(name) for name in ("rita", "edda"))
    batch = [
        story(by, external_id=str(number), external_source="BelTA", for_sources=("BelTA",))
        for number, by in enumerate((rita, rita, edda, rita, edda))
    ]
    answers = newsroom.ledger.submit_many(batch)
    assert [isinstance(answer, NotAllowed) for answer in answers] == [False, False, False, True, False]


def test_the_uris_of_a_source_are_its_writers(newsroom: Any) -> None:
    newsroom.ledger.set_sources("rita", ["BelTA"])
    newsroom.ledger.set_sources("otto", ["TASS"])
    theirs, others = {"infoSources": [{"name": "BelTA"}]}, {"infoSources": [{"name": "TASS"}]}
    first = post(newsroom, "edda", uri=URI, **theirs)
    assert post(newsroom, "rita", uri=URI, **theirs, headline="New")["id"] == first["id"]
    post(newsroom, "otto", 403, uri=URI, **others)
    post(newsroom, "otto", 403, uri=URI)


@pytest.mark.parametrize(
    ("uri", "authority"),
    [
        ("https://belta.by/news/1", "belta.by"),
        ("http://[bad/1", "http"),
        ("tag:belta.by,2026:news:1", "belta.by"),
        ("urn:newsml:belta.by:20260501:1", "urn:newsml:belta.by"),
        ("urn:uuid:6f0c", "urn:uuid"),
        ("urn:1", "urn"),
        ("x:1", "x"),
        ("one", "uri"),
    ],
)
def test_a_naming_authority_is_never_the_id_itself(uri: str, authority: str) -> None:
    assert naming_authority(uri) == authority
