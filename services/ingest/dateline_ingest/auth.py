"""Who may do what. 401 comes before 403, and both before anything is said of the address or the body."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

import structlog
from flask import current_app, g, request, session
from werkzeug.exceptions import TooManyRequests

from dateline.domain.document import ItemKind
from dateline.errors import LedgerUnavailable, NotAllowed
from dateline.http.requests.bearer import METRICS_ENDPOINT, METRICS_ROLES, bearer_secret, check_role, unauthorised
from dateline.http.requests.forms import check_form
from dateline.http.requests.rate_limit import client_address
from dateline.ports.ledger.tokens import Role, Token
from dateline_ingest.context import parts
from dateline_ingest.pictures.uploads import allow_upload, brings_files

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.auth")

View = TypeVar("View", bound=Callable[..., Any])

OPEN: Final = frozenset({
    "health_live", "health_ready", "api-docs.openapi_json", "docs.page", "docs.static",
    "static", "desk.home", "session.sign_in", "session.sign_out", "password_pages.show", "password_pages.choose",
    "password_pages.show_forgotten", "password_pages.forgotten", "single_sign_on_pages.begin",
    "single_sign_on_pages.finish", "plan_calendar.show",
})  # fmt: skip
"""Endpoints that need no token."""

COUNTED: Final = frozenset({"plan_calendar.show"})
"""Those of them that the rate limit counts all the same."""

SESSION: Final = "session"
"""What the cookie keeps of a session: its secret."""

_USE_NOTED: Final = timedelta(minutes=5)
"""When a token was used is put on record no oftener."""

ITEMS: Final[dict[str, ItemKind]] = {"story_id": "story", "event_id": "event", "image_id": "image"}
"""Parameters of addresses that name an item."""

_LOOKING: Final = ("GET", "HEAD")


def needs(*roles: Role, session_too: bool = False) -> Callable[[View], View]:
    """Say which roles a view is for; the JSON API takes the desk's session only with ``session_too``."""

    def decorate(view: View) -> View:
        view.roles = roles  # type: ignore[attr-defined]
        view.session_too = session_too  # type: ignore[attr-defined]
        return view

    return decorate


def authorise() -> None:
    """Let the request in, with ``g.token`` and ``g.item``, or raise 401, 429, ``NotAllowed`` or ``NotFound``."""
    g.token = None
    of_desk = not request.path.startswith("/v1/")
    view = current_app.view_functions.get(request.endpoint or "")
    by_session = getattr(view, "session_too", False) or of_desk
    who = bearer() if "Authorization" in request.headers else session_token() if by_session else None
    g.token = replace(who, address=request.remote_addr or "") if who else None
    if who is not None and brings_files():
        allow_upload()
    elif of_desk:
        check_form(request, known=who is not None)
    if request.endpoint in OPEN:
        return
    if who is None and "Authorization" in request.headers:
        count_failed_attempt()
    if who is None:
        raise unauthorised()
    if view is None:
        return
    check_role(who, METRICS_ROLES if request.endpoint == METRICS_ENDPOINT else getattr(view, "roles", ()))
    _read_item(who)


def count_failed_attempt() -> None:
    """Count a wrong token of this request's address. Aborts with 429 after ten in a minute.

    A good token is let in whatever others at its address do: they can't guess 256 bits, nor lock a newsroom out.
    """
    if seconds := parts().failed_attempts.count(client_address()):
        log.warning("too many wrong tokens", address=request.remote_addr)
        raise TooManyRequests("Too many wrong tokens came from this address.", retry_after=seconds)
    with suppress(LedgerUnavailable):  # at most ten a minute of an address: nobody fills the audit
        parts().ledger.record("sign-in-failed", address=request.remote_addr or "", detail="unknown token")


def bearer() -> Token | None:
    """The live token of the Authorization header."""
    secret = bearer_secret()
    found = parts().ledger.find_token(secret) if secret else None
    if found is not None and _is_worth_noting(found):
        with suppress(LedgerUnavailable):  # who reads may go on while nothing can be written
            parts().ledger.note_token_use(secret)
    return found


def _is_worth_noting(found: Token) -> bool:
    """Whether the last use on record is long ago."""
    used = found.secret_used_at
    return used is None or datetime.now(UTC) - used > _USE_NOTED


def session_token() -> Token | None:
    """The live token that the desk's session was opened with; the ledger says whether the session goes on."""
    secret = session.get(SESSION)
    idle = timedelta(hours=parts().settings.session_idle_hours)
    return parts().ledger.session_token(secret, idle=idle) if isinstance(secret, str) else None


def may_see_detail() -> bool:
    """Whether the one who asks is told more of the service's health."""
    return g.token is not None and g.token.role in ("ops", "editor")


def _read_item(who: Token) -> None:
    """Read the item that the address names into ``g.item``; a reporter may touch own ones only, and look at any
    picture."""
    for parameter, kind in ITEMS.items():
        if item_id := (request.view_args or {}).get(parameter):
            g.item = parts().ledger.item(kind, item_id)
            may_look = kind == "image" and request.method in _LOOKING
            if who.role == "reporter" and not may_look and not g.item.belongs_to(who):
                raise NotAllowed("This is another reporter's.")


def client() -> str:
    """Who a rate limit counts for: the token, or the address of who has none."""
    return f"token {g.token.name}" if g.token else client_address()


def is_free() -> bool:
    """Whether no rate limit counts this request: health, documents and static files."""
    return (request.endpoint or "") in OPEN - COUNTED and request.method == "GET"
