"""A picture sent as a form: its file, and the words beside it in the shape of JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Request, g
from werkzeug.datastructures import FileStorage

from dateline.errors import FieldError, InvalidInput
from dateline.formats.control_characters import drop_control_characters
from dateline.ports.media import Upload
from dateline.schemas.pointers import INVALID, reference_token
from dateline_ingest.pictures.uploads import upload_of

_LISTS: Final = ("keywords", "people")
_FLAGS: Final = ("decorative", "feeds")
_NUMBERS: Final = ("focal_x", "focal_y")
_SAID: Final = {"true": True, "false": False, "1": True, "0": False, "on": True, "off": False, "yes": True, "no": False}
_FILE: Final = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPicture:
    """A picture as it came: its file, and what is said of it as it would come in JSON."""

    upload: Upload
    filename: str
    fields: Mapping[str, Any]


def sent_picture(req: Request) -> SentPicture:
    """The picture of a form. An empty field is as good as none. ``g.json_body`` keeps what a key stands for.

    Raises ``InvalidInput``; aborts with 400 and 413.
    """
    file = _sent_file(req)
    upload, fields = upload_of(file), dict(_fields(req))
    g.json_body = {**fields, _FILE: upload.sha256}
    return SentPicture(upload=upload, filename=file.filename or "", fields=fields)


def _sent_file(req: Request) -> FileStorage:
    """The one file of a form. Raises ``InvalidInput`` where there is none, several, or one under another name."""
    errors = [
        FieldError(f"/{reference_token(name)}", "Here is a file; it belongs in the field file.")
        for name in req.files
        if name != _FILE
    ]
    if _FILE in req.form:
        errors.append(FieldError("/file", "This is a text; send a file, with a file name."))
    files = req.files.getlist(_FILE)
    if len(files) != 1 and not errors:
        errors.append(FieldError("/file", "Send one picture a request." if files else "Send a picture as file."))
    if errors:
        raise InvalidInput(INVALID, tuple(errors))
    return files[0]


def _fields(req: Request) -> Iterator[tuple[str, Any]]:
    for name, sent in req.form.lists():
        values = [drop_control_characters(one).strip() for one in sent]
        said = [one for one in values if one]
        if name in _LISTS:
            yield name, [word.strip() for one in said for word in one.split(",") if word.strip()]
        elif len(said) > 1:
            raise InvalidInput(INVALID, (FieldError(f"/{reference_token(name)}", "This field comes twice."),))
        elif said:
            yield name, _value(name, said[0])


def _value(name: str, text: str) -> Any:
    if name in _FLAGS:
        return _SAID.get(text.lower(), text)
    if name in _NUMBERS:
        try:
            return float(text)
        except ValueError:
            return text
    return text
