"""flask-smorest with our errors: the OpenAPI document names every status a route can answer, as problem+json.

What is used here of flask-smorest's private parts, and why pyproject.toml keeps it below the next minor version:

``Api._register_error_handlers``     replaced: pages' errors are answered beside those of the API
``Api._register_responses``          replaced: an error's media type is application/problem+json
``utils.prepare_response``           called by the replacement, as the original does
``Blueprint._prepare_doc_cbks``      one more step, which writes each route's problems into the document
``view._apidoc``                     read and written: what the decorators noted of a view (arguments, manual_doc)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final, TypeVar

import marshmallow as ma
from apispec.ext.marshmallow.common import resolve_schema_instance
from flask import Flask
from flask_smorest import Api, Blueprint
from flask_smorest.utils import prepare_response
from werkzeug.routing import BaseConverter

from dateline import __version__
from dateline.http.docs import add_docs
from dateline.http.requests.body import StrictParser
from dateline.http.requests.checks import check_query
from dateline.http.responses.faults import MOST_NAMED
from dateline.http.responses.problems import PROBLEM_TYPE

View = TypeVar("View", bound=Callable[..., Any])

COMMON_PROBLEMS: Final = (414, 421, 422)
"""What any route answers to a request that is wrong before the route looks at it."""
BODY_PROBLEMS: Final = (400, 408, 413, 415)


class FieldErrorSchema(ma.Schema):
    """One wrong field."""

    pointer = ma.fields.String(required=True, metadata={"description": "RFC 6901 pointer into the body"})
    detail = ma.fields.String(required=True)


class ProblemSchema(ma.Schema):
    """An error, as RFC 9457 says it."""

    type = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    detail = ma.fields.String(required=True)
    instance = ma.fields.String(required=True)
    errors = ma.fields.List(ma.fields.Nested(FieldErrorSchema), metadata={"maxItems": MOST_NAMED})
    omitted_errors = ma.fields.Integer(metadata={"description": "How many more faults there are"})


class JsonApi(Api):  # type: ignore[misc]
    """The API of one service: ``/v1/openapi.json`` and ``/v1/docs``; errors are answered by ``set_up_service``."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, app: Flask, title: str, *, bearer: bool = False) -> None:
        """The API of ``app``. ``bearer`` says that its routes want a token."""
        app.config.update(
            API_TITLE=title,
            API_VERSION=__version__,
            OPENAPI_VERSION="3.1.0",
            OPENAPI_URL_PREFIX="/v1",
            OPENAPI_JSON_PATH="openapi.json",
        )
        super().__init__(app)
        self.register_converter(BaseConverter, lambda one: {"type": "string", "pattern": f"^({one.regex})$"})
        if bearer:
            self.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
            self.spec.options["security"] = [{"bearer": []}]
        add_docs(app, self.spec)

    def _register_error_handlers(self) -> None:
        """``set_up_service`` answers errors, pages' too."""

    def _register_responses(self) -> None:
        """Describe each status as a problem, in its own media type."""
        for status in HTTPStatus:
            response: dict[str, Any] = {"description": status.phrase}
            if status >= 400:
                response["schema"] = ProblemSchema
            prepare_response(response, self.spec, PROBLEM_TYPE)
            self.spec.components.response(status.name, response, lazy=True)


def accepts(*types: str, optional: bool = False) -> Callable[[View], View]:
    """Say which media types a view's body may have; others are 415. Goes nearest to the function.

    ``optional`` says that the body may be missing.
    """

    def decorate(view: View) -> View:
        view.accepted_types = types  # type: ignore[attr-defined]
        view.body_is_optional = optional  # type: ignore[attr-defined]
        return view

    return decorate


class JsonBlueprint(Blueprint):  # type: ignore[misc]
    """Routes of the JSON API. ``always`` are statuses that every one of them can answer."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, import_name: str, *, always: Iterable[int] = (), **options: Any) -> None:
        self._always = tuple(always)
        super().__init__(name, import_name, **options)
        self._prepare_doc_cbks.append(self._prepare_problems)
        self.before_request(check_query)

    def get(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Route GET (and HEAD)."""
        return self._typed(super().route(rule, methods=["GET"], **options))

    def post(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Route POST."""
        return self._typed(super().route(rule, methods=["POST"], **options))

    def put(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Route PUT."""
        return self._typed(super().route(rule, methods=["PUT"], **options))

    def delete(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Route DELETE."""
        return self._typed(super().route(rule, methods=["DELETE"], **options))

    def arguments(self, schema: Any, **options: Any) -> Callable[[View], View]:
        """Read the body (or ``location``) by ``schema``, made once, into the view's first argument."""
        return self._typed(super().arguments(schema() if isinstance(schema, type) else schema, **options))

    def response(self, status_code: int, schema: Any = None, **options: Any) -> Callable[[View], View]:
        """Name the status and shape of what the view gives."""
        return self._typed(super().response(status_code, schema, **options))

    def alt_response(self, status_code: int, response: Any = None, **options: Any) -> Callable[[View], View]:
        """Name another answer of the view."""
        return self._typed(super().alt_response(status_code, response, **options))

    @staticmethod
    def doc(**description: Any) -> Callable[[View], View]:
        """Add to a view's part of the document."""
        return JsonBlueprint._typed(Blueprint.doc(**description))

    @staticmethod
    def _typed(decorator: Any) -> Callable[[View], View]:
        """``decorator``, which comes from a package without types, with its type."""
        typed: Callable[[View], View] = decorator
        return typed

    def problems(self, *statuses: int) -> Callable[[View], View]:
        """Name further statuses that a view can answer."""

        def decorate(view: View) -> View:
            known = getattr(view, "_apidoc", {})
            view._apidoc = {**known, "problems": (*known.get("problems", ()), *statuses)}  # type: ignore[attr-defined]
            return view

        return decorate

    def add_url_rule(self, rule: str, endpoint: Any = None, view_func: Any = None, *args: Any, **options: Any) -> None:
        """Register a route; a view that reads JSON takes application/json unless ``accepts`` says otherwise."""
        types = getattr(view_func, "accepted_types", None)
        arguments = getattr(view_func, "_apidoc", {}).get("arguments", {}).get("parameters", ())
        if types is None and any(parameter["in"] == "json" for parameter in arguments):
            types = ("application/json",)
        if types and not isinstance(types, dict):
            view_func.accepted_types = {method: types for method in options.get("methods", ())}
        view_func.query_parameters = frozenset(_query_names(arguments))
        if "<" in rule:
            self.problems(404)(view_func)
        super().add_url_rule(rule, endpoint, view_func, *args, **options)

    def _prepare_problems(self, doc: dict[str, Any], doc_info: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        has_body = "requestBody" in doc or "requestBody" in doc_info.get("manual_doc", {})
        statuses = {*COMMON_PROBLEMS, *self._always, *doc_info.get("problems", ())}
        statuses |= set(BODY_PROBLEMS) if has_body else set()
        responses = doc.setdefault("responses", {})
        for status in sorted(statuses):
            responses[status] = HTTPStatus(status).name
        return doc


def _query_names(parameters: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The names of the parameters in the query that flask-smorest noted of a view."""
    for parameter in parameters:
        if parameter["in"] == "query":
            schema: ma.Schema = resolve_schema_instance(parameter["schema"])
            yield from (field.data_key or name for name, field in schema.load_fields.items())
