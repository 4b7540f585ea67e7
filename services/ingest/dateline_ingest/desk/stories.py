"""The desk's pages of stories."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.errors import InvalidInput, ReviewNeeded, StaleRevision
from dateline.formats.strict_json import digest
from dateline.ports.ledger.drafts import Draft
from dateline.ports.ledger.submissions import Idempotency, Receipt
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.choices import first_section
from dateline_ingest.desk.correcting.answer import answer_to_correction
from dateline_ingest.desk.correcting.correct_page import begun_correction
from dateline_ingest.desk.finding.list_page import list_page
from dateline_ingest.desk.forms.form_fields import key_field, revision_field, whole_number
from dateline_ingest.desk.forms.story_body import story_body
from dateline_ingest.desk.forms.story_form import StoryForm, load_story
from dateline_ingest.desk.receipts import received_words
from dateline_ingest.desk.session import sign_in_page
from dateline_ingest.desk.story.page import story_page
from dateline_ingest.desk.tagging.sent_form import is_only_shown, sent_form
from dateline_ingest.desk.template_filters import signed_in
from dateline_ingest.desk.writing.draft_form import corrected_story, named_draft, save_typed, version_of
from dateline_ingest.desk.writing.reviews import already_sent, overtaken, sent_to_editors
from dateline_ingest.desk.writing.write_page import write_page
from dateline_ingest.drafting import submission_of_draft
from dateline_ingest.intake import Write
from dateline_ingest.similar.likeness import similar_to

story_pages = Blueprint("desk", __name__)
Page = str | Response | tuple[str, int]


@story_pages.get("/")
def home() -> Page:
    """The submission form and the newest of my stories; the sign-in page for those who are not signed in."""
    who = signed_in()
    if who is None:
        return sign_in_page()
    if who.role not in ("reporter", "editor"):
        return render_template("desk/nothing.html")
    return write_page(StoryForm({"section": first_section(who)}))


@story_pages.post("/stories")
@needs("reporter", "editor")
def submit() -> Page:
    """Submit what was typed; show it again where something is wrong."""
    form = sent_form()
    try:
        return _tagged_page(form) if is_only_shown(form) else _submitted(form)
    except ReviewNeeded as needed:
        return sent_to_editors(save_typed(form), needed.section)
    except InvalidInput as refusal:
        return write_page(form, refusal, draft=named_draft(form)), 422
    except StaleRevision:
        return overtaken(form), 412


@story_pages.get("/stories")
@needs("reporter", "editor")
def mine() -> Page:
    """My stories, newest first; editors see all."""
    return list_page()


@story_pages.get("/stories/<opaque:story_id>")
@needs("reporter", "editor")
def show(story_id: str) -> Page:
    """One story: where it is, what it says, its revisions."""
    return story_page()


@story_pages.get("/stories/<opaque:story_id>/correct")
@needs("reporter", "editor")
def show_correct(story_id: str) -> Page:
    """The form filled with the story, or with what one typed before; it carries the revision it was made from."""
    return begun_correction(item())


@story_pages.post("/stories/<opaque:story_id>/correct")
@needs("reporter", "editor")
def correct(story_id: str) -> Page:
    """Correct the story, or show what the form changes; one that was overtaken is merged with what overtook it."""
    return answer_to_correction(sent_form(), revision_field(request.form))


def _tagged_page(form: StoryForm) -> Page:
    texts = {name: form.values.get(name, "") for name in ("headline", "body_text")}
    return write_page(form, draft=named_draft(form), similar=similar_to(**texts))


def _submitted(form: StoryForm) -> Page:
    receipt = _submit(form)
    flash(received_words(receipt) if receipt.changed else already_sent(receipt))
    return redirect(url_for("desk.show", story_id=receipt.id), 303)


def _submit(form: StoryForm) -> Receipt:
    service, draft = parts(), named_draft(form)
    corrected = corrected_story(draft.corrects) if draft else None
    body = story_body(form, service.settings, corrected)
    write = Write(by=token(), sent=body, idempotency=_idempotency(body), author_id=token().id)
    if draft is None:
        return service.intake.submit(service.intake.new_story(load_story(body), write))
    return service.intake.submit(
        submission_of_draft(service.ledger, service.intake, draft, _of_draft(form, draft, write))
    )


def _of_draft(form: StoryForm, draft: Draft, write: Write) -> Write:
    """The write of a form that was written as a draft: of the revision that the form was filled from."""
    started_from = whole_number(form.values.get("corrects_revision", ""))
    return replace(write, draft=version_of(form, draft), author_id=draft.writer_id, if_match=started_from)


def _idempotency(body: object) -> Idempotency | None:
    """The form's own key, so that a form sent twice makes one story."""
    key = key_field(request.form)
    return Idempotency(key=key, digest=digest(["desk", body])) if key else None
