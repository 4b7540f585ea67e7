"""A name that is given again, and a session that has ended: neither opens what was another's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from flask.testing import FlaskClient

from dateline.adapters.ledger import SqlLedger
from unit.ingest.desk_pages import post, sign_in

HELD = {"headline": "Minister resigns", "body_text": "At noon.", "embargo_until": "2100-01-01T00:00:00Z"}


def reissue(ledger: SqlLedger, name: str = "rita", role: Any = "reporter") -> None:
    """End a token, and give its name to somebody else; the secret is as before with ``new-``."""
    ledger.revoke_token(name)
    with patch("dateline.adapters.ledger.tokens.secrets.token_urlsafe", return_value=f"secret-new-{name}"):
        ledger.create_token(name, role)


def test_the_next_of_a_name_does_not_read_the_last_ones_stories(newsroom: Any) -> None:
    held = newsroom.submit("rita", **HELD)
    path = f"/v1/stories/{held['id']}"
    reissue(newsroom.ledger)
    assert newsroom.ask("GET", path, "rita").status_code == 401
    change = {"json": HELD, "headers": {"If-Match": '"1"'}}
    for method, address, options in (
        ("GET", path, {}),
        ("DELETE", path, {}),
        ("PUT", path, change),
        ("GET", path[3:], {}),
    ):
        answer = newsroom.ask(method, address, "new-rita", **options)
        assert answer.status_code == 403
        assert "Minister" not in answer.text
    assert newsroom.ask("GET", path.removeprefix("/v1"), "new-rita").status_code == 403
    for address in ("/v1/stories", "/stories", "/"):
        assert held["id"] not in newsroom.ask("GET", address, "new-rita").text
    assert newsroom.ask("GET", path, "edda").status_code == 200


@pytest.mark.parametrize("more", [{}, {"source": "Rita's feed"}])
def test_nor_by_its_external_id(newsroom: Any, more: dict[str, str]) -> None:
    held = newsroom.submit("rita", external_id="1", **HELD, **more)
    reissue(newsroom.ledger)
    sent = {"headline": "Mine", "body_text": "Mine.", "external_id": "1", "embargo_until": None, **more}
    answer = newsroom.ask("POST", "/v1/stories", "new-rita", json=sent)
    assert answer.status_code == (403 if more else 202)
    assert answer.get_json().get("id") != held["id"]
    assert newsroom.items[held["id"]].newest_revision == 1


def test_nor_by_an_idempotency_key(newsroom: Any) -> None:
    keyed = {"headers": {"Idempotency-Key": "monday"}, "json": HELD}
    first = newsroom.ask("POST", "/v1/stories", "rita", **keyed).get_json()
    reissue(newsroom.ledger)
    assert newsroom.ask("POST", "/v1/stories", "new-rita", **keyed).get_json()["id"] != first["id"]


def test_nor_when_the_last_one_has_expired(newsroom: Any) -> None:
    with patch("dateline.adapters.ledger.tokens.secrets.token_urlsafe", return_value="secret-anna"):
        newsroom.ledger.create_token("anna", "reporter", timedelta(days=1))
    held = newsroom.submit("anna", **HELD)
    tomorrow = datetime.now(UTC) + timedelta(days=2)
    with (
        patch("dateline.adapters.ledger.tokens.now", return_value=tomorrow),
        patch("dateline.adapters.ledger.tokens.secrets.token_urlsafe", return_value="secret-anna-2"),
    ):
        newsroom.ledger.create_token("anna", "reporter")
    assert newsroom.ask("GET", f"/v1/stories/{held['id']}", "anna-2").status_code == 403


def test_a_reporter_does_not_inherit_from_an_editor_of_the_name(newsroom: Any) -> None:
    held = newsroom.submit("edda", external_id="1", **HELD)
    reissue(newsroom.ledger, "edda")
    assert newsroom.ask("GET", f"/v1/stories/{held['id']}", "new-edda").status_code == 403
    assert newsroom.submit("new-edda", external_id="1")["id"] != held["id"]


# --- sessions ----------------------------------------------------------------------------------------------------


@pytest.fixture
def browser(newsroom: Any) -> FlaskClient:
    """A browser in which rita is signed in."""
    return sign_in(newsroom.client)


def copied(newsroom: Any, browser: FlaskClient) -> FlaskClient:
    """Another browser with the cookie of the first as it is now."""
    cookie = browser.get_cookie("desk_session")
    assert cookie is not None
    other: FlaskClient = newsroom.client
    other.set_cookie("desk_session", cookie.value)
    return other


def test_a_cookie_kept_from_before_the_sign_out_is_good_for_nothing(newsroom: Any, browser: FlaskClient) -> None:
    kept = copied(newsroom, browser)
    assert kept.get("/stories").status_code == 200
    assert post(browser, "/sign-out").status_code == 303
    assert kept.get("/stories").status_code == 401
    assert post(kept, "/stories", headline="Mine", body_text="Mine.").status_code == 401
    assert kept.get("/v1/stories").status_code == 401


def test_a_session_ends_with_its_token(newsroom: Any, browser: FlaskClient) -> None:
    reissue(newsroom.ledger)
    assert browser.get("/stories").status_code == 401


def test_a_session_ends_in_time(newsroom: Any, browser: FlaskClient) -> None:
    assert browser.get("/stories").status_code == 200
    with patch(
        "dateline.adapters.ledger.accounts.sessions.now", return_value=datetime.now(UTC) + timedelta(days=30, minutes=1)
    ):
        assert browser.get("/stories").status_code == 401


def test_signing_in_again_ends_the_session_before(newsroom: Any, browser: FlaskClient) -> None:
    kept = copied(newsroom, browser)
    assert post(browser, "/sign-in", token="secret-otto").status_code == 303
    assert kept.get("/stories").status_code == 401
    assert browser.get("/stories").status_code == 200


def test_what_the_ledger_keeps_opens_no_session(newsroom: Any, browser: FlaskClient, tmp_path: Any) -> None:
    with browser.session_transaction() as session:
        secret = session["session"]
    assert len(secret) >= 43
    assert secret.encode() not in (tmp_path / "ledger.sqlite").read_bytes()
    assert secret not in "".join(map(str, newsroom.ledger.export()))
