"""ninjs of very many members, of numbers and times that nothing is: told at the border, and cheap to tell."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from dateline.domain.term import Term
from dateline.formats.ninjs import schema
from dateline.vocabulary.vocabulary import shipped

NINJS: Final[dict[str, Any]] = {
    "uri": "urn:x:1",
    "headlines": [{"value": "Bridge opens"}],
    "bodies": [{"value": "It is open.", "contentType": "text/plain"}],
}
PICTURE: Final[dict[str, Any]] = {
    "name": "a", "uri": "urn:p", "type": "picture", "renditions": [{"name": "r", "href": "https://a.b/c.jpg"}],
}  # fmt: skip


def send(newsroom: Any, **members: Any) -> Any:
    text = json.dumps({**NINJS, **members})
    return newsroom.ask("POST", "/v1/stories", data=text, content_type="application/ninjs+json")


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["pointer"] for error in answer.get_json()["errors"]]


def subjects(number: int) -> list[dict[str, str]]:
    return [{"name": f"n{one}", "uri": f"u{one}"} for one in range(number)]


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks the schema or the vocabulary."""

    def never(*_: Any) -> None:
        raise AssertionError("what is too much was read")

    monkeypatch.setattr(schema, "validator", never)


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"subjects": subjects(1_001)}, "/subjects"),
        ({"subjects": subjects(40_000)}, ""),
        ({"bodies": NINJS["bodies"] * 101}, "/bodies"),
        ({"headlines": NINJS["headlines"] * 101}, "/headlines"),
        ({"genres": subjects(101)}, "/genres"),
        ({"renditions": PICTURE["renditions"] * 101}, "/renditions"),
        ({"associations": [PICTURE] * 1_001}, "/associations"),
        ({"associations": [{**PICTURE, "renditions": PICTURE["renditions"] * 101}]}, "/associations/0/renditions"),
        ({"associations": [{**PICTURE, "subjects": subjects(600)}] * 10}, ""),
    ],
)
def test_more_than_a_list_takes_is_told_before_it_is_read(newsroom: Any, members: Any, pointer: str) -> None:
    assert pointers(send(newsroom, **members)) == [pointer]


def test_as_many_as_a_list_takes_is_a_story(newsroom: Any) -> None:
    assert send(newsroom, subjects=subjects(1_000), associations=[PICTURE] * 1_000).status_code == 202


def test_no_more_faults_are_looked_for_than_are_told(newsroom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    known = schema._field_errors

    def noted(error: Any) -> Any:
        told.append(error)
        return known(error)

    monkeypatch.setattr(schema, "_field_errors", noted)
    answer = send(newsroom, associations=[{"Name": "a"}] * 1_000)
    assert len(pointers(answer)) == 100
    assert len(told) <= 100


def test_the_vocabulary_is_gone_through_once_however_many_are_named(
    newsroom: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    find = newsroom.words.with_names

    def noted(names: Any, type: Any) -> Any:
        asked.append(type)
        return find(names, type)

    def never(*_: Any) -> None:
        raise AssertionError("one name was looked for")

    monkeypatch.setattr(newsroom.words, "with_names", noted)
    monkeypatch.setattr(newsroom.words, "search", never)
    assert send(newsroom, subjects=[*subjects(900), {"name": "BRIDGES", "uri": "u"}]).status_code == 202
    assert asked == ["topic"]


def test_names_are_found_in_any_language_and_case_the_best_known_first() -> None:
    editors = Term(type="place", slug="new-minsk", label="Nova", labels={"be": "Новы Мінск"})
    words = shipped().with_term(editors)
    found = words.with_names({"minsk", "новы мінск", "nowhere at all"}, "place")
    assert {name: term.slug for name, term in found.items()} == {"minsk": "minsk", "новы мінск": "new-minsk"}
    assert words.with_names({"minsk"}, "person") == {}
    for name in ("London", "Paris", "Germany", "Беларусь"):
        (best, *_) = [one for one in words.search(name, "place", 5) if name.casefold() in map(str.casefold, one.names)]
        assert words.with_names({name.casefold()}, "place")[name.casefold()] == best


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"expires": "9999-12-31T23:59:60Z"}, "/associations/0/expires"),
        ({"expires": "0001-01-01T00:00:00+14:00"}, "/associations/0/expires"),
        ({"embargoedUntil": "0001-01-01T00:00:00+14:00"}, "/associations/0/embargoedUntil"),
        ({"embargoedUntil": "9999-12-31T23:59:59-14:00"}, "/associations/0/embargoedUntil"),
        ({"renditions": [{"name": "r", "href": "https://a.b/c.jpg", "width": 10**400, "height": 0.5}]},
         "/associations/0/renditions/0/width"),
        ({"renditions": [{"name": "r", "href": "https://a.b/c.jpg", "width": 2**63}]},
         "/associations/0/renditions/0/width"),
        ({"renditions": [{"name": "r", "href": "https://a.b/c.jpg", "height": 1e308}]},
         "/associations/0/renditions/0/height"),
    ],
)  # fmt: skip
def test_times_and_numbers_that_nothing_is_are_told(newsroom: Any, members: Any, pointer: str) -> None:
    assert pointers(send(newsroom, associations=[{**PICTURE, **members}])) == [pointer]


def test_a_picture_at_no_address_is_told_and_not_taken(newsroom: Any) -> None:
    broken = {**PICTURE, "renditions": [{"name": "r", "href": "http://[x/a.jpg"}]}
    answer = send(newsroom, associations=[broken])
    assert answer.status_code == 202
    assert [note["pointer"] for note in answer.json["notes"]] == ["/associations/0"]


@pytest.mark.parametrize("number", ["1" + "0" * 400, "1e400", "-1e400", "18446744073709551616"])
def test_numbers_that_can_not_be_written_again_are_not_kept(newsroom: Any, number: str) -> None:
    text = json.dumps({**NINJS, "renditions": [{"name": "r", "href": "https://a.b/c.jpg", "width": 7}]})
    sent = text.replace('"width": 7', f'"width": {number}')
    answer = newsroom.ask("POST", "/v1/stories", data=sent, content_type="application/ninjs+json")
    assert pointers(answer) == ["/renditions/0/width"]
