"""The page of a term, for editors: change it, make one, merge it into another, take it out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.domain.term import TERM_PLURAL, Term, TermType
from dateline.errors import IndexUnavailable, InvalidInput, Permanent, RevisionRequired, StaleRevision
from dateline.ports.vocabulary import Terms
from dateline_ingest.api.terms import TERM
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import note_field, query_fields, revision_field
from dateline_ingest.desk.template_filters import error_details
from dateline_ingest.desk.term_changes.named_term import term_field
from dateline_ingest.desk.terms.broader_field import names_above
from dateline_ingest.desk.terms.same_as_field import shown_codes
from dateline_ingest.desk.terms.stories_of_term import stories_of_term
from dateline_ingest.desk.terms.term_form import LABELS, TermForm, errors_of
from dateline_ingest.intake import Write, content_of
from dateline_ingest.vocabulary.rule_trial import rule_trial
from dateline_ingest.vocabulary.term_editor import Entry, term_editor
from dateline_ingest.vocabulary.term_preview import preview

term_pages = Blueprint("term_pages", __name__, url_prefix="/terms")
Page = str | Response | tuple[str, int]


@term_pages.get(TERM)
@needs("editor")
def show(type: TermType, slug: str) -> Page:
    """The form filled with a term, carrying its revision; an empty one where there is none yet."""
    entry = term_editor().look_up(type, slug)
    return _page(entry, TermForm.of(_named(_newest(entry)), _terms()), entry.revision)


@term_pages.post(TERM)
@needs("editor")
def save(type: TermType, slug: str) -> Page:
    """Make or change a term; a stale change is shown beside the newest revision."""
    entry, form, revision = (
        term_editor().look_up(type, slug),
        TermForm.typed(request.form),
        revision_field(request.form),
    )
    try:
        return _page(entry, form, revision) if "show_pictures" in request.form else _saved(entry, form, revision)
    except InvalidInput as refusal:
        return _page(entry, form, revision, refusal), 422
    except (StaleRevision, RevisionRequired):
        return _page(newest := term_editor().look_up(type, slug), form, newest.revision, overtaken=True), 412


@term_pages.post(f"{TERM}/preview")
@needs("editor")
def show_preview(type: TermType, slug: str) -> Page:
    """Say which stories the form would give the term to or take it from, or try a topic's phrases; nothing is
    saved."""
    entry, form, revision = (
        term_editor().look_up(type, slug),
        TermForm.typed(request.form),
        revision_field(request.form),
    )
    try:
        return _page(entry, form, revision, **_shown(form.term(_newest(entry), _terms())))
    except InvalidInput as refusal:
        return _page(entry, form, revision, refusal), 422


@term_pages.get(f"{TERM}/broader/names")
@needs("editor")
def complete_broader(type: TermType, slug: str) -> Page:
    """Names of terms that may stand above it, as one types."""
    beside = _newest(term_editor().look_up(type, slug))
    return jsonify({"items": names_above(query_fields(request.args).get("q", ""), beside, _terms())})


@term_pages.post(f"{TERM}/merge")
@needs("editor")
def merge(type: TermType, slug: str) -> Page:
    """Make the term, or a proposal, another name of a term, and go there."""
    try:
        other, into = term_field(request.form, "into", type)
        term_editor().merge(type, slug, f"{other}:{into}", token())
    except Permanent as error:
        flash(error_details(error), "error")
        return redirect(url_for("term_pages.show", type=type, slug=slug), 303)
    flash("Merged. Its stories are tagged again in the background; this can be undone for a day.")
    return redirect(url_for("term_pages.show", type=other, slug=into), 303)


@term_pages.post(f"{TERM}/remove")
@needs("editor")
def remove(type: TermType, slug: str) -> Page:
    """Take a term out of the vocabulary, a shipped one too."""
    write = Write(by=token(), if_match=revision_field(request.form))
    try:
        term_editor().remove(term_editor().entry(type, slug), write, note_field(request.form))
        flash("Taken out. Its stories are tagged again in the background.")
    except Permanent as error:
        flash(error_details(error), "error")
    return redirect(url_for("term_pages.show", type=type, slug=slug), 303)


def _shown(term: Term) -> dict[str, Any]:
    """What the page says of a term before it is saved: ``trial`` is None while the archive can't be searched."""
    if "trial" not in request.form:
        return {"preview": preview(term)}
    try:
        return {"tried": True, "trial": rule_trial(term)}
    except IndexUnavailable:
        return {"tried": True, "trial": None}


def _saved(entry: Entry, form: TermForm, revision: int) -> Page:
    term = form.term(_newest(entry), _terms())
    flash(_save(entry, term, revision))
    return redirect(url_for("term_pages.show", type=term.type, slug=term.slug), 303)


def _save(entry: Entry, term: Term, revision: int) -> str:
    if entry.term == term:
        return "Nothing was changed."
    term_editor().put(entry, term, Write(by=token(), if_match=revision))
    return "Saved. The stories that it touches are tagged again in the background."


def _page(
    entry: Entry, form: TermForm, revision: int, refusal: InvalidInput | None = None, *, overtaken: bool = False,
    **more: Any,
) -> str:  # fmt: skip
    newest, terms = _newest(entry), _terms()
    theirs = TermForm.of(newest, terms).values if overtaken else {}
    return render_template(
        "desk/term.html", entry=entry, term=newest, form=form, revision=revision, theirs=theirs,
        plural=TERM_PLURAL[newest.type], labels=LABELS, errors=errors_of(refusal, form),
        codes=shown_codes(newest, terms), above=terms.ancestors(newest),
        stories=stories_of_term(parts().index, newest) if entry.term else None, **more,
    )  # fmt: skip


def _terms() -> Terms:
    return parts().vocabulary.current()


def _named(term: Term) -> Term:
    """The term, called as was typed where one was asked for by a name that no term has."""
    return term if term.label else replace(term, label=request.args.get("label", "").strip()[:300])


def _newest(entry: Entry) -> Term:
    """The term as it is, or as it was when it was taken out, or as the tagger proposed it."""
    before = content_of(Term, entry.item.newest.payload) if entry.item else None
    label = entry.item.label if entry.item else entry.proposal.label if entry.proposal else ""
    type, _, slug = entry.key.partition(":")
    return entry.term or before or Term(type=type, slug=slug, label=label)  # type: ignore[arg-type]
