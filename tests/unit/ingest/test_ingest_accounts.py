"""Accounts on the desk: signing in by password, my account, choosing a password by a link."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dateline.ports.ledger.accounts import Account
from dateline.ports.ledger.tokens import own_token_name
from unit.ingest.conftest import PASSWORD, Newsroom
from unit.ingest.desk_pages import hidden, post


@pytest.fixture
def browser(newsroom: Newsroom, ann: Account) -> FlaskClient:
    """Ann's, signed in."""
    client = newsroom.client
    assert sign_in(client, "Ann Lee").status_code == 303
    return client


def sign_in(client: FlaskClient, login: str, password: str = PASSWORD) -> TestResponse:
    return post(client, "/sign-in", login=login, token=password)


@pytest.mark.parametrize("login", ["Ann Lee", "ann lee ", "ANN@example.org"])
def test_one_signs_in_by_name_or_address(newsroom: Newsroom, ann: Account, login: str) -> None:
    client = newsroom.client
    assert sign_in(client, login).status_code == 303
    assert "Ann Lee, reporter" in client.get("/").text
    assert post(client, "/stories", headline="Bridge opens", body_text="It is open.").status_code == 303
    [item] = newsroom.items.values()
    assert (item.owner, item.owner_id) == ("Ann Lee", ann.id)


def test_the_form_is_one_that_password_managers_fill(newsroom: Newsroom, ann: Account) -> None:
    page = newsroom.client.get("/").text
    assert re.search(r'<input id="login"[^>]* autocomplete="username"', page)
    assert re.search(r'<input id="token"[^>]* type="password"[^>]* autocomplete="current-password"', page)
    link = newsroom.ledger.make_password_link(ann.id, timedelta(hours=1), None)
    page = newsroom.client.get(f"/password?link={link}").text
    assert re.search(r'value="ann@example.org"[^>]* autocomplete="username"', page)
    assert re.search(r'type="password"[^>]* autocomplete="new-password"', page)


def test_my_account_shows_who_i_am_and_where_i_am_signed_in(newsroom: Newsroom, browser: FlaskClient) -> None:
    other = newsroom.client
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    csrf = hidden(other.get("/").text, "csrf_token")
    other.post(
        "/sign-in", data={"csrf_token": csrf, "login": "ann lee", "token": PASSWORD}, headers={"User-Agent": agent},
        environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
    )  # fmt: skip
    page = browser.get("/account").text
    for shown in ("ann@example.org", "reporter", "world", "Firefox on Linux", "192.0.2.7", "this one"):
        assert shown in page
    assert "<script>" not in page


def test_sessions_are_ended_one_by_one_and_all_others_at_once(newsroom: Newsroom, browser: FlaskClient) -> None:
    others = [newsroom.client for _ in range(3)]
    for other in others:
        sign_in(other, "ann lee")
    [first, *_] = re.findall(r'name="session" value="(\w+)"', browser.get("/account").text)
    assert post(browser, "/account/sessions", session=first).status_code == 303
    assert [other.get("/stories").status_code for other in others].count(401) == 1
    assert post(browser, "/account/sessions").status_code == 303
    assert {other.get("/stories").status_code for other in others} == {401}
    assert "2 sessions ended." in browser.get("/account").text


def test_a_new_password_ends_every_other_session(newsroom: Newsroom, browser: FlaskClient) -> None:
    other = newsroom.client
    sign_in(other, "ann lee")
    with browser.session_transaction() as session:
        before = session["session"]
    changed = post(browser, "/account/password", current=PASSWORD, password="velvet-harbor-tuba-93")
    assert changed.status_code == 303
    assert other.get("/stories").status_code == 401
    assert browser.get("/stories").status_code == 200
    with browser.session_transaction() as session:
        assert session["session"] != before
    assert sign_in(newsroom.client, "ann lee").status_code == 401
    assert sign_in(newsroom.client, "ann lee", "velvet-harbor-tuba-93").status_code == 303


@pytest.mark.parametrize(
    ("current", "password", "field", "words"),
    [
        ("wrong", "velvet-harbor-tuba-93", "current", "not your password"),
        (PASSWORD, "short-1", "password", "too short"),
        (PASSWORD, "x" * 201, "password", "too long"),
        (PASSWORD, "password123", "password", "too easy to guess"),
        (PASSWORD, "annleeannlee", "password", "too easy to guess"),
    ],
)
def test_a_password_that_wont_do_is_refused_at_its_field(
    browser: FlaskClient, current: str, password: str, field: str, words: str
) -> None:
    answer = post(browser, "/account/password", current=current, password=password)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'href="#{field}"' in answer.text
    assert password not in answer.text


def test_a_link_chooses_a_password_once_and_signs_in(newsroom: Newsroom, ann: Account) -> None:
    link = newsroom.ledger.make_password_link(ann.id, timedelta(hours=1), None)
    client = newsroom.client
    address = f"/password?link={link}"
    weak = post(client, "/password", address, link=link, password="password123")
    assert weak.status_code == 422 and "too easy" in weak.text
    assert post(client, "/password", address, link=link, password="velvet-harbor-tuba-93").status_code == 303
    assert "Ann Lee, reporter" in client.get("/").text
    assert client.get(address).status_code == 404
    assert post(client, "/password", link=link, password="another-harbor-tuba-94").status_code == 404
    assert newsroom.client.get("/password").status_code == 404


def test_a_link_in_a_mail_opens_as_the_desks_own_page(newsroom: Newsroom, ann: Account) -> None:
    link = newsroom.ledger.make_password_link(ann.id, timedelta(hours=1), None)
    from_mail = newsroom.client.get(f"/password?link={link}", headers={"Sec-Fetch-Site": "cross-site"})
    assert f"url=/password?link={link}" in from_mail.text
    assert "Set-Cookie" not in from_mail.headers


def test_a_token_of_nobody_has_a_page_without_a_password(newsroom: Newsroom) -> None:
    page = newsroom.ask("GET", "/account", "rita")
    assert page.status_code == 200
    assert "belongs to no account" in page.text
    assert (
        newsroom.ask("POST", "/account/password", "rita", data={"password": "velvet-harbor-tuba-93"}).status_code == 403
    )


def test_an_accounts_own_token_opens_no_more_than_it_may(
    newsroom: Newsroom, browser: FlaskClient, ann: Account
) -> None:
    secret, _ = newsroom.ledger.create_token(own_token_name(ann.id, "feed"), "reporter", account_id=ann.id)
    bearer: dict[str, Any] = {"headers": {"Authorization": f"Bearer {secret}"}}
    changed = {"current": PASSWORD, "password": "velvet-harbor-tuba-93"}
    assert newsroom.client.post("/account/password", data=changed, **bearer).status_code == 403
    assert newsroom.client.post("/account/sessions", **bearer).status_code == 303
    assert browser.get("/stories").status_code == 200


def test_the_use_of_a_token_is_noted_once_in_a_while(newsroom: Newsroom) -> None:
    newsroom.ask("GET", "/v1/stories", "rita")
    first = newsroom.ledger.find_token("secret-rita")
    newsroom.ask("GET", "/v1/stories", "rita")
    second = newsroom.ledger.find_token("secret-rita")
    assert first and second and first.last_used_at is not None
    assert first.last_used_at == second.last_used_at
