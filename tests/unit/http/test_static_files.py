"""Static files carry a hash in their name, by which they are kept for good."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dateline.settings import read_settings
from dateline_ingest.app import create_app as create_ingest
from dateline_web.app import create_app as create_web

FOR_GOOD = "public, max-age=31536000, immutable"
HASHED = r"\.[0-9a-f]{12}\."
PAGES = {"ingest": ("/", "/v1/docs"), "web": ("/v1/docs", "/stories/none/none")}


@pytest.fixture(params=PAGES)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[FlaskClient, tuple[str, ...]]:
    create = {"ingest": create_ingest, "web": create_web}[request.param]
    app: Flask = create(read_settings({}, data=str(tmp_path), log_level="error"))
    return app.test_client(), PAGES[request.param]


def files(client: FlaskClient, pages: tuple[str, ...]) -> set[str]:
    """The style sheets, scripts and icons that pages name."""
    texts = "".join(client.get(page).text for page in pages)
    return set(re.findall(r'<(?:link rel="(?:stylesheet|icon)" href|script src)="(/[^"]+)"', texts))


def test_every_file_that_pages_name_is_kept_for_good(service: tuple[FlaskClient, tuple[str, ...]]) -> None:
    client, pages = service
    named = files(client, pages)
    assert len(named) >= 3
    for address in named:
        assert re.search(HASHED, address), address
        with client.get(address) as answer:
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, FOR_GOOD)
            etag = answer.headers["ETag"]
        with client.get(address, headers={"If-None-Match": etag}) as answer:
            assert (answer.status_code, answer.headers["Cache-Control"]) == (304, FOR_GOOD)


def test_another_name_gives_the_present_file_and_is_not_kept(service: tuple[FlaskClient, tuple[str, ...]]) -> None:
    client, pages = service
    for address in files(client, pages):
        with client.get(address) as now:
            for other in (re.sub(HASHED, ".", address), re.sub(HASHED, ".0123456789ab.", address)):
                with client.get(other) as answer:
                    assert (answer.status_code, answer.data) == (200, now.data)
                    assert "immutable" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["none.css", "none.0123456789ab.css", "../app.py", "..%2fapp.py", ".css", "%00.css"])
def test_what_is_no_file_is_404(service: tuple[FlaskClient, tuple[str, ...]], name: str) -> None:
    client, _ = service
    for folder in ("/static", "/v1/docs"):
        assert client.get(f"{folder}/{name}").status_code == 404
