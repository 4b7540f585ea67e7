"""The page on which a story is written: a new one, or a draft that goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from flask import render_template

from dateline.errors import InvalidInput
from dateline.ports.ledger.drafts import Draft
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import FormError, form_errors
from dateline_ingest.desk.forms.picture_rows import ROW_LABELS, row_errors
from dateline_ingest.desk.forms.story_form import LABELS, StoryForm, story_fields
from dateline_ingest.desk.writing.draft_form import form_of_draft
from dateline_ingest.similar.likeness import SimilarStory

ROWS_TOO: Final = {**LABELS, **ROW_LABELS}


def write_page(
    form: StoryForm,
    refusal: InvalidInput | None = None,
    draft: Draft | None = None,
    similar: Sequence[SimilarStory] = (),
    errors: tuple[FormError, ...] = (),
) -> str:
    """The form, what is wrong in it, what it is like; with the draft's earlier texts and who shares it."""
    recent = parts().ledger.items("story", owner=token(), limit=10) if draft is None else None
    return render_template(
        "desk/home.html", form=form, errors=errors or errors_of(refusal), recent_items=recent.items if recent else (),
        draft=draft, similar=similar,
    )  # fmt: skip


def draft_page(draft: Draft) -> str:
    """The form as a draft fills it."""
    return write_page(form_of_draft(draft, parts().settings.timezone), draft=draft)


def read_fields(draft: Draft) -> dict[str, str]:
    """What a draft says, by the names of the form's fields, without what is empty."""
    fields = story_fields(draft.body, parts().settings.timezone)
    return {name: value for name, value in fields.items() if value}


def overtaken_page(form: StoryForm, newest: Draft, corrected: Mapping[str, str] | None = None) -> str:
    """What was typed beside what was saved since; saving or sending it then is meant so. ``corrected``: the fields of
    the story that the draft corrects, which is newer than the draft."""
    form.values["draft_revision"] = str(newest.revision)
    theirs = corrected or story_fields(newest.body, parts().settings.timezone)
    return render_template(
        "desk/home.html",
        form=form,
        errors=(),
        recent_items=(),
        draft=newest,
        theirs=theirs,
        corrected=corrected is not None,
    )


def errors_of(refusal: InvalidInput | None) -> tuple[FormError, ...]:
    """What is wrong in a story's form, at its fields."""
    if refusal is None:
        return ()
    return form_errors(row_errors(refusal.errors), ROWS_TOO) or (FormError("headline", "", str(refusal)),)
