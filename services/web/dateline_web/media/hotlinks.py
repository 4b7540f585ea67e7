"""Which pages may show a picture of ours as theirs."""

from __future__ import annotations

from collections.abc import Set
from typing import Final
from urllib.parse import urlsplit

from flask import Request

from dateline.errors import NotAllowed
from dateline.http.requests.checks import known_hosts
from dateline.settings import Settings

MOST_OF_REFERER: Final = 2_000


def check_hotlink(asked: Request, settings: Settings) -> None:
    """Raise ``NotAllowed`` where a page of another site shows the picture, and the settings don't want that.

    Browsers say so in Sec-Fetch-Site (W3C Fetch Metadata), older ones in Referer; who says neither isn't refused. A
    link that leads to the picture is no page that shows it.
    """
    if not settings.media_hotlinks and _is_elsewhere(asked, {asked.host.partition(":")[0], *known_hosts(settings)}):
        raise NotAllowed("Pictures aren't shown on pages of other sites.")


def _is_elsewhere(asked: Request, ours: Set[str]) -> bool:
    host = _host(asked.headers.get("Referer", ""))
    if host in ours:
        return False
    if site := asked.headers.get("Sec-Fetch-Site", ""):
        return site == "cross-site" and asked.headers.get("Sec-Fetch-Dest", "") != "document"
    return host != ""


def _host(address: str) -> str:
    try:
        return urlsplit(address[:MOST_OF_REFERER]).hostname or ""
    except ValueError:
        return ""
