"""Notes to colleagues on a story's page, and who has it open."""

from __future__ import annotations

from flask import Blueprint, Response, flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dateline.errors import InvalidInput
from dateline.formats.control_characters import drop_control_characters
from dateline.schemas.pointers import load
from dateline.schemas.story_note import StoryNoteSchema
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.story.page import story_page

visitor_pages = Blueprint("story_visitors", __name__, url_prefix="/stories/<opaque:story_id>")
Page = str | AnyResponse | tuple[str, int]


@visitor_pages.post("/notes")
@needs("reporter", "editor")
def add_note(story_id: str) -> Page:
    """Leave a note for colleagues, or an answer to one."""
    typed = {name: drop_control_characters(request.form.get(name, "")).strip() for name in ("text", "answers")}
    try:
        given = load(StoryNoteSchema(), {name: value for name, value in typed.items() if value or name == "text"})
    except InvalidInput as refusal:
        wrong = " ".join(error.detail for error in refusal.errors)
        return story_page(note=typed["text"], wrong=wrong, answers=typed["answers"]), 422
    note = parts().ledger.add_note(story_id, given["text"], token(), answers=given.get("answers"))
    flash("Your note is kept. Only colleagues see it.")
    return redirect(url_for("desk.show", story_id=story_id, _anchor=f"note-{note.id}"), 303)


@visitor_pages.post("/open")
@needs("reporter", "editor")
def note_presence(story_id: str) -> Response:
    """Say that one has the story open, or has it no more; who else has."""
    others = parts().ledger.note_presence(story_id, token(), here="gone" not in request.form)
    return jsonify({"others": others})
