"""What a correction changes, in words: for who sends it, before it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from dateline.documents.text_diff import changed_passages
from dateline_ingest.desk.correcting.blocks import bodies_of, typed_body
from dateline_ingest.desk.correcting.story_merge import BODY, MINE_ALONE

MOST_PASSAGES: Final = 100
MOST_COMPARED: Final = 1_000_000
"""Pairs of words that are compared for one page; what comes after that changed throughout."""

_WORDS: Final = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """Words that stayed, went, or are new."""

    what: Literal["same", "gone", "new"]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """What changes in a field: its passages, each as the words of both texts in order."""

    field: str
    passages: tuple[tuple[Change, ...], ...]


class WordComparison:
    """Compares passages word by word, for one page."""

    def __init__(self) -> None:
        self._left = MOST_COMPARED

    def changed_words(self, before: str, after: str) -> tuple[Change, ...]:
        """Both texts as one: what stayed, and in between what went and what is new in its place."""
        old, new = _WORDS.findall(before), _WORDS.findall(after)
        if len(old) * len(new) > self._left:
            return tuple(_pair(before, after))
        self._left -= len(old) * len(new)
        found: list[Change] = []
        for what, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
            if what == "equal":
                found.append(Change("same", "".join(old[a:b])))
            else:
                found += _pair("".join(old[a:b]), "".join(new[c:d]))
        return tuple(found)


def _pair(gone: str, new: str) -> Iterator[Change]:
    if gone:
        yield Change("gone", gone)
    if new:
        yield Change("new", new)


def story_differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[FieldDifference]:
    """What differs between a story's fields as two forms say them, in the order of the form; the text last.

    Raises ``InvalidInput`` for HTML with more markup than is taken.
    """
    words = WordComparison()
    found = [
        FieldDifference(field=name, passages=(words.changed_words(old, new),))
        for name in before
        if name not in ("body_html", BODY, *MINE_ALONE)
        and (old := _plain(before, name)) != (new := _plain(after, name))
    ]
    old_body, new_body = bodies_of(typed_body(before), typed_body(after))
    if old_body.blocks != new_body.blocks:
        old_text, new_text = ("\n".join(block.text for block in one.blocks) for one in (old_body, new_body))
        passages = changed_passages(old_text, new_text, MOST_PASSAGES)
        found.append(FieldDifference(field=BODY, passages=tuple(words.changed_words(*passage) for passage in passages)))
    return found


def _plain(values: Mapping[str, str], name: str) -> str:
    return values.get(name, "").replace("\r\n", "\n").strip()
