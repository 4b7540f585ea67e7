"""Everything around a service's routes: proxies, request ids, access log, durations, security headers, errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Final
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from dateline.errors import DatelineError
from dateline.http.health import Check, add_health
from dateline.http.metrics import CollectMetrics, observe
from dateline.http.requests.body import MAX_BODY_BYTES
from dateline.http.requests.checks import check_address, check_host, check_media_type, known_hosts
from dateline.http.requests.rate_limit import client_address
from dateline.http.responses.compression import compress
from dateline.http.responses.problems import ErrorPage, problem_of, problem_response
from dateline.http.responses.static_files import hash_static_names
from dateline.http.responses.unread_answers import bound_unread
from dateline.settings import Settings

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.http")

_CONTENT_SECURITY: Final[Mapping[str, str]] = {
    "default-src": "'self'", "img-src": "'self' https: http: data:", "object-src": "'none'", "base-uri": "'none'",
    "frame-ancestors": "'none'", "form-action": "'self'",
}  # fmt: skip


def content_security_policy(changed: Mapping[str, str] | None = None) -> str:
    """The policy of our pages (W3C CSP 3), with the directives that one page needs otherwise."""
    return "; ".join(f"{name} {sources}" for name, sources in {**_CONTENT_SECURITY, **(changed or {})}.items())


SECURITY_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": content_security_policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
"""No script or style but our own files; pictures of stories come from anywhere."""

HSTS: Final = "max-age=31536000"
"""A year. Said over https only (RFC 6797 section 7.2), which a trusted proxy tells; of other hosts nothing is said."""

_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")


def set_up_service(
    app: Flask,
    settings: Settings,
    *,
    checks: Mapping[str, Check],
    metrics: CollectMetrics | None = None,
    error_page: ErrorPage | None = None,
    authorise: Callable[[], None] | None = None,
    client: Callable[[], str] = client_address,
    may_see_detail: Callable[[], bool] = lambda: False,
    may_compress: Callable[[Response], bool] = lambda _: True,
) -> None:
    """Set up ``app``. Call it before the routes are registered.

    ``checks`` decide ``/ready``; ``metrics`` are the service's own metrics; ``error_page`` shows an error to a person;
    ``authorise`` runs before the media type is looked at, so that 401 and 403 come before 415; ``client`` names
    who asks, for whom a bounded amount of answers is kept that aren't taken; ``may_compress``
    says of which answers the length may be seen: it tells what a secret beside a reader's input is (BREACH).
    """
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    app.before_request(_begin)
    app.before_request(check_address)
    hosts = known_hosts(settings)
    app.before_request(lambda: check_host(hosts))
    if authorise is not None:
        app.before_request(authorise)
    app.before_request(check_media_type)
    app.after_request(_end)
    app.after_request(bound_unread(client, error_page))
    app.after_request(lambda response: compress(response) if may_compress(response) else response)
    hash_static_names(app)

    def on_error(error: DatelineError | HTTPException) -> Response | HTTPException:
        if isinstance(error, HTTPException) and (error.code is None or error.code < 400):
            return error
        problem = problem_of(error)
        if problem.status >= 500 and problem.status != 503:
            log.error("failed", exc_info=error)
        return problem_response(problem, error_page)

    app.register_error_handler(HTTPException, on_error)
    app.register_error_handler(DatelineError, on_error)
    add_health(app, checks, metrics, may_see_detail)


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.started = perf_counter()
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid4().hex
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "unmatched"
    seconds = perf_counter() - g.get("started", perf_counter())
    observe(route, response.status_code, seconds)
    log.info(
        "request", method=request.method, path=request.path, route=route,
        status=response.status_code, milliseconds=round(seconds * 1000, 1),
    )  # fmt: skip
    structlog.contextvars.unbind_contextvars("request_id")
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    response.headers["X-Request-ID"] = g.get("request_id", "")
    return response
