"""What the HTTP server runs: the application behind the gateway."""

from __future__ import annotations

from typing import Final

from dateline.gateway import Gateway, Limits
from dateline.settings import read_settings
from dateline_ingest.app import create_app

STREAMED: Final = frozenset({"/v1/stories/bulk"})


def create_server() -> Gateway:
    """The ASGI application of this process. Raises ``BadSetting`` or ``CannotStart`` with one clear line."""
    return Gateway(create_app(), Limits.of(read_settings()), STREAMED)
