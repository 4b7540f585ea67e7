"""The desk's pages of terms: find one, change it, make one, merge it, take it out."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dateline.domain.term import Term
from ledgers import propose
from unit.ingest.desk_pages import hidden, sign_in

BRIDGES = "/terms/topic/bridges"


def ask(newsroom: Any, method: str, path: str, **typed: str) -> TestResponse:
    answer: TestResponse = newsroom.ask(method, path, "edda", data=typed or None)
    return answer


def shown(page: str) -> dict[str, str]:
    """What the form of a term is filled with, by field."""
    form = page[page.index('<form class="term"') : page.index("</form>", page.index('<form class="term"'))]
    lines = re.findall(r'<input[^>]* name="([^"]+)"[^>]*? value="([^"]*)"', form)
    areas = re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>\n([^<]*)', form)
    fields = {name: unescape(value) for name, value in lines + areas}
    if not re.search(r'name="landing"[^>]* checked', form):
        del fields["landing"]
    return fields


def put(newsroom: Any, slug: str, **term: Any) -> None:
    """Change a term over the API; the vocabulary of the doubles doesn't follow."""
    revision = newsroom.ask("GET", f"/v1/terms/topic/{slug}", "edda").headers["ETag"]
    answer = newsroom.ask("PUT", f"/v1/terms/topic/{slug}", "edda", json=term, headers={"If-Match": revision})
    assert answer.status_code == 202, answer.text


def test_terms_are_for_editors(newsroom: Any) -> None:
    for path in ("/terms", BRIDGES, "/terms/open?type=topic&slug=a"):
        assert newsroom.ask("GET", path).status_code == 403
    assert newsroom.client.get("/terms").status_code == 401
    assert newsroom.ask("POST", BRIDGES, data={"revision": "0", "label": "x"}).status_code == 403
    assert "/terms" not in newsroom.ask("GET", "/").text


def test_terms_are_found_by_type_and_name(newsroom: Any) -> None:
    page = ask(newsroom, "GET", "/terms?q=br&type=").text
    assert f'href="{BRIDGES}"' in page and 'href="/terms/place/brest"' in page
    page = ask(newsroom, "GET", "/terms?q=br&type=place").text
    assert BRIDGES not in page and 'href="/terms/place/brest"' in page
    assert "No term has “nope”" in ask(newsroom, "GET", "/terms?q=nope").text
    assert "cursor=2" in ask(newsroom, "GET", "/terms?limit=2").text
    assert ask(newsroom, "GET", "/terms?type=colour").status_code == 422


def test_a_whole_term_is_changed(newsroom: Any) -> None:
    newsroom.words.terms.append(Term(type="topic", slug="transport", label="Transport"))
    fields = shown(ask(newsroom, "GET", BRIDGES).text)
    assert (fields["label"], fields["revision"], fields["same_as"]) == ("Bridges", "0", "medtop:20000001")
    typed = fields | {
        "label": "Bridges and tunnels", "aliases": "Viaduct\r\n\r\n Flyover ", "labels": "be | Масты\nru|Мосты",
        "body_html": "<p>Over water.</p>", "broader": "transport", "rules_any": "new bridge\nbridge opens",
        "rules_none": "bridge loan", "landing": "1", "order": "-3",
    }  # fmt: skip
    answer = ask(newsroom, "POST", BRIDGES, **typed)
    assert (answer.status_code, answer.headers["Location"]) == (303, BRIDGES)
    term = newsroom.items["topic:bridges"].newest.payload
    assert term == {
        "schema": 3, "type": "topic", "slug": "bridges", "label": "Bridges and tunnels",
        "aliases": ["Viaduct", "Flyover"], "labels": {"be": "Масты", "ru": "Мосты"},
        "description_html": "<p>Over water.</p>", "broader": ["transport"], "same_as": ["medtop:20000001"],
        "rules": {"any": ["new bridge", "bridge opens"], "none": ["bridge loan"]}, "landing": True, "order": -3,
    }  # fmt: skip
    assert ask(newsroom, "POST", BRIDGES, **typed).status_code == 412


def test_what_is_shown_is_what_was_saved(newsroom: Any) -> None:
    put(newsroom, "bridges", label="Bridges", aliases=["A", "B"], labels={"be": "Масты"}, landing=True, order=2,
        rules={"all": ["bridge"]}, same_as=["Q1"], broader=["place:brest"], description_html="<p>x</p>")  # fmt: skip
    newsroom.words.terms.remove(newsroom.words.find("topic", "bridges"))
    fields = shown(ask(newsroom, "GET", BRIDGES).text)
    before = newsroom.items["topic:bridges"].newest.payload
    assert ask(newsroom, "POST", BRIDGES, **fields).status_code == 303
    item = newsroom.items["topic:bridges"]
    assert (item.newest_revision, item.newest.payload) == (2, before)


def test_the_same_again_writes_nothing(newsroom: Any) -> None:
    fields = shown(ask(newsroom, "GET", BRIDGES).text)
    assert ask(newsroom, "POST", BRIDGES, **fields).status_code == 303
    assert not newsroom.items


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"label": " "}, "label", "Must not be blank."),
        ({"aliases": "ok\n" + "x" * 301}, "aliases", "2: "),
        ({"labels": "be Масты"}, "labels", "be Масты: "),
        ({"labels": "be | a\nbe | b"}, "labels", "be comes twice."),
        ({"broader": "No Slug"}, "broader", "1: No term is called “No Slug”."),
        ({"broader": "bridges"}, "broader", "broader than itself"),
        ({"rules_any": "x" * 301}, "rules_any", "1: "),
        ({"order": "first"}, "order", ""),
        ({"order": "99999999999"}, "order", ""),
        ({"body_html": "<div>x" * 300}, "body_html", "nested more than"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(newsroom: Any, typed: dict[str, str], field: str, told: str) -> None:
    answer = ask(newsroom, "POST", BRIDGES, **{"revision": "0", "label": "Bridges", **typed})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}-wrong-1"' in answer.text and told in unescape(answer.text)
    assert shown(answer.text)[field] == typed[field]
    assert not newsroom.items


def test_a_stale_change_shows_both(newsroom: Any) -> None:
    put(newsroom, "bridges", label="Theirs", aliases=["Their name"])
    newsroom.words.terms.remove(newsroom.words.find("topic", "bridges"))
    typed = {"revision": "0", "label": "Mine", "aliases": "My name"}
    answer = ask(newsroom, "POST", BRIDGES, **typed)
    assert answer.status_code == 412
    assert "Somebody changed this term" in answer.text
    assert "Theirs" in answer.text and "Their name" in answer.text
    assert (shown(answer.text)["label"], shown(answer.text)["revision"]) == ("Mine", "1")
    assert ask(newsroom, "POST", BRIDGES, **{**typed, "revision": "1"}).status_code == 303
    assert ask(newsroom, "POST", BRIDGES, label="Mine", revision="x").status_code == 422


def test_a_term_is_made(newsroom: Any) -> None:
    asked = ask(newsroom, "GET", "/terms/open?type=person&slug=+bo-ek+")
    assert (asked.status_code, asked.headers["Location"]) == (303, "/terms/person/bo-ek")
    assert ask(newsroom, "GET", "/terms/open?type=person&slug=Bo+Ek").status_code == 422
    assert ask(newsroom, "GET", "/terms/open?type=person&name=+").status_code == 422


def test_a_new_term_is_asked_for_by_its_name(newsroom: Any) -> None:
    asked = ask(newsroom, "GET", "/terms/open?type=person&name=Zoë+Ek")
    assert asked.headers["Location"] == "/terms/person/zoe-ek?label=Zo%C3%AB+Ek"
    assert shown(ask(newsroom, "GET", asked.headers["Location"]).text)["label"] == "Zoë Ek"
    known = ask(newsroom, "GET", "/terms/open?type=topic&name=BRIDGES")
    assert known.headers["Location"] == BRIDGES
    page = ask(newsroom, "GET", "/terms/person/bo-ek").text
    assert "not in the vocabulary" in page and "rules_any" not in page
    assert ask(newsroom, "POST", "/terms/person/bo-ek", revision="0", label="Bo Ek").status_code == 303
    assert newsroom.items["person:bo-ek"].label == "Bo Ek"


def test_a_proposal_is_made_a_term(newsroom: Any) -> None:
    propose(newsroom.ledger, "bo-ek", "Bo Ek", mentions=2)
    page = ask(newsroom, "GET", "/terms/person/bo-ek").text
    assert "in 2 stories" in page
    assert ask(newsroom, "POST", "/terms/person/bo-ek", **shown(page)).status_code == 303
    assert newsroom.ledger.proposal("person", "bo-ek").status == "accepted"


def test_a_term_is_merged(newsroom: Any) -> None:
    merged = ask(newsroom, "POST", f"{BRIDGES}/merge", into="bridges")
    assert merged.headers["Location"] == BRIDGES
    assert not newsroom.items
    newsroom.words.terms.append(Term(type="topic", slug="roads", label="Roads"))
    merged = ask(newsroom, "POST", f"{BRIDGES}/merge", into=" roads ")
    assert (merged.status_code, merged.headers["Location"]) == (303, "/terms/topic/roads")
    assert newsroom.items["topic:roads"].newest.payload["aliases"] == ["Bridges"]
    assert newsroom.items["topic:bridges"].newest.action == "withdraw"


def test_a_term_is_taken_out_and_brought_back(newsroom: Any) -> None:
    answer = ask(newsroom, "POST", f"{BRIDGES}/remove", revision="7")
    assert answer.status_code == 303
    assert not newsroom.items
    assert ask(newsroom, "POST", f"{BRIDGES}/remove", revision="0", note="Too\x00 wide").status_code == 303
    assert newsroom.items["topic:bridges"].newest.note == "Too wide"
    newsroom.words.terms.remove(newsroom.words.find("topic", "bridges"))
    page = ask(newsroom, "GET", BRIDGES).text
    assert "taken out of the vocabulary: Too wide" in page
    assert (shown(page)["label"], shown(page)["revision"]) == ("Bridges", "2")
    assert ask(newsroom, "POST", BRIDGES, **shown(page)).status_code == 303


def test_what_goes_wrong_is_told(newsroom: Any) -> None:
    client = sign_in(newsroom.client, "edda")
    csrf = hidden(client.get(BRIDGES).text, "csrf_token")
    client.post(f"{BRIDGES}/remove", data={"revision": "7", "csrf_token": csrf})
    assert "Somebody changed it" in client.get(BRIDGES).text
    client.post(f"{BRIDGES}/merge", data={"into": "nope", "csrf_token": csrf})
    assert "There is no other topic" in unescape(client.get(BRIDGES).text)
    assert client.post(f"{BRIDGES}/remove", data={"revision": "0"}).status_code == 400
    assert not newsroom.items


def test_what_is_typed_waits_when_the_session_has_ended(newsroom: Any) -> None:
    def fields_of(page: str) -> dict[str, str]:
        return {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', page)}

    client = newsroom.client
    answer = client.post(BRIDGES, data={"revision": "0", "label": "Kept label", "aliases": "One\r\nTwo"})
    assert answer.status_code == 401
    again = client.post("/sign-in", data={**fields_of(answer.text), "token": "secret-edda"})
    assert f'action="{BRIDGES}"' in again.text
    assert client.post(BRIDGES, data=fields_of(again.text)).status_code == 303
    assert newsroom.items["topic:bridges"].newest.payload["aliases"] == ["One", "Two"]
