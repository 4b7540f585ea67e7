"""Sending a draft: what it says is checked as a story is, and becomes one with a receipt that stays the same."""

from __future__ import annotations

from dateline.errors import StaleRevision
from dateline.ports.ledger.drafts import Drafts
from dateline.ports.ledger.submissions import DraftVersion, Receipt
from dateline.ports.ledger.tokens import Token
from dateline.schemas.pointers import load
from dateline.schemas.story import StorySchema
from dateline_ingest.intake import Intake, Write


def send_draft(drafts: Drafts, intake: Intake, draft_id: str, by: Token, if_match: int | None = None) -> Receipt:
    """Submit a draft's newest text as a story; the receipt of the first time when it was sent already.

    Raises ``InvalidInput`` for what isn't right yet, ``StaleRevision`` where it isn't the revision that was meant.
    """
    draft = drafts.draft(draft_id, by)
    if draft.sent:
        return draft.sent
    if if_match not in (None, draft.revision):
        raise StaleRevision(f'The newest revision is "{draft.revision}"; read it and send that.')
    write = Write(by=by, sent=draft.body, draft=DraftVersion(id=draft.id, revision=draft.revision))
    return intake.submit(intake.new_story(load(StorySchema(), draft.body), write))
