"""The fields of the desk that know: the section, the embargo's date and time, and what the button says."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from dateline_ingest.desk.outcome import NOW, outcome
from dateline_ingest.desk.story_form import StoryForm, embargo_parts

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


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no {name} in the page"
    return unescape(found.group(1))


def sign_in(browser: FlaskClient, name: str) -> FlaskClient:
    token = hidden(browser.get("/").text, "csrf_token")
    browser.post("/sign-in", data={"token": f"secret-{name}", "csrf_token": token})
    return browser


def form(browser: FlaskClient, path: str = "/", **fields: str) -> dict[str, str]:
    page = browser.get(path).text
    return {"csrf_token": hidden(page, "csrf_token"), "key": hidden(page, "key"), **fields}


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


def test_a_section_is_a_choice_and_an_editor_may_name_a_new_one(newsroom: Any) -> None:
    reporter, editor = sign_in(newsroom.client, "rita").get("/").text, sign_in(newsroom.client, "edda").get("/").text
    assert '<option value="news">News</option>' in reporter
    assert re.search(r'<select id="section"', reporter)
    assert re.search(r'<input id="section"[^>]* list="sections"', editor)
    assert '<option value="news">News</option>' in editor


def test_a_section_that_is_gone_stays_chosen_until_one_chooses(newsroom: Any) -> None:
    browser = sign_in(newsroom.client, "rita")
    path = browser.post("/drafts", data=form(browser, section="gone")).headers["Location"]
    assert '<option value="gone" selected>gone</option>' in browser.get(path).text
