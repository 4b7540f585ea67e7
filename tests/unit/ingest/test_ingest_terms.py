"""Terms and proposals over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.domain.term import Term
from ledgers import propose, write_transactions


def test_terms_are_looked_up_made_and_changed(newsroom: Any) -> None:
    shipped = newsroom.ask("GET", "/v1/terms/topic/bridges", "edda")
    assert (shipped.status_code, shipped.headers["ETag"]) == (200, '"0"')
    assert shipped.get_json()["term"]["label"] == "Bridges"
    assert newsroom.ask("PUT", "/v1/terms/topic/bridges", "edda", json={"label": "B"}).status_code == 428
    changed = newsroom.ask(
        "PUT", "/v1/terms/topic/bridges", "edda", json=shipped.get_json()["term"], headers={"If-Match": '"0"'}
    )
    assert (changed.status_code, changed.get_json()["id"]) == (202, "topic:bridges")
    assert changed.headers["Location"].endswith("/v1/terms/topic/bridges")
    for revision in ('"3"', '"0"', "*"):
        none = newsroom.ask(
            "PUT", "/v1/terms/topic/ferries", "edda", json={"label": "F"}, headers={"If-Match": revision}
        )
        assert none.status_code == 412
    made = newsroom.ask("PUT", "/v1/terms/topic/ferries", "edda", json={"label": "Ferries"})
    assert (made.status_code, made.get_json()["revision"]) == (202, 1)
    wrong = newsroom.ask(
        "PUT", "/v1/terms/topic/ferries", "edda", json={"label": "F", "slug": "x"}, headers={"If-Match": "*"}
    )
    assert wrong.status_code == 422
    assert newsroom.ask("GET", "/v1/terms/topic/nope", "edda").status_code == 404
    assert newsroom.ask("GET", "/v1/terms/thing/nope", "edda").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("PUT", "/v1/terms/topic/ferries", {}),
        ("PUT", "/v1/terms/topic/bridges", {"If-Match": '"0"'}),
        ("DELETE", "/v1/terms/topic/bridges", {"If-Match": '"0"'}),
    ],
)
def test_a_repeated_write_of_a_term_gets_the_first_answer(
    newsroom: Any, method: str, path: str, headers: dict[str, str]
) -> None:
    sent: dict[str, Any] = {"json": {"label": "Ferries"}} if method == "PUT" else {}
    first = newsroom.ask(method, path, "edda", headers={**headers, "Idempotency-Key": "k"}, **sent)
    assert first.status_code == 202
    term = Term(type="topic", slug=path.rpartition("/")[2], label="Ferries")
    newsroom.words.terms[:] = [one for one in newsroom.words.terms if one.key != term.key]
    newsroom.words.terms += [term] if method == "PUT" else []
    again = newsroom.ask(method, path, "edda", headers={**headers, "Idempotency-Key": "k"}, **sent)
    assert (again.status_code, again.get_json()) == (202, first.get_json())
    other = newsroom.ask(method, path, "edda", headers={**headers, "Idempotency-Key": "other"}, **sent)
    assert other.status_code == (409 if method == "DELETE" else 412 if headers else 428)


def test_terms_are_listed(newsroom: Any) -> None:
    found = newsroom.ask("GET", "/v1/terms?type=topic&q=bri", "edda").get_json()
    assert [(one["slug"], one["status"]) for one in found["items"]] == [("bridges", "accepted")]
    assert newsroom.ask("GET", "/v1/terms?type=thing", "edda").status_code == 422
    first = newsroom.ask("GET", "/v1/terms?limit=3", "edda").get_json()
    rest = newsroom.ask("GET", first["next"].removeprefix("http://localhost"), "edda").get_json()
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (3, 1, None)


def test_proposals_are_accepted_rejected_and_merged(newsroom: Any) -> None:
    for action, status in (("accept", "accepted"), ("reject", "rejected"), ("merge", "merged")):
        slug = f"bo-{status}"
        propose(newsroom.ledger, slug, "Bo Ek", mentions=3)
        listed = newsroom.ask("GET", "/v1/terms?status=proposed", "edda").get_json()["items"]
        assert [(one["slug"], one["count"]) for one in listed] == [(slug, 3)]
        shown = newsroom.ask("GET", f"/v1/terms/person/{slug}", "edda").get_json()
        assert shown["status"] == "proposed"
        body = {"json": {"into": "ann-lee"}} if action == "merge" else {}
        answer = newsroom.ask("POST", f"/v1/terms/person/{slug}/{action}", "edda", **body)
        assert answer.status_code == 202, answer.text
        assert {"id", "revision", "state", "received_at", "status_url"} <= set(answer.get_json())
        assert newsroom.ledger.proposal("person", slug).status == status
        assert newsroom.ask("POST", f"/v1/terms/person/{slug}/{action}", "edda", **body).status_code in (404, 409)
    assert newsroom.ask("POST", "/v1/terms/person/nope/accept", "edda").status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("person/bo-ek/accept", {}),
        ("person/bo-ek/merge", {"json": {"into": "ann-lee"}}),
        ("topic/bridges/merge", {"json": {"into": "roads"}}),
    ],
)
def test_a_decision_is_one_transaction(newsroom: Any, path: str, body: dict[str, Any]) -> None:
    newsroom.words.terms.append(Term(type="topic", slug="roads", label="Roads"))
    propose(newsroom.ledger, "bo-ek", "Bo Ek")
    newsroom.ask("GET", "/v1/terms", "edda")  # its use is noted, a transaction of its own
    with write_transactions() as began:
        assert newsroom.ask("POST", f"/v1/terms/{path}", "edda", **body).status_code == 202
    assert len(began) == 1


def test_a_decision_that_is_refused_leaves_nothing_behind(newsroom: Any) -> None:
    newsroom.words.terms.append(Term(type="topic", slug="roads", label="Roads"))
    assert newsroom.ask("DELETE", "/v1/terms/topic/bridges", "edda", headers={"If-Match": '"0"'}).status_code == 202
    before = newsroom.items
    # the vocabulary of this test still has the term: the ledger alone knows that it went
    merged = newsroom.ask("POST", "/v1/terms/topic/bridges/merge", "edda", json={"into": "roads"})
    assert (merged.status_code, newsroom.items) == (409, before)


def test_one_proposal_is_found_without_reading_all(newsroom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    propose(newsroom.ledger, "bo-ek", "Bo Ek")
    monkeypatch.setattr(newsroom.ledger, "proposals", pytest.fail)
    assert newsroom.ask("GET", "/v1/terms/person/bo-ek", "edda").get_json()["status"] == "proposed"
    assert newsroom.ask("POST", "/v1/terms/person/bo-ek/accept", "edda").status_code == 202


def test_a_merge_into_nothing_is_422(newsroom: Any) -> None:
    propose(newsroom.ledger, "bo-ek", "Bo Ek")
    answer = newsroom.ask("POST", "/v1/terms/person/bo-ek/merge", "edda", json={"into": "nobody"})
    assert (answer.status_code, answer.get_json(force=True)["errors"][0]["pointer"]) == (422, "/into")


def test_a_term_is_removed(newsroom: Any) -> None:
    assert newsroom.ask("DELETE", "/v1/terms/topic/bridges", "edda").status_code == 428
    assert newsroom.ask("DELETE", "/v1/terms/topic/bridges", "edda", headers={"If-Match": '"0"'}).status_code == 202
    assert isinstance(newsroom.words.find("topic", "bridges"), Term)


def test_a_reporter_reads_the_terms_but_sections_that_a_story_named(newsroom: Any) -> None:
    newsroom.words.terms.append(Term(type="section", slug="secret-affair", label="Secret affair", named_by_story=True))
    assert [one["slug"] for one in newsroom.ask("GET", "/v1/terms?q=e", "edda").get_json()["items"]] == [
        "ann-lee", "brest", "bridges", "news", "secret-affair",
    ]  # fmt: skip
    page = newsroom.ask("GET", "/v1/terms?q=e&limit=3").get_json()
    assert [one["slug"] for one in page["items"]] == ["ann-lee", "brest", "bridges"]
    [last] = newsroom.ask("GET", page["next"].partition(":8001")[2] or page["next"]).get_json()["items"]
    assert last["slug"] == "news"
