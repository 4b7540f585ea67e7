"""The sections of the paper, for editors: their order, a section's page, merging and retiring one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.domain.term import Term
from dateline.errors import DatelineError, IndexUnavailable, InvalidInput, Permanent, RevisionRequired, StaleRevision
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import note_field, revision_field
from dateline_ingest.desk.sections import changes
from dateline_ingest.desk.sections.counts import stories_by_section, stories_in_section
from dateline_ingest.desk.sections.feeds import feeds_by_section, feeds_of, put_feed
from dateline_ingest.desk.sections.moving import steps_of
from dateline_ingest.desk.sections.section_form import LABELS, SectionForm, errors_of
from dateline_ingest.desk.template_filters import error_details
from dateline_ingest.intake import Write, content_of
from dateline_ingest.vocabulary.term_editor import Entry, term_editor

section_pages = Blueprint("section_pages", __name__, url_prefix="/sections")
sections_as_terms = Blueprint("sections_as_terms", __name__, url_prefix="/terms/section")
Page = str | Response | tuple[str, int]
SECTION = "/<slug:slug>"


@sections_as_terms.get(SECTION)
@needs("editor")
def show_term(slug: str) -> Page:
    """Lead from where a term's page would be to the section's, or to where one is made."""
    known = term_editor().look_up("section", slug).known
    return redirect(url_for("section_pages.show", slug=slug) if known else url_for("section_pages.show_all"), 303)


@section_pages.get("")
@needs("editor")
def show_all() -> Page:
    """All sections as they lie within one another, in the paper's order, and the form to make one."""
    return _list()


@section_pages.post("")
@needs("editor")
def make() -> Page:
    """Make a section of a name, and go to its page."""
    try:
        made = changes.make(changes.NewSection.typed(request.form))
    except InvalidInput as refusal:
        return _list(refusal), 422
    flash(f"{made.label} is made. Nothing stands in it yet, and it isn't in the navigation.")
    return redirect(url_for("section_pages.show", slug=made.slug), 303)


@section_pages.post(f"{SECTION}/move")
@needs("editor")
def move(slug: str) -> Page:
    """Put a section somewhere else in the paper."""
    try:
        changes.move(slug, request.form)
    except Permanent as error:
        flash(error_details(error), "error")
    return redirect(url_for("section_pages.show_all", _anchor=f"section-{slug}"), 303)


@section_pages.get(SECTION)
@needs("editor")
def show(slug: str) -> Page:
    """The form filled with a section, carrying its revision."""
    entry = term_editor().entry("section", slug)
    return _page(entry, SectionForm.of(_newest(entry), changes.current_tree()), entry.revision)


@section_pages.post(SECTION)
@needs("editor")
def save(slug: str) -> Page:
    """Change a section, or bring it back; a stale change is shown beside the newest revision."""
    entry, form = term_editor().entry("section", slug), SectionForm.typed(request.form)
    revision = revision_field(request.form)
    try:
        return _page(entry, form, revision) if "show_pictures" in request.form else _saved(entry, form, revision)
    except InvalidInput as refusal:
        return _page(entry, form, revision, refusal), 422
    except (StaleRevision, RevisionRequired):
        return _page(newest := term_editor().entry("section", slug), form, newest.revision, overtaken=True), 412


@section_pages.post(f"{SECTION}/feeds")
@needs("editor")
def set_feed(slug: str) -> Page:
    """Let a source pull into a section, or no longer."""
    flash(put_feed(request.form, slug))
    return redirect(url_for("section_pages.show", slug=slug, _anchor="feeds"), 303)


@section_pages.get(f"{SECTION}/leave")
@needs("editor")
def show_leave(slug: str) -> Page:
    """What merging a section into another, or retiring it, would do."""
    return _leave(slug, request.args.get("into", ""))


@section_pages.post(f"{SECTION}/merge")
@needs("editor")
def merge(slug: str) -> Page:
    """Merge a section into another, and go there."""
    try:
        target = changes.merge(slug, request.form.get("into", ""))
    except Permanent as error:
        return _leave(slug, request.form.get("into", ""), error), 422
    flash(f"Merged. Its stories move to {target.label} in the background, and its addresses lead there.")
    return redirect(url_for("section_pages.show", slug=target.slug), 303)


@section_pages.post(f"{SECTION}/retire")
@needs("editor")
def retire(slug: str) -> Page:
    """Take an empty section out of the paper."""
    try:
        changes.retire(slug, revision_field(request.form), note_field(request.form))
    except (Permanent, IndexUnavailable) as error:
        return _leave(slug, "", error), 422
    flash("Retired. Its page says that it is gone.")
    return redirect(url_for("section_pages.show_all"), 303)


@section_pages.post(f"{SECTION}/undo")
@needs("editor")
def undo(slug: str) -> Page:
    """Undo what was merged or retired within a day."""
    try:
        changes.undo(request.form.get("move", ""))
        flash("Undone. What moved stands where it stood.")
    except Permanent as error:
        flash(error_details(error), "error")
    return redirect(url_for("section_pages.show", slug=slug), 303)


def _saved(entry: Entry, form: SectionForm, revision: int) -> Page:
    section = form.section(_newest(entry), changes.current_tree())
    if section == entry.term:
        flash("Nothing was changed.")
    else:
        term_editor().put(entry, section, Write(by=token(), if_match=revision))
        flash("Saved.")
    return redirect(url_for("section_pages.show", slug=section.slug), 303)


def _list(refusal: InvalidInput | None = None) -> str:
    tree = changes.current_tree()
    return render_template(
        "desk/sections/list.html", tree=tree, counts=stories_by_section(parts().index), steps_of=steps_of,
        feeds=feeds_by_section(), new=changes.NewSection.typed(request.form), errors=errors_of(refusal),
        section_labels=LABELS,
    )  # fmt: skip


def _page(
    entry: Entry, form: SectionForm, revision: int, refusal: InvalidInput | None = None, *, overtaken: bool = False
) -> str:
    tree, section = changes.current_tree(), _newest(entry)
    return render_template(
        "desk/sections/section.html", entry=entry, section=section, form=form, revision=revision, tree=tree,
        labels=LABELS, errors=errors_of(refusal), feeds=feeds_of(section.slug),
        theirs=SectionForm.of(section, tree).values if overtaken else {},
        now=tree.terms.resolve("section", section.slug), moves=parts().ledger.term_moves(section.key),
    )  # fmt: skip


def _leave(slug: str, into: str, error: DatelineError | None = None) -> str:
    entry, tree = term_editor().entry("section", slug), changes.current_tree()
    return render_template(
        "desk/sections/leave.html", entry=entry, section=_newest(entry), tree=tree, into=into,
        stories=stories_in_section(parts().index, slug), below=tree.right_below(slug), within=tree.within(slug),
        feeds=feeds_of(slug).pulling, wrong=error_details(error) if error else "",
    )  # fmt: skip


def _newest(entry: Entry) -> Term:
    """The section as it is, or as it was before it was retired or merged."""
    before = content_of(Term, entry.item.newest.payload) if entry.item else None
    slug = entry.key.partition(":")[2]
    return entry.term or before or Term(type="section", slug=slug, label=entry.item.label if entry.item else slug)
