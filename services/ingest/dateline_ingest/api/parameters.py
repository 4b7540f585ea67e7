"""What every write takes from its request, and the parameters of lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import marshmallow as ma
from flask import g, request
from marshmallow import fields, validate

from dateline.errors import FieldError, InvalidInput
from dateline.formats.strict_json import digest
from dateline.http.requests import cursor
from dateline.http.requests.body import json_body
from dateline.http.requests.checks import has_body
from dateline.http.responses.conditional import REVISION_HEADER, matched_revision
from dateline.ports.ledger.submissions import Idempotency
from dateline.schemas.base import Strict
from dateline.schemas.fields import LONG, Counted, Text
from dateline.schemas.pointers import INVALID, load
from dateline_ingest.context import item, token
from dateline_ingest.intake import Write

JSON: Final = "application/json"
NINJS: Final = "application/ninjs+json"

ALWAYS: Final = (401, 403, 429, 503)
"""What any route of the API may answer."""

KEY_HEADER: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "1 to 255 characters, quoted or bare; a repeat gets the first answer again, for 48 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}
NEW: Final[dict[str, Any]] = {"parameters": [KEY_HEADER]}
_NOTE: Final = {"type": "string", "maxLength": LONG, "description": "What readers are told"}
NOTE_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": False,
        "content": {JSON: {"schema": {"type": "object", "additionalProperties": False, "properties": {"note": _NOTE}}}},
    }
}
WITHDRAW: Final[dict[str, Any]] = {
    **NOTE_BODY,
    "parameters": [
        {**REVISION_HEADER, "required": False, "description": "The revision that is meant; without it the newest."},
        KEY_HEADER,
    ],
}
CHANGE: Final[dict[str, Any]] = {"parameters": [REVISION_HEADER, KEY_HEADER]}
RECEIPT_HEADERS: Final = {
    "Location": {"description": "Where the state is told", "schema": {"type": "string"}},
    "ETag": {"description": "The revision, quoted", "schema": {"type": "string"}},
    "Idempotency-Expires": {
        "description": "Until when a repeat with the same Idempotency-Key gets this answer (an HTTP date)",
        "schema": {"type": "string"},
    },
}

_STATES: Final = ("accepted", "held", "indexed", "superseded", "quarantined", "discarded", "withdrawn")


class Query(Strict):
    """Parameters of an address; an empty one is as good as none, as forms send it."""

    @ma.pre_load
    def leave_out_empty(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        """The parameters that say something."""
        return {name: value for name, value in data.items() if value != ""}


class ListQuery(Query):
    """Which lines of a list."""

    state = fields.String(validate=validate.OneOf(_STATES))
    q = Text(200)
    limit = Counted(1, 100, load_default=20)
    cursor = fields.String(validate=validate.Length(max=500))


def listing() -> str:
    """What this request lists: a cursor is good for this, and for nothing else."""
    said = sorted((name, value) for name, value in request.args.items(multi=True) if value)
    return repr((request.path, [one for one in said if one[0] not in ("cursor", "limit")]))


def position(query: Mapping[str, Any]) -> str | None:
    """Where the page begins that the cursor of ``query`` names. Raises ``InvalidInput`` for one of another list."""
    return next(iter(cursor.decode(query["cursor"], listing())), None) if query.get("cursor") else None


def cursor_at(position: str | None) -> str | None:
    """The cursor of this list's page that begins at ``position``; None on the last one."""
    return None if position is None else cursor.encode((position,), listing())


class NoteQuery(Query):
    """Why a thing is withdrawn, in the address."""

    note = Text(LONG, load_default="", metadata={"description": "What readers are told"})


class NoteBody(Strict):
    """Why a thing is withdrawn, in the body: an address is short for 2,000 characters of Cyrillic."""

    note = Text(LONG)


def withdrawal_note(query: Mapping[str, Any]) -> str:
    """The note of a withdrawal, which the address or the body says. Raises ``InvalidInput`` when they contradict.

    ``g.json_body`` keeps it: it is part of what an Idempotency-Key stands for.
    """
    note: str = query["note"]
    if has_body(request):
        said = load(NoteBody(), json_body(request)).get("note", "")
        if note and said and note != said:
            raise InvalidInput(INVALID, (FieldError("/note", "The address and the body say different notes."),))
        note = note or said
    g.json_body = {"note": note} if note else None
    return note


def new_write() -> Write:
    """The write of something new."""
    body = g.get("json_body")
    return Write(by=token(), sent=body, idempotency=idempotency(body), ninjs=g.get("ninjs"))


def change_write() -> Write:
    """The write of a revision of the item in the address; raises ``RevisionRequired`` without If-Match."""
    newest = item().newest_revision
    body = g.get("json_body")
    return Write(
        by=token(),
        sent=body,
        idempotency=idempotency(body),
        if_match=matched_revision(request, newest),
        ninjs=g.get("ninjs"),
    )


def withdraw_write() -> Write:
    """The write that withdraws the story in the address: of the newest revision, when If-Match names none.

    Whoever takes a story back means the story, whatever its text has become.
    """
    if "If-Match" in request.headers:
        return change_write()
    body = g.get("json_body")
    return Write(by=token(), idempotency=idempotency(body), if_match=item().newest_revision)


def idempotency(body: Any) -> Idempotency | None:
    """The client's key and the digest of what it stands for: this method, this address, this JSON."""
    if "Idempotency-Key" not in request.headers:
        return None
    return Idempotency(key=key_of(request.headers["Idempotency-Key"]),
                       digest=digest([request.method, request.path, body]))  # fmt: skip


def key_of(header: str) -> str:
    """The key in an Idempotency-Key header: a string of RFC 8941 section 3.3.3, or bare characters."""
    key = header.strip()
    if len(key) >= 2 and key[0] == key[-1] == '"':
        key = re.sub(r"\\(.)", r"\1", key[1:-1])
    if not 1 <= len(key) <= 255 or not key.isprintable():
        raise InvalidInput("Idempotency-Key takes 1 to 255 characters.", (FieldError("", "Wrong Idempotency-Key."),))
    return key
