"""By which names the services may be asked: those that are set, and any while none is."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from dateline.errors import BadSetting
from dateline.settings import read_settings
from dateline_ingest.app import create_app as create_ingest
from dateline_web.app import create_app as create_web

CREATE = {"ingest": create_ingest, "web": create_web}
PATH = "/v1/openapi.json"


@pytest.fixture(scope="module", params=CREATE)
def name(request: pytest.FixtureRequest) -> str:
    service: str = request.param
    return service


def app_of(name: str, data: Path, **settings: str) -> Flask:
    app: Flask = CREATE[name](read_settings({}, data=str(data), log_level="error", **settings))
    return app


def status(app: Flask, host: str, path: str = PATH) -> int:
    return app.test_client().get(path, headers={"Host": host}).status_code


@pytest.fixture(scope="module")
def public(name: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A service with a name of its own."""
    return app_of(
        name, tmp_path_factory.mktemp("public"), web_url="https://paper.example", ingest_url="https://desk.example:8443",
        allowed_hosts="inside, 10.0.0.7, fd00::7",
    )  # fmt: skip


@pytest.mark.parametrize(
    "host",
    ["paper.example", "paper.example:443", "PAPER.example.", "desk.example", "localhost:8000", "127.0.0.1:8001",
     "[::1]:8000", "inside:8000", "10.0.0.7", "[fd00::7]"],
)  # fmt: skip
def test_known_names_are_answered(public: Flask, host: str) -> None:
    assert status(public, host) == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "paper.example.evil.example", "xpaper.example", "10.0.0.8", "[::2]", "paper.example@evil.example",
     "[", "paper.example,evil.example"],
)  # fmt: skip
def test_others_are_misdirected(public: Flask, host: str) -> None:
    answer = public.test_client().get(PATH, headers={"Host": host})
    assert (answer.status_code, answer.content_type) == (421, "application/problem+json")
    assert status(public, host, "/v1/nothing") == 421
    page = public.test_client().get("/", headers={"Host": host})
    assert (page.status_code, page.mimetype) == (421, "text/html")
    assert "evil" not in page.text


def test_health_is_asked_by_any_name(public: Flask) -> None:
    asked = {path: status(public, "10.1.2.3:8000", path) for path in ("/live", "/ready", "/metrics")}
    assert 421 not in asked.values()
    assert asked["/live"] == 200


def test_any_name_will_do_while_none_is_set(name: str, tmp_path: Path) -> None:
    assert status(app_of(name, tmp_path), "evil.example") == 200


def test_the_name_that_a_trusted_proxy_passes_on_counts(name: str, tmp_path: Path) -> None:
    client = app_of(name, tmp_path, web_url="https://paper.example", proxies="1").test_client()
    told = {"Host": "inside:8000", "X-Forwarded-Host": "paper.example"}
    assert client.get(PATH, headers=told).status_code == 200
    assert client.get(PATH, headers={**told, "X-Forwarded-Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("names", ["https://paper.example", "paper.example:80", "a b", "paper.example/x", "*"])
def test_what_is_no_host_name_stops_the_start(names: str) -> None:
    with pytest.raises(BadSetting, match="DATELINE_ALLOWED_HOSTS wants host names"):
        read_settings({"DATELINE_ALLOWED_HOSTS": names})
