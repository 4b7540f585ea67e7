"""A picture's files for staff, who see what readers don't: originals, and renditions before their time."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from flask import Response, request

from dateline.domain.picture import ANIMATED, FORMATS
from dateline.errors import NotFound
from dateline.ports.ledger.pictures import PictureOnRecord
from dateline.ports.media import original_key, rendition_key
from dateline_ingest.api.images.picture_answers import ORIGINAL
from dateline_ingest.context import parts

_ENDINGS: Final = "|".join(FORMATS)
_RENDITION: Final = re.compile(rf"[1-9]\d{{0,4}}(-(16x9|4x3|1x1)-\d{{1,3}}x\d{{1,3}})?\.({_ENDINGS})", re.ASCII)
_ENDINGS_OF: Final[dict[str, tuple[str, ...]]] = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"), "image/png": (".png",), "image/webp": (".webp",),
    "image/gif": (".gif",), "image/avif": (".avif",), "image/heic": (".heic", ".heif"),
}  # fmt: skip
"""Of originals."""
_POLICY: Final = "default-src 'none'; sandbox"
_CACHE: Final = "private, max-age=300"
"""It may be taken down: who works here sees that within minutes."""


def picture_file(on: PictureOnRecord, name: str) -> Response:
    """A file of a picture. The original is a download: it may be a web page as well. ``NotFound``, ``MediaMissing``."""
    sha256, is_original = on.picture.sha256, name == ORIGINAL
    if not is_original and name != ANIMATED and not _RENDITION.fullmatch(name):
        raise NotFound(f"A picture has no file of the name {name[:100]!r}.")
    etag = f"{sha256[:32]}-{name}"
    file = parts().media.open(original_key(sha256) if is_original else rendition_key(sha256, name))
    response = Response(file.pieces, content_type=on.picture.media_type if is_original else _type_of(name))
    response.call_on_close(file.pieces.close)
    response.content_length = file.length
    response.headers["Content-Disposition"] = _disposition(on) if is_original else "inline"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = _CACHE
    response.set_etag(etag)
    response.make_conditional(request)
    return response


def _type_of(name: str) -> str:
    return "image/gif" if name == ANIMATED else FORMATS[name.rpartition(".")[2]]


def _disposition(on: PictureOnRecord) -> str:
    """The file's own name, as far as there is one (RFC 6266), with an ending of its type: as a web page by its name it
    would be opened as one, once it is on a disk."""
    name, endings = on.picture.filename or on.id, _ENDINGS_OF[on.picture.media_type]
    name = name if name.lower().endswith(endings) else f"{name}{endings[0]}"
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
