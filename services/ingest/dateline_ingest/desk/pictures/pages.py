"""The desk's pages of pictures: the list, a picture's own page, its words, rights and focal point."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dateline.errors import InvalidInput, StaleRevision
from dateline_ingest.auth import needs
from dateline_ingest.desk.forms.form_fields import form_errors
from dateline_ingest.desk.pictures.changing import overtaken_page, saved
from dateline_ingest.desk.pictures.list_page import list_page
from dateline_ingest.desk.pictures.picture_form import LABELS, PictureForm
from dateline_ingest.desk.pictures.picture_page import picture_page

picture_pages = Blueprint("picture_pages", __name__, url_prefix="/pictures")
Page = str | Response | tuple[str, int]


@picture_pages.get("")
@needs("reporter", "editor")
def show_all() -> Page:
    """The newsroom's pictures, newest first."""
    return list_page()


@picture_pages.get("/<opaque:picture_id>")
@needs("reporter", "editor")
def show(picture_id: str) -> Page:
    """A picture, its crops, what is said of it, what shows it."""
    return picture_page(picture_id)


@picture_pages.post("/<opaque:picture_id>")
@needs("reporter", "editor")
def save(picture_id: str) -> Page:
    """Say anew what is said of a picture; one that was overtaken is shown with what the other changed."""
    form = PictureForm.typed(request.form)
    try:
        flash(saved(picture_id, form))
    except InvalidInput as refusal:
        return picture_page(picture_id, form, form_errors(refusal.errors, LABELS)), 422
    except StaleRevision:
        return overtaken_page(picture_id, form), 412
    return redirect(url_for("picture_pages.show", picture_id=picture_id), 303)
