"""Versions, kills and holds of a wire: what each makes of the story of its uri, in every state that can have."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline.ports.ledger.claims import Indexed
from dateline_ingest.ninjs_versions import KILLED, WITHHELD
from ledgers import index_all, quarantine

FAULTS = Path(__file__).parents[2] / "faults"
URI = "urn:x:1"
LEASE = timedelta(seconds=30)


def send(newsroom: Any, hour: int | None = None, *, token: str = "rita", status: int = 202, **members: Any) -> Any:
    """Send a ninjs object, its version created at an hour; the receipt."""
    sent = {"uri": URI, "headlines": [{"value": "Bridge opens"}], "bodies": [{"value": "It is open."}], **members}
    if hour is not None:
        sent["versionCreated"] = f"2026-05-01T{hour:02}:00:00Z"
    answer = newsroom.ask("POST", "/v1/stories", token, data=json.dumps(sent), content_type="application/ninjs+json")
    assert answer.status_code == status, answer.text
    return answer.get_json()


def tell(newsroom: Any, pub_status: str, hour: int | None = None, **members: Any) -> Any:
    """Send an object that has a pubStatus and no text."""
    return send(newsroom, hour, headlines=[], bodies=[], pubStatus=pub_status, **members)


def put(newsroom: Any, pub_status: str, **members: Any) -> None:
    """Say a pubStatus of the story's newest revision."""
    sent = json.dumps({"uri": URI, "pubStatus": pub_status, **members})
    path, headers = f"/v1/stories/{item(newsroom).id}", {"If-Match": "*"}
    answer = newsroom.ask("PUT", path, data=sent, content_type="application/ninjs+json", headers=headers)
    assert answer.status_code == 202, answer.text


def item(newsroom: Any) -> Any:
    """The one story on record."""
    [found] = newsroom.items.values()
    return found


def states(newsroom: Any) -> list[str]:
    return [one.state for one in item(newsroom).revisions]


def headline(newsroom: Any) -> str:
    found: str = item(newsroom).newest.payload["headline"]
    return found


def accepted(newsroom: Any) -> None:
    send(newsroom, 10)


def held(newsroom: Any) -> None:
    send(newsroom, 10, embargoedUntil="2190-01-01T00:00:00Z")


def indexed(newsroom: Any) -> None:
    send(newsroom, 10)
    index_all(newsroom.ledger)


def corrected(newsroom: Any) -> None:
    indexed(newsroom)
    send(newsroom, 11, headlines=[{"value": "Bridge closes"}])
    index_all(newsroom.ledger)


def corrected_by_an_editor(newsroom: Any) -> None:
    indexed(newsroom)
    story = {"headline": "Edited", "body_text": "It is open."}
    path = f"/v1/stories/{item(newsroom).id}"
    assert newsroom.ask("PUT", path, "edda", json=story, headers={"If-Match": "*"}).status_code == 202
    index_all(newsroom.ledger)


def quarantined(newsroom: Any) -> None:
    send(newsroom, 10)
    quarantine(newsroom.ledger, item(newsroom).id)


EVERY_STATE = pytest.mark.parametrize(
    "prepare", [accepted, held, indexed, corrected, corrected_by_an_editor, quarantined]
)
Prepare = Callable[[Any], None]


def test_the_input_of_a_reported_fault(newsroom: Any) -> None:
    for sent in json.loads((FAULTS / "02a-ninjs-version.json").read_text()):
        answer = newsroom.ask("POST", "/v1/stories", data=json.dumps(sent), content_type="application/ninjs+json")
        assert answer.status_code == 202
    assert answer.get_json()["older"] is True
    assert (headline(newsroom), states(newsroom)) == ("Third", ["accepted"])


@pytest.mark.parametrize(
    ("first", "second", "older"),
    [
        ({"version": "10"}, {"version": "9"}, True),
        ({"version": "9"}, {"version": "10"}, False),
        ({"version": "1.10"}, {"version": "1.9"}, True),
        ({"version": "2", "versionCreated": "2026-05-01T10:00:00Z"},
         {"version": "1", "versionCreated": "2026-05-01T11:00:00Z"}, True),
        ({"version": "b", "versionCreated": "2026-05-01T10:00:00Z"},
         {"version": "a", "versionCreated": "2026-05-01T11:00:00Z"}, False),
        ({"versionCreated": "2026-05-01T10:00:00+02:00"}, {"versionCreated": "2026-05-01T08:30:00Z"}, False),
        ({"versionCreated": "2026-05-01T10:00:00+02:00"}, {"versionCreated": "2026-05-01T07:30:00Z"}, True),
        ({"version": "3"}, {"versionCreated": "2026-05-01T07:30:00Z"}, False),
        ({"version": "a"}, {"version": "b"}, False),
        ({}, {}, False),
    ],
)  # fmt: skip
def test_an_older_version_changes_nothing_and_is_told_so(
    newsroom: Any, first: dict[str, str], second: dict[str, str], older: bool
) -> None:
    kept = send(newsroom, **first)
    answer = send(newsroom, **second, headlines=[{"value": "Second"}])
    assert answer.get("older", False) is older
    assert ("newer version" in json.dumps(answer.get("notes", []))) is older
    assert answer["revision"] == (kept["revision"] if older else 2)
    assert headline(newsroom) == ("Bridge opens" if older else "Second")


def test_the_same_version_is_a_repeat(newsroom: Any) -> None:
    first = send(newsroom, 10, version="4")
    again = send(newsroom, 10, version="4", headlines=[{"value": "Other"}])
    assert (again, headline(newsroom)) == (first | {"unchanged": True}, "Bridge opens")


def test_an_older_version_does_not_undo_an_editors_correction(newsroom: Any) -> None:
    corrected_by_an_editor(newsroom)
    assert send(newsroom, 9)["older"] is True
    assert headline(newsroom) == "Edited"
    assert send(newsroom, 12)["revision"] == 3


def test_an_uri_is_one_story_whatever_source_it_names(newsroom: Any) -> None:
    first = send(newsroom, 10, infoSources=[{"name": "BelTA"}])
    assert send(newsroom, 11, infoSources=[{"name": "Other"}])["id"] == first["id"]
    assert tell(newsroom, "canceled", 12)["id"] == first["id"]


def in_json(newsroom: Any, **more: Any) -> Any:
    """Submit the story of the uri in JSON; the receipt."""
    return newsroom.submit(external_id=URI, source="BelTA", **more)


def test_a_kill_finds_what_came_in_json(newsroom: Any) -> None:
    first = in_json(newsroom)
    killed = tell(newsroom, "canceled", 11, infoSources=[{"name": "BelTA"}])
    assert (killed["id"], item(newsroom).newest.action) == (first["id"], "withdraw")


def test_ninjs_follows_what_came_in_json_and_json_what_came_as_ninjs(newsroom: Any) -> None:
    first = in_json(newsroom)
    assert send(newsroom, 11, infoSources=[{"name": "BelTA"}], usageTerms="Not in print.")["id"] == first["id"]
    again = in_json(newsroom, headline="Bridge closes", published_at="2026-05-01T10:00:00Z")
    assert (again["id"], again["revision"]) == (first["id"], 3)
    assert send(newsroom, 10, infoSources=[{"name": "BelTA"}])["older"] is True
    assert item(newsroom).newest.payload["ninjs"]["usageTerms"] == "Not in print."


def test_json_finds_what_came_as_ninjs_first_and_leaves_it_withheld(newsroom: Any) -> None:
    first = send(newsroom, 11, pubStatus="withheld")
    again = in_json(newsroom, embargo_until="2190-01-01T00:00:00Z")
    assert (again["id"], item(newsroom).withheld) == (first["id"], True)
    assert newsroom.submit(external_id="no uri")["id"] != first["id"]


@EVERY_STATE
@pytest.mark.parametrize("hour", [None, 9, 10, 12])
def test_a_kill_kills_in_every_state(newsroom: Any, prepare: Prepare, hour: int | None) -> None:
    prepare(newsroom)
    receipt = tell(newsroom, "canceled", hour, edNote="It was another bridge.")
    assert receipt["id"] == item(newsroom).id
    index_all(newsroom.ledger)
    newest = item(newsroom).newest
    assert (newest.action, newest.state, newest.note) == ("withdraw", "withdrawn", "It was another bridge.")
    shown = newsroom.ask("GET", f"/v1/stories/{receipt['id']}").get_json()
    assert (shown["state"], shown["story"]) == ("withdrawn", None)


def test_a_kill_without_a_word_has_the_standard_notice(newsroom: Any) -> None:
    indexed(newsroom)
    send(newsroom, 11, pubStatus="canceled")
    assert item(newsroom).newest.note == KILLED


def test_a_kill_of_version_2_kills(newsroom: Any) -> None:
    indexed(newsroom)
    lower = {"uri": URI, "pubstatus": "canceled", "versioncreated": "2026-05-01T12:00:00Z", "ednote": " Wrong. "}
    newsroom.ask("POST", "/v1/stories", data=json.dumps(lower), content_type="application/ninjs+json")
    assert (item(newsroom).newest.action, item(newsroom).newest.note) == ("withdraw", "Wrong.")


def test_a_kill_of_what_is_dead_is_answered_as_done(newsroom: Any) -> None:
    indexed(newsroom)
    first = tell(newsroom, "canceled", 11)
    for hour in (11, None, 9):
        again = tell(newsroom, "canceled", hour, edNote="Once more.")
        assert (again["id"], again["revision"]) == (first["id"], first["revision"])


def test_a_newer_kill_of_what_is_dead_stops_what_is_older_than_itself(newsroom: Any) -> None:
    indexed(newsroom)
    tell(newsroom, "canceled", 11)
    assert tell(newsroom, "canceled", 13, edNote="Once more.")["state"] in ("accepted", "withdrawn")
    assert send(newsroom, 12)["older"] is True
    index_all(newsroom.ledger)
    assert (item(newsroom).newest.action, item(newsroom).newest.note) == ("withdraw", "Once more.")


@pytest.mark.parametrize(
    ("story", "kill"),
    [
        ({"version": "5"}, {}),
        ({"version": "5"}, {"version": "3"}),
        ({"versionCreated": "2026-05-01T10:00:00Z"}, {}),
        ({"versionCreated": "2026-05-01T10:00:00Z"}, {"versionCreated": "2026-05-01T09:00:00Z"}),
        ({"versionCreated": "2026-05-01T10:00:00Z"}, {"version": "2"}),
        ({"version": "5"}, {"versionCreated": "2026-05-01T11:00:00Z"}),
        ({"version": "5", "versionCreated": "2026-05-01T10:00:00Z"},
         {"version": "1", "versionCreated": "2026-05-01T11:00:00Z"}),
        ({"version": "b"}, {"version": "a"}),
        ({}, {}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("by", ["POST", "PUT"])
def test_what_came_before_a_kill_does_not_revive_the_story(
    newsroom: Any, story: dict[str, str], kill: dict[str, str], by: str
) -> None:
    send(newsroom, **story)
    index_all(newsroom.ledger)
    if by == "POST":
        tell(newsroom, "canceled", **kill)
    else:
        put(newsroom, "canceled", **kill)
    index_all(newsroom.ledger)
    sent = {"uri": URI, "headlines": [{"value": "Bridge opens"}], "bodies": [{"value": "It is open."}], **story}
    answer = newsroom.ask("POST", "/v1/stories", data=json.dumps(sent), content_type="application/ninjs+json")
    assert answer.status_code in (202, 409)
    assert states(newsroom) == ["indexed", "withdrawn"]


@pytest.mark.parametrize("kill", [{}, {"version": "3"}, {"version": "9"}])
def test_a_newer_version_than_what_was_killed_brings_it_back(newsroom: Any, kill: dict[str, str]) -> None:
    send(newsroom, version="5")
    tell(newsroom, "canceled", **kill)
    send(newsroom, version="5")
    assert item(newsroom).newest.action == "withdraw"
    assert send(newsroom, version="10")["state"] == "accepted"


def test_a_kill_of_what_an_editor_withdrew_is_answered_as_done_and_it_stays_so(newsroom: Any) -> None:
    indexed(newsroom)
    assert newsroom.ask("DELETE", f"/v1/stories/{item(newsroom).id}").status_code == 202
    assert tell(newsroom, "canceled", 11)["revision"] == 2
    send(newsroom, 12, status=409)


def test_a_kill_of_a_story_that_never_came_stops_the_older_version(newsroom: Any) -> None:
    killed = tell(newsroom, "canceled", 11, edNote="Never.")
    assert killed["state"] == "withdrawn"
    assert not newsroom.ledger.claim(worker="w", lease=LEASE)
    assert send(newsroom, 10)["older"] is True
    assert send(newsroom, 11)["revision"] == 1
    send(newsroom, status=409)
    assert states(newsroom) == ["withdrawn"]
    assert send(newsroom, 12)["revision"] == 2
    index_all(newsroom.ledger)
    assert states(newsroom) == ["withdrawn", "indexed"]


def test_a_newer_version_brings_a_killed_story_back(newsroom: Any) -> None:
    indexed(newsroom)
    tell(newsroom, "canceled", 11)
    index_all(newsroom.ledger)
    assert send(newsroom, 10)["older"] is True
    assert send(newsroom, 12, headlines=[{"value": "Back"}])["revision"] == 3
    index_all(newsroom.ledger)
    assert (states(newsroom), headline(newsroom)) == (["indexed", "withdrawn", "indexed"], "Back")


def test_another_reporter_kills_nothing_and_an_editor_does(newsroom: Any) -> None:
    indexed(newsroom)
    tell_as = {"headlines": [], "bodies": [], "pubStatus": "canceled"}
    send(newsroom, 11, token="otto", status=403, **tell_as)
    send(newsroom, 11, token="edda", **tell_as)
    assert item(newsroom).newest.action == "withdraw"


@pytest.mark.parametrize(
    ("members", "pointer"),
    [({"uri": "x" * 301}, "/uri"), ({"type": "picture"}, "/type"), ({"why": "x"}, "/why"), ({"edNote": 5}, "/edNote")],
)
def test_a_kill_that_cannot_be_read_is_refused(newsroom: Any, members: dict[str, Any], pointer: str) -> None:
    answer = send(newsroom, 11, status=422, **{"headlines": [], "bodies": [], "pubStatus": "canceled", **members})
    assert [error["pointer"] for error in answer["errors"]] == [pointer]


def published(newsroom: Any) -> Any:
    """What a worker would show of the story: the action of the revision that it publishes, None where nothing."""
    claimed = [one for one in newsroom.ledger.published(kind="story", after="", limit=10) if one.publish]
    return claimed[0].publish.action if claimed else None


@EVERY_STATE
@pytest.mark.parametrize("text", [True, False])
def test_what_is_withheld_is_not_shown_in_any_state(newsroom: Any, prepare: Prepare, text: bool) -> None:
    prepare(newsroom)
    was_public = published(newsroom) is not None
    receipt = send(newsroom, 12, pubStatus="withheld") if text else tell(newsroom, "withheld", 12)
    assert receipt["state"] == "held"
    index_all(newsroom.ledger)
    assert published(newsroom) in (["withdraw"] if was_public else [None, "withdraw"])
    shown = newsroom.ask("GET", f"/v1/stories/{receipt['id']}").get_json()
    assert (shown["state"], shown["withheld"], shown["embargo_until"]) == ("held", True, None)
    assert shown["story"]["body_text"] == "It is open."
    assert not newsroom.ledger.claim(worker="w", lease=LEASE)


@EVERY_STATE
def test_usable_again_brings_back_what_was_withheld(newsroom: Any, prepare: Prepare) -> None:
    prepare(newsroom)
    tell(newsroom, "withheld", 12)
    index_all(newsroom.ledger)
    receipt = send(newsroom, 12, headlines=[{"value": "Back"}])
    kept = prepare is held
    assert (receipt["state"], headline(newsroom)) == ("held" if kept else "accepted", "Back")
    index_all(newsroom.ledger)
    assert published(newsroom) == (None if kept else "submit")
    assert item(newsroom).withheld is False


def test_the_notice_of_what_was_public_and_is_withheld(newsroom: Any) -> None:
    indexed(newsroom)
    tell(newsroom, "withheld", 12, edNote="Secret.")
    revisions = item(newsroom).revisions
    assert [(one.action, one.state, one.note) for one in revisions] == [
        ("submit", "indexed", ""), ("withdraw", "withdrawn", WITHHELD), ("submit", "held", "")
    ]  # fmt: skip
    tell(newsroom, "withheld", 13)
    assert len(item(newsroom).revisions) == 4


def test_what_a_worker_is_just_publishing_when_it_is_withheld_goes_off_the_site(newsroom: Any) -> None:
    send(newsroom, 10)
    claimed = newsroom.ledger.claim(worker="w", lease=LEASE)
    tell(newsroom, "withheld", 11)
    newsroom.ledger.mark([Indexed(claimed=one) for one in claimed])
    [again] = newsroom.ledger.claim(worker="w", lease=LEASE)
    assert (again.publish.action, again.version) == ("withdraw", claimed[0].version + 1)


def test_a_hold_of_a_story_that_never_came_stops_the_older_version(newsroom: Any) -> None:
    assert tell(newsroom, "withheld", 11)["state"] == "withdrawn"
    assert send(newsroom, 10)["older"] is True
    assert send(newsroom, 12)["state"] == "accepted"
    index_all(newsroom.ledger)
    assert published(newsroom) == "submit"


def test_a_story_that_comes_withheld_waits_with_its_text(newsroom: Any) -> None:
    assert send(newsroom, 10, pubStatus="withheld")["state"] == "held"
    assert not newsroom.ledger.claim(worker="w", lease=LEASE)
    assert send(newsroom, 11)["state"] == "accepted"


def test_a_correction_leaves_a_withheld_story_so_unless_it_lifts_the_hold(newsroom: Any) -> None:
    send(newsroom, 10, pubStatus="withheld", embargoedUntil="2190-01-01T00:00:00Z")
    path, headers = f"/v1/stories/{item(newsroom).id}", {"If-Match": "*"}
    story = {"headline": "Edited", "body_text": "It is open."}
    later: dict[str, Any] = {"embargo_until": "2100-01-01T00:00:00Z"}
    for more, withheld in (({}, True), (later, True), ({"embargo_until": None}, False)):
        assert newsroom.ask("PUT", path, "edda", json={**story, **more}, headers=headers).status_code == 202
        assert item(newsroom).withheld is withheld
    assert item(newsroom).newest.state == "accepted"


def test_a_killed_hold_is_dead(newsroom: Any) -> None:
    tell(newsroom, "withheld", 11)
    tell(newsroom, "canceled", 12)
    assert send(newsroom, 12)["state"] == "withdrawn"
    send(newsroom, status=409)


def test_put_takes_kills_and_holds_of_the_revision_it_names(newsroom: Any) -> None:
    indexed(newsroom)
    path = f"/v1/stories/{item(newsroom).id}"

    def put(pub_status: str, **headers: str) -> int:
        sent = json.dumps({"uri": URI, "pubStatus": pub_status})
        answer = newsroom.ask("PUT", path, data=sent, content_type="application/ninjs+json", headers=headers)
        return int(answer.status_code)

    assert put("withheld") == 428
    assert put("withheld", **{"If-Match": '"1"'}) == 202
    assert item(newsroom).withheld
    assert put("canceled", **{"If-Match": '"2"'}) == 412
    assert put("canceled", **{"If-Match": '"3"'}) == 202
    assert item(newsroom).newest.action == "withdraw"
    assert put("withheld", **{"If-Match": '"4"'}) == 409


@pytest.mark.parametrize("came_before", [True, False])
def test_the_text_of_a_hold_that_came_without_it_is_a_revision_and_stays_held(newsroom: Any, came_before: bool) -> None:
    if came_before:
        indexed(newsroom)
    told = tell(newsroom, "withheld", 12)
    index_all(newsroom.ledger)
    receipt = send(newsroom, 12, pubStatus="withheld", headlines=[{"value": "Bridge closes"}])
    assert (receipt["state"], receipt["revision"], headline(newsroom)) == (
        "held", told["revision"] + 1, "Bridge closes"
    )  # fmt: skip
    assert item(newsroom).withheld
    again = send(newsroom, 12, pubStatus="withheld", headlines=[{"value": "Other"}])
    assert again["revision"] == receipt["revision"]
    assert tell(newsroom, "withheld", 12)["revision"] == receipt["revision"]
    index_all(newsroom.ledger)
    assert published(newsroom) == ("withdraw" if came_before else None)
    assert send(newsroom, 13)["state"] == "accepted"


def test_a_hold_without_a_text_says_so_in_ninjs_own_words(newsroom: Any) -> None:
    indexed(newsroom)
    path = f"/v1/stories/{tell(newsroom, 'withheld', 12)['id']}"
    assert newsroom.ask("GET", path).get_json()["ninjs"]["representationType"] == "partial"
    send(newsroom, 12, pubStatus="withheld")
    assert "representationType" not in newsroom.ask("GET", path).get_json()["ninjs"]
