"""What changed between the public revisions of a story: the corrections that its readers are told of.

A difference is worked out once, when the later revision becomes public, and then read from the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final, Literal

from dateline.documents.text_diff import Passage, changed_passages
from dateline.domain.document import Correction
from dateline.domain.html import text_of
from dateline.domain.payload import from_payload
from dateline.domain.story import Story
from dateline.errors import InvalidInput
from dateline.formats.ninjs import clean_without, timed_addresses
from dateline.ports.ledger.claims import Claimed, Diff
from dateline.ports.ledger.items import Revision

MAX_PASSAGES: Final = 20
MAX_CHARACTERS: Final = 600


def corrections_of(revisions: Sequence[Revision], diffs: Mapping[int, Diff]) -> tuple[Correction, ...]:
    """The corrections along ``revisions`` (oldest first, each public in its time), with their ``diffs``.

    One that changed neither headline, summary nor body, and says nothing in a note, is none, nor is a minor one. An
    erased revision is passed over.
    """
    return tuple(_corrections(revisions, diffs))


def _corrections(revisions: Sequence[Revision], diffs: Mapping[int, Diff]) -> Iterator[Correction]:
    for _, after in pairwise(revision for revision in revisions if not revision.erased):
        if after.correction == "minor":
            continue
        note = after.note or str((after.payload or {}).get("note", ""))
        passages = diffs[after.revision].passages if after.revision in diffs else ()
        if after.diff_state != "shown":
            yield _without_difference(after, note)
        elif note or passages:
            yield Correction(at=after.received_at, note=note, diff=passages, kind=_kind(after))


def _without_difference(after: Revision, note: str) -> Correction:
    """That there was a correction, and no word of what it took out; what was removed has no note either."""
    told = note if after.diff_state == "hidden" else ""
    return Correction(at=after.received_at, note=told, diff_state=after.diff_state, kind=_kind(after))


def _kind(after: Revision) -> Literal["", "correction", "update"]:
    return "" if after.correction == "minor" else after.correction


def updated_at(revisions: Sequence[Revision], published_at: datetime) -> datetime:
    """When a story changed last for its readers, along ``revisions`` (oldest first, each public in its time), of which
    the first came out at ``published_at``. What they aren't told of doesn't count."""
    told = [revision.received_at for revision in revisions[1:] if revision.correction != "minor"]
    return max(told[-1], published_at) if told else published_at


def missing_diffs(claimed: Claimed) -> dict[int, Diff]:
    """The differences along a claimed story that nobody has worked out yet.

    That of the first public revision is none, nor is one that was removed for legal reasons; {} for what was
    never corrected.
    """
    if claimed.kind != "story" or claimed.publish is None or not claimed.history:
        return {}
    public = [revision for revision in (*claimed.history, claimed.publish) if revision.action != "withdraw"]
    stories: dict[int, Story] = {}
    missing: dict[int, Diff] = {}
    for before, after in pairwise((None, *public)):
        assert after is not None
        if after.revision in claimed.diffs or after.payload is None:
            continue
        if before is None or after.diff_state == "removed":
            missing[after.revision] = Diff(before=before.revision if before else 0)
        elif before.payload is not None:
            passages = _diff(_story(before, stories), _story(after, stories))
            missing[after.revision] = Diff(before=before.revision, passages=passages)
    return missing


def _story(revision: Revision, read: dict[int, Story]) -> Story:
    if revision.revision not in read:
        read[revision.revision] = from_payload(Story, revision.payload or {})
    return read[revision.revision]


def _diff(before: Story, after: Story) -> tuple[Passage, ...]:
    passages = [
        (old, new) for old, new in ((before.headline, after.headline), (before.summary, after.summary)) if old != new
    ]
    timed = timed_addresses(before.ninjs) | timed_addresses(after.ninjs)
    old_text, new_text = _text(before, timed), _text(after, timed)
    if old_text is not None and new_text is not None:
        passages += changed_passages(old_text, new_text, MAX_PASSAGES)
    return tuple((_cut(old), _cut(new)) for old, new in passages[:MAX_PASSAGES])


def _text(story: Story, timed: frozenset[str]) -> str | None:
    """Without the captions of pictures that have times: a difference is kept, and readers see it at any time.

    None for HTML that can't be read by today's bounds: that an earlier text was such stops no correction.
    """
    try:
        return text_of(clean_without(story.body_html, timed)) if story.body_html is not None else story.body_text or ""
    except InvalidInput:
        return None


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"
