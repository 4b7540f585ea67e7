"""After an erasure nothing tells the words that only the erased item had: no page, list, suggestion or spelling."""

from __future__ import annotations

from typing import Any, Final

import pytest

from contract.calendars.conftest import Newsroom

WORD: Final = "quuxanzibar"
STORY: Final[dict[str, Any]] = {
    "headline": "Quuxanzibar opens", "section": "quuxanzibar-affair", "slugline": "quuxanzibar",
    "body_text": "A judge spoke. It is late, Quuxanzibar Holm said. Quuxanzibar Holm left Quuxanzibar Street.",
    "keywords": ["quuxanzibar"], "byline": "By Quuxanzibar Holm",
}  # fmt: skip
PAGES: Final = (
    "/", "/sections", "/sections/quuxanzibar-affair", "/people", "/places", "/topics", "/organisations",
    "/sitemap.xml", "/sitemap-sections-1.xml",
    "/search?q=quuxanzibra", "/v1/search?q=quuxanzibra", "/v1/search?q=quuxanzibar", "/v1/suggest?q=quux",
    "/v1/tags/section", "/v1/tags/section/quuxanzibar-affair", "/v1/tags/person", "/search.atom",
)  # fmt: skip


def submit(paper: Newsroom, path: str = "/v1/stories", **more: Any) -> str:
    """Submit as an editor, and let the worker publish; the id."""
    answer = paper.ask("POST", path, json={**STORY, **more})
    assert answer.status_code == 202, answer.text
    publish(paper)
    return str(answer.get_json()["id"])


def publish(paper: Newsroom) -> None:
    while paper.pipeline.take_batch():
        pass
    paper.index.refresh()


def erase(paper: Newsroom, item_id: str) -> None:
    by = paper.ledger.live_token("edda")
    assert by is not None
    paper.ledger.erase(item_id, "court order", by)
    publish(paper)


def told(paper: Newsroom) -> set[str]:
    """The pages that say the word without being asked for it."""
    said = set()
    for path in PAGES:
        text = paper.reader.get(path, follow_redirects=True).text.casefold()
        for asked in ("quuxanzibra", "q=quuxanzibar", '"q": "quuxanzibar"', "/sections/quuxanzibar-affair", path):
            text = text.replace(asked, "")
        if WORD in text:
            said.add(path)
    return said


def test_nothing_is_left_that_only_the_erased_story_had(paper: Newsroom) -> None:
    story = submit(paper)
    before = told(paper)
    assert {"/sections", "/v1/suggest?q=quux", "/v1/search?q=quuxanzibra"} <= before, before
    assert any(WORD in proposal.slug for proposal in paper.ledger.proposals())
    erase(paper, story)
    assert told(paper) == set()
    assert paper.reader.get("/sections/quuxanzibar-affair").status_code in (404, 410)
    assert not [one for one in paper.ledger.proposals() if WORD in one.slug]
    assert WORD not in paper.ask("GET", "/v1/terms?type=section&q=quux").text
    assert WORD not in paper.ask("GET", "/v1/stories").text


@pytest.mark.parametrize("first", [True, False])
def test_it_goes_with_the_last_that_had_it(paper: Newsroom, first: bool) -> None:
    stories = [submit(paper), submit(paper)]
    kept = stories.pop(0 if first else 1)
    erase(paper, stories[0])
    assert {"/sections", "/v1/suggest?q=quux"} <= told(paper)
    assert any(WORD in proposal.slug for proposal in paper.ledger.proposals())
    erase(paper, kept)
    assert told(paper) == set()
    assert not [one for one in paper.ledger.proposals() if WORD in one.slug]


CALENDAR: Final = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:quuxanzibar@a.b\r\nDTSTART:20270101T100000Z\r\n"
    "SUMMARY:Quuxanzibar opens\r\nSEQUENCE:{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def imported(paper: Newsroom, sequence: int) -> dict[str, Any]:
    answer = paper.ask("POST", "/v1/events/import", data=CALENDAR.format(sequence), content_type="text/calendar")
    publish(paper)
    [item] = answer.get_json()["items"]
    return dict(item)


def test_what_was_erased_does_not_come_in_again(paper: Newsroom) -> None:
    sent = {"external_id": "tag:a.b,2026:quuxanzibar", "source": "Quuxanzibar Agency"}
    key = {"Idempotency-Key": "quuxanzibar-1"}
    answer = paper.ask("POST", "/v1/stories", json={**STORY, **sent}, headers=key)
    event = imported(paper, 1)
    for item_id in (answer.get_json()["id"], event["id"]):
        erase(paper, item_id)
    assert WORD not in repr(list(paper.ledger.export())).casefold().replace("section:quuxanzibar-affair", "")
    assert paper.ask("POST", "/v1/stories", json={**STORY, **sent}).status_code == 409
    again = paper.ask("POST", "/v1/stories", json={**STORY, **sent}, headers=key)
    assert (again.status_code, again.get_json()["id"]) == (202, answer.get_json()["id"])
    assert [imported(paper, sequence)["status"] for sequence in (1, 2)] == [409, 409]
    assert told(paper) == set()


def test_a_section_that_an_event_stands_in_stays(paper: Newsroom) -> None:
    story = submit(paper)
    event = {"title": "Opening", "start": "2026-05-01T10:00:00+03:00", "section": STORY["section"]}
    assert paper.ask("POST", "/v1/events", json=event).status_code == 202
    publish(paper)
    erase(paper, story)
    assert "/sections" in told(paper)


def test_a_section_that_an_editor_made_or_changed_stays(paper: Newsroom) -> None:
    story = submit(paper)
    term = {"label": "The affair", "description_html": "<p>All about quuxanzibar.</p>"}
    path = "/v1/terms/section/quuxanzibar-affair"
    assert paper.ask("PUT", path, json=term, headers={"If-Match": '"1"'}).status_code == 202
    publish(paper)
    erase(paper, story)
    assert paper.ask("GET", path).get_json()["term"]["label"] == "The affair"


def test_a_section_comes_back_by_an_editors_word(paper: Newsroom) -> None:
    erase(paper, submit(paper))
    submit(paper)
    assert paper.reader.get("/sections/quuxanzibar-affair").status_code == 404
    path = "/v1/terms/section/quuxanzibar-affair"
    assert paper.ask("PUT", path, json={"label": "Quuxanzibar affair"}, headers={"If-Match": "*"}).status_code == 202
    publish(paper)
    assert paper.reader.get("/sections/quuxanzibar-affair").status_code == 200


def test_a_name_that_was_refused_goes_too(paper: Newsroom) -> None:
    story = submit(paper)
    by = paper.ledger.live_token("edda")
    assert by is not None
    named = [one for one in paper.ledger.proposals() if WORD in one.slug]
    assert named
    for one in named:
        assert paper.ask("POST", f"/v1/terms/{one.type}/{one.slug}/reject").status_code in (200, 202, 204)
    erase(paper, story)
    assert not [one for one in paper.ledger.proposals(status="rejected") if WORD in one.slug]
    assert WORD not in "".join(str(change) for change in paper.ledger.term_changes() if change.term)
