"""What changed between the public revisions of a story: the corrections that its readers are told of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from dateline.domain.document import Correction
from dateline.domain.html import clean_html, text_of
from dateline.domain.payload import from_payload
from dateline.domain.story import Story
from dateline.ports.ledger.items import Revision

MAX_PASSAGES: Final = 20
MAX_CHARACTERS: Final = 600
MAX_SENTENCES: Final = 2_000
"""A longer text is compared as one passage: difflib's time grows with the square of the sentences."""

_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+|\n+")


def corrections_of(revisions: Sequence[Revision]) -> tuple[Correction, ...]:
    """The corrections along ``revisions`` (oldest first, each public in its time).

    One that changed neither headline, summary nor body, and says nothing in a note, is none. An erased revision is
    passed over.
    """
    if len(revisions) < 2:
        return ()
    public = [
        (revision, from_payload(Story, revision.payload)) for revision in revisions if revision.payload is not None
    ]
    return tuple(_corrections(public))


def _corrections(public: Sequence[tuple[Revision, Story]]) -> Iterator[Correction]:
    for (_, before), (revision, after) in pairwise(public):
        if revision.diff_state != "shown":
            yield _without_difference(revision, after)
            continue
        note, diff = revision.note or after.note, _diff(before, after)
        if note or diff:
            yield Correction(at=revision.received_at, note=note, diff=diff)


def _without_difference(revision: Revision, after: Story) -> Correction:
    """That there was a correction, and no word of what it took out; what was removed has no note either."""
    note = (revision.note or after.note) if revision.diff_state == "hidden" else ""
    return Correction(at=revision.received_at, note=note, diff_state=revision.diff_state)


def _diff(before: Story, after: Story) -> tuple[tuple[str, str], ...]:
    passages = [
        (old, new) for old, new in ((before.headline, after.headline), (before.summary, after.summary)) if old != new
    ]
    passages += _changed(_text(before), _text(after))
    return tuple((_cut(old), _cut(new)) for old, new in passages[:MAX_PASSAGES])


def _changed(before: str, after: str) -> list[tuple[str, str]]:
    if before == after:
        return []
    old, new = _sentences(before), _sentences(after)
    if len(old) + len(new) > MAX_SENTENCES:
        return [(before, after)]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(" ".join(old[a:b]), " ".join(new[c:d])) for tag, a, b, c, d in blocks if tag != "equal"]


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence]


def _text(story: Story) -> str:
    return text_of(clean_html(story.body_html)) if story.body_html is not None else story.body_text or ""


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"
