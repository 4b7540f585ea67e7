"""Parameters of addresses on the JSON API: unknown ones are refused, and change nothing."""

from __future__ import annotations

import re

import pytest

from unit.ingest.conftest import STORY, Newsroom


def test_every_route_refuses_an_unknown_parameter(newsroom: Newsroom) -> None:
    """After 401, 403 and 404, and before anything is done."""
    story = newsroom.submit("edda")["id"]
    tried = 0
    for rule in newsroom.app.url_map.iter_rules():
        if not rule.rule.startswith("/v1/") or rule.endpoint.startswith(("docs.", "api-docs.")):
            continue
        address = rule.rule.replace("<opaque:story_id>", story)
        address = re.sub(r"<any\(.*?\):type>", "topic", re.sub(r"<\w+:(slug|item_id)>", "bridges", address))
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "DELETE"}:
            if "<" in address:
                continue
            types = getattr(newsroom.app.view_functions[rule.endpoint], "accepted_types", {}).get(method, (None,))
            who = "sam" if address == "/v1/changes" else "edda"
            answer = newsroom.ask(method, f"{address}?scope=following", who, content_type=types[0])
            assert answer.status_code == 422, (method, address, answer.text)
            assert answer.get_json(force=True)["errors"] == [{"pointer": "/scope", "detail": "Unknown parameter."}]
            tried += 1
    assert tried >= 18


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ("note=x", ["/note"]),
        ("limit=5&Limit=5", ["/Limit"]),
        ("a/b=1&c~d=1", ["/a~1b", "/c~0d"]),
        ("%00=1", ["/\0"]),
        ("=1", ["/"]),
        ("q[]=x", ["/q[]"]),
    ],
)
def test_each_unknown_parameter_has_its_pointer(newsroom: Newsroom, query: str, pointers: list[str]) -> None:
    answer = newsroom.ask("GET", f"/v1/stories?{query}")
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.get_json(force=True)["errors"]] == pointers


def test_a_refused_parameter_stores_nothing(newsroom: Newsroom) -> None:
    assert newsroom.ask("POST", "/v1/stories?dry_run=1", json=STORY).status_code == 422
    assert newsroom.ask("GET", "/v1/stories").get_json()["items"] == []


def test_who_has_no_token_is_told_so_first(newsroom: Newsroom) -> None:
    assert newsroom.ask("GET", "/v1/stories?scope=x", "").status_code == 401
    assert newsroom.ask("GET", "/v1/events?scope=x", "rita").status_code == 403


def test_pages_that_people_share_ignore_them(newsroom: Newsroom) -> None:
    assert newsroom.ask("GET", "/stories?utm_source=mail").status_code == 200
    assert newsroom.ask("GET", "/v1/docs?utm_source=mail", "").status_code == 200
