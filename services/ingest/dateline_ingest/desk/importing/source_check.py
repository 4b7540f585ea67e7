"""What a calendar that is kept as a source would bring now; and what the columns of its table hold."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.errors import FetchFailed, InvalidInput, NotAllowed, Permanent
from dateline.formats.tables.reader import read_sheet
from dateline.ports.ledger.pulled_sources import PulledSource
from dateline.ports.ledger.tokens import Token
from dateline_ingest.auth import needs
from dateline_ingest.calendars.event_file import EventFile, ImportedFile, remember_columns
from dateline_ingest.calendars.file_types import ACCEPT, TABLES
from dateline_ingest.calendars.import_settings import ImportSettings
from dateline_ingest.calendars.table_import import ReadTable, open_table
from dateline_ingest.conditional_fetch import fetch_unless_same
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import FormError, form_errors
from dateline_ingest.desk.importing.import_form import LABELS, choice_of
from dateline_ingest.desk.importing.words import page_words
from dateline_ingest.pulling.calendars import CalendarIntake, fetched_file
from dateline_ingest.slots.request_slots import within_slot

source_check_pages = Blueprint("source_check_pages", __name__, url_prefix="/sources")
Page = str | Response | tuple[str, int]


@source_check_pages.post("/<opaque:source_id>/check")
@needs("editor")
def check(source_id: str) -> Page:
    """Fetch a calendar, and say what would become of its events; keep what is said of a table's columns."""
    source = parts().ledger.source(source_id)
    try:
        with within_slot(parts().bulk_slots, token().name):
            return _checked(source)
    except (FetchFailed, Permanent) as refusal:
        flash(f"{source.details.name} can't be checked: {refusal}.", "error")
        return redirect(url_for("source_pages.show"), 303)


def _checked(source: PulledSource) -> Page:
    file = _fetched(source)
    table = file.table
    try:
        imported = _intake(source).take(file, dry_run=True)
    except InvalidInput as refusal:
        if table is None:
            raise
        return _rendered(source, table, None, form_errors(refusal.errors, LABELS)), 422
    if request.form.get("do") == "remember":
        remember_columns(imported, parts().ledger, token())
        parts().ledger.pull_source_soon(source.id, token())
        flash("It is remembered, and the calendar is fetched within a few seconds.")
        return redirect(url_for("source_pages.show"), 303)
    return _rendered(source, imported.table, imported)


def _fetched(source: PulledSource) -> EventFile:
    """The calendar as it is now, with what the form says of its columns. Raises ``FetchFailed``, ``FetchRefused``."""
    file = fetched_file(fetch_unless_same(parts().fetcher, source.details.url, ACCEPT), source.details)
    if file.media_type not in TABLES:
        return file
    sheet = read_sheet(file.data, file.charset)
    choice = choice_of(request.form, sheet, source.details.name)
    return replace(file, choice=choice, table=open_table(sheet, choice, parts().ledger))


def _intake(source: PulledSource) -> CalendarIntake:
    service = parts()
    settings = ImportSettings.of(service.settings)
    return CalendarIntake(service.intake, service.ledger, settings, source.details, _writer(source))


def _writer(source: PulledSource) -> Token:
    writer = parts().ledger.live_token(source.details.name)
    if writer is None or writer.id != source.writer_id:
        raise NotAllowed("the token that this source writes as was ended")
    return writer


def _rendered(
    source: PulledSource, table: ReadTable | None, imported: ImportedFile | None, errors: tuple[FormError, ...] = ()
) -> str:
    return render_template(
        "desk/importing/check.html",
        source=source,
        table=table,
        imported=imported,
        errors=errors,
        labels=LABELS,
        **page_words(),
    )
