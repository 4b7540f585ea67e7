"""A file that was chosen, and goes along with its page until it is imported: nothing is kept here."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from werkzeug.datastructures import FileStorage

from dateline.errors import FieldError, InvalidInput
from dateline.formats.control_characters import drop_control_characters
from dateline.http.requests.body import MAX_BODY_BYTES

MOST_PACKED: Final = 400_000
"""Characters that go along with a page; a larger file is chosen again."""
_MOST_IN_NAME: Final = 200
_AGAIN: Final = "Choose the file again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file's name and bytes."""

    name: str
    data: bytes

    @classmethod
    def sent(cls, form: Mapping[str, str], files: Mapping[str, FileStorage]) -> Upload:
        """The file that was chosen now, else the one that the page had. Raises ``InvalidInput`` without one."""
        chosen = files.get("file")
        if chosen is not None and chosen.filename:
            with closing(chosen):
                upload = cls(name=_clean(chosen.filename), data=chosen.read(MAX_BODY_BYTES + 1))
        elif form.get("packed"):
            upload = cls(name=_clean(form.get("file_name", "")), data=_unpacked(form["packed"]))
        else:
            raise _refused("Choose a file.")
        if len(upload.data) > MAX_BODY_BYTES:
            raise _refused(f"A file has at most {MAX_BODY_BYTES // 1024 // 1024} MB.")
        return upload

    @property
    def packed(self) -> str:
        """The file as a field of the page; "" where it is too large for that."""
        packed = b64encode(zlib.compress(self.data)).decode()
        return packed if len(packed) <= MOST_PACKED else ""


def _unpacked(text: str) -> bytes:
    try:
        opened = zlib.decompressobj()
        return opened.decompress(b64decode(text, validate=True), MAX_BODY_BYTES + 1)
    except (NoBase64, ValueError, zlib.error):
        raise _refused(_AGAIN) from None


def _clean(name: str) -> str:
    return " ".join(drop_control_characters(name).split())[:_MOST_IN_NAME]


def _refused(why: str) -> InvalidInput:
    return InvalidInput(why, (FieldError("/file", why),))
