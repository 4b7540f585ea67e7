"""The editors' page of sources: what is kept, how it goes, and what is refused in the form."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from dateline.ports.ledger.pulled_sources import PulledSource, PullReport
from unit.ingest.conftest import Newsroom

FORM = {"name": "BelTA", "url": "https://belta.example/rss", "every_minutes": "15", "section": "", "language": ""}


def add(newsroom: Newsroom, **fields: str) -> TestResponse:
    return newsroom.ask("POST", "/sources", "edda", data={**FORM, **fields})


def page(newsroom: Newsroom) -> str:
    """The page's words."""
    html = newsroom.ask("GET", "/sources", "edda").text
    return " ".join(re.sub(r"<[^>]*>", " ", html[html.index("<main") :]).split())


def source(newsroom: Newsroom) -> PulledSource:
    [one] = newsroom.ledger.sources()
    return one


def test_a_source_is_kept_and_due(newsroom: Newsroom) -> None:
    assert "No source is kept yet." in page(newsroom)
    assert add(newsroom, language="BE", every_minutes="60").status_code == 303
    assert (source(newsroom).details.every, source(newsroom).details.language) == (timedelta(hours=1), "be")
    shown = page(newsroom)
    assert "https://belta.example/rss · every hour · be" in shown
    assert "Not fetched yet . Fetched within a few seconds." in shown.replace("yet.", "yet .")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": ""}, "Name: Missing data for required field."),
        ({"name": "a/b"}, "Name: 1 to 100 characters, no @ and no /."),
        ({"name": "rita"}, "Name: There is a live token named &#39;rita&#39;"),
        ({"url": ""}, "Address: Missing data"),
        ({"url": "ftp://belta.example/"}, "Address: Must be an absolute address"),
        ({"url": "https://u:secret@belta.example/"}, "Address: An address with a user or a password in it"),
        ({"url": "https://belta.example/" + "a" * 2000}, "Address: Longer than 2,000 characters."),
        ({"every_minutes": "0"}, "Fetched every: Must be greater"),
        ({"section": "no-such"}, "Section: There is no section &#39;no-such&#39;."),
        ({"language": "belarusian!"}, "Language: Must be a BCP 47 language tag"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    newsroom: Newsroom, fields: dict[str, str], says: str
) -> None:
    answer = add(newsroom, **fields)
    assert answer.status_code == 422 and says in answer.text
    assert not newsroom.ledger.sources()
    if "name" not in fields:
        assert 'value="BelTA"' in answer.text


def test_an_address_is_kept_once(newsroom: Newsroom) -> None:
    add(newsroom)
    answer = add(newsroom, name="Other")
    assert answer.status_code == 422 and "Address: This address is pulled already." in answer.text


def test_the_page_says_how_it_goes(newsroom: Newsroom) -> None:
    add(newsroom)
    claimed = newsroom.ledger.claim_source()
    assert claimed
    report = PullReport(new=1200, unchanged=3, refused=1, refusals=("entry 2: /headline: <b>blank</b>",))
    newsroom.ledger.note_pull(claimed, report)
    shown = page(newsroom)
    assert "1,200 new, 3 as before, 1 refused. Next fetch" in shown
    assert "entry 2: /headline: &lt;b&gt;blank&lt;/b&gt;" in shown
    newsroom.ask("POST", f"/sources/{claimed.id}/fetch", "edda")
    for _ in range(2):
        claimed = newsroom.ledger.claim_source()
        assert claimed
        newsroom.ledger.note_failed_pull(claimed, "the address answers 404 (Not Found)")
        newsroom.ask("POST", f"/sources/{claimed.id}/fetch", "edda")
    assert "The last 2 fetches failed: the address answers 404 (Not Found)" in page(newsroom)


def test_it_is_paused_resumed_and_removed(newsroom: Newsroom) -> None:
    add(newsroom)
    path = f"/sources/{source(newsroom).id}"
    assert newsroom.ask("POST", f"{path}/pause", "edda").status_code == 303
    assert source(newsroom).paused and "BelTA paused" in page(newsroom) and "No next fetch." in page(newsroom)
    assert newsroom.ask("POST", f"{path}/resume", "edda").status_code == 303
    assert not source(newsroom).paused
    assert newsroom.ask("POST", f"{path}/remove", "edda").status_code == 303
    assert newsroom.ledger.sources() == () and newsroom.ledger.live_token("BelTA") is None
    assert newsroom.ask("POST", f"{path}/fetch", "edda").status_code == 404


def test_the_api_does_the_same(newsroom: Newsroom) -> None:
    given = {"name": "BelTA", "url": FORM["url"], "every_minutes": 5, "language": "be"}
    made = newsroom.ask("POST", "/v1/sources", "edda", json=given)
    assert made.status_code == 201
    shown = made.get_json()
    assert {name: shown[name] for name in given} == given
    assert (shown["added_by"], shown["paused"], shown["fetched_at"], shown["report"]) == ("edda", False, None, None)
    assert newsroom.ask("POST", "/v1/sources", "edda", json=given).status_code == 409
    wrong = newsroom.ask("POST", "/v1/sources", "edda", json={**given, "every_minutes": 0, "section": "no-such"})
    assert [error["pointer"] for error in wrong.get_json()["errors"]] == ["/every_minutes"]
    path = f"/v1/sources/{shown['id']}"
    assert newsroom.ask("POST", f"{path}/pause", "edda").get_json()["next_at"] is None
    assert newsroom.ask("POST", f"{path}/fetch", "edda").get_json()["paused"]
    claimed = newsroom.ledger.claim_source()
    assert claimed
    newsroom.ledger.note_pull(claimed, PullReport(new=3))
    assert newsroom.ask("POST", f"{path}/resume", "edda").get_json()["report"]["new"] == 3
    assert newsroom.ask("GET", "/v1/sources", "edda").get_json()["items"] == [
        newsroom.ask("GET", path, "edda").get_json()
    ]
    for name in ("rita", "olga", "sam"):
        assert newsroom.ask("GET", "/v1/sources", name).status_code == 403
    assert newsroom.ask("DELETE", path, "edda").status_code == 204
    assert newsroom.ask("GET", path, "edda").status_code == 404
