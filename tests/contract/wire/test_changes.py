"""A mirror that follows the change sequence has what readers get, on each index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from contract.calendars.conftest import Newsroom
from contract.wire.conftest import publish
from dateline.ports.wakeup import Lane
from mirror import Mirror

HTML = (
    '<p>The <b>bridge</b> in Brest is open. <a href="https://example.org/">More</a></p>'
    "<ul><li>One &amp; two</li></ul><p>🌉 Cars cross Brest.</p>"
)


def changes(newsroom: Newsroom) -> Callable[[str], dict[str, Any]]:
    secret, _ = newsroom.ledger.create_token("mirror", "subscriber")

    def ask(path: str) -> dict[str, Any]:
        answer = newsroom.editor.get(path, headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.get_json()
        return found

    return ask


def read(newsroom: Newsroom) -> Callable[[str], tuple[int, Any]]:
    def get(path: str) -> tuple[int, Any]:
        answer = newsroom.reader.get(path)
        return answer.status_code, answer.get_json()

    return get


def submit(newsroom: Newsroom, kind: str = "stories", **body: Any) -> str:
    answer = newsroom.ask("POST", f"/v1/{kind}", json=body)
    assert answer.status_code == 202, answer.text
    return str(answer.get_json()["id"])


def correct(newsroom: Newsroom, path: str, **body: Any) -> None:
    answer = newsroom.ask("PUT", f"/v1/{path}", json=body, headers={"If-Match": "*"})
    assert answer.status_code == 202, answer.text


def story(**more: Any) -> dict[str, Any]:
    said = {"headline": "Bridge in Brest opens", "body_html": HTML, "summary": "Brest's bridge.", "section": "news"}
    return {**said, "place": "Brest", "published_at": "2026-05-01T10:00:00+03:00", **more}


@pytest.fixture
def busy(newsroom: Newsroom) -> Newsroom:
    """A newsroom with every kind of item in every state."""
    ids = [submit(newsroom, **story(headline=f"Bridge {number}", byline="Rita")) for number in range(5)]
    submit(
        newsroom,
        **story(
            language="be",
            keywords=["bridge"],
            links=[{"url": "https://example.org/", "title": "M"}],
            images=[{"url": "https://example.org/a.jpg", "alt": "A bridge"}],
            related=ids[:2],
        ),
    )
    submit(newsroom, headline="Plain", body_text="Plain text of Brest\n\nand more <b>.")
    submit(newsroom, **story(headline="Held", embargo_until="2199-01-01T00:00:00Z"))
    fair = submit(newsroom, "events", title="Fair", start="2026-07-03", rrule="FREQ=WEEKLY;COUNT=3", section="news")
    submit(
        newsroom,
        "events",
        title="Talk",
        start="2026-07-03T10:00:00+03:00",
        end="2026-07-03T11:00:00+03:00",
        timezone="Europe/Minsk",
        location={"name": "Hall", "city": "Brest"},
        description_text="In Brest.",
    )
    off = submit(newsroom, "events", title="Off", start="2026-07-04")
    landing = {"label": "Trade", "labels": {"be": "Гандаль"}, "landing": True, "description_html": "<p>Goods</p>"}
    assert newsroom.ask("PUT", "/v1/terms/topic/trade", json=landing).status_code == 202
    assert newsroom.ask("PUT", "/v1/terms/topic/unused", json={"label": "Unused"}).status_code == 202
    publish(newsroom)
    correct(newsroom, f"stories/{ids[0]}", **story(headline="Bridge 0, corrected", note="It was another bridge."))
    correct(newsroom, f"stories/{ids[1]}", **story(headline="Later", embargo_until="2199-01-01T00:00:00Z"))
    correct(newsroom, f"events/{fair}", title="Fair", start="2026-07-03", rrule="FREQ=WEEKLY;COUNT=2")
    tags = {"add": [{"type": "person", "slug": "ann-lee"}]}
    assert newsroom.ask("PUT", f"/v1/stories/{ids[4]}/tags", json=tags).status_code == 202
    assert newsroom.ask("DELETE", f"/v1/stories/{ids[2]}?note=Wrong").status_code == 202
    assert newsroom.ask("DELETE", f"/v1/events/{off}", headers={"If-Match": "*"}).status_code == 202
    publish(newsroom)
    newsroom.ledger.erase(ids[3], "asked for", newsroom.ledger.create_token("eraser", "editor")[1])
    publish(newsroom)
    return newsroom


def test_a_mirror_has_what_readers_get(busy: Newsroom) -> None:
    mirror = Mirror()
    mirror.catch_up(changes(busy))
    assert mirror.differences(read(busy)) == []
    states = sorted((change["kind"], change["state"]) for change in mirror.items.values())
    assert states.count(("story", "published")) == 5
    assert {("story", "withdrawn"), ("story", "erased"), ("event", "withdrawn"), ("term", "published")} <= set(states)
    assert "topic:unused" not in mirror.items
    told = repr(mirror.items)
    assert "Held" not in told and "Later" not in told and "eraser" not in told and "edda" not in told


def test_a_mirror_has_what_is_public_of_the_export(busy: Newsroom) -> None:
    mirror = Mirror()
    mirror.catch_up(changes(busy))
    public = {
        line["item"]["id"]: line["item"]["published_revision"]
        for line in busy.ledger.export()
        if "item" in line and line["item"]["published_revision"] is not None
    }
    assert {change["id"]: change["revision"] for change in mirror.items.values()} == public


def test_who_follows_gets_what_one_gets_who_begins_anew(busy: Newsroom) -> None:
    ask, early = changes(busy), Mirror()
    early.catch_up(ask)
    ids = [line.id for line in busy.ledger.items("story").items]
    correct(busy, f"stories/{ids[0]}", **story(headline="Once more"))
    busy.ledger.make_due(ids, Lane.RETAG)
    publish(busy)
    early.catch_up(ask)
    late = Mirror()
    late.catch_up(ask)
    assert early.items == late.items
    assert early.differences(read(busy)) == []
