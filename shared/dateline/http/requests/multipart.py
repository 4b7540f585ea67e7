"""Forms in parts (RFC 7578) with files: each file is written where the caller says while the form is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import IO, Final

from flask import abort
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData, State

from dateline.http.requests.forms import MAX_HEADERS_BYTES, MAX_PART_HEADER_BYTES

OpenFile = Callable[[], IO[bytes]]
"""Gives what a file is written to; it is closed with the request."""

MAX_PARTS: Final = 500
MAX_FIELDS_BYTES: Final = 512 * 1024
"""Of all fields together that are no files."""
_MAX_BOUNDARY: Final = 200
"""Characters; RFC 2046 section 5.1.1 says 70."""
_PIECE_BYTES: Final = 65_536
_HEADERS: Final = (State.PREAMBLE, State.PART)

Fields = MultiDict[str, str]
Files = MultiDict[str, FileStorage]


def read_multipart(stream: IO[bytes], boundary: str, open_file: OpenFile) -> tuple[Fields, Files]:
    """The fields and the files of a form. The files are those that ``open_file`` gave, at their end.

    Aborts with 400 for what is no such form, a part without a name among it, or ends before its last boundary; with
    413 for more parts, headers or fields than are read. Raises what writing a file raises; then none stays open.
    """
    if not boundary.isascii() or not 0 < len(boundary) <= _MAX_BOUNDARY:
        abort(400, description="The Content-Type names no boundary of the form's parts.")
    with ExitStack() as opened:
        form = _Form(open_file, opened)
        try:
            for event in _events(stream, boundary.encode()):
                form.take(event)
        except (ValueError, AttributeError) as error:  # the decoder's: the form is broken off, or no form
            abort(400, description=f"This is no form in parts: {error}")
        opened.pop_all()
    return form.fields, form.files


class _Form:
    """What was read so far."""

    def __init__(self, open_file: OpenFile, opened: ExitStack) -> None:
        self.fields: Fields = MultiDict()
        self.files: Files = MultiDict()
        self._open_file = open_file
        self._opened = opened
        self._part: Field | File | None = None
        self._text = bytearray()
        self._bytes = 0
        self._file: IO[bytes] | None = None

    def take(self, event: Event) -> None:
        """Go on with an event of the decoder."""
        if isinstance(event, Field | File):
            self._begin(event)
        elif isinstance(event, Data):
            self._go_on(event)

    def _begin(self, part: Field | File) -> None:
        if not part.name:
            abort(400, description="A part of the form has no name.")
        self._part, self._text, self._file = part, bytearray(), None
        if isinstance(part, File):
            self._file = self._opened.enter_context(self._open_file())

    def _go_on(self, data: Data) -> None:
        assert self._part is not None
        if self._file is not None:
            self._file.write(data.data)
        else:
            self._bytes += len(data.data)
            if self._bytes > MAX_FIELDS_BYTES:
                abort(413, description=f"The fields of a form have at most {MAX_FIELDS_BYTES:,} bytes.")
            self._text += data.data
        if not data.more_data:
            self._end(self._part)

    def _end(self, part: Field | File) -> None:
        if isinstance(part, File):
            stored = FileStorage(self._file, part.filename, part.name, headers=part.headers)
            self.files.add(part.name, stored)
        else:
            self.fields.add(part.name, self._text.decode("utf-8", "replace"))


def _events(stream: IO[bytes], boundary: bytes) -> Iterator[Event]:
    """The decoder's events; the headers of parts are bounded, which it doesn't do. Raises ``ValueError``."""
    decoder = MultipartDecoder(boundary)
    headers = parts = 0
    while not decoder.complete:
        decoder.receive_data(stream.read(_PIECE_BYTES) or None)
        while True:
            before, is_header = len(decoder.buffer), decoder.state in _HEADERS
            event = decoder.next_event()
            if isinstance(event, NeedData):
                break
            if isinstance(event, Field | File):
                parts, length = parts + 1, before - len(decoder.buffer)
                headers += length
                if parts > MAX_PARTS or headers > MAX_HEADERS_BYTES or length > MAX_PART_HEADER_BYTES:
                    abort(413, description="The form has too many parts, or their headers are too long.")
            yield event
            if isinstance(event, Epilogue):
                return
        if is_header and len(decoder.buffer) > 2 * _PIECE_BYTES:
            abort(413, description="The headers of the form's parts are too long.")
