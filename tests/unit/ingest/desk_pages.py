"""The desk's pages for a browser of the tests: their forms' fields, and signing in by a token."""

from __future__ import annotations

import re
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def hidden(page: str, name: str) -> str:
    """The value of a form's field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no {name} in the page"
    return unescape(found[1])


def post(browser: FlaskClient, path: str, page: str = "/", **fields: str) -> TestResponse:
    """Send a form with the CSRF token of a page."""
    return browser.post(path, data={"csrf_token": hidden(browser.get(page).text, "csrf_token"), **fields})


def form(browser: FlaskClient, path: str = "/", **fields: str) -> dict[str, str]:
    """What a page's form of a story sends."""
    page = browser.get(path).text
    return {"csrf_token": hidden(page, "csrf_token"), "key": hidden(page, "key"), **fields}


def sign_in(browser: FlaskClient, name: str = "rita") -> FlaskClient:
    """The browser, in which who has this token is signed in."""
    answer = post(browser, "/sign-in", token=f"secret-{name}")
    assert answer.status_code == 303, answer.text
    return browser
