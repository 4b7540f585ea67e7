"""Sending a draft: what it says is checked as a story is, and becomes one with a receipt that stays the same; or it
goes to the editors, where its section asks for a second pair of eyes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from dateline.errors import ReviewNeeded, StaleRevision
from dateline.ports.ledger.drafts import Draft, DraftBody, Drafts
from dateline.ports.ledger.items import Items
from dateline.ports.ledger.reviews import Reviews
from dateline.ports.ledger.submissions import DraftVersion, Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.schemas.pointers import load
from dateline.schemas.story import StorySchema
from dateline_ingest.intake import Intake, Write


class SentDrafts(Drafts, Reviews, Items, Protocol):
    """What sending a draft asks of the ledger."""


def send_draft(
    ledger: SentDrafts, intake: Intake, draft_id: str, by: Token, if_match: int | None = None
) -> Receipt | Draft:
    """Submit a draft's newest text as a story; the receipt of the first time when it was sent already. The draft, when
    it is with the editors now.

    Raises ``InvalidInput`` for what isn't right yet, ``StaleRevision`` where it isn't the revision that was meant.
    """
    draft = ledger.draft(draft_id, by)
    if draft.sent:
        return draft.sent
    if if_match not in (None, draft.revision):
        raise StaleRevision(f'The newest revision is "{draft.revision}"; read it and send that.')
    try:
        return intake.submit(submission_of_draft(ledger, intake, draft, draft_write(draft, by, draft.body)))
    except ReviewNeeded as needed:
        return ledger.ask_review(draft.id, by, section=needed.section, if_match=draft.revision)


def draft_write(draft: Draft, by: Token, sent: DraftBody) -> Write:
    """The write of a draft's text."""
    version = DraftVersion(id=draft.id, revision=draft.revision)
    return Write(by=by, sent=sent, draft=version, author_id=draft.writer_id)


def submission_of_draft(ledger: Items, intake: Intake, draft: Draft, write: Write) -> Submission:
    """What a draft becomes: a new story, or a revision of the one that it corrects.

    Raises ``InvalidInput``, and ``ReviewNeeded`` once all else is right.
    """
    given: Mapping[str, Any] = load(StorySchema(), write.sent)
    if not draft.corrects:
        return intake.new_story(given, write)
    started_from = draft.corrects_revision if write.if_match is None else write.if_match
    return intake.corrected_story(ledger.item("story", draft.corrects), given, replace(write, if_match=started_from))
