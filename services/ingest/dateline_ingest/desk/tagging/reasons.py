"""Why something was considered and is no tag, in words for a reporter."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = {
    "needs support from the text": "a small place or one of several, and nothing else speaks for it",
    "part of a longer name": "the word is part of a longer name here",
    "surname alone": "the surname stands alone",
    "several people have this surname": "several people have this surname",
    "names a language": "the word names a language here",
    "may mean something else": "the word may mean something else, and nothing in the text speaks for this",
    "excluded by a phrase": "a phrase in the text rules it out",
}  # fmt: skip
_SCORE: Final = re.compile(r"score (\S+) of (\S+)")


def reason_words(reason: str) -> str:
    """The tagger's reason, in words; one that has none yet as it is."""
    if match := _SCORE.fullmatch(reason):
        return f"its words weigh {match[1]}, and it needs {match[2]}"
    if reason.startswith("more than"):
        return "there are enough stronger topics"
    return _WORDS.get(reason, reason)
