"""Sentence by sentence: what differs between two texts."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents import text_diff
from dateline.documents.text_diff import _Comparison, changed_passages

WORDS = st.lists(st.integers(0, 7), max_size=14)


@pytest.mark.parametrize(
    ("before", "after", "passages"),
    [
        ("A. B. C.", "A. X. C.", [("B.", "X.")]),
        ("A. B. C.", "A. B. C.", []),
        ("A. B.", "A. B. C.", [("", "C.")]),
        ("B. C.", "A. B. C.", [("", "A.")]),
        ("A. B. C. D.", "A. C. D.", [("B.", "")]),
        ("A. B. C. D. E.", "X. B. C. D. Y.", [("A.", "X."), ("E.", "Y.")]),
        ("A. A. A.", "A. A.", [("A.", "")]),
        ("One\ntwo", "One\nthree", [("two", "three")]),
        ("", "A.", [("", "A.")]),
    ],
)
def test_what_differs(before: str, after: str, passages: list[tuple[str, str]]) -> None:
    assert changed_passages(before, after, 20) == passages


@given(WORDS, WORDS)
def test_the_passages_make_the_one_of_the_other(old: list[int], new: list[int]) -> None:
    made: list[int] = []
    at = 0
    for a, b, c, d in _Comparison(old, new).changes():
        assert at <= a
        made += old[at:a] + new[c:d]
        assert made == new[:d]
        at = b
    assert made + old[at:] == new


def test_no_more_than_so_many_are_given() -> None:
    before, after = (" ".join(f"{n}{end if n % 2 else ''}." for n in range(100)) for end in "ab")
    assert len(changed_passages(before, after, 20)) == 20


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pairs of sentences were given to difflib, each time."""
    pairs: list[int] = []

    class Counting(SequenceMatcher[int]):
        def __init__(self, junk: None, old: list[int], new: list[int], **more: bool) -> None:
            pairs.append(len(old) * len(new))
            super().__init__(junk, old, new, **more)

    monkeypatch.setattr(text_diff, "SequenceMatcher", Counting)
    return pairs


REPEATED = "It is so. " * 1_000


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (REPEATED, "It was so. " + REPEATED),
        (REPEATED + "A.", "B. " + REPEATED),
        ("A. B. " * 500, "B. A. " * 500 + "C."),
        ("A. B. C. " * 300 + "X.", "C. B. A. " * 300),
        ("A. " * 3_000, "B. " * 3_000),
        ("".join(f"{n}. A. B. C. D. " for n in range(500)), "".join(f"{n}. D. C. B. A. " for n in range(500))),
        ("".join(f"{n}. " for n in range(9_000)), "".join(f"{n}. " for n in reversed(range(9_000)))),
        ("A. " * 1_000_000, "B. " + "A. " * 900_000),
    ],
    ids=["before", "both", "turned", "three", "none", "islands", "backwards", "long"],
)
def test_repeated_sentences_cost_little(before: str, after: str, compared: list[int]) -> None:
    passages = changed_passages(before, after, 20)
    assert passages
    assert sum(compared) <= text_diff.MOST_COMPARED


def test_what_is_too_much_to_look_through_changed_throughout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_diff, "MOST_READ", 10)
    assert changed_passages("A. B. C. D. E. F.", "X. B. C. Y. E. Z.", 20) == [
        ("A. B. C. D. E. F.", "X. B. C. Y. E. Z.")
    ]
