"""What Schemathesis makes of the OpenAPI document: no answer is a 5xx, and each is one that the document names."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def ledger_url(request: pytest.FixtureRequest) -> str:
    """Each database in turn: what one keeps, the other may refuse (a NUL in a text)."""
    url: str = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    return url


@schemathesis.serializer("application/x-ndjson", "text/calendar")
def as_text(context: Any, value: Any) -> bytes:
    """Bodies that are no JSON: as they are."""
    return str(value).encode("utf-8", "replace")


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "forbidden"])
def test_every_answer_is_one_the_document_names(service: Any, mode: GenerationMode) -> None:
    document = schemathesis.openapi.from_wsgi("/v1/openapi.json", service.app)
    operations = [result.ok() for result in document.get_all_operations()]
    assert len(operations) > 20
    for operation in operations:
        _try(operation, mode, service.tokens["editor"])


def test_odd_words_are_kept_or_refused(service: Any) -> None:
    client = service.app.test_client()
    headers = {"Authorization": f"Bearer {service.tokens['editor']}", "Idempotency-Key": "k\u00e9"}
    story = {"headline": "a\x00b 🌉 İ\u0301", "body_text": "\u202eabc\ud83d\ude00\x00", "byline": "\ufffe\uffff"}
    assert (
        client.post("/v1/stories", data=json.dumps(story), headers=headers, content_type="application/json").status_code
        == 202
    )
    for path in (
        "/v1/stories?q=%00a", "/v1/stories/%00", "/stories?q=%00&cursor=%00",
        "/v1/terms?q=%00%F0%9F", "/v1/terms?status=proposed&q=%25_%5C",
    ):  # fmt: skip
        assert client.get(path, headers=headers).status_code in (200, 404), path
    [found] = client.get("/v1/stories?q=AB", headers=headers).get_json()["items"]
    assert found["label"] == "ab 🌉 İ\u0301"


def _try(operation: Any, mode: GenerationMode, token: str) -> None:
    try:
        strategy = operation.as_strategy(generation_mode=mode)
    except schemathesis.errors.SchemathesisError:
        return

    @given(case=strategy)
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def run(case: Any) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"})
        case.validate_response(answer, checks=CHECKS)

    run()
