"""Requests that bring files: each goes to the media store while the form is read, and is kept when a view says so."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import IO, Any, Final, TypeVar, cast

from flask import Request, abort, current_app, g, request
from werkzeug.datastructures import FileStorage

from dateline.errors import TooMuch
from dateline.http.requests.forms import MULTIPART
from dateline.http.requests.multipart import read_multipart
from dateline.ports.media import Upload
from dateline.settings import Settings
from dateline_ingest.context import parts

View = TypeVar("View", bound=Callable[..., Any])

UPLOAD_PATHS: Final = frozenset({"/v1/images", "/pictures/upload"})
"""Where files are sent to: what comes there may be larger and slower than other requests."""
_FIELDS_BYTES: Final = 1024 * 1024
"""Of a request with a picture, all but that."""


def takes_files(view: View) -> View:
    """Say that a view's form may have a file, as large as a picture may be. Goes nearest to the function."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def brings_files() -> bool:
    """Whether this request's view takes files, and it is a form that can have some."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "takes_files", False) and request.mimetype == MULTIPART


def allow_upload() -> None:
    """Let this request be as large as one with a picture may be."""
    request.max_content_length = most_of_body(parts().settings)


def most_of_body(settings: Settings) -> int:
    """Bytes that a request with a picture may have."""
    return settings.media_max_bytes + _FIELDS_BYTES


class UploadRequest(Request):
    """A request whose files, where its view takes some, are written to the media store as uploads."""

    def _load_form_data(self) -> None:
        if "form" in self.__dict__ or not (g and g.get("token") and brings_files()):
            super()._load_form_data()
            return
        stream = self._get_stream_for_parsing()
        form, files = read_multipart(stream, self.mimetype_params.get("boundary", ""), _open_upload)
        self.__dict__.update(stream=stream, form=form, files=files)


class _OpenUpload:
    """An upload as werkzeug writes and closes a file; what nobody kept is gone when it is closed."""

    def __init__(self, opened: AbstractContextManager[Upload], most: int) -> None:
        self._opened = opened
        self._most = most
        self.upload = opened.__enter__()

    def write(self, data: bytes) -> int:
        """Write the next bytes. Aborts with 413 for more than a picture may have."""
        try:
            return self.upload.write(data)
        except TooMuch:
            abort(413, description=f"A picture has at most {self._most:,} bytes.")

    def seek(self, place: int) -> int:
        """Nothing: an upload is read by its path."""
        return place

    def close(self) -> None:
        """Let it go."""
        self._opened.__exit__(None, None, None)

    def __enter__(self) -> _OpenUpload:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _open_upload() -> IO[bytes]:
    here = parts()
    most = here.settings.media_max_bytes
    return cast("IO[bytes]", _OpenUpload(here.media.receive(most), most))


def upload_of(file: FileStorage) -> Upload:
    """The upload that a file of this request is."""
    return cast(_OpenUpload, file.stream).upload
