"""What each word of a run is: a role, a linking word, part of a known name, or just a capitalised word."""

from __future__ import annotations

from functools import cache
from typing import Final

from dateline.tagging.wordlists import words


class Mark:
    """``TITLE`` always stands before a name ("Mr."), ``ROLE`` may ("President"); ``KNOWN`` is of the vocabulary.

    Plain strings: each word is asked several times, and an enum's members take three times as long to get.
    """

    PLAIN: Final = "plain"
    OPENER: Final = "opener"
    LINK: Final = "link"
    ROLE: Final = "role"
    TITLE: Final = "title"
    CALENDAR: Final = "calendar"
    KNOWN: Final = "known"


LINKS: Final = frozenset(("of", "for", "and", "the", "&"))


@cache
def marks_of_words() -> dict[str, str]:
    """Lower-case word → its mark; the others are plain."""
    lists = words()
    return {
        **dict.fromkeys(lists.openers, Mark.OPENER),
        **dict.fromkeys(lists.roles, Mark.ROLE),
        **dict.fromkeys(lists.titles, Mark.TITLE),
        **dict.fromkeys(lists.calendar, Mark.CALENDAR),
        **dict.fromkeys(LINKS, Mark.LINK),
    }
