"""By what items fail alike."""

from __future__ import annotations

import pytest

from dateline.domain.failure_cause import cause_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ValueError: day is out of range: '31'", "ValueError: day is out of range:  'the 31st of June'"),
        ("failed to parse field [day] in document 01kb3n9d2e", "failed to parse field [day] in document 01kb3n9dzz"),
        ("The file has 40 × 30 pixels.", "The file has 4000 × 3000 pixels."),
        ('KeyError: "it isn\'t"', 'KeyError: "day"'),
        ("It says “one”", "It says “another thing”"),
    ],
)
def test_what_is_the_single_items_own_makes_no_difference(one: str, other: str) -> None:
    assert cause_of("story", "document", one) == cause_of("story", "document", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("failed to parse field [day]", "failed to parse field [place]"),
        ("it can't be, it isn't", "it can't be, it doesn't"),
    ],
)
def test_other_words_are_another_cause(one: str, other: str) -> None:
    assert cause_of("story", "document", one) != cause_of("story", "document", other)


def test_kind_and_stage_part_causes() -> None:
    causes = {
        cause_of("story", "index", "400"),
        cause_of("event", "index", "400"),
        cause_of("story", "document", "400"),
    }
    assert len(causes) == 3
