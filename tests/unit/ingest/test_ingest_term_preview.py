"""What a term would do, said before it is saved: over the newest public stories, with the tagger as it is."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dateline.domain.tag import TagRef
from dateline.domain.term import Term, TopicRules
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_ingest.vocabulary import term_preview
from ledgers import index_all

BRIDGES = "/terms/topic/river-bridges"
TERM = {"label": "River crossings", "rules": {"any": ["river bridge", "bridge over the"]}}


@pytest.fixture
def room(newsroom: Any) -> Any:
    """The newsroom with the shipped vocabulary under its editors' layer."""
    parts = newsroom.app.extensions["dateline"]
    vocabulary = LiveVocabulary(newsroom.ledger)
    newsroom.app.extensions["dateline"] = replace(parts, vocabulary=vocabulary)
    return newsroom


def submit(room: Any, headline: str, body: str, **more: Any) -> str:
    item_id: str = room.submit("edda", headline=headline, body_text=body, **more)["id"]
    return item_id


def preview(room: Any, term: dict[str, Any] = TERM, path: str = f"/v1{BRIDGES}") -> dict[str, Any]:
    answer: TestResponse = room.ask("POST", f"{path}/preview", "edda", json=term)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def ids(found: dict[str, Any], what: str) -> list[str]:
    assert found[what]["count"] == len(found[what]["items"])
    return [story["id"] for story in found[what]["items"]]


def test_it_names_the_stories_that_would_get_the_topic(room: Any) -> None:
    first = submit(room, "Shut", "It rained. " * 60 + "The river bridge was shut.")
    submit(room, "Rain", "It rained.")
    second = submit(room, "New bridge over the Neman", "It is wide.")
    index_all(room.ledger)
    found = preview(room)
    assert (ids(found, "gain"), ids(found, "lose")) == ([second, first], [])
    assert (found["examined"], found["complete"]) == (3, True)
    assert found["gain"]["items"][0]["headline"] == "New bridge over the Neman"
    assert found["gain"]["items"][0]["url"].endswith(f"/v1/stories/{second}")


def test_nothing_is_saved_by_it(room: Any) -> None:
    preview(room)
    assert not room.items
    assert room.ask("GET", f"/v1{BRIDGES}", "edda").status_code == 404


def test_it_names_the_stories_that_would_lose_it(room: Any) -> None:
    assert room.ask("PUT", f"/v1{BRIDGES}", "edda", json=TERM).status_code == 202
    loses = submit(room, "Shut", "The river bridge was shut.")
    keeps = submit(room, "Built", "They built a bridge over the Neman.")
    gains = submit(room, "Sunk", "A ferry sank.")
    index_all(room.ledger)
    found = preview(room, {"label": "River crossings", "rules": {"any": ["ferry", "bridge over the"]}})
    assert (ids(found, "gain"), ids(found, "lose")) == ([gains], [loses])
    assert keeps not in ids(found, "gain") + ids(found, "lose")


def test_it_goes_by_what_readers_see(room: Any) -> None:
    withdrawn = submit(room, "Gone", "The river bridge was shut.")
    corrected = submit(room, "Shut", "The river bridge was shut.")
    index_all(room.ledger)
    room.ask("DELETE", f"/v1/stories/{withdrawn}", "edda", headers={"If-Match": '"1"'})
    index_all(room.ledger)
    held = {"headline": "Shut", "body_text": "It rained.", "embargo_until": "2999-01-01T00:00:00Z"}
    room.ask("PUT", f"/v1/stories/{corrected}", "edda", json=held, headers={"If-Match": '"1"'})
    submit(room, "Waits", "The river bridge was shut.")
    found = preview(room)
    assert (ids(found, "gain"), found["examined"]) == ([corrected], 1)


def test_what_people_said_of_a_story_counts(room: Any) -> None:
    refused = submit(room, "Shut", "The river bridge was shut.")
    assert room.ask("PUT", f"/v1{BRIDGES}", "edda", json={"label": "Unheard of"}).status_code == 202
    room.words.terms.append(Term(type="topic", slug="river-bridges", label="River bridges"))
    given = submit(room, "Shut too", "The river bridge was shut.", tags={"topics": ["river-bridges"]})
    editor = room.ledger.find_token("secret-edda")
    room.ledger.set_editor_tags(refused, (), (TagRef(type="topic", slug="river-bridges"),), editor)
    index_all(room.ledger)
    assert given and preview(room)["gain"] == {"count": 0, "items": []}


def test_a_html_body_is_read_as_its_text(room: Any) -> None:
    answer = room.ask("POST", "/v1/stories", "edda",
                      json={"headline": "Shut", "body_html": "<p>The river <b>bridge</b> was shut.</p>"})  # fmt: skip
    index_all(room.ledger)
    assert ids(preview(room), "gain") == [answer.get_json()["id"]]


def test_other_types_are_weighed_with_the_whole_vocabulary(room: Any) -> None:
    names_it = submit(room, "Late", "The Kobyakov agreed.")
    submit(room, "Later", "It is late, Andrei Kobyakov said.")
    index_all(room.ledger)
    found = preview(room, {"label": "Kobyakov"}, "/v1/terms/organisation/kobyakov")
    assert (ids(found, "gain"), ids(found, "lose")) == ([names_it], [])


def test_it_takes_so_long_and_so_many_and_no_more(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = [submit(room, f"Shut {n}", "The river bridge was shut.") for n in range(7)][::-1]
    index_all(room.ledger)
    term = Term(type="topic", slug="river-bridges", label="x", rules=TopicRules(any=("river bridge",)))
    vocabulary = LiveVocabulary(room.ledger)
    none = term_preview.preview_term(room.ledger, vocabulary, term, seconds=-1)
    assert (none.examined, none.complete) == (0, False)
    monkeypatch.setattr(term_preview, "_PAGE", 2)
    all_pages = term_preview.preview_term(room.ledger, vocabulary, term, seconds=60)
    assert ([story.id for story in all_pages.gain.items], all_pages.complete) == (newest, True)
    monkeypatch.setattr(term_preview, "MOST_STORIES", 3)
    few = term_preview.preview_term(room.ledger, vocabulary, term, seconds=60)
    assert ([story.id for story in few.gain.items], few.examined, few.complete) == (newest[:3], 3, True)


def test_a_preview_is_for_editors_and_of_right_terms(room: Any) -> None:
    assert room.ask("POST", f"/v1{BRIDGES}/preview", json=TERM).status_code == 403
    assert room.ask("POST", f"{BRIDGES}/preview", data={"revision": "0", "label": "x"}).status_code == 403
    wrong = room.ask("POST", f"/v1{BRIDGES}/preview", "edda", json={"label": "", "rules": {"any": ["^2"]}})
    assert {error["pointer"] for error in wrong.get_json()["errors"]} == {"/label", "/rules/any/0"}


def test_the_desk_says_it_before_saving(room: Any) -> None:
    item_id = submit(room, "Shut <again>", "The river bridge was shut.")
    index_all(room.ledger)
    page = room.ask("GET", BRIDGES, "edda").text
    assert f'formaction="{BRIDGES}/preview"' in page
    typed = {"revision": "0", "label": "River crossings", "rules_any": "river bridge\r\nferry"}
    answer = room.ask("POST", f"{BRIDGES}/preview", "edda", data=typed)
    text = " ".join(re.sub("<[^>]+>", " ", answer.text).split())
    assert answer.status_code == 200
    assert "Of the newest 1 story that readers see: 1 would get it: Shut &lt;again&gt;" in text
    assert "“ river bridge ”" in text
    assert "0 would lose it." in text
    assert f'href="/stories/{item_id}"' in answer.text and "river bridge\nferry" in unescape(answer.text).replace(
        "\r", ""
    )
    assert "topic:river-bridges" not in room.items
    refused = room.ask("POST", f"{BRIDGES}/preview", "edda", data={**typed, "label": ""})
    assert refused.status_code == 422 and 'href="#label"' in refused.text and "Not saved yet" not in refused.text
