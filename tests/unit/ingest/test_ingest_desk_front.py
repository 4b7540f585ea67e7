"""The editor's page of the front: steps that aren't saved yet, saving them, what others changed, going back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any, Final
from unittest.mock import patch

import pytest
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from dateline.documents.preview import FrontPreview, read_front_preview
from dateline.domain.front import Placement
from dateline.errors import IndexUnavailable
from dateline_ingest.context import Parts
from dateline_ingest.desk.front.page import MOST_HIDDEN_LISTED
from ledgers import token_of
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import hidden, sign_in
from unit.web.documents import MINSK, story

FORM: Final = '<form class="arrangement"'
HEADLINES: Final = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")


@pytest.fixture
def stories(newsroom: Newsroom, index: EmbeddedIndex) -> dict[str, str]:
    """Public stories by headline, the newest first; their ids."""
    parts: Parts = newsroom.app.extensions["dateline"]
    newsroom.app.extensions["dateline"] = replace(parts, index=index)
    ids = {headline: str(newsroom.submit("edda", headline=headline)["id"]) for headline in HEADLINES}
    now = datetime.now(UTC)
    index.put([
        story(headline, id=id, summary="So.", published_at=now - timedelta(hours=hours), section="news")
        for hours, (headline, id) in enumerate(ids.items())
    ])  # fmt: skip
    return ids


@pytest.fixture
def edda(newsroom: Newsroom) -> FlaskClient:
    return sign_in(newsroom.client, "edda")


def sent(page: str) -> list[tuple[str, str]]:
    """What the form of a page would send."""
    whole = page[page.index(FORM) : page.index("</form>", page.index(FORM))]
    fields = [dict(re.findall(r'(name|value)="([^"]*)"', written)) for written in re.findall(r"<input ([^>]*)>", whole)]
    chosen = re.search(r'<option value="([^"]*)" selected', whole)
    typed = [(one["name"], unescape(one.get("value", ""))) for one in fields]
    return [*typed, *([("breaking_story", chosen[1])] if chosen else [])]


def do(browser: FlaskClient, page: str, doing: str, path: str = "/front", **typed: str) -> Any:
    """Press a button of a page, some fields typed over."""
    fields: dict[str, list[str]] = {"do": [doing]}
    for name, value in sent(page):
        fields.setdefault(name, []).append(value)
    return browser.post(path, data=fields | {name: [value] for name, value in typed.items()})


def slot(page: str, name: str) -> list[str]:
    """The headlines in a list of the page."""
    begin = page.index(f'data-slot="{name}"')
    return re.findall(r'class="headline".*?<a [^>]*>([^<]*)</a>', page[begin : page.index("</ol>", begin)])


def preview(page: str) -> FrontPreview:
    return read_front_preview(hidden(page, "preview"), "p" * 32, datetime.now(UTC))


def test_steps_are_shown_and_looked_at_before_they_are_saved(
    newsroom: Newsroom, stories: dict[str, str], edda: FlaskClient
) -> None:
    page = edda.get("/front").text
    assert (slot(page, "lead"), slot(page, "second")) == (["Alpha"], ["Beta", "Gamma", "Delta"])
    assert "As it is on the site." in page and preview(page).placement == Placement()
    page = do(edda, page, f"lead {stories['Epsilon']}").text
    page = do(edda, page, f"hide {stories['Beta']}").text
    page = do(edda, page, f"up {stories['Delta']}").text
    page = do(edda, page, f"up {stories['Delta']}").text
    assert (slot(page, "lead"), slot(page, "second")) == (["Epsilon"], ["Delta", "Alpha", "Gamma"])
    assert slot(page, "hide") == ["Beta"]
    second = (stories["Delta"], stories["Alpha"])  # what stood before it keeps its place
    placed = Placement(lead=stories["Epsilon"], second=second, hidden=(stories["Beta"],))
    assert preview(page).placement == placed
    assert "put ‘Epsilon’ on top; put ‘Delta’ in place 1 of the second row" in page and "; hid ‘Beta’" in page
    assert newsroom.ask("GET", "/v1/front", "edda").get_json()["revision"] == 0
    assert do(edda, page, "save").status_code == 303
    answer = newsroom.ask("GET", "/v1/front", "edda").get_json()
    assert (answer["lead"], answer["second"], answer["hidden"]) == (placed.lead, [*placed.second], [*placed.hidden])
    page = edda.get("/front").text
    assert "<bdi>edda</bdi> put ‘Epsilon’ on top" in page and "As it is on the site." in page


def test_an_end_and_a_breaking_line(newsroom: Newsroom, stories: dict[str, str], edda: FlaskClient) -> None:
    page = do(edda, edda.get("/front").text, "end until tonight").text
    tomorrow = f"{datetime.now(MINSK) + timedelta(days=1):%Y-%m-%dT00:00}"
    assert dict(sent(page))["until"] == tomorrow
    refused = do(edda, page, "save", breaking_text="Fire in <the> port.", breaking_story=stories["Beta"])
    assert refused.status_code == 422 and "Say until when the line stands." in refused.text
    assert "Fire in &lt;the&gt; port." in refused.text and dict(sent(refused.text))["until"] == tomorrow
    line = preview(refused.text).placement.breaking
    assert line and line.text == "Fire in <the> port."
    over = do(edda, refused.text, "save", until="2020-01-01T10:00", breaking_until="soon")
    assert over.status_code == 422 and "This is no date and time" in over.text
    over = do(edda, refused.text, "save", until="2020-01-01T10:00", breaking_until=tomorrow)
    assert over.status_code == 422 and "This time is over." in over.text
    assert do(edda, over.text, "save", until=tomorrow).status_code == 303
    answer = newsroom.ask("GET", "/v1/front", "edda").get_json()
    assert (answer["breaking"]["text"], answer["breaking"]["story"]) == ("Fire in <the> port.", stories["Beta"])
    page = edda.get("/front").text
    assert f'value="{stories["Beta"]}" selected' in page and "set the breaking line" in page


def test_a_late_save_shows_what_others_changed_and_keeps_what_was_done(
    newsroom: Newsroom, stories: dict[str, str], edda: FlaskClient
) -> None:
    mine = do(edda, edda.get("/front").text, f"lead {stories['Gamma']}").text
    body = {"second": [stories["Delta"]]}
    assert newsroom.ask("PUT", "/v1/front", "edda", json=body).status_code == 202
    stale = do(edda, mine, "save")
    assert stale.status_code == 412
    assert "The front was changed meanwhile" in stale.text
    assert "put ‘Delta’ in place 1 of the second row" in stale.text[: stale.text.index('data-slot="lead"')]
    assert slot(stale.text, "lead") == ["Gamma"]
    assert do(edda, stale.text, "save").status_code == 303
    answer = newsroom.ask("GET", "/v1/front", "edda").get_json()
    assert (answer["lead"], answer["second"], answer["revision"]) == (stories["Gamma"], [], 2)


def test_an_earlier_front_is_made_again_without_an_end_that_is_over(
    newsroom: Newsroom, stories: dict[str, str], edda: FlaskClient
) -> None:
    soon = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
    newsroom.ask("PUT", "/v1/front", "edda", json={"lead": stories["Beta"], "until": soon})
    newsroom.ask("PUT", "/v1/front", "edda", json={}, headers={"If-Match": '"1"'})
    page = edda.get("/front").text
    fields = {"csrf_token": hidden(page, "csrf_token"), "revision": "2"}
    with patch("dateline_ingest.desk.front.pages.datetime") as clock:
        clock.now.return_value = datetime.now(UTC) + timedelta(hours=1)
        assert edda.post("/front/revisions/1/restore", data=fields).status_code == 303
    answer = newsroom.ask("GET", "/v1/front", "edda").get_json()
    assert (answer["lead"], answer["until"], answer["revision"]) == (stories["Beta"], None, 3)
    late = edda.post("/front/revisions/2/restore", data=fields, follow_redirects=True).text
    assert "Somebody changed it since this page was shown." in late
    assert edda.post("/front/revisions/9/restore", data=fields, follow_redirects=True).status_code == 200
    assert newsroom.ask("GET", "/v1/front", "edda").get_json()["revision"] == 3


def test_a_story_is_found_by_its_headline(newsroom: Newsroom, stories: dict[str, str], edda: FlaskClient) -> None:
    held = newsroom.submit("edda", headline="Budget speech", embargo_until="2099-01-01T00:00:00Z")["id"]
    page = do(edda, edda.get("/front").text, "look", q="eps").text
    assert f'value="lead {stories["Epsilon"]}"' in page[: page.index('data-slot="lead"')]
    page = do(edda, page, "look", q="budg").text
    assert "held under embargo" in page and "readers don’t see it yet" in page
    page = do(edda, page, f"lead {held}").text
    assert slot(page, "lead") == ["Budget speech"] and do(edda, page, "save").status_code == 303
    assert "No story has a headline with" in do(edda, page, "look", q="zzz").text


def test_of_many_that_are_hidden_the_last_are_listed_and_all_stay(
    newsroom: Newsroom, stories: dict[str, str], edda: FlaskClient
) -> None:
    many = [str(newsroom.submit("edda", headline=f"Old {number}")["id"]) for number in range(MOST_HIDDEN_LISTED + 2)]
    assert newsroom.ask("PUT", "/v1/front", "edda", json={"hidden": many}).status_code == 202
    page = edda.get("/front").text
    assert slot(page, "hide")[:2] == ["Old 21", "Old 20"] and "And 2 hidden longer ago" in page
    page = do(edda, page, "look", q="Old 0").text
    assert f'value="release {many[0]}"' in page
    assert do(edda, do(edda, page, f"release {many[0]}").text, "save").status_code == 303
    assert newsroom.ask("GET", "/v1/front", "edda").get_json()["hidden"] == many[1:]


def test_a_section_has_a_page_of_its_own(newsroom: Newsroom, stories: dict[str, str], edda: FlaskClient) -> None:
    page = edda.get("/front?section=news").text
    assert "The front of News" in page and slot(page, "lead") == ["Alpha"]
    page = do(edda, page, f"lead {stories['Beta']}", "/front?section=news").text
    assert preview(page).placement.page == "news"
    assert do(edda, page, "save", "/front?section=news").location == "/front?section=news"
    assert newsroom.ask("GET", "/v1/front?section=news", "edda").get_json()["lead"] == stories["Beta"]
    assert newsroom.ask("GET", "/v1/front", "edda").get_json()["lead"] is None
    assert edda.get("/front?section=none").status_code == 404


def test_without_the_index_the_front_can_be_changed_all_the_same(
    newsroom: Newsroom, stories: dict[str, str], edda: FlaskClient
) -> None:
    newsroom.ask("PUT", "/v1/front", "edda", json={"lead": stories["Beta"]})
    index = newsroom.app.extensions["dateline"].index
    away = IndexUnavailable("It is away.")
    with patch.object(index, "get", side_effect=away), patch.object(index, "search", side_effect=away):
        page = edda.get("/front").text
        assert "The site’s index can’t be reached" in page and slot(page, "lead") == ["Beta"]
        page = do(edda, page, f"hide {stories['Beta']}").text
        assert slot(page, "hide") == ["Beta"] and do(edda, page, "save").status_code == 303


def test_only_editors_and_only_with_their_own_form(newsroom: Newsroom, stories: dict[str, str]) -> None:
    rita = sign_in(newsroom.client)
    assert rita.get("/front").status_code == 403
    edda = sign_in(newsroom.client, "edda")
    assert edda.post("/front", data={"do": "save", "revision": "0"}).status_code == 400
    policy = edda.get("/front").headers["Content-Security-Policy"]
    assert "frame-src http://localhost:8000" in policy and "form-action 'self' http://localhost:8000" in policy
    assert token_of(newsroom.ledger, "edda").role == "editor"
