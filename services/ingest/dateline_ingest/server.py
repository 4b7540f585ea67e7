"""What the HTTP server runs: the application behind the gateway."""

from __future__ import annotations

from typing import Final

from dateline.bootstrap import upload_folder
from dateline.gateway import Gateway, Limits, Uploads
from dateline.settings import read_settings
from dateline_ingest.app import create_app
from dateline_ingest.pictures.uploads import UPLOAD_PATHS, most_of_body

STREAMED: Final = frozenset({"/v1/stories/bulk"})


def create_server() -> Gateway:
    """The ASGI application of this process. Raises ``BadSetting`` or ``CannotStart`` with one clear line."""
    settings = read_settings()
    uploads = Uploads(paths=UPLOAD_PATHS, most=most_of_body(settings), folder=upload_folder(settings))
    return Gateway(create_app(), Limits.of(settings), STREAMED, uploads)
