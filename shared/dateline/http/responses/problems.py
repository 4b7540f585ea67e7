"""Errors as the outside sees them: problem details (RFC 9457) for the JSON API, pages for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from flask import Response, json, request
from werkzeug.exceptions import HTTPException

from dateline.errors import (
    Conflict,
    CursorExpired,
    DatelineError,
    FetchRefused,
    FieldError,
    InvalidInput,
    MediaMissing,
    NotAllowed,
    NotFound,
    RevisionRequired,
    StaleRevision,
    Transient,
    Withdrawn,
)
from dateline.http.requests.checks import HEALTH_PATHS
from dateline.http.responses.faults import Faults, cut
from dateline.schemas.pointers import INVALID, field_errors

PROBLEM_TYPE: Final = "application/problem+json"

STATUS: Final[Mapping[type[DatelineError], int]] = {
    InvalidInput: 422,
    FetchRefused: 422,
    NotAllowed: 403,
    NotFound: 404,
    MediaMissing: 404,
    Conflict: 409,
    Withdrawn: 410,
    CursorExpired: 410,
    StaleRevision: 412,
    RevisionRequired: 428,
    Transient: 503,
}
"""The status each error of ``dateline.errors`` is answered with; what is not here is a defect (500)."""

MACHINE_PATHS: Final = ("/v1/", *HEALTH_PATHS)
"""Where errors are answered as JSON; elsewhere people read them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One error answer. ``errors`` name the wrong fields, ``headers`` go out with it (Retry-After, Allow …)."""

    status: int
    detail: str
    errors: tuple[FieldError, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def reasons(self) -> tuple[FieldError, ...]:
        """The wrong fields; where there are none, the whole body with the detail."""
        return self.errors or (FieldError("", self.detail),)

    @property
    def named(self) -> tuple[FieldError, ...]:
        """The wrong fields that a page names."""
        return Faults.of(self.errors).named

    @property
    def title(self) -> str:
        """The status in words."""
        return HTTPStatus(self.status).phrase

    def body(self, instance: str) -> dict[str, Any]:
        """The members of RFC 9457 section 3.1, with ``errors`` (``Faults``) where there are some."""
        members: dict[str, Any] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
        }
        if self.errors:
            members |= Faults.of(self.errors).json()
        return members


_KEPT_HEADERS: Final = ("allow", "retry-after", "www-authenticate")

ErrorPage = Callable[[Problem], Response | str]
"""How a service shows an error to a person: the page's HTML, or the whole answer."""


def problem_of(error: DatelineError | HTTPException) -> Problem:
    """What an error is answered with."""
    if isinstance(error, HTTPException):
        return _of_http_exception(error)
    status = next((STATUS[cls] for cls in type(error).__mro__ if cls in STATUS), 500)
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, Transient) else {}
    errors = error.errors if isinstance(error, InvalidInput) else ()
    detail = str(error) if status != 500 else "Something went wrong here; it has been logged."
    return Problem(status=status, detail=cut(detail), errors=errors, headers=headers)


def _of_http_exception(error: HTTPException) -> Problem:
    status = error.code or 500
    given: Mapping[str, Any] = getattr(error, "data", None) or {}
    messages = given.get("messages") or {}
    headers = {name: value for name, value in error.get_headers() if name.lower() in _KEPT_HEADERS}
    if status in (429, 503):
        headers.setdefault("Retry-After", "1")
    detail = INVALID if messages else (error.description or HTTPStatus(status).phrase)
    return Problem(status=status, detail=cut(detail), errors=webargs_errors(messages), headers=headers)


def webargs_errors(messages: Mapping[str, Any]) -> tuple[FieldError, ...]:
    """The field errors in the messages of webargs, which nest marshmallow's under where the value stood."""
    return tuple(error for part in messages.values() for error in field_errors(part))


def problem_response(problem: Problem, page: ErrorPage | None) -> Response:
    """The response for ``problem``: JSON for the API, else the service's page."""
    if page is None or request.path.startswith(MACHINE_PATHS):
        body = json.dumps(problem.body(request.path), ensure_ascii=False)
        response = Response(body, problem.status, content_type=PROBLEM_TYPE)
    else:
        html = page(problem)
        response = html if isinstance(html, Response) else Response(html, problem.status, mimetype="text/html")
        response.status_code = problem.status
    response.headers.update(problem.headers)
    return response
