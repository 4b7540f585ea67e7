"""The desk's pages of what is with the editors: the list, giving back with notes, taking back; what is said of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.domain.story import Story
from dateline.errors import StaleRevision
from dateline.formats.control_characters import drop_control_characters
from dateline.ports.ledger.drafts import Draft
from dateline.ports.ledger.submissions import Receipt
from dateline.schemas.fields import LONG
from dateline.schemas.story import story_json
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import FormError, query_fields, whole_number
from dateline_ingest.desk.forms.story_form import StoryForm, story_fields
from dateline_ingest.desk.tagging.sent_form import sent_form
from dateline_ingest.desk.template_filters import format_time
from dateline_ingest.desk.writing.draft_form import save_typed
from dateline_ingest.desk.writing.write_page import overtaken_page, write_page
from dateline_ingest.intake import content_of

review_pages = Blueprint("review_pages", __name__)
Page = str | Response | tuple[str | Response, int]


@review_pages.get("/reviews")
@needs("editor")
def show() -> Page:
    """What is with the editors, the longest waiting first."""
    found = parts().ledger.drafts_to_review(limit=50, cursor=query_fields(request.args).get("cursor"))
    return render_template("desk/reviews.html", found=found.drafts, next=found.next)


@review_pages.post("/drafts/<opaque:draft_id>/return")
@needs("editor")
def give_back(draft_id: str) -> Page:
    """Give a draft back to who wrote it, with notes; what the editor changed in it is saved first."""
    form, notes = sent_form(), _notes()
    form.values["draft"] = draft_id
    if not notes:
        return _without_notes(form, draft_id), 422
    try:
        draft = save_typed(form)
        parts().ledger.return_draft(draft_id, token(), notes=notes, if_match=draft.revision)
    except StaleRevision:
        return overtaken(form), 412
    flash(f"Given back to {draft.writer}, with your notes.")
    return redirect(url_for("review_pages.show"), 303)


@review_pages.post("/drafts/<opaque:draft_id>/take-back")
@needs("reporter", "editor")
def take_back(draft_id: str) -> Page:
    """Go on with one's draft on which nobody has decided."""
    parts().ledger.take_back_draft(draft_id, token())
    flash("It is yours again. The editors don't see it any more.")
    return redirect(url_for("draft_pages.write", draft_id=draft_id), 303)


def sent_to_editors(draft: Draft, section: str) -> Response:
    """Send a draft to the editors, and say so. Raises as ``Reviews.ask_review``."""
    parts().ledger.ask_review(draft.id, token(), section=section, if_match=draft.revision)
    flash("It is with the editors now. It goes out when one of them has seen it.")
    return redirect(url_for("draft_pages.write", draft_id=draft.id), 303)


def already_sent(receipt: Receipt) -> str:
    """Who sent out what somebody sends again."""
    revisions = parts().ledger.item("story", receipt.id).revisions
    by = next(one.by for one in revisions if one.revision == receipt.revision)
    return f"This was sent already, at {format_time(receipt.received_at, 'HH:mm')}, by {by}."


def overtaken(form: StoryForm) -> str:
    """What was typed beside what others saved since: of the draft, or of the story that it corrects."""
    draft = parts().ledger.draft(form.values["draft"], token())
    started_from = whole_number(form.values.get("corrects_revision", ""))
    if not draft.corrects or started_from is None:
        return overtaken_page(form, draft)
    item = parts().ledger.item("story", draft.corrects)
    story = content_of(Story, item.newest.payload)
    if item.newest_revision == started_from or story is None:
        return overtaken_page(form, draft)
    form.values["corrects_revision"] = str(item.newest_revision)
    return overtaken_page(form, draft, story_fields(story_json(story), parts().settings.timezone))


def _notes() -> str:
    return drop_control_characters(request.form.get("review_notes", "")).strip()[:LONG]


def _without_notes(form: StoryForm, draft_id: str) -> str:
    problem = FormError("review_notes", "Notes", "Say what is to be mended.")
    return write_page(form, draft=parts().ledger.draft(draft_id, token()), errors=(problem,))
