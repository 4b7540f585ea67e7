"""What each word of a run is: a role, a linking word, part of a known name, or just a capitalised word."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Final

from dateline.tagging.runs import Word
from dateline.tagging.words import words


class Mark(Enum):
    """``TITLE`` always stands before a name ("Mr."), ``ROLE`` may ("President"); ``KNOWN`` is of the vocabulary."""

    PLAIN = "plain"
    OPENER = "opener"
    LINK = "link"
    ROLE = "role"
    TITLE = "title"
    CALENDAR = "calendar"
    KNOWN = "known"


LINKS: Final = frozenset(("of", "for", "and", "the", "&"))


@cache
def marks_of_words() -> dict[str, Mark]:
    """Lower-case word → its mark; the others are plain."""
    lists = words()
    return {
        **dict.fromkeys(lists.openers, Mark.OPENER),
        **dict.fromkeys(lists.roles, Mark.ROLE),
        **dict.fromkeys(lists.titles, Mark.TITLE),
        **dict.fromkeys(lists.calendar, Mark.CALENDAR),
        **dict.fromkeys(LINKS, Mark.LINK),
    }


def marked(run: list[Word], known: set[int]) -> list[Mark]:
    """The mark of each word; ``known`` are the beginnings of the words of sure names of the vocabulary."""
    table = marks_of_words()
    given = words().given_names
    marks: list[Mark] = []
    before = ""
    for text, lower, start, _ in run:
        mark = table.get(lower, Mark.PLAIN)
        if start in known and mark is not Mark.LINK and mark is not Mark.TITLE:
            # "John Denver" is no place.
            mark = Mark.PLAIN if before in given and marks[-1] is Mark.PLAIN else Mark.KNOWN
        elif mark is Mark.OPENER and len(text) == 2 and text[1] == ".":
            mark = Mark.PLAIN
        marks.append(mark)
        before = text
    return marks
