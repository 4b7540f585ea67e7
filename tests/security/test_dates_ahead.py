"""A date far ahead would lead the front page and every feed for ever: no way in takes one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from ledgers import index_all
from unit.ingest.conftest import STORY

FAR: Final = "2199-01-01T00:00:00Z"
NINJS: Final = {
    "standard": {"name": "ninjs", "version": "3.1"}, "uri": "urn:far", "headlines": [{"value": "Bridge opens"}],
    "bodies": [{"value": "The bridge is open."}], "versionCreated": "2026-05-01T10:00:00Z",
}  # fmt: skip


def assert_nothing_is_ahead(newsroom: Any) -> None:
    """A revision that is or may become public at once has a date that a reader could believe."""
    for item in newsroom.items.values():
        embargo = item.embargo_until or datetime.now(UTC)
        published = datetime.fromisoformat(item.newest.payload["published_at"])
        assert published <= max(embargo, datetime.now(UTC) + timedelta(hours=24, minutes=1))


@pytest.mark.parametrize("day", [FAR, "9999-12-31T23:59:59Z", "1899-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
@pytest.mark.parametrize("field", ["published_at", "embargo_until"])
def test_json(newsroom: Any, day: str, field: str) -> None:
    sent = {**STORY, field: day}
    held = field == "embargo_until" and day == FAR
    assert newsroom.ask("POST", "/v1/stories", json=sent).status_code == (202 if held else 422)
    story = newsroom.submit()["id"]
    answer = newsroom.ask("PUT", f"/v1/stories/{story}", json=sent, headers={"If-Match": '"1"'})
    assert answer.status_code == (202 if held else 422)
    assert_nothing_is_ahead(newsroom)


def test_bulk(newsroom: Any) -> None:
    lines = "\n".join(json.dumps({**STORY, "published_at": day}) for day in (FAR, "9999-12-31T23:59:59Z"))
    answer = newsroom.ask("POST", "/v1/stories/bulk", data=lines, content_type="application/x-ndjson")
    assert [json.loads(line)["status"] for line in answer.text.splitlines()] == [422, 422]
    assert newsroom.items == {}


@pytest.mark.parametrize("field", ["versionCreated", "firstCreated"])
def test_ninjs(newsroom: Any, field: str) -> None:
    sent = json.dumps({**NINJS, field: FAR})
    answer = newsroom.ask("POST", "/v1/stories", data=sent, content_type="application/ninjs+json")
    assert answer.status_code == 422, answer.text
    assert newsroom.items == {}


def test_desk(newsroom: Any) -> None:
    form = {**STORY, "published_at": "2199-01-01T00:00"}
    answer = newsroom.ask("POST", "/stories", data=form)
    assert answer.status_code == 422
    assert newsroom.items == {}


EARLY: Final = {"embargo_until": "2026-01-01T00:00:00Z"}


@pytest.mark.parametrize("lifted", [{"embargo_until": None}, EARLY, {**EARLY, "published_at": FAR}])
@pytest.mark.parametrize("is_public", [False, True])
def test_the_date_of_an_embargo_ends_with_it(newsroom: Any, lifted: dict[str, Any], is_public: bool) -> None:
    """A reporter lets an embargo say the date, and lifts it."""
    held = {**STORY, "embargo_until": FAR, "published_at": FAR}
    story = newsroom.submit(**({} if is_public else held))["id"]
    path, number = f"/v1/stories/{story}", 1
    if is_public:
        index_all(newsroom.ledger)
        number = newsroom.ask("PUT", path, json=held, headers={"If-Match": '"1"'}).get_json()["revision"]
    newsroom.ask("PUT", path, json={**STORY, **lifted}, headers={"If-Match": f'"{number}"'})
    assert_nothing_is_ahead(newsroom)
