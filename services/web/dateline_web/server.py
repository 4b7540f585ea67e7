"""What the HTTP server runs: the application behind the gateway."""

from __future__ import annotations

from dateline.gateway import Gateway, Limits
from dateline.settings import read_settings
from dateline_web.app import create_app


def create_server() -> Gateway:
    """The ASGI application of this process. Raises ``BadSetting`` for a setting that can't be used."""
    return Gateway(create_app(), Limits.of(read_settings()))
