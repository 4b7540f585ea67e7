"""The desk's pages of stories."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from marshmallow import EXCLUDE
from werkzeug.wrappers import Response

from dateline.domain.story import Story
from dateline.domain.tagging import TaggedText
from dateline.errors import Conflict, InvalidInput, StaleRevision
from dateline.formats.control_characters import drop_control_characters
from dateline.formats.strict_json import digest
from dateline.ports.ledger.submissions import Idempotency, Receipt
from dateline.schemas.fields import LONG
from dateline.schemas.pointers import load
from dateline_ingest.api.parameters import ListQuery
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.session import sign_in_page
from dateline_ingest.desk.story_form import StoryForm, Wrong, beside, read, typed_revision
from dateline_ingest.desk.template_filters import on_the_clock, signed_in
from dateline_ingest.intake import Write, content_of

desk = Blueprint("desk", __name__)
Page = str | Response | tuple[str, int]


@desk.get("/")
def home() -> Page:
    """The submission form and the newest of my stories; the sign-in page for those who are not signed in."""
    who = signed_in()
    if who is None:
        return sign_in_page()
    if who.role == "ops":
        return render_template("desk/nothing.html")
    return _form_page(StoryForm({"language": parts().settings.language}))


@desk.post("/stories")
@needs("reporter", "editor")
def submit() -> Page:
    """Submit what was typed; show it again where something is wrong."""
    form = StoryForm(request.form)
    if "preview" in request.form:
        return _form_page(form, preview=True)
    try:
        receipt = _submit(form)
    except InvalidInput as wrong:
        return _form_page(form, wrong), 422
    flash(f"Received at {on_the_clock(receipt.received_at)}. It is on disk; readers will see it in a second or two.")
    return redirect(url_for("desk.show", story_id=receipt.id), 303)


@desk.get("/stories")
@needs("reporter", "editor")
def mine() -> Page:
    """My stories, newest first; editors see all."""
    query = load(
        ListQuery(),
        {name: drop_control_characters(value) for name, value in request.args.items() if value},
        unknown=EXCLUDE,
    )
    owner = token().name if token().role == "reporter" else None
    found = parts().ledger.items(
        "story", owner=owner, state=query.get("state"), query=query.get("q", ""), limit=50, cursor=query.get("cursor")
    )
    return render_template("desk/stories.html", page_items=found.items, next=found.next, query=query)


@desk.get("/stories/<opaque:story_id>")
@needs("reporter", "editor")
def show(story_id: str) -> Page:
    """One story: where it is, what it says, its revisions."""
    return render_template("desk/story.html", item=item(), story=_story())


@desk.get("/stories/<opaque:story_id>/correct")
@needs("reporter", "editor")
def show_correct(story_id: str) -> Page:
    """The form filled with the story, carrying the revision it was made from."""
    story = _story()
    if story is None:
        raise Conflict("This story is withdrawn, or its text was erased; it can't be corrected.")
    form = StoryForm.of(story, parts().settings.timezone)
    return _correct_page(form, item().newest_revision)


@desk.post("/stories/<opaque:story_id>/correct")
@needs("reporter", "editor")
def correct(story_id: str) -> Page:
    """Correct the story; a stale correction is shown beside the newest revision."""
    form, revision = StoryForm(request.form), typed_revision(request.form)
    try:
        receipt = _correct(form, revision)
    except InvalidInput as wrong:
        return _correct_page(form, revision, wrong), 422
    except StaleRevision:
        return _correct_page(form, item().newest_revision, newest=_story()), 412
    flash(f"Correction received at {on_the_clock(receipt.received_at)}.")
    return redirect(url_for("desk.show", story_id=story_id), 303)


@desk.post("/stories/<opaque:story_id>/withdraw")
@needs("reporter", "editor")
def withdraw(story_id: str) -> Page:
    """Withdraw the story; readers get the note."""
    write = Write(by=token(), if_match=typed_revision(request.form))
    intake = parts().intake
    intake.put_on_record(
        intake.withdrawal("story", item(), write, drop_control_characters(request.form.get("note", "")).strip()[:LONG])
    )
    flash("Withdrawn. Readers see the note instead of the story in a second or two.")
    return redirect(url_for("desk.show", story_id=story_id), 303)


def _submit(form: StoryForm) -> Receipt:
    here = parts()
    body = form.body(here.settings.timezone)
    write = Write(by=token(), sent=body, idempotency=_once(body))
    return here.intake.put_on_record(here.intake.new_story(read(body), write))


def _correct(form: StoryForm, revision: int) -> Receipt:
    here = parts()
    body = form.body(here.settings.timezone, _story())
    write = Write(by=token(), sent=body, if_match=revision)
    return here.intake.put_on_record(here.intake.corrected_story(item(), read(body), write))


def _once(body: object) -> Idempotency | None:
    """The form's own key, so that a form sent twice makes one story."""
    key = request.form.get("key", "")
    return Idempotency(key=f"desk-{key}"[:255], digest=digest(["desk", body])) if key.isalnum() else None


def _story() -> Story | None:
    """The story of the address; None when it is withdrawn or erased."""
    return content_of(Story, item().newest.payload)


def _form_page(form: StoryForm, wrong: InvalidInput | None = None, preview: bool = False) -> str:
    owner = token().name
    recent = parts().ledger.items("story", owner=owner, limit=10)
    tagging = None
    if preview:
        values = {name: form.values.get(name, "") for name in ("headline", "body_text", "section", "place")}
        tagging = parts().words.tagger().tag(TaggedText(**values))
    return render_template(
        "desk/home.html", form=form, errors=_beside(wrong), recent_items=recent.items, tagging=tagging
    )


def _correct_page(
    form: StoryForm, revision: int, wrong: InvalidInput | None = None, newest: Story | None = None
) -> str:
    return render_template(
        "desk/correct.html", form=form, item=item(), revision=revision, errors=_beside(wrong), newest=newest
    )


def _beside(wrong: InvalidInput | None) -> tuple[Wrong, ...]:
    if wrong is None:
        return ()
    return beside(wrong.errors) or (Wrong("headline", "", str(wrong)),)
