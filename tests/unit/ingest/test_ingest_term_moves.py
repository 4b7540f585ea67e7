"""Merging and splitting terms, and undoing it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.tag import EditorTags, TagRef
from dateline.domain.tagged_text import TaggedText
from dateline.domain.term import Term, TopicRules
from dateline_ingest.vocabulary.merging import merged_term
from dateline_ingest.vocabulary.undoing import taken_back
from unit.web.documents import story, tag

LEE = TagRef(type="person", slug="lee")
ANN_LEE = TagRef(type="person", slug="ann-lee")


@pytest.fixture
def room(whole_newsroom: Any) -> Any:
    """The newsroom with the shipped vocabulary, the index that readers have, and two people."""
    put(whole_newsroom, "person/lee", label="Lee Ann", aliases=["A. Lee"], labels={"ru": "Энн Ли"}, landing=True)
    put(whole_newsroom, "person/ann-lee", label="Ann Lee", broader=["organisation:mayors"])
    return whole_newsroom


def put(room: Any, name: str, **term: Any) -> None:
    answer = room.ask("PUT", f"/v1/terms/{name}", "edda", json=term, headers=revision(room, name))
    assert answer.status_code == 202, answer.text


def revision(room: Any, name: str) -> dict[str, str]:
    answer = room.ask("GET", f"/v1/terms/{name}", "edda")
    return {"If-Match": answer.headers["ETag"]} if answer.status_code == 200 else {}


def post(room: Any, path: str, status: int = 202, **body: Any) -> dict[str, Any]:
    answer: TestResponse = room.ask("POST", f"/v1/terms/{path}", "edda", json=body)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def found(room: Any, name: str) -> Term | None:
    type, _, slug = name.partition("/")
    term: Term | None = room.app.extensions["dateline"].vocabulary.current().find(type, slug)
    return term


def said(room: Any, item_id: str) -> EditorTags:
    tags: EditorTags = room.items[item_id].editor_tags
    return tags


def tags_of(room: Any, body: str, *asserted: TagRef) -> list[str]:
    tagger = room.app.extensions["dateline"].vocabulary.tagger()
    return [one.key for one in tagger.tag(TaggedText(headline="", body_text=body), asserted).tags]


def test_a_merge_moves_names_landing_and_what_stands_below(room: Any) -> None:
    put(room, "organisation/fans", label="Lee's fans", broader=["person:lee"])
    put(room, "person/son", label="Son of Lee", broader=["lee", "ann-lee"])
    receipt = post(room, "person/lee/merge", into="ann-lee")
    assert (receipt["id"], receipt["revision"]) == (ANN_LEE.key, 2)
    target = found(room, "person/ann-lee")
    assert target and target.aliases == ("Lee Ann", "A. Lee") and target.labels == {"ru": "Энн Ли"}
    assert (target.landing, target.broader) == (True, ("organisation:mayors",))
    assert found(room, "person/lee") is None
    assert room.items[LEE.key].newest.payload["merged_into"] == ANN_LEE.key
    fans, son = found(room, "organisation/fans"), found(room, "person/son")
    assert fans and son and (fans.broader, son.broader) == (("person:ann-lee",), ("ann-lee",))


def test_a_tag_that_somebody_gave_is_of_the_other_one_now(room: Any, index: EmbeddedIndex) -> None:
    editor = room.ledger.find_token("secret-edda")
    given, refused, carries_both, decided = (room.submit("edda")["id"] for _ in range(4))
    room.ledger.set_editor_tags(given, (LEE,), (), editor)
    room.ledger.set_editor_tags(refused, (), (LEE,), editor)
    room.ledger.set_editor_tags(carries_both, (), (LEE,), editor)
    room.ledger.set_editor_tags(decided, (LEE,), (ANN_LEE,), editor)
    index.put([replace(story(tags=(tag("person", "Ann Lee"),)), id=carries_both), replace(story(), id=refused)])
    post(room, "person/lee/merge", into="ann-lee")
    assert set(said(room, given).added) == {LEE, ANN_LEE}
    assert set(said(room, refused).removed) == {LEE, ANN_LEE}
    assert said(room, carries_both) == EditorTags(removed=(LEE,))
    assert said(room, decided) == EditorTags(added=(LEE,), removed=(ANN_LEE,))
    assert tags_of(room, "Nobody came.", LEE) == [ANN_LEE.key]
    post(room, "person/ann-lee/undo")
    assert said(room, given) == EditorTags(added=(LEE,)) and said(room, refused) == EditorTags(removed=(LEE,))


def test_a_merge_is_undone(room: Any) -> None:
    before = [found(room, "person/lee"), found(room, "person/ann-lee")]
    post(room, "person/lee/merge", into="ann-lee")
    [move] = room.ask("GET", "/v1/terms/person/ann-lee/moves", "edda").get_json()["items"]
    assert (move["kind"], move["key"], move["by"], move["terms"]) == ("merge", LEE.key, "edda", [ANN_LEE.key, LEE.key])
    receipts = post(room, "person/lee/undo")["items"]
    assert {receipt["id"]: receipt["revision"] for receipt in receipts} == {LEE.key: 3, ANN_LEE.key: 3}
    assert [found(room, "person/lee"), found(room, "person/ann-lee")] == before
    assert post(room, "person/lee/undo", 409)["detail"].startswith("Nothing of the last day")


def test_what_was_changed_since_stays(room: Any) -> None:
    post(room, "person/lee/merge", into="ann-lee")
    put(
        room,
        "person/ann-lee",
        label="Ann Lee",
        aliases=["Lee Ann", "A. Lee", "Annie"],
        description_html="<p>Mayor.</p>",
    )
    post(room, "person/lee/undo")
    target = found(room, "person/ann-lee")
    assert target and (target.aliases, target.description_html) == (("Annie",), "<p>Mayor.</p>")


def test_shipped_terms_come_back_as_shipped(room: Any) -> None:
    before = [found(room, "place/brest"), found(room, "place/minsk")]
    assert all(before)
    post(room, "place/brest/merge", into="minsk")
    assert tags_of(room, "It rained in Brest.")[0] == "place:minsk"
    post(room, "place/brest/undo")
    assert [found(room, "place/brest"), found(room, "place/minsk")] == before


def test_merges_after_one_another_are_undone_from_the_last(room: Any) -> None:
    put(room, "person/annie", label="Annie Lee")
    post(room, "person/lee/merge", into="ann-lee")
    post(room, "person/ann-lee/merge", into="annie")
    [_, first] = room.ledger.term_moves(ANN_LEE.key)
    assert tags_of(room, "It rained.", LEE) == ["person:annie"]
    answer = room.ask("POST", "/v1/terms/person/lee/undo", "edda")
    assert answer.status_code == 409 and "must be undone first" in answer.get_json()["detail"]
    post(room, "person/annie/undo")
    post(room, "person/lee/undo")
    assert room.ledger.term_move(first.id).undone_at is not None
    assert found(room, "person/lee") is not None


def test_a_person_may_turn_out_to_be_an_organisation(room: Any) -> None:
    put(room, "organisation/lee-bakery", label="Lee's bakery")
    post(room, "person/lee/merge", into="organisation:lee-bakery")
    assert room.items[LEE.key].newest.payload["merged_into"] == "organisation:lee-bakery"
    assert tags_of(room, "It rained.", LEE) == ["organisation:lee-bakery"]
    assert post(room, "person/ann-lee/merge", 422, into="section:news")["errors"][0]["pointer"] == "/into"
    assert post(room, "person/ann-lee/merge", 422, into="ann-lee")["errors"][0]["pointer"] == "/into"


def test_what_a_merge_would_move_is_counted(room: Any, index: EmbeddedIndex) -> None:
    index.put([
        *(story(f"One {n}", tags=(tag("person", "Lee"),)) for n in range(22)), story(tags=(tag("person", "Ann Lee"),)),
        story(tags=(tag("person", "Lee"), tag("person", "Ann Lee"))),
    ])  # fmt: skip
    told = post(room, "person/lee/merge/preview", 200, into="ann-lee")
    assert (told["moves"]["count"], len(told["moves"]["items"])) == (23, 20)
    assert (told["carry_both"], told["target_count"], told["narrower"]) == (1, 2, 0)


def test_a_split_parts_names_and_stories(room: Any) -> None:
    by_hand = room.submit("edda")["id"]
    told = post(room, "person/lee/split", main="lee", parts=[
        {"label": "Lee Ann", "slug": "lee"}, {"label": "Alan Lee", "names": ["A. Lee"], "stories": [by_hand]},
    ])  # fmt: skip
    assert [receipt["id"] for receipt in told["items"]] == ["person:lee", "person:alan-lee"]
    first, second = found(room, "person/lee"), found(room, "person/alan-lee")
    assert first and second
    assert (first.aliases, first.labels, first.landing) == ((), {"ru": "Энн Ли"}, True)
    assert (second.aliases, second.labels, second.landing) == (("A. Lee",), {}, False)
    assert said(room, by_hand) == EditorTags(added=(TagRef(type="person", slug="alan-lee"),), removed=(LEE,))
    post(room, "person/alan-lee/undo")
    assert found(room, "person/alan-lee") is None and said(room, by_hand) == EditorTags()
    again = found(room, "person/lee")
    assert again and again.aliases == ("A. Lee",)


def test_where_no_part_keeps_the_address_it_leads_to_the_main_one(room: Any) -> None:
    post(room, "person/lee/split", main="lee-one", parts=[{"label": "Lee One"}, {"label": "Lee Two"}])
    assert room.items[LEE.key].newest.payload["merged_into"] == "person:lee-one"
    one = found(room, "person/lee-one")
    assert one and one.aliases == ("Lee Ann", "A. Lee")


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"main": "lee", "parts": [{"label": "Lee", "slug": "lee"}]}, {"/parts"}),
        ({"main": "two", "parts": [{"label": "Lee", "slug": "lee"}, {"label": "Two"}]}, {"/main"}),
        ({"main": "lee", "parts": [{"label": "Lee"}, {"label": "Lee"}]}, {"/parts/1/slug"}),
        ({"main": "lee", "parts": [{"label": "Lee"}, {"label": "Ann Lee"}]}, {"/parts/1/slug"}),
        ({"main": "lee", "parts": [{"label": "Lee"}, {"label": "Two", "names": ["Bo"], "stories": ["nope"]}]},
         {"/parts/1/names/0", "/parts/1/stories/0"}),
    ],
)  # fmt: skip
def test_parts_that_cant_be_are_refused(room: Any, body: dict[str, Any], pointers: set[str]) -> None:
    told = post(room, "person/lee/split", 422, **body)
    assert {error["pointer"] for error in told["errors"]} == pointers
    assert room.items[LEE.key].newest_revision == 1


def test_a_topics_phrases_are_parted_too(room: Any) -> None:
    put(room, "topic/crossings", label="Crossings", rules={"any": ["river bridge", "ferry"], "none": ["card game"]})
    post(room, "topic/crossings/split", main="crossings", parts=[
        {"label": "Crossings"}, {"label": "Ferries", "names": ["ferry"]},
    ])  # fmt: skip
    first, second = found(room, "topic/crossings"), found(room, "topic/ferries")
    assert first and second
    assert (first.rules.any, second.rules.any, second.rules.none) == (("river bridge",), ("ferry",), ("card game",))


def test_moves_are_for_editors(room: Any) -> None:
    for path in ("merge", "merge/preview", "split", "undo"):
        assert room.ask("POST", f"/v1/terms/person/lee/{path}", json={}).status_code == 403
    assert room.ask("GET", "/v1/terms/person/lee/moves").status_code == 403


def test_topics_merge_by_phrases_and_by_names() -> None:
    plain = Term(type="topic", slug="a", label="Alpha", aliases=("First",))
    ruled = Term(type="topic", slug="b", label="Beta", rules=TopicRules(any=("beta test^2",)))
    assert merged_term(plain, ruled).rules.any == ("beta test^2", "Alpha", "First")
    assert merged_term(ruled, plain).rules.any == ("Alpha", "First", "beta test^2")
    assert merged_term(plain, replace(plain, slug="c", label="Gamma")).rules == TopicRules()
    strict = replace(ruled, rules=TopicRules(all=("one", "two")))
    assert merged_term(plain, strict).rules == strict.rules


def test_taking_back_keeps_what_came_after() -> None:
    before = Term(type="person", slug="a", label="A", aliases=("x", "y"))
    after = replace(before, aliases=("x", "z"), landing=True, label="B")
    now = replace(after, aliases=("x", "z", "w"), label="C")
    assert taken_back(now, before, after) == replace(before, label="C", aliases=("x", "w", "y"))
