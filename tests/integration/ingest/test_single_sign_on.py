"""Single sign-on at a certified provider: who signs in, with which role, and who does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import pytest
import requests
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dateline.adapters.ledger import SqlLedger
from dateline.ports.ledger.accounts import AccountDetails
from dateline.ports.ledger.audit import AuditSearch
from dateline.settings import read_settings
from dateline_ingest.app import create_app
from fakes.wakeup import CountingWakeUp
from ledgers import open_copy
from servers.openid import openid_provider

pytestmark = pytest.mark.openid

DESK: Final = "http://desk.localhost"
PEOPLE: Final[dict[str, dict[str, Any]]] = {
    "ann": {"name": "Ann Lee", "email": "ann@example.org", "email_verified": True,
            "roles": ["staff", "newsroom-editors"]},
    "bob": {"name": "Bob/@ Roe", "email": "bob@example.org", "email_verified": False, "roles": "newsroom-writers"},
    "cy": {"name": "Cy Poe", "email": "cy@example.org", "email_verified": True, "roles": ["readers"]},
}  # fmt: skip
Begin = Callable[[str], tuple[FlaskClient, str]]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with openid_provider(f"{DESK}/sign-in/provider/back", PEOPLE) as address:
        yield address


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqlLedger]:
    with closing(open_copy(tmp_path)) as ledger:
        yield ledger


@pytest.fixture
def begin(issuer: str, ledger: SqlLedger) -> Begin:
    """Takes somebody through the provider's pages: a browser of the desk, and the address that it is led back to."""
    settings = read_settings({
        "DATELINE_OIDC_ISSUER": issuer, "DATELINE_OIDC_CLIENT_ID": "dateline", "DATELINE_OIDC_CLIENT_SECRET": "secret",
        "DATELINE_OIDC_SCOPES": "openid email profile roles", "DATELINE_INGEST_URL": DESK,
        "DATELINE_SECRET_KEY": "k" * 32,
        "DATELINE_OIDC_ROLES": "editor=newsroom-editors,reporter=newsroom-writers", "DATELINE_OIDC_NAME": "The house's",
    })  # fmt: skip
    app = create_app(settings, ledger=ledger, wakeup=CountingWakeUp(), queue_lengths=dict)

    def go(person: str) -> tuple[FlaskClient, str]:
        browser = app.test_client()
        assert "The house&#39;s" in browser.get("/").text
        there = browser.get("/sign-in/provider")
        assert there.status_code == 302
        return browser, through(issuer, there.headers["Location"], person)

    return go


def through(issuer: str, address: str, person: str) -> str:
    """Sign in and consent at the provider; where it leads then."""
    with requests.Session() as session:
        answer = session.get(address, allow_redirects=False)
        while True:
            while answer.is_redirect:
                address = urljoin(issuer, answer.headers["Location"])
                if address.startswith(DESK):
                    return address.removeprefix(DESK)
                answer = session.get(address, allow_redirects=False)
            assert answer.status_code == 200, answer.text
            action = re.search(r'action="([^"]+)"', answer.text)
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            assert action and prompt, answer.text
            form = {"prompt": prompt[1], "login": person, "password": "any"}
            answer = session.post(urljoin(issuer, unescape(action[1])), data=form, allow_redirects=False)


def sign_in(begin: Begin, person: str) -> tuple[FlaskClient, TestResponse]:
    browser, back = begin(person)
    return browser, browser.get(back)


def test_an_editor_signs_in_and_is_the_same_the_next_time(begin: Begin, ledger: SqlLedger, issuer: str) -> None:
    browser, answer = sign_in(begin, "ann")
    assert answer.status_code == 303, answer.text
    assert "Ann Lee, editor" in browser.get("/").text
    [made] = ledger.accounts()
    assert (made.subject, made.email, made.role, made.has_password) == (
        f"{issuer} ann",
        "ann@example.org",
        "editor",
        False,
    )
    ledger.change_account(made.id, AccountDetails(name="Ann Roe", email="roe@example.org", role="reporter"), None)
    browser, _ = sign_in(begin, "ann")
    assert "Ann Roe, editor" in browser.get("/").text
    assert [one.id for one in ledger.accounts()] == [made.id]
    assert [one.who for one in ledger.audit(AuditSearch(what="account-role")).items] == ["single sign-on", "operator"]


def test_a_reporter_of_a_tidied_name(begin: Begin) -> None:
    browser, answer = sign_in(begin, "bob")
    assert answer.status_code == 303, answer.text
    assert "Bob Roe, reporter" in browser.get("/").text


def test_who_has_no_role_does_not_get_in(begin: Begin, ledger: SqlLedger) -> None:
    browser, answer = sign_in(begin, "cy")
    assert answer.status_code == 403
    assert "no role in this newsroom" in answer.text
    assert browser.get("/stories").status_code == 401
    assert ledger.accounts() == ()


@pytest.mark.parametrize(("person", "status"), [("ann", 303), ("bob", 403)])
def test_an_account_is_linked_by_an_address_that_was_verified(
    begin: Begin, ledger: SqlLedger, person: str, status: int
) -> None:
    email = PEOPLE[person]["email"]
    there = ledger.create_account(AccountDetails(name="Before", email=email, role="reporter"), None, password="hash")
    _, answer = sign_in(begin, person)
    assert answer.status_code == status
    assert bool(ledger.account(there.id).subject) == (status == 303)


def test_a_disabled_account_stays_so(begin: Begin, ledger: SqlLedger) -> None:
    sign_in(begin, "ann")
    ledger.disable_account(ledger.accounts()[0].id, None)
    browser, answer = sign_in(begin, "ann")
    assert answer.status_code == 403
    assert browser.get("/stories").status_code == 401


def test_who_did_not_begin_here_does_not_end_here(begin: Begin) -> None:
    """A link that somebody made of an own sign-in signs nobody else in (RFC 6749, section 10.12)."""
    browser, back = begin("ann")
    victim = browser.application.test_client()
    victim.get("/")
    assert victim.get(back).status_code == 403
    assert victim.get("/stories").status_code == 401
    assert browser.get(back.replace("code=", "code=x")).status_code == 403


def test_the_way_back_comes_from_elsewhere_and_asks_for_itself_once_more(begin: Begin) -> None:
    browser, back = begin("ann")
    first = browser.get(back, headers={"Sec-Fetch-Site": "cross-site"})
    assert "Go on to the page" in first.text and "Set-Cookie" not in first.headers
    assert browser.get(back, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303
