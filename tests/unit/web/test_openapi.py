"""The OpenAPI document is true: what it allows is answered as it says, and nothing answers otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from dateline.adapters.embedded import EmbeddedIndex
from unit.web.conftest import app_on
from unit.web.documents import MINSK, many_stories, terms_of


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on forty stories."""
    index = EmbeddedIndex(tmp_path_factory.mktemp("openapi") / "index", MINSK)
    index.ensure()
    stories = list(many_stories(40))
    index.put([*stories, *terms_of(stories)])
    yield app_on(index)
    index.close()


PATHS = (
    "/v1/search", "/v1/suggest", "/v1/stories/{story_id}", "/v1/tags/{type}", "/v1/tags/{type}/{slug}",
    "/v1/archive/{year}/{month}", "/v1/events", "/v1/events/{event_id}",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_as_described(app: Flask, path: str) -> None:
    """No schema can say which cursors there are, nor that ``to`` is not before ``from``: those may be refused."""
    schema = schemathesis.openapi.from_wsgi("/v1/openapi.json", app)

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=schema[path]["GET"].as_strategy())
    def check(case: schemathesis.Case) -> None:
        unsayable = {"cursor", "from", "to"} & set(case.query or {})
        case.call_and_validate(
            headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance] if unsayable else []
        )

    check()


def test_every_json_route_is_checked(app: Flask) -> None:
    assert set(app.test_client().get("/v1/openapi.json").get_json()["paths"]) == set(PATHS)
