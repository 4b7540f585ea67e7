"""Each address has its rate on the JSON API; pages, feeds and health have none."""

from __future__ import annotations

import pytest

from dateline.adapters.embedded import EmbeddedIndex
from dateline.errors import BadSetting
from unit.web.conftest import app_on


def test_an_address_over_its_rate_is_told_to_wait(index: EmbeddedIndex) -> None:
    client = app_on(index, web_rate_limit="2 per hour").test_client()
    assert [client.get(path).status_code for path in ("/v1/search", "/v1/events", "/v1/search")] == [200, 200, 429]
    answer = client.get("/v1/search")
    assert answer.content_type == "application/problem+json"
    assert 60 < int(answer.headers["Retry-After"]) <= 3601
    elsewhere = client.get("/v1/search", environ_overrides={"REMOTE_ADDR": "192.0.2.8"})
    assert (elsewhere.status_code, elsewhere.headers.get("Retry-After")) == (200, None)


@pytest.mark.parametrize("path", ["/", "/search", "/search.atom", "/events.ics", "/live", "/ready"])
def test_what_people_read_has_no_rate(index: EmbeddedIndex, path: str) -> None:
    client = app_on(index, web_rate_limit="1 per hour").test_client()
    assert {client.get(path).status_code for _ in range(3)} == {200}


def test_who_a_trusted_proxy_speaks_for_counts(index: EmbeddedIndex) -> None:
    client = app_on(index, web_rate_limit="1 per hour", proxies="1").test_client()
    for address in ("192.0.2.1", "192.0.2.2"):
        told = {"X-Forwarded-For": address}
        assert [client.get("/v1/search", headers=told).status_code for _ in range(2)] == [200, 429]


def test_a_busy_client_is_left_alone_by_default(index: EmbeddedIndex) -> None:
    client = app_on(index).test_client()
    assert {client.get("/v1/suggest").status_code for _ in range(200)} == {200}


def test_what_is_no_rate_stops_the_start(index: EmbeddedIndex) -> None:
    with pytest.raises(BadSetting, match="DATELINE_WEB_RATE_LIMIT wants a rate"):
        app_on(index, web_rate_limit="many")
