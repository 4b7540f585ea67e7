"""What becomes of a correction's form: it is sent, shown with what it changes, merged, or refused."""

from __future__ import annotations

from flask import flash, redirect, request, url_for

from dateline.errors import Conflict, InvalidInput, ReviewNeeded, StaleRevision
from dateline_ingest.context import item
from dateline_ingest.desk.correcting.conflict import overtaken_correction
from dateline_ingest.desk.correcting.correct_page import Page, correction_page, differences_of, send_correction
from dateline_ingest.desk.forms.story_form import StoryForm
from dateline_ingest.desk.receipts import received_words
from dateline_ingest.desk.tagging.sent_form import is_only_shown
from dateline_ingest.desk.writing.draft_form import save_typed
from dateline_ingest.desk.writing.reviews import sent_to_editors
from dateline_ingest.desk.writing.write_page import errors_of


def answer_to_correction(form: StoryForm, revision: int) -> Page:
    """The page that answers the form of a correction which was begun from ``revision``."""
    try:
        return _answer(form, revision)
    except InvalidInput as refusal:
        return correction_page(form, item(), revision, errors=errors_of(refusal)), 422


def _answer(form: StoryForm, revision: int) -> Page:
    if is_only_shown(form):
        return correction_page(form, item(), revision)
    if revision != item().newest_revision:
        return overtaken_correction(form, revision)
    if "changes" in request.form:
        return correction_page(form, item(), revision, differences=differences_of(form))
    try:
        receipt = send_correction(form, revision)
    except ReviewNeeded as needed:
        return sent_to_editors(save_typed(form, corrects=(item().id, revision)), needed.section)
    except (StaleRevision, Conflict):  # another was faster by a moment, or it is withdrawn; or another tab saved it
        return overtaken_correction(form, revision)
    flash(received_words(receipt))
    return redirect(url_for("desk.show", story_id=receipt.id), 303)
