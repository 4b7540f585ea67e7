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


_INPUT = re.compile(r"<input ([^>]*)>")
_AREA = re.compile(r'<textarea [^>]*name="([^"]+)"[^>]*>\n([^<]*)')
_NAMED = re.compile(r'(name|value|type)="([^"]*)"')


def story_fields(page: str) -> dict[str, str]:
    """What a page's form of a story would send as it stands, but for choices in lists."""
    form = page[page.index('<form class="story') :]
    fields: dict[str, str] = {}
    for written in _INPUT.findall(form):
        attributes = dict(_NAMED.findall(written))
        if attributes.get("type") != "radio" or " checked" in written:
            fields[attributes["name"]] = unescape(attributes.get("value", ""))
    return fields | {name: unescape(value) for name, value in _AREA.findall(form)}


def sign_in(browser: FlaskClient, name: str = "rita") -> FlaskClient:
    """The browser, in which who has this token is signed in."""
    answer = post(browser, "/sign-in", token=f"secret-{name}")
    assert answer.status_code == 303, answer.text
    return browser
