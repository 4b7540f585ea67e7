"""A draft as the form of a story, and the form as a draft: nothing in it need be right."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from dateline.domain.story import Story
from dateline.errors import NotAllowed, NotFound, StaleRevision
from dateline.ports.ledger.drafts import Draft, DraftBody
from dateline.ports.ledger.submissions import DraftVersion
from dateline.ports.ledger.tokens import Token
from dateline.schemas.draft import DraftStorySchema
from dateline.schemas.pointers import load
from dateline_ingest.api.draft_responses import label_of
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import key_field, whole_number
from dateline_ingest.desk.forms.standing_story import standing_story
from dateline_ingest.desk.forms.story_form import NOT_SHOWN, StoryForm, story_fields


def draft_body(
    form: StoryForm, zone: ZoneInfo, before: DraftBody | None = None, corrected: Story | None = None
) -> dict[str, Any]:
    """What was typed, as a draft keeps it; ``corrected`` is the story that it corrects.

    Raises ``InvalidInput`` for more than a draft takes.
    """
    kept = {name: (before or {})[name] for name in NOT_SHOWN if name in (before or {})}
    body: dict[str, Any] = load(DraftStorySchema(), kept | form.body(zone, corrected))
    return body


def form_of_draft(draft: Draft, zone: ZoneInfo) -> StoryForm:
    """The form filled with a draft, carrying the revision that it was made from."""
    return StoryForm({**story_fields(draft.body, zone), "draft": draft.id, "draft_revision": str(draft.revision),
                      "corrects_revision": str(draft.corrects_revision or "")})  # fmt: skip


def corrected_story(story_id: str) -> Story | None:
    """The story that a draft corrects; None where it is none's, or has no text any more."""
    return standing_story(parts().ledger.item("story", story_id)) if story_id else None


def is_own_correction(draft: Draft, by: Token) -> bool:
    """Whether a draft goes on at the page that corrects its story: one's own, before the editors had it."""
    return draft.belongs_to(by) and not draft.reviews and corrected_story(draft.corrects) is not None


def named_draft(form: StoryForm) -> Draft | None:
    """The draft that a form was written as; None where there is none, or none any more."""
    if draft_id := form.values.get("draft"):
        with suppress(NotFound):
            return parts().ledger.draft(draft_id, token())
    return None


def version_of(form: StoryForm, draft: Draft) -> DraftVersion:
    """The draft of a form, in the revision that the form was filled from."""
    return DraftVersion(id=draft.id, revision=whole_number(form.values.get("draft_revision", "")) or 0)


def keep_merged(form: StoryForm, revision: int) -> None:
    """Keep a correction that was merged with ``revision`` of its story as the draft which the form names, if it does.

    Raises ``InvalidInput``, ``StaleRevision`` where it was saved elsewhere since.
    """
    if (draft := named_draft(form)) is None or draft.sent:
        return
    body = draft_body(form, parts().settings.timezone, draft.body, corrected_story(draft.corrects))
    typed = version_of(form, draft).revision
    saved = parts().ledger.save_draft(
        draft.id, token(), body, if_match=typed, label=label_of(body), corrects_revision=revision
    )
    form.values["draft_revision"] = str(saved.revision)


def _begun_from(form: StoryForm) -> tuple[str, int] | None:
    """The story, and its revision, that a form says it corrects. Raises ``NotFound``, ``NotAllowed``."""
    story_id, revision = form.values.get("corrects", ""), whole_number(form.values.get("revision", ""))
    if not story_id or revision is None:
        return None
    item = parts().ledger.item("story", story_id)
    if token().role == "reporter" and not item.belongs_to(token()):
        raise NotAllowed("This is another reporter's.")
    return item.id, revision


def save_typed(form: StoryForm, corrects: tuple[str, int] | None = None) -> Draft:
    """The draft that the form names, or a new one for its key; so also where somebody deleted it meanwhile.

    ``corrects``: the story, and its revision, that a new one is a correction of.

    Raises ``InvalidInput``, ``StaleRevision`` where it was saved elsewhere since, and ``Conflict`` where it was sent.
    """
    ledger, before = parts().ledger, named_draft(form)
    corrects = corrects or _begun_from(form)
    story = corrected_story(before.corrects if before else corrects[0] if corrects else "")
    body = draft_body(form, parts().settings.timezone, before.body if before else None, story)
    if before:
        revision = version_of(form, before).revision
        return ledger.save_draft(before.id, token(), body, if_match=revision, label=label_of(body))
    made = ledger.create_draft(token(), body, label=label_of(body), key=key_field(request.form), corrects=corrects)
    if made.body != body:  # the page's first save came before, and another tab went on with it
        form.values["draft"] = made.id
        raise StaleRevision("Another tab saved this draft since.")
    return made
