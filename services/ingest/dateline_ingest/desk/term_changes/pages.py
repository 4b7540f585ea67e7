"""The pages on which one term is merged into another or split into several, and that undone."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from dateline.domain.term import Term, TermType
from dateline.errors import IndexUnavailable, InvalidInput, NotFound, Permanent
from dateline.ports.index import StoryFilter
from dateline.ports.ledger.term_moves import TermMove
from dateline_ingest.api.terms import TERM
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import query_fields
from dateline_ingest.desk.template_filters import error_details
from dateline_ingest.desk.term_changes.named_term import MOST, terms_named, terms_with
from dateline_ingest.desk.term_changes.split_form import SplitForm
from dateline_ingest.vocabulary.evidence_groups import TermEvidence, evidence_of
from dateline_ingest.vocabulary.merge_preview import MergePreview, preview_of_merge, stories_with
from dateline_ingest.vocabulary.splitting import names_of
from dateline_ingest.vocabulary.term_editor import term_editor
from dateline_ingest.vocabulary.touched_stories import TouchedStories

term_change_pages = Blueprint("term_change_pages", __name__, url_prefix="/terms")
Page = str | WerkzeugResponse | tuple[str, int]

SHOWN_STORIES = 100
"""Stories that the page of a split lists, by their words."""
GIVEN_STORIES = 1_000
"""Stories that are given to a part together, where all of the same words are."""


@term_change_pages.app_template_global("term_moves_of")
def term_moves_of(key: str) -> list[TermMove]:
    """What changed a term in the last day and can be undone; not what it only stands below."""
    moves = parts().ledger.term_moves(key)
    return [move for move in moves if move.kind != "merge" or key in list(move.revisions)[:2]]


@term_change_pages.app_template_global("term_label")
def term_label(key: str) -> str:
    """What a term of a key is called, or was when it was taken out; its slug where nobody knows."""
    type, _, slug = key.partition(":")
    entry = term_editor().look_up(cast(TermType, type), slug)
    return (entry.term.label if entry.term else entry.item.label if entry.item else "") or slug


@term_change_pages.app_template_global("stories_that_carry")
def stories_that_carry(term: Term) -> TouchedStories | None:
    """How many stories carry a term, and the newest of them; None while the archive can't be searched."""
    try:
        return stories_with(parts().index, StoryFilter().choosing(term.type, term.slug))
    except IndexUnavailable:
        return None


term_change_pages.add_app_template_global(names_of)


@term_change_pages.get(f"{TERM}/merge")
@needs("editor")
def show_merge(type: TermType, slug: str) -> Page:
    """Choose the term that this one is merged into, and see what would move."""
    term, typed = _term(type, slug), query_fields(request.args).get("into", "")
    found = terms_named(typed, term, parts().vocabulary.current())
    target = found[0] if len(found) == 1 and found[0].key != term.key else None
    return render_template(
        "desk/terms/merge.html", term=term, typed=typed, found=found, target=target,
        preview=_preview(term, target) if target else None,
    )  # fmt: skip


@term_change_pages.get(f"{TERM}/merge/names")
@needs("editor")
def complete(type: TermType, slug: str) -> Response:
    """Names of terms that it may be merged into, as one types."""
    found = terms_with(query_fields(request.args).get("q", ""), _term(type, slug), parts().vocabulary.current())
    return jsonify({"items": list(dict.fromkeys(term.label for term in found))[:MOST]})


@term_change_pages.get(f"{TERM}/split")
@needs("editor")
def show_split(type: TermType, slug: str) -> Page:
    """The names and stories of a term, to be parted."""
    term = _term(type, slug)
    return _split_page(term, SplitForm.of(term))


@term_change_pages.post(f"{TERM}/split")
@needs("editor")
def split(type: TermType, slug: str) -> Page:
    """Make several terms of one; with ``more`` only show the form again, with one part more."""
    term, form = _term(type, slug), SplitForm(request.form)
    if "more" in request.form:
        return _split_page(term, form.with_one_more())
    try:
        return _done(term, form)
    except (InvalidInput, IndexUnavailable) as refusal:
        return _split_page(term, form, error_details(refusal)), 422


@term_change_pages.post(f"{TERM}/undo")
@needs("editor")
def undo(type: TermType, slug: str) -> Page:
    """Undo a merge, a split or a retirement."""
    try:
        term_editor().undo(request.form.get("move", ""), token())
        flash("Undone. Its stories are tagged again in the background.")
    except Permanent as error:
        flash(error_details(error), "error")
    return redirect(url_for("term_pages.show", type=type, slug=slug), 303)


def _term(type: TermType, slug: str) -> Term:
    if (term := term_editor().entry(type, slug).term) is None:
        raise NotFound(f"There is no {type} {slug!r} in the vocabulary.")
    return term


def _preview(term: Term, target: Term) -> MergePreview | None:
    """None while the archive can't be searched."""
    try:
        return preview_of_merge(parts().index, parts().vocabulary.current(), term, target)
    except IndexUnavailable:
        return None


def _evidence(term: Term, most: int) -> TermEvidence | None:
    try:
        return evidence_of(parts().index, term, most)
    except IndexUnavailable:
        return None


def _split_page(term: Term, form: SplitForm, wrong: str = "") -> str:
    evidence = _evidence(term, SHOWN_STORIES)
    return render_template("desk/terms/split.html", term=term, form=form, evidence=evidence, wrong=wrong)


def _done(term: Term, form: SplitForm) -> WerkzeugResponse:
    evidence = evidence_of(parts().index, term, GIVEN_STORIES) if form.gives_groups else None
    into = form.split(term, evidence)
    term_editor().split(term.type, term.slug, into, token())
    labels = ", ".join(part.label for part in into.parts)
    flash(f"Split into {labels}. Its stories are tagged again in the background; this can be undone for a day.")
    return redirect(url_for("term_pages.show", type=term.type, slug=into.main), 303)
