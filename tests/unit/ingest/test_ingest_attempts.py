"""Wrong tokens and wrong sign-ins are slowed; good tokens and other addresses are not."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.ports.failed_attempts import MAX_ATTEMPTS
from dateline.settings import read_settings
from dateline_ingest.app import create_app
from unit.ingest.conftest import Newsroom

HERE = {"REMOTE_ADDR": "192.0.2.7"}


def guess(newsroom: Newsroom, address: str = "192.0.2.7", **headers: str) -> Any:
    headers = headers or {"Authorization": "Bearer wrong"}
    return newsroom.client.get("/v1/stories", headers=headers, environ_overrides={"REMOTE_ADDR": address})


def exhaust(newsroom: Newsroom) -> None:
    assert [guess(newsroom).status_code for _ in range(MAX_ATTEMPTS)] == [401] * MAX_ATTEMPTS


def test_the_eleventh_wrong_token_is_told_to_wait(newsroom: Newsroom) -> None:
    exhaust(newsroom)
    answer = guess(newsroom)
    assert (answer.status_code, answer.content_type) == (429, "application/problem+json")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


@pytest.mark.parametrize("secret", ["Bearer other", "Bearer ", "Basic cml0YTpyaXRh", "x", "Bearer é"])
def test_every_kind_of_wrong_token_counts(newsroom: Newsroom, secret: str) -> None:
    exhaust(newsroom)
    assert guess(newsroom, Authorization=secret).status_code == 429
    elsewhere = newsroom.client.post("/v1/nothing", headers={"Authorization": secret}, environ_overrides=HERE)
    assert elsewhere.status_code == 429


def test_a_good_token_is_let_in_all_the_same(newsroom: Newsroom) -> None:
    exhaust(newsroom)
    assert guess(newsroom).status_code == 429
    assert guess(newsroom, Authorization="Bearer secret-rita").status_code == 200
    assert (
        newsroom.client.get("/live", headers={"Authorization": "Bearer x"}, environ_overrides=HERE).status_code == 200
    )


def test_no_token_is_no_attempt(newsroom: Newsroom) -> None:
    answers = [newsroom.client.get("/v1/stories", environ_overrides=HERE).status_code for _ in range(MAX_ATTEMPTS + 2)]
    assert set(answers) == {401}


@pytest.mark.parametrize("address", ["192.0.2.8", "2001:db8::1"])
def test_other_addresses_are_free(newsroom: Newsroom, address: str) -> None:
    exhaust(newsroom)
    assert guess(newsroom, address).status_code == 401


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ("2001:db8::1", "2001:db8::ffff", 429),
        ("2001:db8::1", "2001:db8:0:1::1", 401),
        ("::ffff:192.0.2.9", "192.0.2.9", 429),
        ("::ffff:192.0.2.9", "::ffff:192.0.2.10", 401),
    ],
)
def test_an_address_of_ipv6_counts_with_its_network(newsroom: Newsroom, one: str, other: str, status: int) -> None:
    for _ in range(MAX_ATTEMPTS):
        guess(newsroom, one)
    assert guess(newsroom, other).status_code == status


def sign_in(newsroom: Newsroom, token: str) -> Any:
    form = {"token": token, "kept-headline": "Typed <before>"}
    with newsroom.app.test_client() as client:
        page = client.get("/", environ_overrides=HERE)
        form["csrf_token"] = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        return client.post("/sign-in", data=form, environ_overrides=HERE)


def test_wrong_sign_ins_count_with_wrong_tokens_and_what_was_typed_is_kept(newsroom: Newsroom) -> None:
    for _ in range(MAX_ATTEMPTS - 2):
        guess(newsroom)
    assert [sign_in(newsroom, "wrong").status_code for _ in range(2)] == [401, 401]
    answer = sign_in(newsroom, "wrong")
    assert (answer.status_code, answer.mimetype) == (429, "text/html")
    assert 1 < int(answer.headers["Retry-After"]) <= 60
    assert "Typed &lt;before&gt;" in answer.text
    assert guess(newsroom).status_code == 429
    assert sign_in(newsroom, "secret-rita").status_code == 200


def test_rate_limits_are_each_tokens_own(newsroom: Newsroom) -> None:
    settings = read_settings({}, secret_key="k", rate_limit="2 per hour")
    app = create_app(settings, ledger=newsroom.ledger, wakeup=newsroom.wakeup, vocabulary=newsroom.words)
    mine = Newsroom(app, newsroom.ledger, newsroom.wakeup, newsroom.words)
    assert [mine.ask("GET", "/v1/stories", "rita").status_code for _ in range(3)] == [200, 200, 429]
    assert [mine.ask("GET", "/v1/stories", "otto").status_code for _ in range(3)] == [200, 200, 429]
    elsewhere = mine.ask("GET", "/v1/stories", "rita", environ_overrides=HERE)
    assert elsewhere.status_code == 429
    assert int(elsewhere.headers["Retry-After"]) > 60


def test_the_sessions_cookie_goes_with_no_other_sites_request(newsroom: Newsroom) -> None:
    cookie = sign_in(newsroom, "secret-rita").headers["Set-Cookie"]
    assert "SameSite=Strict" in cookie
    assert "HttpOnly" in cookie
