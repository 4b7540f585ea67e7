"""Links by which a password is chosen: how long they last, and how they are written."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from dateline.settings import Settings

LINK_LASTS: Final = timedelta(days=3)
"""An invitation may lie over a weekend."""


def link_address(settings: Settings, secret: str, host: str = "") -> str:
    """The address of a link, on ``DATELINE_INGEST_URL``; without that on ``host``."""
    return f"{(settings.ingest_url or host).rstrip('/')}/password?link={secret}"
