"""The list of tags for the page on which a story is written, and what the field for one more is completed from."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, jsonify, render_template, request

from dateline.domain.tag import TAG_TYPES, EditorTags
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts
from dateline_ingest.desk.forms.form_fields import query_fields
from dateline_ingest.desk.tagging.senses import senses_of
from dateline_ingest.desk.tagging.sent_form import sent_form
from dateline_ingest.desk.tagging.tag_panel import tag_panel

tag_pages = Blueprint("tag_pages", __name__)

_MOST: Final = 12


@tag_pages.post("/tags")
@tag_pages.post("/stories/<opaque:story_id>/tags/found")
@needs("reporter", "editor")
def found(story_id: str = "") -> str:
    """The list of tags for what stands in the form, as a part of a page; nothing is stored."""
    said = item().editor_tags if story_id else EditorTags()
    return render_template("desk/tag_panel.html", panel=tag_panel(sent_form(), said, at_once=False), errors=())


@tag_pages.get("/completions/tags")
@needs("reporter", "editor")
def complete() -> Response:
    """The tags that have a name with ``q`` in it, in any language; those of which it is the beginning first."""
    return jsonify({"items": _completions(query_fields(request.args).get("q", ""))})


def _completions(typed: str) -> list[dict[str, Any]]:
    wanted, terms = typed.strip()[:100].casefold(), parts().vocabulary.current()
    called = [term for term in terms.search(wanted, None, 2 * _MOST) if term.type in TAG_TYPES] if wanted else []
    matching = {term.key: next((name for name in term.names if wanted in name.casefold()), "") for term in called}
    return [
        {"key": one.key, "type": one.type, "label": one.label, "about": one.about, "name": matching[one.key]}
        for one in senses_of(called[:_MOST], terms)
    ]
