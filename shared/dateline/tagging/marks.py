"""What each word of a run is: a role, a linking word, part of a known name, or just a capitalised word."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Final

from dateline.tagging.runs import Word
from dateline.tagging.spans import Claims
from dateline.tagging.words import words


class Mark(Enum):
    """Roles may begin what a title may not: "Minister" is no one's name, "Mr." always stands before one."""

    PLAIN = "plain"
    OPENER = "opener"
    LINK = "link"
    ROLE = "role"
    TITLE = "title"
    CALENDAR = "calendar"
    KNOWN = "known"


LINKS: Final = frozenset(("of", "for", "and", "the", "&"))


@cache
def _marks() -> dict[str, Mark]:
    lists = words()
    return {
        **dict.fromkeys(lists.openers, Mark.OPENER),
        **dict.fromkeys(lists.roles, Mark.ROLE),
        **dict.fromkeys(lists.titles, Mark.TITLE),
        **dict.fromkeys(lists.calendar, Mark.CALENDAR),
        **dict.fromkeys(LINKS, Mark.LINK),
    }


def marked(run: list[Word], known: Claims) -> list[Mark]:
    """The mark of each word; ``known`` are the spans of names that the vocabulary has."""
    table = _marks()
    marks = []
    for word in run:
        mark = table.get(word.lower, Mark.PLAIN)
        if mark is Mark.OPENER and len(word.text) == 2 and word.text[1] == ".":
            mark = Mark.PLAIN
        if mark in (Mark.PLAIN, Mark.ROLE, Mark.CALENDAR) and known.covering(word.start, word.end):
            mark = Mark.KNOWN
        marks.append(mark)
    return marks
