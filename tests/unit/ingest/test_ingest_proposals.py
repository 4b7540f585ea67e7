"""The page of proposals: sentences, likely terms, forms and types; decisions in place, and taking them back."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from dateline.domain.tag import TagRef
from dateline.domain.term import Term
from dateline.ports.ledger.suggested_tags import StorySuggestions, SuggestedTag
from ledgers import index_all
from unit.ingest.desk_pages import hidden, sign_in

SCRIPT = {"Accept": "application/json"}


def propose(newsroom: Any, label: str, *bodies: str, type: str = "person") -> list[str]:
    """Stories with these texts, which propose a name; their ids."""
    slug = label.lower().replace(" ", "-")
    ids = [
        newsroom.submit("edda", headline=f"Story {number}", body_text=text)["id"] for number, text in enumerate(bodies)
    ]
    days = (f"2026-03-0{number}" for number in range(1, 9))
    newsroom.ledger.propose_terms([(type, slug, label, one, day) for one, day in zip(ids, days, strict=False)])
    return ids


def page(newsroom: Any, address: str = "/proposals") -> str:
    return unescape(newsroom.ask("GET", address, "edda").text)


def decide(newsroom: Any, slug: str, type: str = "person", **form: str) -> Any:
    return newsroom.ask("POST", f"/proposals/{type}/{slug}/decide", "edda", data=form, headers=SCRIPT)


def test_a_proposal_stands_in_its_sentences(newsroom: Any) -> None:
    first, second = propose(
        newsroom, "Bo Ek", "Snow fell. The mayor, Bo Ek, opened the bridge at noon on Monday. He left.", "Bo Ek came."
    )
    index_all(newsroom.ledger)
    shown = page(newsroom)
    assert "The mayor, <mark>Bo Ek</mark>, opened the bridge at noon on Monday.</p>" in shown
    assert "<mark>Bo Ek</mark> came.</p>" in shown and "Snow fell" not in shown
    assert shown.index("The mayor") < shown.index("Bo Ek</mark> came")
    assert f'href="/stories/{first}"' in shown and f'href="/stories/{second}"' in shown
    assert "2 stories" in shown and '<time datetime="2026-03-01">1 March 2026</time>' in shown
    assert "2 March 2026" in shown and "(not on the site)" not in shown


def test_a_story_that_readers_have_not_is_marked(newsroom: Any) -> None:
    propose(newsroom, "Bo Ek", "Bo Ek came.")
    assert "(not on the site)" in page(newsroom)


def test_names_are_escaped(newsroom: Any) -> None:
    propose(newsroom, "Bo Ek", "<i>Bo Ek</i> & <script>alert(1)</script> came.")
    assert "<script>alert" not in newsroom.ask("GET", "/proposals", "edda").text


def test_likely_terms_are_offered_and_merged_into_across_types(newsroom: Any) -> None:
    newsroom.words.terms.append(Term(type="organisation", slug="bo-ek-ltd", label="Bo Ek Works", aliases=("Bo Ekk",)))
    propose(newsroom, "Bo Ek", "Bo Ek came.")
    propose(newsroom, "Un Known", "Un Known came.")
    shown = page(newsroom)
    assert shown.count('class="quiet" name="merge" value="organisation:bo-ek-ltd"') == 1
    told = decide(newsroom, "bo-ek", merge="organisation:bo-ek-ltd").get_json()
    assert told == {"done": "Merged into Bo Ek Works. Its stories are tagged again in the background.", "undo": None}
    assert newsroom.items["organisation:bo-ek-ltd"].newest.payload["aliases"] == ["Bo Ekk", "Bo Ek"]
    proposal = newsroom.ledger.proposal("person", "bo-ek")
    assert (proposal.status, proposal.merged_into) == ("merged", "organisation:bo-ek-ltd")


@pytest.mark.parametrize("typed", ["Ann Lee", "ann lee", "ann-lee"])
def test_a_term_is_named_without_its_slug(newsroom: Any, typed: str) -> None:
    propose(newsroom, "Bo Ek", "Bo Ek came.")
    assert decide(newsroom, "bo-ek", merge="1", into=typed).status_code == 200
    assert newsroom.items["person:ann-lee"].newest.payload["aliases"] == ["A. Lee", "Bo Ek"]


def test_a_name_is_accepted_in_another_form_and_type(newsroom: Any) -> None:
    propose(newsroom, "Bo Ek", "Bo Ek came.")
    assert decide(newsroom, "bo-ek", accept="1", form="Bo EK", as_type="organisation").status_code == 200
    assert "person:bo-ek" not in newsroom.items
    payload = newsroom.items["organisation:bo-ek"].newest.payload
    assert (payload["label"], payload["aliases"]) == ("Bo EK", ["Bo Ek"])
    assert newsroom.ledger.proposal("person", "bo-ek").status == "accepted"
    propose(newsroom, "Brest", "Brest came.")
    refused = decide(newsroom, "brest", accept="1", as_type="place")
    assert (refused.status_code, refused.get_json()) == (
        409, {"error": "There is a place called Brest already: merge into it."}
    )  # fmt: skip


def test_the_api_takes_label_and_type_and_tells_the_days(newsroom: Any) -> None:
    propose(newsroom, "Bo Ek", "Bo Ek came.", "Bo Ek left.")
    line = newsroom.ask("GET", "/v1/terms?status=proposed", "edda").get_json()["items"][0]
    assert (line["first_day"], line["last_day"]) == ("2026-03-01", "2026-03-02")
    body = {"label": "Bo Ek Works", "type": "organisation"}
    receipt = newsroom.ask("POST", "/v1/terms/person/bo-ek/accept", "edda", json=body)
    assert (receipt.status_code, receipt.get_json()["id"]) == (202, "organisation:bo-ek")
    assert newsroom.ask("POST", "/v1/terms/person/bo-ek/accept", "edda").status_code == 404
    assert newsroom.ask("POST", "/v1/terms/person/bo-ek/accept", "edda", json={"type": "section"}).status_code == 422


def test_decisions_are_taken_back_while_nothing_followed(newsroom: Any) -> None:
    propose(newsroom, "Bo Ek", "Bo Ek came.")
    undo = decide(newsroom, "bo-ek", reject="1").get_json()["undo"]
    assert decide(newsroom, "bo-ek", undo="1", **undo).status_code == 200
    undo = decide(newsroom, "bo-ek", accept="1").get_json()["undo"]
    newsroom.words.terms.append(Term(type="person", slug="bo-ek", label="Bo Ek"))
    assert decide(newsroom, "bo-ek", undo="1", **{**undo, "revision": "7"}).status_code == 409
    assert decide(newsroom, "bo-ek", undo="1", **undo).status_code == 200
    assert newsroom.items["person:bo-ek"].newest.action == "withdraw"
    assert [one.slug for one in newsroom.ledger.proposals()] == ["bo-ek"]
    assert not [one for one in newsroom.ledger.term_changes() if one.key == "person:bo-ek"]
    newsroom.words.terms.pop()
    assert decide(newsroom, "bo-ek", accept="1").status_code == 200
    assert decide(newsroom, "bo-ek", reject="1").get_json() == {"error": "There is no proposed person 'bo-ek'."}


def test_without_a_script_the_last_decision_is_taken_back_too(newsroom: Any) -> None:
    propose(newsroom, "Bo Ek", "Bo Ek came.")
    client = sign_in(newsroom.client, "edda")
    csrf = hidden(client.get("/proposals").text, "csrf_token")
    answer = client.post("/proposals/person/bo-ek/decide", data={"reject": "1", "csrf_token": csrf})
    shown = client.get(answer.headers["Location"]).text
    form = shown[shown.index('<form class="do notice"') :]
    fields = {name: hidden(form, name) for name in ("csrf_token", "revision", "as_type")}
    client.post("/proposals/person/bo-ek/decide", data={"undo": "1", **fields})
    assert newsroom.ledger.proposal("person", "bo-ek").status == "proposed"


def test_several_are_decided_at_once(newsroom: Any) -> None:
    for name in ("Bo Ek", "Cy Fox", "Di Gee"):
        propose(newsroom, name, f"{name} came.")
    client = sign_in(newsroom.client, "edda")
    csrf = hidden(client.get("/proposals").text, "csrf_token")
    ticked = ["person:bo-ek", "person:di-gee", "person:nobody", "?"]
    client.post("/proposals", data={"reject": "1", "proposal": ticked, "csrf_token": csrf})
    shown = client.get("/proposals").text
    assert "2 rejected." in shown and len(re.findall('class="notice failed"', shown)) == 2
    assert [one.slug for one in newsroom.ledger.proposals()] == ["cy-fox"]
    client.post("/proposals", data={"accept": "1", "csrf_token": csrf})
    assert "None was ticked." in client.get("/proposals").text


def test_a_page_has_25(newsroom: Any) -> None:
    newsroom.ledger.propose_terms(
        [("person", f"p-{number:02}", f"P {number:02}", f"s{number}") for number in range(30)]
    )
    shown = page(newsroom)
    assert shown.count('<li class="proposal"') == 25 and "cursor=25" in shown and "The next 5" in shown
    assert page(newsroom, "/proposals?cursor=25").count('<li class="proposal"') == 5
    assert page(newsroom, "/proposals?q=p+17").count('<li class="proposal"') == 1
    assert "Nothing is proposed of that name" in page(newsroom, "/proposals?type=place")


def test_editors_complete_terms_by_name(newsroom: Any) -> None:
    assert newsroom.ask("GET", "/completions?field=into&q=br", "edda").get_json() == {"items": ["Brest", "Bridges"]}
    assert newsroom.ask("GET", "/completions?field=into&q=br").status_code == 404


def suggest(newsroom: Any, *headlines: str, slug: str = "brest", reason: str = "surname alone") -> list[str]:
    """Stories of which a place is suggested; their ids."""
    ids = [newsroom.submit("edda", headline=headline)["id"] for headline in headlines]
    index_all(newsroom.ledger)
    tag = SuggestedTag(type="place", slug=slug, before="In <b>", words="Brest", after=" it snowed.", reason=reason)
    found = [StorySuggestions(item_id=one, tags=[tag]) for one in ids]
    newsroom.ledger.record_suggestions(found, seen=newsroom.ledger.stories_to_suggest(limit=99).seen, most=99)
    return ids


def test_suggested_tags_are_accepted_by_column(newsroom: Any) -> None:
    first, second, third = suggest(newsroom, "One", "Two", "Three")
    suggest(newsroom, "Four", slug="not-in-the-vocabulary")
    shown = newsroom.ask("GET", "/suggested-tags", "edda").text
    assert "In &lt;b&gt;<mark>Brest</mark> it snowed." in shown and "the surname stands alone" in shown
    assert "3 stories" in shown and f'href="/stories/{third}"' in shown and "not-in-the-vocabulary" not in shown
    assert newsroom.ask("GET", "/suggested-tags").status_code == 403
    client = sign_in(newsroom.client, "edda")
    csrf = hidden(client.get("/suggested-tags").text, "csrf_token")

    def send(**fields: Any) -> str:
        client.post("/suggested-tags/place/brest", data={"csrf_token": csrf, "shown": [second, third], **fields})
        return client.get("/suggested-tags").text

    assert "One story is tagged" in send(accept="1", story=[first])
    assert newsroom.ledger.item("story", first).editor_tags.added == (TagRef(type="place", slug="brest"),)
    assert 'class="notice failed" role="alert">None was ticked' in send(refuse="1")
    assert "not suggested again of these 2 stories" in send(refuse_all="1")
    assert "Nothing is suggested" in newsroom.ask("GET", "/suggested-tags?type=place", "edda").text
