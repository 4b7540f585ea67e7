"""Addresses of the web as people write them: whole, or without the scheme; what leads nowhere from here is none."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_HOST: Final = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?(?::\d{1,5})?|\[[0-9a-fA-F:.]+\](?::\d{1,5})?")


MOST_CHARACTERS: Final = 8_000
"""No server takes a longer one."""


def absolute_address(address: str) -> str | None:
    """``address`` with its scheme: ``//host`` (RFC 3986 section 4.2) and ``www.…`` are https; None for a relative one.

    >>> absolute_address("www.example.org/a")
    'https://www.example.org/a'
    """
    if len(address) > MOST_CHARACTERS:
        return None  # before ``urlsplit``, which remembers what it was asked
    written = address.strip()
    if written.startswith("//"):
        written = f"https:{written}"
    elif written[:4].lower() == "www.":
        written = f"https://{written}"
    try:
        parts = urlsplit(written)
    except ValueError:
        return None
    if "\\" in written or parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc.rpartition("@")[2]):
        return None
    return written
