"""Lists of the JSON API: their Link header, and cursors that are good for one list."""

from __future__ import annotations

import pytest

from unit.ingest.conftest import Newsroom

LISTS = ("/v1/stories", "/v1/events", "/v1/quarantine")


def test_next_is_in_the_header_too_and_every_item_comes_once(newsroom: Newsroom) -> None:
    made = [newsroom.submit(headline=f"Story {number}")["id"] for number in range(5)]
    found, following = [], "/v1/stories?q=story&limit=2"
    while following:
        answer = newsroom.ask("GET", following)
        page = answer.get_json()
        found += [item["id"] for item in page["items"]]
        assert answer.headers.get("Link") == (f'<{page["next"]}>; rel="next"' if page["next"] else None)
        following = page["next"]
    assert found == made[::-1]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("cursor", ["x", "0", "01kb0000000000000000000000", "W10", "é", "WyJhIl0", "a" * 501])
def test_what_is_no_cursor_is_refused(newsroom: Newsroom, path: str, cursor: str) -> None:
    answer = newsroom.ask("GET", f"{path}?cursor={cursor}", "edda")
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.get_json(force=True)["errors"]] == ["/cursor"]


@pytest.mark.parametrize("path", ["/v1/events?limit=1", "/v1/stories?q=other", "/v1/stories?state=indexed"])
def test_a_cursor_is_of_one_list(newsroom: Newsroom, path: str) -> None:
    for number in range(3):
        newsroom.submit(headline=f"Story {number}")
    cursor = newsroom.ask("GET", "/v1/stories?limit=1", "edda").get_json()["next"].rpartition("cursor=")[2]
    joint = "&" if "?" in path else "?"
    assert newsroom.ask("GET", f"{path}{joint}cursor={cursor}", "edda").status_code == 422
    assert newsroom.ask("GET", f"/v1/stories?limit=2&state=&cursor={cursor}", "edda").status_code == 200


def test_terms_have_the_header_too(newsroom: Newsroom) -> None:
    answer = newsroom.ask("GET", "/v1/terms?limit=1", "edda")
    assert answer.headers["Link"] == f'<{answer.get_json()["next"]}>; rel="next"'
    assert newsroom.ask("GET", "/v1/terms?cursor=x", "edda").status_code == 422
