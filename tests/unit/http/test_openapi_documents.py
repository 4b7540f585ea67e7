"""The OpenAPI documents of both services: valid as OpenAPI 3.1, and complete in what every route can answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from dateline.http.requests.checks import MAX_ADDRESS_BYTES
from dateline.settings import Settings, read_settings
from dateline_ingest.app import create_app as create_ingest
from dateline_web.app import create_app as create_web

CREATE = {"ingest": create_ingest, "web": create_web}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return read_settings({}, data=str(tmp_path_factory.mktemp("data")), log_level="error")


@pytest.fixture(scope="module", params=CREATE)
def service(request: pytest.FixtureRequest, newsroom: Settings) -> Flask:
    """Each service in turn. The document asks neither ledger nor index."""
    app: Flask = CREATE[request.param](newsroom)
    return app


def document(app: Flask) -> dict[str, Any]:
    spec: dict[str, Any] = app.test_client().get("/v1/openapi.json").get_json()
    return spec


def operations(spec: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in spec["paths"].items():
        yield from ((f"{method} {path}", operation) for method, operation in item.items() if method != "parameters")


def types(part: Any) -> Iterator[list[str]]:
    """Each list of types anywhere in the document."""
    if isinstance(part, dict):
        if isinstance(part.get("type"), list):
            yield part["type"]
        for inner in part.values():
            yield from types(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from types(inner)


def test_the_document_is_valid_openapi(service: Flask) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(document(service)).iter_errors()] == []


def test_no_type_is_named_twice(service: Flask) -> None:
    assert [named for named in types(document(service)) if len(set(named)) < len(named)] == []


def test_every_route_names_the_answer_to_an_address_that_is_too_long(service: Flask) -> None:
    assert [name for name, one in operations(document(service)) if "414" not in one["responses"]] == []


@pytest.mark.parametrize("path", ["/v1/stories", "/v1/events", "/v1/nothing"])
def test_an_address_that_is_too_long_is_414(service: Flask, path: str) -> None:
    client = service.test_client()
    answer = client.get(f"{path}?q={'a' * MAX_ADDRESS_BYTES}")
    assert (answer.status_code, answer.content_type) == (414, "application/problem+json")
    assert client.get(f"/?q={'a' * MAX_ADDRESS_BYTES}").mimetype == "text/html"


def test_every_read_of_web_may_be_unchanged(newsroom: Settings) -> None:
    spec = document(create_web(newsroom))
    assert [name for name, one in operations(spec) if "304" not in one["responses"]] == []


def test_a_story_of_web_comes_as_ninjs_too(newsroom: Settings) -> None:
    story = document(create_web(newsroom))["paths"]["/v1/stories/{story_id}"]["get"]
    assert set(story["responses"]["200"]["content"]) == {"application/json", "application/ninjs+json"}
