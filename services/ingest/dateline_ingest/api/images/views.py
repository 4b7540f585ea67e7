"""``/v1/images``: send a picture, say what is to be said of it, find it, take it down."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, g, request
from marshmallow import fields, validate

from dateline.http import JsonBlueprint, accepts
from dateline.http.requests.body import json_body
from dateline.http.requests.checks import has_body
from dateline.http.requests.forms import MULTIPART
from dateline.schemas.base import ReceiptSchema, Strict
from dateline.schemas.fields import LONG, Text
from dateline.schemas.picture import PictureItemSchema, PictureLinesSchema, PictureSchema, TakedownSchema
from dateline.schemas.pointers import load
from dateline_ingest.api.images.form_document import PICTURE_FORM
from dateline_ingest.api.images.picture_answers import list_pictures_response, picture_response, takedown_response
from dateline_ingest.api.images.picture_file import picture_file
from dateline_ingest.api.images.picture_list import PictureListQuery, picture_query
from dateline_ingest.api.images.sent_form import sent_picture
from dateline_ingest.api.parameters import (
    ALWAYS,
    CHANGE,
    JSON,
    NEW,
    RECEIPT_HEADERS,
    Query,
    change_write,
    idempotency,
    position,
)
from dateline_ingest.api.responses import receipt_response
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.pictures.receiving import PictureIntake
from dateline_ingest.pictures.taking_down import check_may_take_down, take_down, uses_seen_by
from dateline_ingest.pictures.uploads import takes_files

images = JsonBlueprint("images", __name__, url_prefix="/v1/images", always=ALWAYS, description="Pictures")

_REASON: Final = {"type": "string", "maxLength": LONG, "description": "Why; it stays on record"}
_REASON_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": False,
        "content": {
            JSON: {"schema": {"type": "object", "additionalProperties": False, "properties": {"reason": _REASON}}}
        },
    }
}
_BINARY: Final = {"type": "string", "format": "binary"}


class TakedownQuery(Query):
    """Whether, and why, a picture is taken down."""

    reason = Text(LONG, load_default="", metadata={"description": "Why; it stays on record. Or in the body"})
    dry_run = fields.String(
        validate=validate.OneOf(("true", "false")), load_default="false",
        metadata={"description": "true: only say what shows it"},
    )  # fmt: skip


class ReasonBody(Strict):
    """Why a picture is taken down, in the body."""

    reason = Text(LONG)


@images.post("")
@images.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@images.problems(409, 413)
@images.doc(**NEW, **PICTURE_FORM)
@accepts(MULTIPART)
@needs("reporter", "editor")
@takes_files
def submit() -> Response:
    """Send a picture; its file and its words are on disk when this answers. The same file is the same picture."""
    sent = sent_picture(request)
    given = load(PictureSchema(), sent.fields)
    pictures, key = PictureIntake(parts().ledger, parts().intake), idempotency(g.json_body)
    return receipt_response(pictures.receive(sent.upload, sent.filename, given, token(), key))


@images.get("")
@images.arguments(PictureListQuery, location="query")
@images.response(200, PictureLinesSchema)
@needs("reporter", "editor")
def list_pictures(query: dict[str, Any]) -> Response:
    """List pictures, newest first."""
    ledger = parts().ledger
    asked = picture_query(query, ledger, token())
    page = ledger.find_pictures(asked, limit=query["limit"], cursor=position(query))
    return list_pictures_response(list(page.pictures), page.next)


@images.get("/<opaque:image_id>")
@images.response(200, PictureItemSchema, headers={"ETag": RECEIPT_HEADERS["ETag"]})
@images.problems(410)
@needs("reporter", "editor")
def show(image_id: str) -> Response:
    """Show a picture: what is said of it, its rights, its renditions, what shows it, which others are nearly alike."""
    return picture_response(parts().ledger.picture(image_id))


@images.put("/<opaque:image_id>")
@images.arguments(PictureSchema)
@images.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@images.problems(409, 410, 412, 428)
@images.doc(**CHANGE)
@needs("reporter", "editor")
def change(given: dict[str, Any], image_id: str) -> Response:
    """Say anew what is to be said of a picture, its rights and focal point: a new revision."""
    pictures, write = PictureIntake(parts().ledger, parts().intake), change_write()
    return receipt_response(pictures.change(parts().ledger.picture(image_id), given, write))


@images.delete("/<opaque:image_id>")
@images.arguments(TakedownQuery, location="query")
@images.response(202, TakedownSchema)
@images.alt_response(200, schema=TakedownSchema)
@images.problems(409, 410)
@images.doc(**_REASON_BODY)
@accepts(JSON, optional=True)
@needs("reporter", "editor")
def remove(query: dict[str, Any], image_id: str) -> Response:
    """Take a picture down for good, from readers and from here; with ``dry_run`` only say what shows it."""
    ledger, by, reason = parts().ledger, token(), _reason(query)
    on, seen = ledger.picture(image_id), uses_seen_by(token(), ledger, image_id)
    if query["dry_run"] == "true":
        check_may_take_down(on, ledger.uses_of(image_id), by)
        return takedown_response(on, seen, done=False)
    return takedown_response(on, take_down(ledger, parts().wakeup, on, reason, by), done=True)


@images.get("/<opaque:image_id>/files/<string:name>")
@images.response(200, _BINARY, content_type="image/*")
@images.problems(410)
@needs("reporter", "editor", session_too=True)
def show_file(image_id: str, name: str) -> Response:
    """A file of a picture, for staff: ``original``, or a rendition by its name."""
    return picture_file(parts().ledger.picture(image_id), name)


def _reason(query: dict[str, Any]) -> str:
    said: str = query["reason"]
    if not said and has_body(request):
        said = load(ReasonBody(), json_body(request)).get("reason", "")
    return said
