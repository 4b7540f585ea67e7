"""Importing a file of events: choose it, see what would become of each event, say what columns hold, import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from dateline.errors import InvalidInput
from dateline.formats.tables.reader import read_sheet
from dateline_ingest.auth import needs
from dateline_ingest.calendars.event_file import EventFile, ImportedFile, import_file, remember_columns
from dateline_ingest.calendars.event_import import EventImport
from dateline_ingest.calendars.file_types import TABLES, list_named, media_type_of
from dateline_ingest.calendars.import_settings import ImportSettings
from dateline_ingest.calendars.table_import import ReadTable, open_table
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import FormError, form_errors
from dateline_ingest.desk.importing.import_form import LABELS, choice_of
from dateline_ingest.desk.importing.upload import Upload
from dateline_ingest.desk.importing.words import page_words
from dateline_ingest.slots.request_slots import within_slot

import_pages = Blueprint("import_pages", __name__, url_prefix="/events/import")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """What the page shows: the file and the list's name, how a table is read, what became of the events or would
    (``done``), or what is wrong."""

    upload: Upload | None = None
    list_name: str = ""
    table: ReadTable | None = None
    imported: ImportedFile | None = None
    done: bool = False
    errors: tuple[FormError, ...] = ()


@import_pages.get("")
@needs("editor")
def show() -> str:
    """The form to choose a file."""
    return _rendered(ImportPage())


@import_pages.post("")
@needs("editor")
def take() -> tuple[str, int]:
    """Say what would become of a file's events; import them where that is asked for."""
    page = _page(request.form)
    return _rendered(page), 422 if page.errors else 200


def _page(form: Mapping[str, str]) -> ImportPage:
    try:
        upload = Upload.sent(form, request.files)
    except InvalidInput as refusal:
        return ImportPage(list_name=form.get("list", "")[:100], errors=form_errors(refusal.errors, LABELS))
    shown = ImportPage(upload=upload, list_name=form.get("list", "")[:100] or list_named(upload.name))
    with within_slot(parts().bulk_slots, token().name):
        return _taken(shown, upload, form)


def _taken(shown: ImportPage, upload: Upload, form: Mapping[str, str]) -> ImportPage:
    table: ReadTable | None = None
    service, done = parts(), form.get("do") == "import"
    media_type = media_type_of(upload.data, upload.name)
    try:
        sheet = read_sheet(upload.data) if media_type in TABLES else None
        choice = choice_of(form, sheet, shown.list_name)
        table = open_table(sheet, choice, service.ledger) if sheet else None
        file = EventFile(data=upload.data, media_type=media_type, choice=choice, table=table)
        importing = EventImport(service.intake, token(), dry_run=not done)
        imported = import_file(file, importing, service.ledger, ImportSettings.of(service.settings))
    except InvalidInput as refusal:
        return _refused(shown, table, refusal)
    if done:
        remember_columns(imported, service.ledger, token())
    return ImportPage(
        upload=upload, list_name=shown.list_name, table=imported.table, imported=imported, done=done
    )  # fmt: skip


def _refused(shown: ImportPage, table: ReadTable | None, refusal: InvalidInput) -> ImportPage:
    errors = form_errors(refusal.errors, LABELS) or (FormError("file", LABELS["file"], str(refusal)),)
    return ImportPage(upload=shown.upload, list_name=shown.list_name, table=table, errors=errors)


def _rendered(page: ImportPage) -> str:
    return render_template("desk/importing/import.html", page=page, labels=LABELS, **page_words())
