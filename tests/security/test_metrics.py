"""Figures of the newsroom are for operations and editors: no reader and no reporter gets them, of either service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from dateline.errors import LedgerUnavailable
from dateline.settings import read_settings
from dateline_web.app import create_app
from fakes.away_ledger import AwayLedger
from unit.web.documents import MINSK

STATUS: Final = {"": 401, "nobody": 401, "rita": 403, "olga": 200, "edda": 200}


@pytest.fixture
def web(newsroom: Any, tmp_path: Path) -> Iterator[FlaskClient]:
    """Web of the same data folder."""
    index = EmbeddedIndex(tmp_path / "index", MINSK)
    index.ensure()
    yield create_app(read_settings({}, data=str(tmp_path)), index=index).test_client()
    index.close()


def headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer secret-{token}"} if token else {}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("token", "status"), STATUS.items())
def test_who_sees_them(newsroom: Any, web: FlaskClient, token: str, status: int, method: str) -> None:
    for service in (newsroom.client, web):
        answer = service.open("/metrics", method=method, headers=headers(token))
        assert answer.status_code == status
        assert ("http_server_request" in answer.text) == (status == 200 and method == "GET")
        assert ("WWW-Authenticate" in answer.headers) == (status == 401)


@pytest.mark.parametrize("token", ["", "rita", "olga"])
@pytest.mark.parametrize("path", ["/metrics", "/ready", "/live"])
def test_no_cache_keeps_them_for_others(newsroom: Any, web: FlaskClient, path: str, token: str) -> None:
    for service in (newsroom.client, web):
        assert service.get(path, headers=headers(token)).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("given", ["Basic b2xnYTpzZWNyZXQ=", "Bearer", "Bearer ", "secret-olga", "Token secret-olga"])
def test_other_ways_to_say_who_one_is(newsroom: Any, web: FlaskClient, given: str) -> None:
    for service in (newsroom.client, web):
        assert service.get("/metrics", headers={"Authorization": given}).status_code == 401


def test_a_revoked_token(newsroom: Any, web: FlaskClient, tmp_path: Path) -> None:
    assert web.get("/metrics", headers=headers("olga")).status_code == 200
    newsroom.ledger.revoke_token("olga")
    for service in (newsroom.client, web):
        assert service.get("/metrics", headers=headers("olga")).status_code == 401


def test_readers_notice_nothing_of_a_ledger_that_is_away(tmp_path: Path) -> None:
    index = EmbeddedIndex(tmp_path / "index", MINSK)
    index.ensure()
    away: Any = AwayLedger(LedgerUnavailable("the ledger is away"))
    client = create_app(read_settings({}), index=index, tokens=away).test_client()
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers=headers("olga")).status_code == 503
    assert {client.get(path).status_code for path in ("/", "/ready", "/v1/search")} == {200}
    index.close()
