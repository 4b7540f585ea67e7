"""What is wrong with a request before its route looks at it: its address, its media type, its query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from flask import Request, abort, current_app, request
from werkzeug.exceptions import HTTPException

from dateline.errors import FieldError, InvalidInput
from dateline.schemas.pointers import INVALID, reference_token
from dateline.settings import Settings

MAX_ADDRESS_BYTES: Final = 8_000
"""How long the address of a request may be; a little less than what the HTTP server refuses by itself, in words of its
own."""
HEALTH_PATHS: Final = ("/live", "/ready", "/metrics")
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


def check_address() -> None:
    """Abort with 414 for an address that is too long (RFC 9110 section 15.5.15)."""
    if len(request.environ.get("RAW_URI", "")) > MAX_ADDRESS_BYTES:
        abort(414, description=f"An address has at most {MAX_ADDRESS_BYTES} characters.")


class MisdirectedRequest(HTTPException):
    """421 (RFC 9110 section 15.5.20): the request came to a name that isn't this service's."""

    code = 421
    description = "This service isn't asked by this name."


MOST_IN_HOST: Final = 300
"""Characters of a host and port that are looked at: a name has at most 253 (RFC 1035 section 2.3.4)."""


def known_hosts(settings: Settings) -> frozenset[str]:
    """The names by which the services may be asked; none without ``DATELINE_WEB_URL``, when they take any."""
    if not settings.web_url:
        return frozenset()
    public = (urlsplit(address).hostname for address in (settings.web_url, settings.ingest_url) if address)
    return frozenset({*_LOOPBACK, *settings.allowed_hosts, *filter(None, public)})


def check_host(known: frozenset[str]) -> None:
    """Raise ``MisdirectedRequest`` for a Host that isn't one of ``known``; health is asked by IP address too."""
    if not known or request.path in HEALTH_PATHS:
        return
    try:
        name = urlsplit(f"//{request.host[:MOST_IN_HOST]}").hostname or ""  # which remembers what it was asked
    except ValueError:
        name = ""
    if name.rstrip(".") not in known:
        raise MisdirectedRequest


def check_media_type() -> None:
    """Abort with 415 for a body of another type: webargs takes a body that isn't JSON for an empty one.

    Views say with ``accepts`` which types they take. A DELETE that takes none refuses a body: it would be dropped.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    accepted: Mapping[str, tuple[str, ...]] = getattr(view, "accepted_types", {})
    types = accepted.get(request.method)
    if types is None:
        if request.method == "DELETE" and has_body(request):
            abort(415, description="This takes no body.")
        return
    if getattr(view, "body_is_optional", False) and not has_body(request):
        return
    if request.mimetype not in types:
        abort(415, description=f"The body must be {' or '.join(types)}.")
    if request.headers.get("Content-Encoding", "identity") != "identity":
        abort(415, description="The body must not be compressed.")


def has_body(req: Request) -> bool:
    """Whether a request carries a body (RFC 9112 section 6.3)."""
    return bool(req.content_length) or "Transfer-Encoding" in req.headers


def check_query() -> None:
    """Raise ``InvalidInput`` for parameters that the view doesn't know: dropped, they would change what is meant."""
    view = current_app.view_functions.get(request.endpoint or "")
    known: frozenset[str] = getattr(view, "query_parameters", frozenset())
    if unknown := [name for name in request.args if name not in known]:
        errors = (FieldError(f"/{reference_token(name)}", "Unknown parameter.") for name in unknown)
        raise InvalidInput(INVALID, tuple(errors))
