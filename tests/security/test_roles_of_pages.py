"""Roles × routes: every page of the desk, and who is let in."""

from __future__ import annotations

import re
from typing import Final

import pytest

from dateline.ports.ledger.tokens import Role
from ledgers import TOKENS
from unit.ingest.conftest import Newsroom

EDITOR: Final = frozenset[Role]({"editor"})
WRITERS: Final = frozenset[Role]({"reporter", "editor"})
EVERYBODY: Final = frozenset[Role]({"reporter", "editor", "ops", "subscriber"})
OF_PEOPLE: Final = {
    "GET /account": EVERYBODY,
    "POST /account/password": EVERYBODY,
    "POST /account/sessions": EVERYBODY,
    "POST /account/tokens": EVERYBODY,
    "POST /account/tokens/change": EVERYBODY,
    "GET /people": EDITOR,
    "POST /people": EDITOR,
    "GET /people/<opaque:account_id>": EDITOR,
    "POST /people/<opaque:account_id>": EDITOR,
    "POST /people/<opaque:account_id>/disable": EDITOR,
    "POST /people/<opaque:account_id>/enable": EDITOR,
    "POST /people/<opaque:account_id>/reset": EDITOR,
    "GET /sources": EDITOR,
    "POST /sources": EDITOR,
    "POST /sources/<opaque:source_id>/fetch": EDITOR,
    "POST /sources/<opaque:source_id>/pause": EDITOR,
    "POST /sources/<opaque:source_id>/resume": EDITOR,
    "POST /sources/<opaque:source_id>/remove": EDITOR,
    "POST /sources/<opaque:source_id>/check": EDITOR,
    "GET /events/import": EDITOR,
    "POST /events/import": EDITOR,
}
OPEN: Final = {
    "GET /", "POST /sign-in", "POST /sign-out", "GET /password", "POST /password", "GET /password/forgotten",
    "POST /password/forgotten", "GET /sign-in/provider", "GET /sign-in/provider/back",
}  # fmt: skip
"""Pages for who isn't signed in."""

ELSEWHERE: Final = ("/v1/", "/static/", "/live", "/ready", "/metrics")


def test_the_table_is_what_the_pages_say(newsroom: Newsroom) -> None:
    """Each page of people has a row; every other page is for writers or editors, unless it is open."""
    for rule in newsroom.app.url_map.iter_rules():
        if rule.rule.startswith(ELSEWHERE):
            continue
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "DELETE"}:
            route = f"{method} {rule.rule}"
            if route in OPEN:
                continue
            roles = frozenset(getattr(newsroom.app.view_functions[rule.endpoint], "roles", ()))
            expected = OF_PEOPLE.get(route)
            assert roles == expected if expected else roles in (WRITERS, EDITOR), route


@pytest.mark.parametrize("route", OF_PEOPLE)
def test_who_may_not_is_refused_before_anything_is_said(newsroom: Newsroom, route: str) -> None:
    method, path = re.sub("<opaque:[a-z_]+>", "none", route).split()
    assert newsroom.ask(method, path, "").status_code == 401
    for name, role in TOKENS:
        status = newsroom.ask(method, path, name).status_code
        if role not in OF_PEOPLE[route]:
            assert status == 403, (route, name)
        else:
            assert status in (200, 303, 403, 404, 422), (route, name)
