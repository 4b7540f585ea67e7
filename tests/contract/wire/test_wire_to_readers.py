"""What a wire sends, as readers get it: versions, kills, holds, and what comes out as ninjs again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contract.calendars.conftest import Newsroom
from contract.wire.conftest import Wire, publish
from dateline.formats.ninjs.schema import errors_in
from dateline_ingest.ninjs_versions import WITHHELD

FAULTS = Path(__file__).parents[2] / "faults"

KEPT: dict[str, Any] = {
    "profile": "text-only", "copyrightHolder": "BelTA", "copyrightNotice": "© BelTA", "usageTerms": "Not in print.",
    "rightsInfo": {"langId": "urn:rights", "linkedRights": "https://example.org/rights"},
    "genres": [{"name": "Current", "literal": "genre:Current"}], "events": [{"name": "The opening", "uri": "urn:e"}],
    "objects": [{"name": "Bridge", "uri": "urn:o"}], "expires": "2199-01-01T00:00:00Z", "title": "A title",
    "trustIndicators": [{"role": "urn:trust", "title": "Ethics", "href": "https://example.org/ethics"}],
    "digitalSourceType": {"name": "Composite", "uri": "https://example.org/composite"},
    "renditions": [{"name": "pdf", "href": "https://example.org/a.pdf", "sizeInBytes": 12}],
}  # fmt: skip


def found(newsroom: Newsroom, query: str = "bridge") -> list[str]:
    """The headlines that readers find."""
    return [one["headline"] for one in newsroom.reader.get(f"/v1/search?q={query}").get_json()["items"]]


def test_the_input_of_a_reported_fault(newsroom: Newsroom, wire: Wire) -> None:
    for sent in json.loads((FAULTS / "02a-ninjs-version.json").read_text()):
        wire(int(sent.pop("versionCreated")[11:13]), **sent)
    assert found(newsroom) == ["Third"]


def test_a_kill_takes_a_story_from_its_readers(newsroom: Newsroom, wire: Wire) -> None:
    story = wire(10)["id"]
    assert found(newsroom) == ["Bridge opens"]
    wire(11, bodies=[], headlines=[], pubStatus="canceled", edNote="It was another bridge.")
    gone = newsroom.reader.get(f"/v1/stories/{story}")
    assert (gone.status_code, found(newsroom)) == (410, [])
    assert gone.get_json()["detail"] == "It was another bridge."
    wire(9)
    assert found(newsroom) == []
    wire(12, headlines=[{"value": "Bridge opens after all"}])
    assert found(newsroom) == ["Bridge opens after all"]
    assert newsroom.reader.get(f"/v1/stories/{story}").status_code == 200


def test_what_is_withheld_goes_off_the_site_and_comes_back(newsroom: Newsroom, wire: Wire) -> None:
    story = wire(10)["id"]
    wire(11, pubStatus="withheld", headlines=[{"value": "Bridge may open"}], edNote="Wait for the lawyers.")
    gone = newsroom.reader.get(f"/v1/stories/{story}")
    assert (gone.status_code, gone.get_json()["detail"], found(newsroom)) == (410, WITHHELD, [])
    wire(12, headlines=[{"value": "Bridge opens at last"}])
    assert found(newsroom) == ["Bridge opens at last"]


def test_a_kill_of_what_never_came_shows_nothing(newsroom: Newsroom, wire: Wire) -> None:
    story = wire(11, bodies=[], headlines=[], pubStatus="canceled")["id"]
    wire(10)
    assert newsroom.reader.get(f"/v1/stories/{story}").status_code == 404
    assert found(newsroom) == []


def as_ninjs(newsroom: Newsroom, story: str) -> dict[str, Any]:
    """A story as readers' programs get it, valid by the schema."""
    shown: dict[str, Any] = newsroom.reader.get(f"/v1/stories/{story}?format=ninjs").get_json(force=True)
    assert not errors_in(shown, "3.1")
    return shown


def test_what_no_field_holds_comes_out_again(newsroom: Newsroom, wire: Wire) -> None:
    ids = [{"role": "guid", "value": "x-1"}]
    story = wire(10, **KEPT, altIds=ids, edNote="Call me.", plannedCoverage=[{"edNote": "Call him."}])["id"]
    shown = as_ninjs(newsroom, story)
    assert {name: shown[name] for name in KEPT} == KEPT
    assert shown["altIds"][0] == ids[0]
    assert "edNote" not in shown and "plannedCoverage" not in shown
    kept = newsroom.ask("GET", f"/v1/stories/{story}").get_json()["ninjs"]
    assert kept == {**KEPT, "altIds": ids, "edNote": "Call me.", "plannedCoverage": [{"edNote": "Call him."}],
                    "versionCreated": "2026-05-01T10:00:00Z"}  # fmt: skip
    assert found(newsroom, "lawyers") == found(newsroom, "print") == []


def test_what_version_2_says_comes_out_by_the_names_of_3(newsroom: Newsroom, wire: Wire) -> None:
    sent = {
        "uri": "urn:wire:2", "headlines": [{"value": "Road opens"}], "bodies": [{"value": "It is open."}],
        "copyrightnotice": "© BelTA", "rightsinfo": {"encodedrights": "all", "note": "x"}, "pubstatus": "usable",
        "altids": [{"role": "guid", "value": "x"}], "versioncreated": "2026-05-01T10:00:00Z",
        "renditions": [{"name": "pdf", "contenttype": "application/pdf", "width": 1.5}],
    }  # fmt: skip
    answer = newsroom.ask("POST", "/v1/stories", data=json.dumps(sent), content_type="application/ninjs+json")
    publish(newsroom)
    shown = as_ninjs(newsroom, answer.get_json()["id"])
    assert (shown["copyrightNotice"], shown["altIds"][0]["value"]) == ("© BelTA", "x")
    assert "rightsInfo" not in shown and "renditions" not in shown


def test_what_is_kept_outlives_an_editors_correction(newsroom: Newsroom, wire: Wire) -> None:
    story = wire(10, usageTerms="Not in print.")["id"]
    answer = newsroom.ask("PUT", f"/v1/stories/{story}", json={"headline": "Edited", "body_text": "It is open."},
                          headers={"If-Match": "*"})  # fmt: skip
    assert answer.status_code == 202
    publish(newsroom)
    assert as_ninjs(newsroom, story)["usageTerms"] == "Not in print."


def test_more_than_can_be_kept_is_refused(newsroom: Newsroom) -> None:
    sent = {"uri": "urn:x", "headlines": [{"value": "x"}], "bodies": [{"value": "x"}], "usageTerms": "x" * 40_000}
    answer = newsroom.ask("POST", "/v1/stories", data=json.dumps(sent), content_type="application/ninjs+json")
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "")


def test_an_ed_note_is_no_correction(newsroom: Newsroom, wire: Wire) -> None:
    story = wire(10, edNote="First.")["id"]
    wire(11, edNote="Second.", headlines=[{"value": "Bridge closes"}])
    shown = newsroom.reader.get(f"/v1/stories/{story}").get_json()
    assert [one["note"] for one in shown["corrections"]] == [""]
    assert "Second" not in newsroom.reader.get(f"/v1/stories/{story}?format=ninjs").text


@pytest.mark.parametrize(
    ("name", "body"),
    [("13a-teaser-before-main.json", "<p>The main body.</p>"), ("13b-charset-parameter.json", "<p>Body.</p>")],
)
def test_the_body_of_reported_faults(newsroom: Newsroom, name: str, body: str) -> None:
    answer = newsroom.ask(
        "POST", "/v1/stories", data=(FAULTS / name).read_bytes(), content_type="application/ninjs+json"
    )
    publish(newsroom)
    assert newsroom.reader.get(f"/v1/stories/{answer.get_json()['id']}").get_json()["body_html"] == body


@pytest.mark.parametrize(
    ("name", "pointer"),
    [
        ("14a-association-unknown-field.json", "/associations/0/colour"),
        ("14b-subject-misspelt.json", "/subjects/0/nmae"),
    ],
)
def test_what_reported_faults_misspell_is_refused(newsroom: Newsroom, name: str, pointer: str) -> None:
    sent = (FAULTS / name).read_bytes()
    answer = newsroom.ask("POST", "/v1/stories", data=sent, content_type="application/ninjs+json")
    assert (answer.status_code, [error["pointer"] for error in answer.get_json()["errors"]]) == (422, [pointer])
