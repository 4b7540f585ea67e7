"""Why something is in quarantine, in plain words, and what an editor can do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dateline.ports.ledger.quarantine import QuarantinedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Where it ``stopped``, ``why``, and what to ``do``; each a sentence or two. ``title`` says it in a few words."""

    title: str
    stopped: str
    why: str
    do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A reason that is known by its words; ``why`` None where the reason says it well enough itself."""

    title: str
    stage: str
    words: re.Pattern[str]
    why: str | None
    do: str


STOPPED: Final[Mapping[str, str]] = {
    "document": "It stopped while its page was put together, before the search index had it.",
    "index": "It stopped when the search index was to take it.",
    "worker": "It stopped in the background: each worker that took it died or hung.",
    "renditions": "It stopped while the sizes that readers get of the picture were made.",
}
_ANYTHING: Final = re.compile("")
_OF_THE_PROGRAM: Final = (
    "The program met something here that it can’t handle. The fault is the program’s; something unusual in the text "
    "sets it off."
)
_KNOWN: Final = (
    _Known(
        title="a fault of the program", stage="document",
        words=re.compile(r"^[A-Z]\w+: "), why=_OF_THE_PROGRAM,
        do="Look for what is unusual: odd characters, a table, something pasted. Change it and try again. If nothing "
           "strikes you, give the technical details to whoever runs Dateline, and try again after the next update.",
    ),
    _Known(
        title="a word that is too long", stage="index",
        words=re.compile(r"immense term|max_bytes_length|too large|too long", re.IGNORECASE),
        why="A word or a field in it is longer than the search index takes.",
        do="Look for a very long run of letters without a space, such as an address or pasted code. Shorten it and try "
           "again.",
    ),
    _Known(
        title="an odd character", stage="index",
        words=re.compile("Unicode"), why=None,
        do="Type the odd character anew, or take it out, and try again.",
    ),
    _Known(
        title="the index is of another version", stage="index",
        words=re.compile("strict_dynamic_mapping|document_parsing|mapper_parsing"),
        why="The search index has no place for a part of it. As a rule the index was made by another version of "
            "Dateline than the one that runs.",
        do="Nothing in the text will help. Whoever runs Dateline finds out with dateline index check; after that, try "
           "all that failed alike again.",
    ),
    _Known(
        title="refused by the search index", stage="index",
        words=_ANYTHING,
        why="The search index refused it; its own words are in the technical details.",
        do="If several failed alike, tell whoever runs Dateline, and try them again together afterwards. If it is this "
           "one alone, look for what is unusual in it, change it and try again.",
    ),
    _Known(
        title="workers died or hung", stage="worker",
        words=_ANYTHING,
        why="Three workers in a row ended, or took too long, while they had nothing but this in hand.",
        do="If several are here since the same minute, the machine was probably out of memory: try them again "
           "together. If it is this one alone, it is probably too much at once: make the text or its tables shorter "
           "and try again.",
    ),
    _Known(
        title="the file can’t be read", stage="renditions",
        words=_ANYTHING, why=None,
        do="Save the picture once more from its original and add that, or take this one down.",
    ),
)  # fmt: skip


def explained(item: QuarantinedItem) -> Explained:
    """What is to be said of an item in quarantine; its reason itself where that is plain enough, or nothing known."""
    stopped = STOPPED.get(item.stage, f"It stopped at the stage “{item.stage}”.")
    for known in _KNOWN:
        if known.stage == item.stage and known.words.search(item.reason):
            return Explained(title=known.title, stopped=stopped, why=known.why or item.reason, do=known.do)
    advice = "Mend what is said here, and try again."
    return Explained(title="something to mend", stopped=stopped, why=item.reason, do=advice)
