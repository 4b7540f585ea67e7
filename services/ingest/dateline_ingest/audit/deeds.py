"""The deeds of the audit in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_WORDS: Final[Mapping[str, str]] = {
    "submit": "submitted", "correct": "corrected", "withdraw": "withdrew", "restore": "brought back",
    "tags": "changed tags", "requeue": "tried again", "discard": "gave up", "erase": "erased",
    "difference-hidden": "hid what a correction changed", "difference-shown": "showed what a correction changed",
    "difference-removed": "removed what a correction changed",
    "draft-share": "shared a draft", "draft-delete": "deleted a draft",
    "draft-assign": "gave a draft to a colleague", "draft-unassign": "took a draft from a colleague",
    "review-ask": "sent a draft to the editors", "review-return": "gave a draft back with notes",
    "review-take-back": "took a draft back from the editors", "review-out": "sent out after review",
    "proposal-accepted": "accepted a proposal", "proposal-rejected": "rejected a proposal",
    "proposal-merged": "merged a proposal",
    "sign-in": "signed in", "sign-in-failed": "failed to sign in", "sign-out": "signed out",
    "sessions-end": "ended sessions", "setting": "started with another setting",
}  # fmt: skip


def deed_in_words(deed: str) -> str:
    """What was done; a deed without words of its own as it is called."""
    return _WORDS.get(deed, deed)
