"""Which keys a media store takes: paths of plain names, none of which leads out of it."""

from __future__ import annotations

import re
from typing import Final

from dateline.errors import MediaMissing

INCOMING: Final = "incoming"
"""The folder beside the files that are kept in which others become whole; no key begins so."""
_KEY: Final = re.compile(r"(?!incoming/)[0-9a-z]+(/[0-9A-Za-z][0-9A-Za-z_-]*(\.[0-9A-Za-z_-]+)*){1,4}", re.ASCII)


def is_key(key: str) -> bool:
    """Whether a file can be kept under it."""
    return len(key) <= 500 and _KEY.fullmatch(key) is not None


def checked_key(key: str) -> str:
    """The key itself. Raises ``MediaMissing`` for one under which no file can be."""
    if not is_key(key):
        raise MediaMissing(f"{key[:100]!r} is no key of the media store")
    return key
