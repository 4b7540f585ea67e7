"""Tags while one writes: the list, what a reporter says of it, and what is stored of that."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from dateline.domain.tag import TagRef
from dateline.domain.term import Term
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import form, hidden, sign_in

TEXT = {"headline": "A bridge", "body_text": "Ann Lee came to Brest."}


@pytest.fixture
def browser(newsroom: Newsroom) -> FlaskClient:
    browser = newsroom.client
    sign_in(browser)
    return browser


def tags(page: str, box: str = "keep") -> list[str]:
    """The keys of the boxes of one kind."""
    return re.findall(rf'name="{box}:([^"]+)"', page)


def stored(newsroom: Newsroom) -> dict[str, Any]:
    """The only story, as it was sent."""
    [item] = newsroom.items.values()
    assert item.newest.payload
    return {name: item.newest.payload.get(name) for name in ("tags", "removed_tags")}


def test_the_list_has_the_tags_with_their_words(browser: FlaskClient) -> None:
    page = browser.post("/tags", data=form(browser, **TEXT)).text
    assert tags(page) == ["person:ann-lee", "place:brest"]
    [words, *_] = re.findall(r"data-words='([^']*)'", page)
    assert json.loads(unescape(words)) == [{"before": 0, "field": "body_text", "text": "Ann Lee"}]
    assert "“Brest”" in page
    assert "<html" not in page


def test_words_count_in_the_text_that_will_be_stored(browser: FlaskClient) -> None:
    typed = form(browser, headline="x", body_html="<p>A <b>bri</b>dge</p><p>in\nBrest</p>", body_text="else")
    page = browser.post("/tags", data=typed).text
    assert '"before": 9' in unescape(page)
    assert tags(browser.post("/tags", data=form(browser, headline="x", body_text="**Br**est")).text) == ["place:brest"]


def test_who_is_not_signed_in_gets_no_list(newsroom: Newsroom) -> None:
    assert newsroom.client.post("/tags", data=TEXT).status_code == 401
    assert newsroom.client.get("/completions/tags?q=bre").status_code == 401


def test_a_removed_tag_is_stored_as_removed_and_shown_again(newsroom: Newsroom, browser: FlaskClient) -> None:
    typed = form(browser, **TEXT) | {"tag:place:brest": "found", "tag:person:ann-lee": "found"}
    typed |= {"keep:person:ann-lee": "1", "add:topic:bridges": "1"}
    page = browser.post("/stories", data={**typed, "show_tags": "1"}).text
    assert tags(page) == ["person:ann-lee", "topic:bridges"]
    assert tags(page, "back") == ["place:brest"]
    assert hidden(page, "removed_tags") == "place:brest"
    answer = browser.post("/stories", data=typed)
    assert stored(newsroom) == {
        "tags": [{"type": "topic", "slug": "bridges"}], "removed_tags": [{"type": "place", "slug": "brest"}],
    }  # fmt: skip
    page = browser.get(f"{answer.headers['Location']}/correct").text
    assert (hidden(page, "topics"), hidden(page, "removed_tags")) == ("bridges", "place:brest")
    assert tags(page, "back") == ["place:brest"]


def test_a_draft_keeps_them(newsroom: Newsroom, browser: FlaskClient) -> None:
    typed = form(browser, **TEXT) | {"tag:place:brest": "found", "topics": "bridges"}
    answer = browser.post("/drafts", data=typed)
    page = browser.get(answer.headers["Location"]).text
    assert tags(page) == ["person:ann-lee", "topic:bridges"]
    assert hidden(page, "removed_tags") == "place:brest"
    draft = newsroom.ask("GET", f"/v1{answer.headers['Location']}").get_json()["story"]
    assert (draft["tags"], draft["removed_tags"]) == ({"topics": ["bridges"]}, {"places": ["brest"]})


def test_a_tag_is_added_by_its_name_where_it_is_one_terms(newsroom: Newsroom, browser: FlaskClient) -> None:
    newsroom.words.terms.append(Term(type="place", slug="brest-fr", label="Brest"))
    page = browser.post("/stories", data=form(browser, **TEXT, add_tag="bridges, Brest", show_tags="1")).text
    assert hidden(page, "topics") == "bridges"
    assert tags(page, "add") == ["place:brest", "place:brest-fr"]
    assert 'id="add_tag" name="add_tag" dir="auto" value="Brest"' in page


@pytest.mark.parametrize("name", ["Brest", "Nobody"])
def test_a_name_that_is_several_or_none_is_asked_back(newsroom: Newsroom, browser: FlaskClient, name: str) -> None:
    newsroom.words.terms.append(Term(type="place", slug="brest-fr", label="Brest"))
    answer = browser.post("/stories", data=form(browser, headline="x", body_text="y", add_tag=name))
    assert answer.status_code == 422
    assert 'href="#add_tag"' in answer.text
    assert not newsroom.items
    chosen = form(browser, headline="x", body_text="y", add_tag=name) | {"add:place:brest-fr": "1"}
    assert browser.post("/stories", data=chosen).status_code == (303 if name == "Brest" else 422)


def test_namesakes_are_told_apart(newsroom: Newsroom, browser: FlaskClient) -> None:
    in_brittany = {"aliases": ("Brest",), "description_html": "<p>In <b>Brittany</b></p>"}
    newsroom.words.terms.append(Term(type="place", slug="brest-fr", label="Brest-sur-Mer", **in_brittany))  # type: ignore[arg-type]
    page = browser.post("/tags", data=form(browser, **TEXT)).text
    assert re.findall(r'<option value="([^"]+)"( selected)?>([^<]+)<', page) == [
        ("place:brest", " selected", "Brest, place"), ("place:brest-fr", "", "Brest-sur-Mer, In Brittany"),
    ]  # fmt: skip
    instead = {"tag:place:brest": "found", "keep:place:brest": "1", "instead:place:brest": "place:brest-fr"}
    browser.post("/stories", data=form(browser, **TEXT) | instead)
    assert stored(newsroom) == {
        "tags": [{"type": "place", "slug": "brest-fr"}], "removed_tags": [{"type": "place", "slug": "brest"}],
    }  # fmt: skip


def test_completion_is_by_label_and_alias(browser: FlaskClient) -> None:
    items = browser.get("/completions/tags?q=lee").get_json()["items"]
    assert items == [{"key": "person:ann-lee", "type": "person", "label": "Ann Lee", "about": "", "name": "Ann Lee"}]
    assert browser.get("/completions/tags?q=").get_json() == {"items": []}
    assert browser.get("/completions/tags?q=news").get_json() == {"items": []}


def test_a_correction_shows_an_editors_word(newsroom: Newsroom, browser: FlaskClient) -> None:
    story = newsroom.submit(**TEXT)["id"]
    editor = newsroom.ledger.find_token("secret-edda")
    assert editor is not None
    bridges, brest = TagRef(type="topic", slug="bridges"), TagRef(type="place", slug="brest")
    newsroom.ledger.set_editor_tags(story, [bridges], [brest], editor)
    page = browser.get(f"/stories/{story}/correct").text
    assert tags(page) == ["person:ann-lee", "topic:bridges"]
    assert tags(page, "back") == []
    assert "by an editor" in page
    typed = form(browser, f"/stories/{story}/correct", **TEXT)
    assert tags(browser.post(f"/stories/{story}/tags/found", data=typed).text) == ["person:ann-lee", "topic:bridges"]


def test_a_long_text_is_tagged_where_it_is_asked_for(browser: FlaskClient) -> None:
    typed = form(browser, headline="", body_text="In Brest. " * 2_001)
    page = browser.post("/stories", data=typed).text
    assert tags(page) == []
    assert "The text is long" in page
    assert tags(browser.post("/tags", data=typed).text) == ["place:brest"]


def test_an_empty_form_waits_for_no_tagger(
    newsroom: Any, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made() -> None:
        raise AssertionError("the tagger takes seconds to be made")

    monkeypatch.setattr(newsroom.app.extensions["dateline"].vocabulary, "tagger", made)
    assert browser.get("/").status_code == 200
