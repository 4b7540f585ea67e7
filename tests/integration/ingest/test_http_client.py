"""The HTTP client of the commands and of the sample's loader, on a real socket."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.errors import FieldError, IngestUnavailable
from dateline.http_client import HttpClient


def test_an_answer_is_read_whole_whatever_its_status(service: Any, address: str) -> None:
    client = HttpClient(address, service.tokens["editor"], timeout=30)
    accepted = client.request("POST", "/v1/stories", {"headline": "One", "body_text": "x"})
    assert accepted.status == 202
    shown = client.request("GET", f"/v1/stories/{accepted.body['id']}")
    assert shown.headers["etag"] == '"1"'
    refused = client.request("POST", "/v1/stories", {"headline": "One", "body_text": "x", "surprise": 1})
    assert (refused.status, refused.errors) == (422, (FieldError("/surprise", "Unknown field."),))
    assert client.request("GET", "/static/nowhere").detail == "NOT FOUND"
    client.close()


def test_a_service_that_is_away_is_named_with_the_reason() -> None:
    with pytest.raises(
        IngestUnavailable, match=r"http://127.0.0.1:1 can't be reached: \[Errno 111\] Connection refused"
    ):
        HttpClient("http://127.0.0.1:1", "secret", timeout=30).request("GET", "/live")


def test_this_machine_is_reached_without_a_proxy(service: Any, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert HttpClient(address, service.tokens["ops"], timeout=30).request("GET", "/live").status == 200
