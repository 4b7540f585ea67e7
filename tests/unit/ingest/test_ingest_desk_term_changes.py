"""The desk's pages on which a term is merged into another or split, and that undone."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dateline.adapters.embedded import EmbeddedIndex
from unit.web.documents import MINSK, story, tag

LEE = "/terms/person/lee"


@pytest.fixture
def room(whole_newsroom: Any) -> Any:
    """The newsroom with the shipped vocabulary, the index that readers have, and two people."""
    for slug, label, aliases in (("lee", "Lee Ann", ["A. Lee"]), ("ann-lee", "Ann Lee", ["Annie"])):
        term = {"label": label, "aliases": aliases}
        assert whole_newsroom.ask("PUT", f"/v1/terms/person/{slug}", "edda", json=term).status_code == 202
    return whole_newsroom


def ask(room: Any, method: str, path: str, **typed: str) -> TestResponse:
    answer: TestResponse = room.ask(method, path, "edda", data=typed or None)
    return answer


def text_of(page: TestResponse) -> str:
    assert page.status_code in (200, 422), page.text
    return " ".join(unescape(re.sub("<[^>]+>", "", page.text)).split())


def carrier(room: Any, words: str, **fields: Any) -> Any:
    """A story on record that carries Lee for these words."""
    submitted = room.submit("edda", headline=f"Of {words}")["id"]
    body = f"{words} came."
    return replace(story(f"Of {words}", body, tags=(tag("person", "Lee", text=""),)), id=submitted, **fields)


def with_words(document: Any, words: str) -> Any:
    [one] = document.tags
    evidence = tag("person", words, text=document.body_text).evidence
    return replace(document, tags=(one._replace(evidence=evidence),))


def test_a_term_is_found_by_name_and_what_would_move_is_shown(room: Any, index: EmbeddedIndex) -> None:
    index.put([carrier(room, "A. Lee"), story(tags=(tag("person", "Ann Lee"),))])
    assert f'href="{LEE}/merge"' in ask(room, "GET", LEE).text
    assert "1 story carries it and loses it:" in text_of(ask(room, "GET", LEE))
    page = ask(room, "GET", f"{LEE}/merge?into=annie")
    assert "1 story carries Lee Ann; 1 carries Ann Lee." in text_of(page) and "Of A. Lee" in page.text
    assert 'name="into" value="person:ann-lee"' in page.text
    assert "Ann Lee" in ask(room, "GET", f"{LEE}/merge/names?field=into&q=anni").get_json()["items"]
    assert "No other term has “Nobody”" in text_of(ask(room, "GET", f"{LEE}/merge?into=Nobody"))
    several = ask(room, "GET", f"{LEE}/merge?into=Georgia").text
    assert "Which one?" in several and f"{LEE}/merge?into=place:georgia" in several
    assert ask(room, "GET", "/terms/person/nobody/merge").status_code == 404
    merged = ask(room, "POST", f"{LEE}/merge", into="person:ann-lee")
    assert (merged.status_code, merged.headers["Location"]) == (303, "/terms/person/ann-lee")
    told = text_of(ask(room, "GET", "/terms/person/ann-lee"))
    assert "Merged with Lee Ann at" in told and "by edda. It can be undone for a day." in told


def test_it_is_undone_on_either_page(room: Any) -> None:
    son = {"label": "Son of Lee", "broader": ["lee"]}
    assert room.ask("PUT", "/v1/terms/person/son", "edda", json=son).status_code == 202
    ask(room, "POST", f"{LEE}/merge", into="ann-lee")
    assert "Undo it" not in ask(room, "GET", "/terms/person/son").text
    assert "Undo it" in ask(room, "GET", "/terms/person/ann-lee").text
    page = ask(room, "GET", LEE).text
    move = re.search(r'name="move" value="([^"]+)"', page)
    assert move
    assert ask(room, "POST", f"{LEE}/undo", move=move[1]).status_code == 303
    assert "Undo it" not in ask(room, "GET", LEE).text
    assert room.items["person:lee"].newest.payload["aliases"] == ["A. Lee"]
    assert ask(room, "POST", f"{LEE}/undo", move=move[1]).status_code == 303


def test_a_split_gives_names_groups_and_stories(room: Any, index: EmbeddedIndex) -> None:
    first, second, third = (with_words(carrier(room, words), words) for words in ("A. Lee", "A. Lee", "Lee Ann"))
    index.put([first, second, third])
    page = ask(room, "GET", f"{LEE}/split")
    assert "“A. Lee” 2" in text_of(page) and "“Lee Ann” 1" in text_of(page)
    chosen = {"parts": "2", "label-0": "Lee Ann", "label-1": "Alan Lee", "name-A. Lee": "1", "group-A. Lee": "1",
              f"story-{second.id}": "0", f"story-{third.id}": ""}  # fmt: skip
    done = ask(room, "POST", f"{LEE}/split", **chosen)
    assert (done.status_code, done.headers["Location"]) == (303, LEE)
    assert room.items["person:alan-lee"].newest.payload["aliases"] == ["A. Lee"]
    given = {one.id: [ref.slug for ref in room.items[one.id].editor_tags.added] for one in (first, second, third)}
    assert given == {first.id: ["alan-lee"], second.id: ["lee"], third.id: []}


def test_a_part_more_keeps_what_was_chosen(room: Any) -> None:
    typed = {"parts": "2", "label-0": "Lee Ann", "label-1": "Alan <Lee>", "name-A. Lee": "1", "more": "1"}
    page = ask(room, "POST", f"{LEE}/split", **typed)
    assert page.status_code == 200 and 'name="parts" value="3"' in page.text
    assert '<option value="1" selected>Alan &lt;Lee&gt;</option>' in page.text and "part 3" in page.text
    wrong = ask(room, "POST", f"{LEE}/split", **{**typed, "more": ""} | {"label-1": ""})
    assert wrong.status_code == 200
    del typed["more"]
    wrong = ask(room, "POST", f"{LEE}/split", **{**typed, "label-1": " "})
    assert wrong.status_code == 422 and "Each part needs a name." in wrong.text
    taken = ask(room, "POST", f"{LEE}/split", **{**typed, "label-1": "Ann Lee"})
    assert taken.status_code == 422 and "already" in taken.text


def test_the_old_address_may_lead_to_the_first(room: Any) -> None:
    typed = {"parts": "2", "label-0": "Lee One", "label-1": "Lee Two", "new_address": "1"}
    done = ask(room, "POST", f"{LEE}/split", **typed)
    assert done.headers["Location"] == "/terms/person/lee-one"
    assert room.items["person:lee"].newest.payload["merged_into"] == "person:lee-one"


def test_without_the_index_the_pages_say_so(room: Any) -> None:
    here = room.app.extensions["dateline"]
    room.app.extensions["dateline"] = replace(here, index=EmbeddedIndex(Path("/nonexistent/index"), MINSK))
    assert "can’t be searched" in text_of(ask(room, "GET", f"{LEE}/merge?into=ann-lee"))
    assert "can’t be searched" in text_of(ask(room, "GET", f"{LEE}/split"))
    assert "can’t be searched" in text_of(ask(room, "GET", LEE))
    typed = {"parts": "2", "label-0": "Lee Ann", "label-1": "Alan Lee"}
    assert ask(room, "POST", f"{LEE}/split", **typed, **{"group-x": "1"}).status_code == 422
    assert ask(room, "POST", f"{LEE}/split", **typed).status_code == 303


def test_they_are_for_editors(room: Any) -> None:
    for path in ("merge", "split", "merge/names"):
        assert room.ask("GET", f"{LEE}/{path}").status_code == 403
    for path in ("split", "undo"):
        assert room.ask("POST", f"{LEE}/{path}", data={}).status_code == 403
