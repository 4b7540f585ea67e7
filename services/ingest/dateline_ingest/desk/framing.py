"""Web's pages framed by the desk's: where web answers, and which origins each names to a browser."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from flask import request

from dateline.http.setup import content_security_policy
from dateline.settings import Settings

NOBODY: Final = "'none'"
_ORIGIN: Final = re.compile(r"https?://[\w.-]+(:\d+)?|https?://\[[0-9a-f:.]+\](:\d+)?", re.ASCII | re.IGNORECASE)


def web_address(settings: Settings) -> str:
    """Web as the browser that asks reaches it: the setting, or its port on the host that was asked."""
    asked = urlsplit(request.host_url)
    host = f"[{asked.hostname}]" if ":" in (asked.hostname or "") else asked.hostname
    return settings.web_url.rstrip("/") or f"{asked.scheme}://{host}:{settings.web_port}"


def desk_origins(settings: Settings) -> str:
    """The desk as the setting and the request name it; a reporter may have come by either."""
    named = (origin_of(address) for address in (settings.ingest_url, request.host_url) if address)
    return " ".join(dict.fromkeys(origin for origin in named if origin != NOBODY)) or NOBODY


def origin_of(address: str) -> str:
    """Scheme, host and port of an address as a policy names them (W3C CSP 3); nobody's where it can't be named."""
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    return origin if _ORIGIN.fullmatch(origin) else NOBODY


def framing_policy(origin: str) -> str:
    """The policy of a page of the desk that frames web, and posts to it."""
    return content_security_policy({"frame-src": origin, "form-action": f"'self' {origin}"})
