"""The section that a story names: known, or made by who may."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from dateline.domain.payload import from_payload
from dateline.domain.term import Term
from dateline_ingest.app import build_parts
from dateline_ingest.sections import nearest_sections
from dateline_ingest.vocabulary.term_editor import Entry
from fakes.words import FewWords
from unit.ingest.conftest import STORY
from unit.ingest.desk_pages import form, sign_in

MATCH = {"If-Match": '"1"'}


def test_a_section_that_an_editor_names_first_is_made(newsroom: Any) -> None:
    newsroom.submit("edda", section="opinions-and-interviews")
    assert newsroom.items["section:opinions-and-interviews"].label == "Opinions and interviews"


def test_a_section_has_its_page_once_an_editor_writes_it(newsroom: Any) -> None:
    newsroom.submit("edda", section="bridges")
    made = from_payload(Term, newsroom.items["section:bridges"].newest.payload)
    assert made.named_by_story
    newsroom.words.terms.append(made)
    item = newsroom.items["section:bridges"]
    assert not Entry(key=made.key, term=made, item=item).has_page
    assert Entry(key=made.key, term=made, item=replace(item, published_revision=1)).has_page
    shown = newsroom.ask("GET", "/v1/terms/section/bridges", "edda")
    assert shown.get_json()["term"] == {"type": "section", "slug": "bridges", "label": "Bridges"}
    newsroom.ask("PUT", "/v1/terms/section/bridges", "edda", json=shown.get_json()["term"], headers=MATCH)
    item = newsroom.items["section:bridges"]
    assert Entry(key=made.key, term=from_payload(Term, item.newest.payload), item=item).has_page


def test_a_reporter_makes_no_section_and_is_told_the_nearest(newsroom: Any) -> None:
    newsroom.words.terms += [Term(type="section", slug=slug, label=slug) for slug in ("society", "sport", "culture")]
    refused = newsroom.ask("POST", "/v1/stories", json={**STORY, "section": "societty"})
    assert refused.status_code == 422
    (error,) = refused.get_json()["errors"]
    assert error["pointer"] == "/section"
    assert "society" in error["detail"]
    assert "culture" not in error["detail"]
    assert newsroom.items == {}
    assert newsroom.submit(section="society")["revision"] == 1


def test_where_no_section_is_near_the_first_of_the_paper_are_named() -> None:
    words = FewWords()
    words.terms += [Term(type="section", slug=slug, label=slug, order=n) for n, slug in enumerate("dcba")]
    assert nearest_sections("xyzzy", words) == ("c", "b", "a")


def test_where_there_is_no_section_none_is_named(newsroom: Any) -> None:
    newsroom.words.terms.clear()
    refused = newsroom.ask("POST", "/v1/stories", json={**STORY, "section": "news"})
    assert "none yet" in refused.get_json()["errors"][0]["detail"]


def test_a_correction_makes_no_section_either(newsroom: Any) -> None:
    path = f"/v1/stories/{newsroom.submit(section='news')['id']}"
    refused = newsroom.ask("PUT", path, json={**STORY, "section": "nwes"}, headers=MATCH)
    assert refused.status_code == 422
    assert "news" in refused.get_json()["errors"][0]["detail"]


def test_a_story_may_stay_in_a_section_that_was_taken_out(newsroom: Any) -> None:
    path = f"/v1/stories/{newsroom.submit(section='news')['id']}"
    newsroom.words.terms.clear()
    corrected = newsroom.ask("PUT", path, json={**STORY, "byline": "Rita", "section": "news"}, headers=MATCH)
    assert corrected.status_code == 202
    assert "section:news" not in newsroom.items


def test_an_unknown_section_in_a_bulk_harms_no_other_line(newsroom: Any) -> None:
    lines = "\n".join(json.dumps({**STORY, "section": section}) for section in ("news", "nwes", "news"))
    answer = newsroom.ask("POST", "/v1/stories/bulk", data=lines, content_type="application/x-ndjson")
    answers = [json.loads(line) for line in answer.text.splitlines()]
    assert [one["status"] for one in answers] == [202, 422, 202]
    assert answers[1]["errors"][0]["pointer"] == "/section"


def test_the_desk_names_the_nearest_beside_the_field(newsroom: Any) -> None:
    browser = newsroom.client
    sign_in(browser)
    answer = browser.post("/stories", data=form(browser, **STORY, section="nwes"))
    assert answer.status_code == 422
    assert "There is no section &#39;nwes&#39;. The nearest known: news." in answer.text
    assert newsroom.items == {}


def test_a_newsroom_may_let_reporters_make_sections(newsroom: Any) -> None:
    parts = newsroom.app.extensions["dateline"]
    settings = replace(parts.settings, reporters_make_sections=True)
    generous = build_parts(settings, newsroom.ledger, newsroom.wakeup, newsroom.words)
    newsroom.app.extensions = {**newsroom.app.extensions, "dateline": generous}
    newsroom.submit(section="rail")
    assert newsroom.items["section:rail"].label == "Rail"
