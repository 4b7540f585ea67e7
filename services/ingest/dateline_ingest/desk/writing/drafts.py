"""The desk's pages of drafts, and where the page saves itself while one writes."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.errors import Conflict, InvalidInput, StaleRevision
from dateline.ports.ledger.drafts import Draft
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import list_field, query_fields, whole_number
from dateline_ingest.desk.forms.story_form import EMBARGO_PARTS, StoryForm, embargo_parts, story_fields
from dateline_ingest.desk.tagging.sent_form import sent_form
from dateline_ingest.desk.template_filters import error_details, format_time
from dateline_ingest.desk.writing.draft_form import is_own_correction, save_typed
from dateline_ingest.desk.writing.write_page import draft_page, overtaken_page, read_fields, write_page

draft_pages = Blueprint("draft_pages", __name__, url_prefix="/drafts")
Page = str | Response | tuple[str | Response, int]


@draft_pages.get("")
@needs("reporter", "editor")
def mine() -> Page:
    """My drafts and those that others share with me; the last ones that were sent."""
    cursor, ledger = query_fields(request.args).get("cursor"), parts().ledger
    found = ledger.drafts(token(), limit=50, cursor=cursor)
    sent = ledger.drafts(token(), sent=True, limit=10).drafts if cursor is None else ()
    return render_template("desk/drafts.html", found=found.drafts, next=found.next, sent=sent)


@draft_pages.post("")
@needs("reporter", "editor")
def save() -> Page:
    """Save what was typed: for the button without JavaScript, and for the page that saves itself."""
    form = sent_form()
    try:
        draft = save_typed(form)
    except InvalidInput as refusal:
        return _refused(form, refusal)
    except StaleRevision:
        return _overtaken(form)
    except Conflict as sent:
        return _not_saved(sent)
    return _saved(draft)


@draft_pages.get("/<opaque:draft_id>")
@needs("reporter", "editor")
def write(draft_id: str) -> Page:
    """Go on with a draft, or with an earlier text of it; the story, when it was sent."""
    draft = parts().ledger.draft(draft_id, token(), revision=whole_number(request.args.get("revision", "")))
    if draft.sent:
        return redirect(url_for("desk.show", story_id=draft.sent.id), 303)
    if "revision" not in request.args and is_own_correction(draft, token()):
        return redirect(_address(draft), 303)
    if draft.is_to_review and not draft.may_be_decided_by(token()):
        return render_template("desk/with_editors.html", draft=draft, fields=read_fields(draft))
    return draft_page(draft)


@draft_pages.post("/<opaque:draft_id>/share")
@needs("reporter", "editor")
def share(draft_id: str) -> Page:
    """Say whom a draft is shared with."""
    ledger, draft = parts().ledger, parts().ledger.draft(draft_id, token())
    names = list_field(request.form.get("shared_with", ""))[:100]
    try:
        ledger.save_draft(draft_id, token(), draft.body, if_match=draft.revision, label=draft.label, shared_with=names)
        flash(f"Shared with {', '.join(names)}." if names else "Shared with nobody.")
    except InvalidInput as error:
        flash(error_details(error), "error")
    return redirect(url_for("draft_pages.write", draft_id=draft_id), 303)


@draft_pages.post("/<opaque:draft_id>/delete")
@needs("reporter", "editor")
def delete(draft_id: str) -> Page:
    """Delete a draft for good."""
    parts().ledger.delete_draft(draft_id, token())
    flash("Deleted.")
    return redirect(url_for("draft_pages.mine"), 303)


def _saved(draft: Draft) -> Page:
    at, address = format_time(draft.updated_at, "HH:mm"), _address(draft)
    if _wants_json():
        return jsonify({"id": draft.id, "revision": draft.revision, "saved": at, "address": address})
    flash(f"Saved {at}.")
    return redirect(address, 303)


def _address(draft: Draft) -> str:
    """Where a draft goes on: a correction on its story's page."""
    if is_own_correction(draft, token()):
        return url_for("desk.show_correct", story_id=draft.corrects)
    return url_for("draft_pages.write", draft_id=draft.id)


def _refused(form: StoryForm, refusal: InvalidInput) -> Page:
    if _wants_json():
        return jsonify({"detail": error_details(refusal)}), 422
    return write_page(form, refusal), 422


def _overtaken(form: StoryForm) -> Page:
    newest = parts().ledger.draft(form.values["draft"], token())
    if not _wants_json():
        return overtaken_page(form, newest), 412
    at, by = format_time(newest.updated_at, "HH:mm"), newest.revisions[-1].by
    fields = story_fields(newest.body, parts().settings.timezone)
    fields |= dict(zip(EMBARGO_PARTS, embargo_parts(fields["embargo_until"]) or (), strict=False))
    return jsonify({"id": newest.id, "revision": newest.revision, "saved": at, "by": by, "fields": fields}), 412


def _not_saved(sent: Conflict) -> Page:
    """It was sent, or there are too many."""
    if not _wants_json():
        raise sent
    return jsonify({"detail": str(sent)}), 409


def _wants_json() -> bool:
    return bool(request.accept_mimetypes.best == "application/json")
