"""Sources that are pulled, for editors: how each goes; add, fetch now, pause, resume, remove."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.errors import Conflict, InvalidInput
from dateline.ports.ledger.pulled_sources import PulledSource
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import FormError, form_errors
from dateline_ingest.desk.forms.source_form import INTERVALS, KINDS, LABELS, SourceForm
from dateline_ingest.pulling.pull import report_in_words

source_pages = Blueprint("source_pages", __name__, url_prefix="/sources")
Page = str | Response | tuple[str, int]


@source_pages.get("")
@needs("editor")
def show() -> Page:
    """All sources and how they go, and the form to add one, for a section where one is named."""
    return _page(SourceForm({"every_minutes": "15", "section": request.args.get("section", "")[:100]}))


@source_pages.post("")
@needs("editor")
def add() -> Page:
    """Keep a source; it is fetched within seconds."""
    form = SourceForm.typed(request.form)
    try:
        added = parts().ledger.add_source(form.details(parts().vocabulary.current()), token())
    except (InvalidInput, Conflict) as refusal:
        return _page(form, _errors(refusal)), 422
    flash(f"{added.details.name} is kept. It is fetched for the first time within a few seconds.")
    return redirect(url_for("source_pages.show"), 303)


@source_pages.post("/<opaque:source_id>/fetch")
@needs("editor")
def fetch(source_id: str) -> Response:
    """Fetch it now, whatever was said of the last answer."""
    parts().ledger.pull_source_soon(source_id, token())
    flash("It is fetched within a few seconds.")
    return redirect(url_for("source_pages.show"), 303)


@source_pages.post("/<opaque:source_id>/pause")
@needs("editor")
def pause(source_id: str) -> Response:
    """Fetch it no more for now."""
    parts().ledger.pause_source(source_id, token(), paused=True)
    flash("It is paused.")
    return redirect(url_for("source_pages.show"), 303)


@source_pages.post("/<opaque:source_id>/resume")
@needs("editor")
def resume(source_id: str) -> Response:
    """Fetch it again."""
    parts().ledger.pause_source(source_id, token(), paused=False)
    flash("It is fetched again, for the first time within a few seconds.")
    return redirect(url_for("source_pages.show"), 303)


@source_pages.post("/<opaque:source_id>/remove")
@needs("editor")
def remove(source_id: str) -> Response:
    """Keep it no longer; its stories stay."""
    parts().ledger.remove_source(source_id, token())
    flash("The source is removed. What came from it stays.")
    return redirect(url_for("source_pages.show"), 303)


def interval_in_words(source: PulledSource) -> str:
    """How often it is fetched."""
    minutes = int(source.details.every.total_seconds() // 60)
    return INTERVALS.get(str(minutes), f"{minutes} minutes")


def _page(form: SourceForm, errors: tuple[FormError, ...] = ()) -> str:
    return render_template(
        "desk/sources.html", sources=parts().ledger.sources(), form=form, errors=errors, intervals=INTERVALS,
        kinds=KINDS, labels=LABELS, now=datetime.now(UTC), report_in_words=report_in_words,
        interval_in_words=interval_in_words,
    )  # fmt: skip


def _errors(refusal: InvalidInput | Conflict) -> tuple[FormError, ...]:
    if isinstance(refusal, InvalidInput) and refusal.errors:
        return form_errors(refusal.errors, LABELS)
    field = "url" if "address" in str(refusal) else "name"
    return (FormError(field, LABELS[field], f"{str(refusal)[:1].upper()}{str(refusal)[1:]}."),)
