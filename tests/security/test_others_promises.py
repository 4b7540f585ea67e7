"""What a colleague promised: not by the API, not by a page, not by the address of their calendar."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from dateline.ports.ledger.coverages import CoverageDetails
from ledgers import token_of
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import post, sign_in


@pytest.fixture
def theirs(newsroom: Newsroom) -> str:
    """What otto promised."""
    details = CoverageDetails(title="Raid on the ministry", day=date(2026, 12, 5), assignee="otto")
    return newsroom.ledger.add_coverage(details, token_of(newsroom.ledger, "edda")).id


def test_the_api_and_the_pages_show_own_ones_only(newsroom: Newsroom, theirs: str) -> None:
    match = {"If-Match": '"1"'}
    for method, path in (("GET", ""), ("PUT", ""), ("DELETE", "")):
        answer = newsroom.ask(method, f"/v1/coverages/{theirs}{path}", json={"state": "filed"}, headers=match)
        assert answer.status_code == 403, method
        assert "Raid" not in answer.text
    for query in ("", "?assignee=otto", "?format=ninjs", "?from=2026-12-05"):
        assert newsroom.ask("GET", f"/v1/coverages{query}").get_json()["items"] == []
    rita = sign_in(newsroom.client)
    assert "Raid" not in rita.get("/plan?day=2026-12-05").text
    for deed in ("drop", "file", "give-back", "reopen"):
        answer = post(rita, f"/plan/coverages/{theirs}/{deed}", "/plan", revision="1", reason="x")
        assert answer.status_code == 403
        assert "Raid" not in answer.text
    for token in ("", "olga", "sam"):
        assert newsroom.ask("GET", "/v1/coverages", token).status_code in (401, 403)
    assert newsroom.ledger.coverage(theirs).revision == 1


def test_a_calendars_address_is_in_no_log_and_ends_with_its_token(
    newsroom: Newsroom, theirs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = post(sign_in(newsroom.client, "otto"), "/account/plan-address", "/account").text
    found = re.search(r'id="plan-address" value="([^"]+)"', page)
    assert found
    path = unescape(found[1]).partition("localhost")[2]
    secret = path.partition("key=")[2]
    assert len(secret) >= 43
    capsys.readouterr()
    assert "Raid" in newsroom.client.get(path).text
    written = capsys.readouterr()
    assert secret not in written.out + written.err
    assert secret not in sign_in(newsroom.client, "otto").get("/account").text

    newsroom.ledger.revoke_token("otto")
    assert newsroom.client.get(path).status_code == 404
