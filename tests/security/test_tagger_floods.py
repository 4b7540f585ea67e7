"""Hostile texts take time in proportion to their length."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import pytest

from dateline.domain.tagged_text import TaggedText
from dateline.tagging.surroundings import MOST_SEARCHED, TextWords
from dateline.tagging.tagger import Tagger

SMALL: Final = 10_000
TIMES: Final = 8
SLACK: Final = 3.0
"""How much more than its share the longer text may take; if the time grew with the square it would be 8."""

HOSTILE: Final[dict[str, Callable[[int], str]]] = {
    "one capital letter": lambda n: "A" * n,
    "capital letters": lambda n: "A " * (n // 2),
    "capital letters with stops": lambda n: "A." * (n // 2),
    "names": lambda n: " ".join(f"John Smith{i}" for i in range(n // 15)),
    "names in lines": lambda n: ".\n".join(f"Mr. John Smith{i} said" for i in range(n // 25)),
    "known names": lambda n: "Minsk, Paris, Springfield " * (n // 26),
    "one surname": lambda n: "Andrei Kobyakov said. Kobyakov " * (n // 31),
    "organisations": lambda n: "Bank of the University of " * (n // 26),
    "nested brackets": lambda n: "(" * (n // 2) + "WHO" + ")" * (n // 2),
    "acronyms": lambda n: "World Health Organization (WHO) " * (n // 32),
    "right-to-left marks": lambda n: "\u200fKursk\u200f " * (n // 8),
    "combining marks": lambda n: "e" + "\u0301" * n,
    "topic phrases": lambda n: "trade turnover wheat " * (n // 21),
    "spaces": lambda n: " " * n,
    "dashes": lambda n: "MINSK" + " -" * (n // 2),
    "apostrophes": lambda n: "A'A" * (n // 3),
    "hyphens": lambda n: "A-" * (n // 2),
    "credits": lambda n: ("(Reporting by " + "A and " * 40 + "the x\n") * (n // 260),
    "credits in lines": lambda n: "Photo: A, B and C/D\n" * (n // 20),
    "slashes": lambda n: " /A B" * (n // 5),
    "hyphens behind a slash": lambda n: " /" + "A-A " * (n // 4),
    "dashes behind slashes": lambda n: " /A - A" * (n // 7),
    "one list behind a slash": lambda n: " /" + "A - A " * (n // 6),
    "copyright signs": lambda n: "© A, " * (n // 5),
    "given names with words": lambda n: "John Smith’'s /" * (n // 15),
    "words after in": lambda n: " ".join(f"in {word}, in {word}." for word in words(n // 24)),
    "lower case": lambda n: "of the and " * (n // 11),
    "letters of all scripts": lambda n: "".join(chr(0x100 + i % 0xD000) for i in range(n)),
}


def words(count: int) -> list[str]:
    """So many different words of seven letters."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return ["Zor" + "".join(letters[number // 26**place % 26] for place in range(4)) for number in range(count)]


class Counted(str):
    """A text that counts how many characters of it are searched."""

    searched = 0

    def __contains__(self, word: object) -> bool:
        Counted.searched += len(self)
        return super().__contains__(word)


def test_a_long_text_is_not_searched_for_each_of_its_names() -> None:
    text = Counted("smith o'hara's castle O'Neill " * 3_000)
    known = TextWords(text)
    assert known.has_alone("castle") and known.has_alone("o'hara")
    assert not known.has_alone("cast") and not known.has_alone("o'neill")
    for word in words(20_000):
        assert not known.has_alone(word)
        known.has_alone(f"{word}'s")
        known.has(word)
    assert Counted.searched <= MOST_SEARCHED


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_is_linear_in_the_length(tagger: Tagger, kind: str) -> None:
    make = HOSTILE[kind]
    seconds(tagger, make(SMALL))
    for _ in range(3):  # other work on the machine may disturb one measurement, not three
        short = max(min(seconds(tagger, make(SMALL)) for _ in range(3)), 0.002)
        long = min(seconds(tagger, make(SMALL * TIMES)) for _ in range(2))
        if long < short * TIMES * SLACK:
            return
    pytest.fail(f"{SMALL} characters: {short:.3f} s, {SMALL * TIMES}: {long:.3f} s")


@pytest.mark.parametrize(
    "body",
    ["A" * 1_000_000, " ".join(f"John Smith{i}" for i in range(100_000)), "(" * 500_000, "\u200f" * 1_000_000],
    ids=["a megabyte of one letter", "100,000 names", "brackets", "marks"],
)
def test_a_megabyte_is_tagged_in_seconds(tagger: Tagger, body: str) -> None:
    tagging = tagger.tag(TaggedText(headline="", body_text=body))
    assert len(tagging.tags) <= 240
    assert seconds(tagger, body) < 20


def test_of_a_long_text_the_beginning_is_tagged(tagger: Tagger) -> None:
    body = f"It was in Minsk. {'Words of it. ' * 16_000}It was in Paris."
    assert [tag.slug for tag in tagger.tag(TaggedText(headline="", body_text=body)).tags] == ["minsk", "belarus"]


def seconds(tagger: Tagger, body: str) -> float:
    before = time.process_time()
    tagger.tag(TaggedText(headline="", body_text=body))
    return time.process_time() - before
