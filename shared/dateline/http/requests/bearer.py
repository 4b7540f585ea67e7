"""The token that a request bears (RFC 6750 section 2.1), and who may see a service's metrics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from dateline.errors import NotAllowed
from dateline.ports.ledger.tokens import Role, Token

METRICS_ENDPOINT: Final = "health_metrics"
METRICS_ROLES: Final[tuple[Role, ...]] = ("ops", "editor")
_BEARER: Final = WWWAuthenticate("bearer", {"realm": "dateline"})


def bearer_secret() -> str:
    """The token of the Authorization header; empty without one."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def unauthorised() -> Unauthorized:
    """401 to be raised, with the way to do it right."""
    return Unauthorized("A valid token is needed: Authorization: Bearer TOKEN.", www_authenticate=_BEARER)


def check_role(token: Token, roles: tuple[Role, ...]) -> None:
    """Return when the token's role is one of ``roles``. Raises ``NotAllowed``."""
    if token.role not in roles:
        raise NotAllowed(f"This is not for the role {token.role}.")


def guard_metrics(find_token: Callable[[str], Token | None]) -> None:
    """Return when this request is not for ``/metrics``, or bears a token that may see it.

    Raises 401 and ``NotAllowed``, and what ``find_token`` raises.
    """
    if request.endpoint != METRICS_ENDPOINT:
        return
    secret = bearer_secret()
    token = find_token(secret) if secret else None
    if token is None:
        raise unauthorised()
    check_role(token, METRICS_ROLES)
