"""The audit over HTTP: who did what, when and from where; filters, pages, and all of it as CSV and NDJSON."""

from __future__ import annotations

import csv
import json
import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from dateline_ingest.audit import export
from unit.ingest.desk_pages import sign_in

MINSK = ZoneInfo("Europe/Minsk")


def audit(newsroom: Any, parameters: str = "") -> list[dict[str, Any]]:
    answer = newsroom.ask("GET", f"/v1/audit?{parameters}", "edda")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.get_json()["items"]
    return items


def test_it_says_who_did_what_and_from_where(newsroom: Any) -> None:
    story = newsroom.submit("rita", external_id="1")["id"]
    [one] = audit(newsroom, "who=rita")
    assert {name: one[name] for name in ("who", "what", "subject", "revision", "address", "detail")} == {
        "who": "rita", "what": "submit", "subject": story, "revision": 1, "address": "127.0.0.1", "detail": "",
    }  # fmt: skip
    assert audit(newsroom, f"what={story}") == audit(newsroom, "who=rita&what=submit") == [one]


@pytest.mark.parametrize("token, status", [("", 401), ("rita", 403), ("olga", 403), ("sam", 403), ("edda", 200)])
def test_it_is_for_editors(newsroom: Any, token: str, status: int) -> None:
    assert newsroom.ask("GET", "/v1/audit", token).status_code == status
    assert newsroom.ask("GET", "/v1/audit?format=csv", token).status_code == status
    assert newsroom.ask("GET", "/audit", token).status_code == status


def test_a_wrong_token_is_kept_and_no_more_than_ten_a_minute(newsroom: Any) -> None:
    for _ in range(13):
        newsroom.ask("GET", "/v1/stories", "wrong")
    failed = audit(newsroom, "what=sign-in-failed")
    assert [(one["who"], one["address"], one["detail"]) for one in failed] == [("", "127.0.0.1", "unknown token")] * 10
    assert "wrong" not in repr([one["subject"] for one in failed])


def test_signing_in_by_token_is_kept(newsroom: Any) -> None:
    sign_in(newsroom.client, "edda")
    [one] = audit(newsroom, "what=sign-in")
    assert (one["who"], one["address"], one["detail"]) == ("edda", "127.0.0.1", "by token")


def test_days_are_the_newsrooms_and_the_last_one_counts(newsroom: Any) -> None:
    newsroom.submit("rita")
    [one] = audit(newsroom, "who=rita")
    day = datetime.fromisoformat(one["at"]).astimezone(MINSK).date()
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    assert audit(newsroom, f"who=rita&from={day}&to={day}") == [one]
    assert audit(newsroom, f"who=rita&from={after}") == audit(newsroom, f"who=rita&to={before}") == []
    assert audit(newsroom, f"who=rita&from={one['at'].replace('+', '%2B')}") == [one]
    assert newsroom.ask("GET", "/v1/audit?from=yesterday", "edda").status_code == 422


def test_it_is_read_in_pages_of_the_same_search_only(newsroom: Any) -> None:
    for _ in range(3):
        newsroom.ledger.record("sign-in")
    first = newsroom.ask("GET", "/v1/audit?what=sign-in&limit=2", "edda").get_json()
    following = urlsplit(first["next"])
    rest = newsroom.ask("GET", f"{following.path}?{following.query}", "edda").get_json()
    assert len({one["id"] for one in first["items"] + rest["items"]}) == 3
    assert rest["next"] is None
    other = f"{following.path}?{following.query}".replace("sign-in", "submit")
    assert newsroom.ask("GET", other, "edda").status_code == 422


def test_all_of_it_is_csv_and_ndjson(newsroom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "PAGE", 2)
    for number in range(5):
        newsroom.ledger.record("sign-in", detail=f"=1+{number}")
    lines = newsroom.ask("GET", "/v1/audit?what=sign-in&format=ndjson", "edda").text.splitlines()
    assert [json.loads(line)["detail"] for line in lines] == [f"=1+{number}" for number in range(4, -1, -1)]
    answer = newsroom.ask("GET", "/v1/audit?what=sign-in&format=csv", "edda")
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert (len(rows), rows[0]["detail"]) == (5, "'=1+4"), "no spreadsheet runs it"


def test_the_desk_has_a_page_of_it(newsroom: Any) -> None:
    story = newsroom.submit("rita")["id"]
    for _ in range(101):
        newsroom.ledger.record("sign-in", detail="<b>")
    page = newsroom.ask("GET", "/audit?what=sign-in", "edda").text
    assert (page.count("<tr role="), page.count("&lt;b&gt;")) == (101, 100)
    older = re.search(r'href="(/audit\?[^"]*cursor=[^"]*)"', page)
    assert older is not None
    assert newsroom.ask("GET", unescape(older[1]), "edda").text.count("<tr role=") == 2
    export = re.search(r'href="(/v1/audit\?format=csv[^"]*)"', page)
    assert export is not None
    assert newsroom.ask("GET", unescape(export[1]), "edda").text.count("sign-in") == 101
    assert story in newsroom.ask("GET", "/audit?who=rita", "edda").text
    assert "Nothing was done that fits this." in newsroom.ask("GET", "/audit?who=nobody", "edda").text
    assert "from-wrong" in newsroom.ask("GET", "/audit?from=yesterday", "edda").text
