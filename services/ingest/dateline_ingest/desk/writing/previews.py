"""A look before sending: the story as readers will see it on a phone and on a desk, framed from web."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from dateline.errors import InvalidInput, StaleRevision
from dateline.ports.ledger.drafts import Draft
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.forms.standing_story import standing_story
from dateline_ingest.desk.forms.story_body import story_body
from dateline_ingest.desk.forms.story_form import StoryForm
from dateline_ingest.desk.framing import framing_policy
from dateline_ingest.desk.tagging.sent_form import sent_form
from dateline_ingest.desk.writing.check import checked_form, shown_remarks
from dateline_ingest.desk.writing.draft_form import form_of_draft, save_typed
from dateline_ingest.desk.writing.story_preview import SignedPreview, preview_of_correction, preview_of_new
from dateline_ingest.desk.writing.write_page import errors_of, overtaken_page, write_page
from dateline_ingest.similar.likeness import similar_to

preview_pages = Blueprint("preview_pages", __name__)
Page = str | AnyResponse | tuple[str | AnyResponse, int]


@preview_pages.post("/drafts/preview")
@needs("reporter", "editor")
def save_and_show() -> Page:
    """Save what was typed as a draft, and show that as readers will see it."""
    form = sent_form()
    try:
        draft = save_typed(form)
    except InvalidInput as refusal:
        return write_page(form, refusal), 422
    except StaleRevision:
        return overtaken_page(form, parts().ledger.draft(form.values["draft"], token())), 412
    return redirect(url_for("preview_pages.show", draft_id=draft.id), 303)


@preview_pages.get("/drafts/<opaque:draft_id>/preview")
@needs("reporter", "editor")
def show(draft_id: str) -> Page:
    """A draft as readers will see it, and what to look at once more; the story, when it was sent."""
    draft = parts().ledger.draft(draft_id, token())
    if draft.sent:
        return redirect(url_for("desk.show", story_id=draft.sent.id), 303)
    form = form_of_draft(draft, parts().settings.timezone)
    try:
        preview = preview_of_new(draft.id, story_body(form, parts().settings))
    except InvalidInput as refusal:
        return _page(form, draft, refusal=refusal), 422
    return _page(form, draft, preview)


@preview_pages.post("/stories/<opaque:story_id>/preview")
@needs("reporter", "editor")
def show_correction(story_id: str) -> Page:
    """A correction as readers will see it; nothing is stored."""
    form = sent_form()
    try:
        body = story_body(form, parts().settings, standing_story(item()))
        preview = preview_of_correction(item(), body)
    except InvalidInput as refusal:
        return _page(form, refusal=refusal), 422
    return _page(form, preview=preview)


def _page(
    form: StoryForm, draft: Draft | None = None, preview: SignedPreview | None = None,
    refusal: InvalidInput | None = None,
) -> Response:  # fmt: skip
    """The page, which may frame web, and post to it."""
    checked, own = checked_form(form), [] if draft else [item().id]
    response = make_response(render_template(
        "desk/preview.html", form=form, draft=draft, preview=preview, errors=errors_of(refusal),
        remarks=shown_remarks(checked), pending=checked.links_pending,
        similar=similar_to(**_texts(form), but=own) if preview else (),
    ))  # fmt: skip
    if preview:
        response.headers["Content-Security-Policy"] = framing_policy(preview.origin)
    return response


def _texts(form: StoryForm) -> dict[str, str]:
    return {name: form.values.get(name, "") for name in ("headline", "body_text", "body_html")}
