"""What Schemathesis makes of the OpenAPI document, with all its checks: what it allows is answered as it says, what it
forbids is refused, and nothing is answered without a token."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from dateline_ingest.context import Parts


class NoLimit:
    """Lets every wrong token be tried: the checks send hundreds."""

    def count(self, address: str) -> int:
        """No wait."""
        return 0


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def ledger_url(request: pytest.FixtureRequest) -> str:
    """Each database in turn: what one keeps, the other may refuse (a NUL in a text)."""
    url: str = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    return url


@schemathesis.serializer("application/x-ndjson", "text/calendar")
def as_text(context: Any, value: Any) -> bytes:
    """Bodies that are no JSON: as they are."""
    return str(value).encode("utf-8", "replace")


@pytest.mark.parametrize(
    ("ledger_url", "mode"),
    [
        pytest.param("sqlite", GenerationMode.POSITIVE, id="sqlite-allowed"),
        pytest.param("postgres", GenerationMode.POSITIVE, id="postgres-allowed", marks=pytest.mark.postgres),
        pytest.param("sqlite", GenerationMode.NEGATIVE, id="forbidden"),  # which meets no database
    ],
    indirect=["ledger_url"],
)
def test_every_answer_is_one_the_document_names(service: Any, mode: GenerationMode) -> None:
    parts: Parts = service.app.extensions["dateline"]
    service.app.extensions["dateline"] = replace(parts, failed_attempts=NoLimit())
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


def _unsayable(case: Any, url: str) -> Iterator[Any]:
    """The checks of what no schema can say.

    Which cursors, days, slugs and rules there are, and that a known thing's write names its revision; that control
    characters are dropped before a text is looked at, and that an empty parameter is as good as none; and what a text
    is that is no JSON.
    """
    query = case.query or {}
    if case.method != "GET" or query.keys() & {"cursor", "from", "to", "day"}:
        yield positive_data_acceptance
    sent = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))  # an empty object or list is sent as nothing
    if (
        case.media_type in ("application/x-ndjson", "text/calendar")
        or not "".join([*sent.values(), *_texts(case.body)]).isprintable()
        or not all(sent.get(name) for name in query)
    ):
        yield negative_data_rejection


def _texts(value: Any) -> Iterator[str]:
    """Every text in a body."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _try(operation: Any, mode: GenerationMode, token: str) -> None:
    try:
        strategy = operation.as_strategy(generation_mode=mode)
    except schemathesis.errors.SchemathesisError:
        return

    @given(case=strategy)
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def run(case: Any) -> None:
        headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
        answer = case.call(headers=headers)
        case.validate_response(answer, headers=headers, excluded_checks=list(_unsayable(case, answer.request.url)))

    run()
