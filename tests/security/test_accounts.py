"""Signing in to an account: what is told of others', what a guess costs, what a session survives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient

from dateline.ports.failed_attempts import MAX_ATTEMPTS
from dateline.ports.ledger.accounts import Account, AccountDetails
from unit.ingest.conftest import CHEAP, PASSWORD, Newsroom
from unit.ingest.desk_pages import hidden, post
from unit.ingest.test_ingest_accounts import sign_in

LOGINS = ("Ann Lee", "ann@example.org", "Nobody", "nobody@example.org", "Dora", "x" * 5_000, "\0", "é" * 300)


@pytest.fixture(autouse=True)
def dora(newsroom: Newsroom) -> None:
    """A disabled account."""
    details = AccountDetails(name="Dora", email="dora@example.org", role="reporter")
    made = newsroom.create_account(details)
    newsroom.ledger.disable_account(made.id, None)


def attempt(client: FlaskClient, login: str, password: str, address: str) -> Any:
    with client:
        csrf = hidden(client.get("/", environ_overrides={"REMOTE_ADDR": address}).text, "csrf_token")
        form = {"csrf_token": csrf, "login": login, "token": password}
        return client.post("/sign-in", data=form, environ_overrides={"REMOTE_ADDR": address})


def test_each_wrong_sign_in_costs_one_hash_and_is_told_in_the_same_words(newsroom: Newsroom, ann: Account) -> None:
    CHEAP.verify("", "the first time makes nobody's hash")
    answers = set()
    for number, login in enumerate(LOGINS[:5]):
        with patch.object(PasswordHasher, "verify", autospec=True, side_effect=PasswordHasher.verify) as verified:
            answer = attempt(newsroom.client, login, "x" * 300 if number % 2 else "wrong", f"192.0.2.{number}")
        assert verified.call_count == 1, login
        assert answer.status_code == 401
        csrf = hidden(answer.text, "csrf_token")
        answers.add(answer.text.replace(csrf, "").replace(f'value="{login}"', ""))
    assert len(answers) == 1


def test_no_name_is_a_fault(newsroom: Newsroom) -> None:
    for number, login in enumerate(LOGINS[5:]):
        assert attempt(newsroom.client, login, PASSWORD, f"192.0.2.{number}").status_code == 401


@pytest.mark.parametrize("login", ["Ann Lee", "Nobody"])
def test_a_name_is_guessed_at_ten_times_a_minute_from_wherever(newsroom: Newsroom, ann: Account, login: str) -> None:
    tried = [attempt(newsroom.client, login, "wrong", f"192.0.2.{n}").status_code for n in range(MAX_ATTEMPTS + 1)]
    assert tried == [401] * MAX_ATTEMPTS + [429]
    with patch.object(PasswordHasher, "verify", autospec=True) as verified:
        last = attempt(newsroom.client, login.upper(), PASSWORD, "192.0.2.99")
    assert (last.status_code, verified.call_count) == (429, 0)
    assert 1 <= int(last.headers["Retry-After"]) <= 60


def test_who_signed_in_before_is_not_locked_out_by_others(newsroom: Newsroom, ann: Account) -> None:
    client, other = newsroom.client, newsroom.client
    assert attempt(client, "Ann Lee", PASSWORD, "192.0.2.1").status_code == 303
    for number in range(MAX_ATTEMPTS):
        attempt(newsroom.client, "Ann Lee", "wrong", f"198.51.100.{number}")
    assert attempt(newsroom.client, "Ann Lee", PASSWORD, "192.0.2.2").status_code == 429
    assert attempt(client, "Ann Lee", PASSWORD, "192.0.2.1").status_code == 303
    device = client.get_cookie("desk_device", path="/sign-in")
    assert device is not None and device.http_only and device.same_site == "Strict"
    for made in (f"{device.value}x", "x", "WyJhIl0.x.y"):
        other.set_cookie("desk_device", made, path="/sign-in")
        assert attempt(other, "Ann Lee", PASSWORD, "192.0.2.2").status_code == 429
    tried = [attempt(client, "Ann Lee", "wrong", f"192.0.2.{n}").status_code for n in range(MAX_ATTEMPTS + 1)]
    assert tried == [401] * MAX_ATTEMPTS + [429]


def test_a_known_browser_guesses_at_no_other_name(newsroom: Newsroom, ann: Account) -> None:
    client = newsroom.client
    assert attempt(client, "Ann Lee", PASSWORD, "192.0.2.1").status_code == 303
    tried = [attempt(client, "Dora", "wrong", f"192.0.2.{n}").status_code for n in range(MAX_ATTEMPTS + 1)]
    assert tried == [401] * MAX_ATTEMPTS + [429]


def test_an_address_guesses_ten_times_a_minute_at_whatever_names(newsroom: Newsroom, ann: Account) -> None:
    for number in range(MAX_ATTEMPTS):
        assert attempt(newsroom.client, f"name {number}", PASSWORD, "192.0.2.1").status_code == 401
    assert attempt(newsroom.client, "Ann Lee", PASSWORD, "192.0.2.1").status_code == 429
    assert attempt(newsroom.client, "Ann Lee", PASSWORD, "192.0.2.2").status_code == 303


def test_who_has_a_session_guesses_no_password_either(newsroom: Newsroom, ann: Account) -> None:
    client = newsroom.client
    sign_in(client, "Ann Lee")
    wrong = {"current": "wrong", "password": "velvet-harbor-tuba-93"}
    tried = [post(client, "/account/password", "/account", **wrong).status_code for _ in range(MAX_ATTEMPTS + 1)]
    assert tried == [422] * MAX_ATTEMPTS + [429]


def test_a_session_planted_before_the_sign_in_is_not_the_one_after(newsroom: Newsroom, ann: Account) -> None:
    attacker, victim = newsroom.client, newsroom.client
    attacker.get("/")
    planted = attacker.get_cookie("desk_session")
    assert planted is not None
    victim.set_cookie("desk_session", planted.value)
    assert sign_in(victim, "Ann Lee").status_code == 303
    assert attacker.get("/stories").status_code == 401
    signed = victim.get_cookie("desk_session")
    assert signed is not None and signed.value != planted.value
    csrf = hidden(attacker.get("/").text, "csrf_token")
    assert victim.post("/account/sessions", data={"csrf_token": csrf}).status_code == 400


def test_a_session_that_is_left_open_ends(newsroom: Newsroom, ann: Account) -> None:
    client = newsroom.client
    sign_in(client, "Ann Lee")
    later = datetime.now(UTC) + timedelta(
        hours=newsroom.app.extensions["dateline"].settings.session_idle_hours, minutes=1
    )
    with patch("dateline.adapters.ledger.accounts.sessions.now", return_value=later):
        assert client.get("/stories").status_code == 401


@pytest.mark.parametrize("path", ["/account/password", "/account/sessions", "/password"])
def test_no_other_site_changes_an_account(newsroom: Newsroom, ann: Account, path: str) -> None:
    client = newsroom.client
    sign_in(client, "Ann Lee")
    csrf = hidden(client.get("/account").text, "csrf_token")
    form = {"csrf_token": csrf, "current": PASSWORD, "password": "velvet-harbor-tuba-93"}
    assert client.post(path, data={**form, "csrf_token": ""}).status_code == 400
    assert client.post(path, data=form, headers={"Origin": "https://evil.example"}).status_code == 400
    assert sign_in(newsroom.client, "Ann Lee").status_code == 303


def test_a_password_waits_in_no_page(newsroom: Newsroom, ann: Account) -> None:
    """The session ended while somebody typed: other forms are kept for after the sign-in."""
    client = newsroom.client
    form = {"current": PASSWORD, "password": "velvet-harbor-tuba-93"}
    answer = post(client, "/account/password", **form)
    assert answer.status_code == 401
    assert not any(secret in answer.text for secret in form.values())
    assert "Sign in again." in answer.text and "is kept" not in answer.text


def test_neither_password_nor_link_is_kept_as_it_is(newsroom: Newsroom, ann: Account, tmp_path: Any) -> None:
    link = newsroom.ledger.make_password_link(ann.id, timedelta(hours=1), None)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("ledger.sqlite*"))
    assert PASSWORD.encode() not in kept and link.encode() not in kept
    assert b"$argon2id$" in kept
