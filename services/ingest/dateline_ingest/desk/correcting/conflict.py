"""A correction that somebody else's overtook: merged with that, and what both changed is asked for, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

from flask import Blueprint, flash, redirect, render_template, request, url_for

from dateline.domain.story import Story
from dateline.ports.ledger.items import Item
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts
from dateline_ingest.desk.correcting.correct_page import Page, correction_page, fields_of
from dateline_ingest.desk.correcting.differences import Change, WordComparison
from dateline_ingest.desk.correcting.story_merge import Answer, Choice, Dispute, StoryMerge, merge_stories
from dateline_ingest.desk.forms.form_fields import FormError, revision_field, whole_number
from dateline_ingest.desk.forms.standing_story import standing_story
from dateline_ingest.desk.forms.story_form import LABELS, StoryForm, carried_fields
from dateline_ingest.desk.writing.draft_form import keep_merged
from dateline_ingest.desk.writing.reviews import overtaken
from dateline_ingest.intake import content_of

conflict_pages = Blueprint("conflict", __name__, url_prefix="/stories/<opaque:story_id>")

_GONE: Final = FormError("headline", "", "This story was withdrawn meanwhile. Bring it back, and then send this.")
_CHOICE, _EDIT = "choice-", "edit-"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDispute:
    """A dispute as the page asks about it: what each side changed in words, and what was answered so far."""

    label: str
    dispute: Dispute
    mine: tuple[Change, ...]
    theirs: tuple[Change, ...]
    choice: str
    words: str


def overtaken_correction(form: StoryForm, revision: int) -> Page:
    """What becomes of a correction of ``revision``, which isn't the newest: the form with both merged, or the page that
    asks. Raises ``InvalidInput`` where the form isn't all there."""
    form.check_whole()
    whole = parts().ledger.item("story", item().id, payloads="all")
    if standing_story(whole) is None:
        return correction_page(form, whole, revision, errors=(_GONE,)), 409
    if revision == whole.newest_revision:
        return overtaken(form), 412
    merge = _merge(form, whole, revision)
    if merge.disputes:
        return _asking(form, whole, revision, merge), 412
    if merge.is_theirs:
        flash("The story says that already.")
        return redirect(url_for("desk.show", story_id=whole.id), 303)
    return _merged(form, whole, merge, ()), 412


@conflict_pages.post("/merge")
@needs("reporter", "editor")
def merge(story_id: str) -> Page:
    """The form with what was decided on each dispute; it isn't sent yet."""
    typed = {name: value for name, value in request.form.items() if not _is_answer(name)}
    theirs = whole_number(request.form.get("theirs", "")) or 0
    return _with_answers(StoryForm.typed(typed), revision_field(request.form), theirs)


def _with_answers(form: StoryForm, revision: int, theirs: int) -> Page:
    form.check_whole()
    whole = parts().ledger.item("story", item().id, payloads="all")
    if theirs != whole.newest_revision or standing_story(whole) is None:
        return overtaken_correction(form, revision)
    merged = _merge(form, whole, revision)
    answers = [_answer(number, dispute) for number, dispute in enumerate(merged.disputes)]
    decided = [answer for answer in answers if answer]
    if len(decided) < len(answers):
        return _asking(form, whole, revision, merged, is_checked=True), 422
    return _merged(form, whole, merged, decided)


def _merge(form: StoryForm, whole: Item, base: int) -> StoryMerge:
    stories = {one.revision: content_of(Story, one.payload) for one in whole.revisions}
    return merge_stories(fields_of(stories.get(base)), form.values, fields_of(standing_story(whole)))


def _merged(form: StoryForm, whole: Item, merge: StoryMerge, answers: list[Answer] | tuple[()]) -> str:
    form.values.update(merge.decided(answers))
    keep_merged(form, whole.newest_revision)
    return correction_page(form, whole, whole.newest_revision, taken=merge.taken)


def _asking(form: StoryForm, whole: Item, revision: int, merge: StoryMerge, *, is_checked: bool = False) -> str:
    words = WordComparison()
    asked = [
        AskedDispute(
            label=_label(dispute), dispute=dispute, mine=words.changed_words(dispute.base, dispute.mine),
            theirs=words.changed_words(dispute.base, dispute.theirs),
            choice=request.form.get(f"{_CHOICE}{number}", ""),
            words=request.form.get(f"{_EDIT}{number}", dispute.mine),
        )
        for number, dispute in enumerate(merge.disputes)
    ]  # fmt: skip
    errors = [FormError(f"{_CHOICE}{number}", one.label, "Say which one goes on.")
              for number, one in enumerate(asked) if is_checked and one.choice not in get_args(Choice)]  # fmt: skip
    return render_template(
        "desk/conflict.html", item=whole, revision=revision, asked=asked, errors=errors, taken=merge.taken,
        carried=carried_fields(form.values),
    )  # fmt: skip


def _is_answer(name: str) -> bool:
    return name.startswith((_CHOICE, _EDIT))


def _answer(number: int, dispute: Dispute) -> Answer | None:
    """What was decided on a dispute; None where nothing was."""
    match request.form.get(f"{_CHOICE}{number}"):
        case "mine" | "theirs" as side:
            return Answer(choice=side)
        case "edit":
            return Answer(choice="edit", words=request.form.get(f"{_EDIT}{number}", ""))
    return None


def _label(dispute: Dispute) -> str:
    label = LABELS.get(dispute.field, dispute.field)
    return f"{label}, paragraph {dispute.paragraph}" if dispute.paragraph else label
