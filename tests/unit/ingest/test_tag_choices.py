"""What a reporter says of tags, in the fields of a form and in its boxes; and the words that tags come from."""

from __future__ import annotations

import pytest

from dateline.domain.tag import Evidence
from dateline_ingest.desk.forms.tag_choices import TagChoices, without_boxes
from dateline_ingest.desk.tagging.evidence import WordPlaces
from dateline_ingest.desk.tagging.reasons import reason_words


def test_the_fields_say_what_a_story_says() -> None:
    body = {
        "tags": {"people": ["ann-lee"], "topics": ["trade"]},
        "removed_tags": {"places": ["brest"]},
    }
    choices = TagChoices.of_story(body)
    assert choices.fields() == {
        "people": "ann-lee", "places": "", "organisations": "", "topics": "trade", "removed_tags": "place:brest",
    }  # fmt: skip
    assert TagChoices.of_fields(choices.fields()).body() == body
    assert TagChoices().body() == {}


def test_what_was_typed_and_is_no_slug_stays() -> None:
    assert TagChoices.of_fields({"people": "Ann Lee, x"}).fields()["people"] == "Ann Lee, x"


def test_each_choice_undoes_the_other() -> None:
    choices = TagChoices().add("place:brest")
    assert choices.remove("place:brest") == TagChoices(removed=("place:brest",))
    assert choices.remove("place:brest", is_found=False) == TagChoices()
    assert choices.remove("place:brest").add("place:brest") == choices
    assert choices.remove("place:brest").take_back("place:brest") == TagChoices()


@pytest.mark.parametrize(
    ("boxes", "fields"),
    [
        ({"tag:place:brest": "found", "keep:place:brest": "1"}, {}),
        ({"tag:place:brest": "found"}, {"removed_tags": "place:brest"}),
        ({"tag:place:minsk": "added"}, {"places": ""}),
        ({"tag:place:minsk": "added", "keep:place:minsk": "1"}, {}),
        (
            {"tag:place:brest": "found", "keep:place:brest": "1", "instead:place:brest": "place:brest-fr"},
            {"places": "minsk, brest-fr", "removed_tags": "place:brest"},
        ),
        ({"tag:place:brest": "found", "keep:place:brest": "1", "instead:place:brest": "place:brest"}, {}),
        ({"add:topic:trade": "1"}, {"topics": "trade"}),
        ({"removed_tags": "topic:trade", "back:topic:trade": "1"}, {"removed_tags": ""}),
        ({"removed_tags": "topic:trade", "add:topic:trade": "1"}, {"removed_tags": "", "topics": "trade"}),
    ],
)
def test_the_boxes_go_into_the_fields(boxes: dict[str, str], fields: dict[str, str]) -> None:
    before = {"headline": "x", "places": "minsk", "removed_tags": ""}
    after = without_boxes(before | boxes)
    assert {name: value for name, value in after.items() if value or name in before} == {
        name: value for name, value in (before | fields).items() if value or name in before
    }


def test_a_form_without_boxes_stays_as_it_is() -> None:
    fields = {"headline": "x", "people": "A  b"}
    assert without_boxes(fields) == fields


def test_words_are_told_by_what_stands_before_them() -> None:
    text = "🌉 A  bridge\n\nin Brest, é Brest."
    first, second = text.index("Brest"), text.rindex("Brest")
    evidence = [
        Evidence(field="body_text", start=start, end=start + 5, text="Brest", rule="name") for start in (second, first)
    ]
    asserted = Evidence(field="tags", start=0, end=0, text="", rule="asserted")
    places = WordPlaces({"body_text": text}, [*evidence, asserted])
    assert [words.before for words in places.of([*evidence, asserted])] == [17, 10]


def test_reasons_are_words() -> None:
    assert reason_words("score 2.1 of 3.2") == "its words weigh 2.1, and it needs 3.2"
    assert reason_words("surname alone") == "the surname stands alone"
    assert reason_words("something new") == "something new"
