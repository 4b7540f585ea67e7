"""The desk's pages of stories."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from marshmallow import EXCLUDE
from werkzeug.wrappers import Response

from dateline.domain.story import Story
from dateline.errors import Conflict, InvalidInput, StaleRevision
from dateline.formats.strict_json import digest
from dateline.ports.ledger.submissions import DraftVersion, Idempotency, Receipt
from dateline.schemas.pointers import load
from dateline_ingest.api.parameters import ListQuery
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.correcting.answer import answer_to_correction
from dateline_ingest.desk.correcting.correct_page import (
    correction_page,
    standing_story,
)
from dateline_ingest.desk.forms.form_fields import key_field, query_fields, revision_field, whole_number
from dateline_ingest.desk.forms.markdown import with_markdown
from dateline_ingest.desk.forms.story_form import StoryForm, load_story
from dateline_ingest.desk.receipts import received_words
from dateline_ingest.desk.session import sign_in_page
from dateline_ingest.desk.tagging.sent_form import sent_form, wants_tags
from dateline_ingest.desk.template_filters import signed_in
from dateline_ingest.desk.writing.draft_form import named_draft
from dateline_ingest.desk.writing.write_page import overtaken_page, write_page
from dateline_ingest.intake import Write, content_of
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
    return write_page(StoryForm({"language": parts().settings.language}))


@story_pages.post("/stories")
@needs("reporter", "editor")
def submit() -> Page:
    """Submit what was typed; show it again where something is wrong."""
    form = sent_form()
    try:
        if wants_tags(form):
            texts = {name: form.values.get(name, "") for name in ("headline", "body_text")}
            return write_page(form, similar=similar_to(**texts))
        receipt = _submit(form)
    except InvalidInput as refusal:
        return write_page(form, refusal), 422
    except StaleRevision:
        return overtaken_page(form, parts().ledger.draft(form.values["draft"], token())), 412
    flash(received_words(receipt))
    return redirect(url_for("desk.show", story_id=receipt.id), 303)


@story_pages.get("/stories")
@needs("reporter", "editor")
def mine() -> Page:
    """My stories, newest first; editors see all."""
    query = load(ListQuery(), query_fields(request.args), unknown=EXCLUDE)
    owner = token() if token().role == "reporter" else None
    found = parts().ledger.items(
        "story", owner=owner, state=query.get("state"), query=query.get("q", ""), limit=50, cursor=query.get("cursor")
    )
    return render_template("desk/stories.html", page_items=found.items, next=found.next, query=query)


@story_pages.get("/stories/<opaque:story_id>")
@needs("reporter", "editor")
def show(story_id: str) -> Page:
    """One story: where it is, what it says, its revisions."""
    return render_template("desk/story.html", item=item(), story=_story())


@story_pages.get("/stories/<opaque:story_id>/correct")
@needs("reporter", "editor")
def show_correct(story_id: str) -> Page:
    """The form filled with the story, carrying the revision it was made from."""
    story = standing_story(item())
    if story is None:
        raise Conflict("This story is withdrawn, or its text was erased; it can't be corrected.")
    return correction_page(StoryForm.of(story, parts().settings.timezone), item(), item().newest_revision)


@story_pages.post("/stories/<opaque:story_id>/correct")
@needs("reporter", "editor")
def correct(story_id: str) -> Page:
    """Correct the story, or show what the form changes; one that was overtaken is merged with what overtook it."""
    return answer_to_correction(sent_form(), revision_field(request.form))


def _submit(form: StoryForm) -> Receipt:
    service = parts()
    body = with_markdown(form.body(service.settings.timezone))
    write = Write(by=token(), sent=body, idempotency=_idempotency(body), draft=_draft(form))
    return service.intake.submit(service.intake.new_story(load_story(body), write))


def _draft(form: StoryForm) -> DraftVersion | None:
    """The draft that the form was written as."""
    if (draft := named_draft(form)) is None:
        return None
    return DraftVersion(id=draft.id, revision=whole_number(form.values.get("draft_revision", "")) or 0)


def _idempotency(body: object) -> Idempotency | None:
    """The form's own key, so that a form sent twice makes one story."""
    key = key_field(request.form)
    return Idempotency(key=key, digest=digest(["desk", body])) if key else None


def _story() -> Story | None:
    """The story of the address; None when it is withdrawn or erased."""
    return content_of(Story, item().newest.payload)
