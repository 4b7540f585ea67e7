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
    "coverage-add": "planned a coverage", "coverage-change": "changed a coverage",
    "coverage-remove": "took a coverage out of the plan", "plan-address": "made a secret address of a plan",
    "suggestion-refused": "refused suggested tags",
    "proposal-accepted": "accepted a proposal", "proposal-rejected": "rejected a proposal",
    "proposal-merged": "merged a proposal", "proposal-proposed": "took back what was decided on a proposal",
    "term-merge": "merged a term", "term-split": "split a term", "term-retire": "retired a term",
    "term-merge-undone": "undid a merge", "term-split-undone": "undid a split",
    "term-retire-undone": "brought a term back",
    "event-proposal-accepted": "accepted a proposed event", "event-proposal-rejected": "rejected a proposed event",
    "token-create": "made a token", "token-rotate": "rotated a token", "token-sources": "changed a token's sources",
    "token-revoke": "ended a token", "account-create": "made an account", "account-link": "linked an account",
    "account-change": "changed an account", "account-role": "changed a role", "account-disable": "disabled an account",
    "account-enable": "enabled an account", "password-link": "gave a link for a password",
    "password-forgotten": "asked for a link for a password", "password-set": "chose a password",
    "fold": "folded similar stories", "unfold": "unfolded similar stories", "not-the-same": "said two are not the same",
    "source-add": "added a source", "source-pull": "pulled a source", "source-pause": "paused a source",
    "source-resume": "resumed a source", "source-section": "changed a source's section",
    "columns-keep": "said what columns mean", "source-remove": "removed a source",
    "sign-in": "signed in", "sign-in-failed": "failed to sign in", "sign-out": "signed out",
    "sessions-end": "ended sessions", "setting": "started with another setting",
}  # fmt: skip


def deed_in_words(deed: str) -> str:
    """What was done; a deed without words of its own as it is called."""
    return _WORDS.get(deed, deed)
