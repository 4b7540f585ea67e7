"""The fields of the desk that know: the section, the embargo's date and time, and what the button says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dateline.domain.story import Story
from dateline_ingest.desk.forms.markdown import html_of_markdown
from dateline_ingest.desk.forms.story_form import StoryForm, embargo_parts, load_story
from dateline_ingest.desk.outcome import NOW, outcome
from ledgers import index_all
from unit.ingest.desk_pages import form, post, sign_in

MINSK = ZoneInfo("Europe/Minsk")
NOON = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("embargo", "zone", "words"),
    [
        (None, MINSK, NOW),
        (NOON, MINSK, NOW),
        (NOON + timedelta(hours=6), MINSK, "Hold until 18:00, Tuesday 1 December (Minsk)"),
        (NOON + timedelta(seconds=5), ZoneInfo("UTC"), "Hold until 09:00:05, Tuesday 1 December (UTC)"),
        (NOON + timedelta(days=31), ZoneInfo("America/New_York"), "Hold until 04:00, Friday 1 January 2027 (New York)"),
    ],
)
def test_the_button_says_what_will_happen(embargo: datetime | None, zone: ZoneInfo, words: str) -> None:
    assert outcome(embargo, zone, NOON) == words


@pytest.mark.parametrize(
    ("day", "clock", "typed", "parts"),
    [
        ("2026-12-01", "18:00", "2026-12-01T18:00:00", ("2026-12-01", "18:00")),
        ("2026-12-01", "18:00:30", "2026-12-01T18:00:30", ("2026-12-01", "18:00:30")),
        ("2026-12-01", "", "2026-12-01T00:00:00", ("2026-12-01", "00:00")),
        ("", "18:00", "T18:00:00", None),
        ("", "", "", ("", "")),
    ],
)
def test_an_embargo_is_a_date_and_a_time(day: str, clock: str, typed: str, parts: tuple[str, str] | None) -> None:
    form = StoryForm({"embargo_date": day, "embargo_time": clock})
    assert form.values.get("embargo_until", "") == typed
    assert embargo_parts(typed) == parts


WHOLE = {"headline": "Bridge opens", "body_text": "It is open."}


def test_a_held_story_promises_its_time_and_no_other(newsroom: Any) -> None:
    browser = sign_in(newsroom.client, "rita")
    later = (datetime.now(MINSK) + timedelta(days=2)).strftime("%Y-%m-%d")
    assert f">{NOW}</button>" in browser.get("/").text
    typed = form(browser, **WHOLE, embargo_date=later, embargo_time="18:00") | {"headline": ""}
    refused = browser.post("/stories", data=typed)
    assert refused.status_code == 422
    assert "Hold until 18:00, " in refused.text
    assert f'value="{later}"' in refused.text
    sent = browser.post("/stories", data=typed | WHOLE, follow_redirects=True).text
    assert "held until 18:00, " in sent
    assert "in a second or two" not in sent
    [item] = newsroom.items.values()
    assert item.embargo_until == datetime.fromisoformat(f"{later}T18:00:00+03:00")
    path = f"/stories/{item.id}/correct"
    same = form(browser, path, **WHOLE, revision="1", note="typo", embargo_date=later, embargo_time="18:00")
    assert browser.post(path, data=same).status_code == 303
    assert newsroom.items[item.id].embargo_until == item.embargo_until


def test_a_time_without_a_date_is_told(newsroom: Any) -> None:
    browser = sign_in(newsroom.client, "rita")
    refused = browser.post("/stories", data=form(browser, **WHOLE, embargo_time="18:00"))
    assert refused.status_code == 422
    assert 'href="#embargo_until"' in refused.text
    assert 'id="embargo_until"' in refused.text


def test_a_section_is_a_choice_and_an_editor_makes_one_elsewhere(newsroom: Any) -> None:
    reporter, editor = sign_in(newsroom.client, "rita").get("/").text, sign_in(newsroom.client, "edda").get("/").text
    assert '<option value="news">News</option>' in reporter
    assert re.search(r'<select id="section"', reporter)
    assert re.search(r'<select id="section"', editor) and 'href="/sections"' in editor
    assert '<option value="news">News</option>' in editor


def test_a_section_that_is_gone_stays_chosen_until_one_chooses(newsroom: Any) -> None:
    browser = sign_in(newsroom.client, "rita")
    path = browser.post("/drafts", data=form(browser, section="gone")).headers["Location"]
    assert '<option value="gone" selected>gone</option>' in browser.get(path).text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("It is *open*.", "<p>It is <em>open</em>.</p>\n"),
        ("## Bridge\n\n- one\n- two", "<h2>Bridge</h2>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("[More](https://example.org/)", '<p><a href="https://example.org/">More</a></p>\n'),
        ("| a |\n|---|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>\n"),
        ("<b>*x*</b>", "<p>&lt;b&gt;<em>x</em>&lt;/b&gt;</p>\n"),
        ("It is open.\nIt was closed.\n\n    Indented, with <b>signs</b> & 5 * 3 * 2 and snake_case_words", None),
        ("*" * 300_000, None),
    ],
)  # fmt: skip
def test_markdown_becomes_html_and_plain_text_stays_plain(text: str, html: str | None) -> None:
    assert html_of_markdown(text) == html


def test_a_text_with_markdown_is_stored_as_html(newsroom: Any) -> None:
    browser = sign_in(newsroom.client, "rita")
    browser.post("/stories", data=form(browser, **WHOLE | {"body_text": "It is **open**. [x](javascript:alert(1))"}))
    [item] = newsroom.items.values()
    payload = item.newest.payload
    assert payload["body_html"] == "<p>It is <strong>open</strong>. [x](javascript:alert(1))</p>\n"
    assert "body_text" not in payload


def test_byline_and_place_complete_from_what_readers_see_and_the_vocabulary(newsroom: Any) -> None:
    newsroom.submit(byline="Rita Bright", place="Brest-Litovsk")
    newsroom.submit(byline="Rita Bright", place="Minsk")
    newsroom.submit(byline="Otto", place="Minsk")
    index_all(newsroom.ledger)
    newsroom.submit(byline="Held Back", place="Brno", embargo_until="2100-01-01T00:00:00Z")

    def completed(field: str, typed: str) -> list[str]:
        items: list[str] = newsroom.ask("GET", f"/completions?field={field}&q={typed}").get_json()["items"]
        return items

    assert completed("place", "br") == ["Brest-Litovsk", "Brest"]
    assert completed("byline", "bri") == ["Rita Bright"]
    assert completed("byline", "") == ["Rita Bright", "Otto"]
    assert completed("place", "it") == []
    assert newsroom.ask("GET", "/completions?field=headline&q=b").status_code == 404
    assert newsroom.ask("GET", "/completions?field=place", "olga").status_code == 403
    page = sign_in(newsroom.client, "rita").get("/").text
    assert '<option value="Rita Bright">' in page
    assert "Held Back" not in page


def test_a_form_says_the_language_of_its_story_also_where_that_is_the_usual_one() -> None:
    story = Story(**load_story({"headline": "Bridge", "body_text": "Open.", "published_at": "2026-03-01T10:00:00Z"}))
    assert StoryForm.of(story, MINSK).values["language"] == "en"


def test_a_slugline_is_made_by_the_houses_pattern(newsroom: Any) -> None:
    browser = sign_in(newsroom.client)
    parts = newsroom.client.application.extensions["dateline"]
    settings = replace(parts.settings, slugline="{PLACE}-{words}")
    newsroom.client.application.extensions["dateline"] = replace(parts, settings=settings)
    assert "empty: {PLACE}-{words}" in browser.get("/").text
    typed = {"headline": "Bridge opens", "body_text": "It is open.", "place": "Brest"}
    for slugline, kept in (("", "BREST-bridge-opens"), ("by-hand", "by-hand")):
        answer = post(browser, "/stories", "/", **typed, slugline=slugline)
        story = answer.headers["Location"].rsplit("/", 1)[1]
        assert newsroom.ask("GET", f"/v1/stories/{story}").get_json()["story"]["slugline"] == kept
