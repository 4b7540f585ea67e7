"""Words among editors stay there: each place of theirs holds a marked word, and every way out is searched for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import product
from typing import Any, Final

import pytest

from contract.calendars.conftest import Newsroom
from contract.wire.conftest import Wire, publish
from dateline.domain.document import FrontDocument
from dateline.domain.front import FrontRecord, PlacedStory, record_id
from dateline.gateway import PUSH
from dateline.ports.ledger.claims import Indexed, Quarantine
from dateline.ports.media import original_key, rendition_key
from dateline_web.context import EXTENSION

MARK: Final = "zzsecret"
TEXT: Final = {"headline": "Bridge opens", "body_text": "The bridge in Brest is open.", "section": "news",
               "published_at": "2026-05-01T10:00:00Z"}  # fmt: skip
SHA256: Final = "ab" * 32
NO_PAGES: Final = {"static", "docs.static"}
CLOSED: Final = {"health_metrics", "previews.show", "front_previews.show"}
"""What readers can't open: they lack the token, or what the desk signed."""

_ARGUMENT: Final = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")


@pytest.fixture
def secretive(newsroom: Newsroom, wire: Wire) -> Newsroom:
    """A newsroom that has marked words wherever only reporters and editors see them."""
    secret, writes = newsroom.ledger.create_token(f"{MARK}-token", "editor")
    writer = {"Authorization": f"Bearer {secret}"}

    def submit(**more: Any) -> str:
        answer = newsroom.ask("POST", "/v1/stories", json={**TEXT, **more}, headers=writer)
        assert answer.status_code == 202, answer.text
        return str(answer.get_json()["id"])

    def correct(story: str, **more: Any) -> None:
        headers = {**writer, "If-Match": "*"}
        assert newsroom.ask("PUT", f"/v1/stories/{story}", json={**TEXT, **more}, headers=headers).status_code == 202

    planned = [{"edNote": f"{MARK}-planned"}]
    wire(10, edNote=f"{MARK}-ednote", plannedCoverage=planned)
    wire(11, edNote=f"{MARK}-ednote", plannedCoverage=planned, headlines=[{"value": "Bridge closes"}])
    wire(10, uri="urn:wire:2", pubStatus="withheld", headlines=[{"value": f"{MARK} withheld"}])
    wire(10, uri="urn:wire:3", edNote=f"{MARK}-ednote")
    wire(11, uri="urn:wire:3", pubStatus="withheld", edNote=f"{MARK}-ednote", headlines=[{"value": f"{MARK} later"}])
    submit(note=f"{MARK}-of-the-first", images=[{"url": "https://img.example/a.jpg", "alt": "A bridge"}])
    submit(embargo_until="2199-01-01T00:00:00Z", headline=f"{MARK} held", section=f"{MARK}-section")
    waiting = submit()
    publish(newsroom)
    correct(waiting, embargo_until="2199-01-01T00:00:00Z", note=f"{MARK}-held", headline=f"{MARK} waits")
    quarantined = submit()
    publish(newsroom)
    correct(quarantined, note=f"{MARK}-quarantined", headline=f"{MARK} quarantined")
    claimed = newsroom.ledger.claim(worker=f"{MARK}-worker", lease=timedelta(seconds=30))
    newsroom.ledger.mark([
        Quarantine(claimed=one, stage="index", reason=f"{MARK}-reason") if one.item_id == quarantined
        else Indexed(claimed=one) for one in claimed
    ])  # fmt: skip
    draft = newsroom.ask("POST", "/v1/drafts", json={**TEXT, "headline": f"{MARK} draft"}, headers=writer).get_json()
    preview = newsroom.ask("GET", f"/drafts/{draft['id']}/preview", headers=writer)
    assert preview.status_code == 200 and 'name="preview"' in preview.text
    hall = {"name": "Town hall", "city": "Brest", "lat": 52.1, "lon": 23.7}
    event = {"title": "Opening", "start": "2026-05-01T10:00:00+03:00", "section": "news", "location": hall}
    assert newsroom.ask("POST", "/v1/events", json=event, headers=writer).status_code == 202
    erased = submit()
    publish(newsroom)
    newsroom.ledger.erase(erased, f"{MARK}-erased", writes)
    tags = {"add": [{"type": "person", "slug": "ann-lee"}]}
    assert newsroom.ask("PUT", f"/v1/stories/{waiting}/tags", json=tags, headers=writer).status_code == 202
    assert newsroom.ask("DELETE", f"/v1/stories/{submit()}?note=Public", headers=writer).status_code == 202
    publish(newsroom)
    at = datetime(2026, 5, 1, 9, tzinfo=UTC)
    placed = PlacedStory(id=erased, revision=1, headline=f"{MARK} on the front", summary=MARK)
    record = FrontRecord(page="home", at=at, lead=placed, second=(placed,), latest=(placed,))
    newsroom.index.put([FrontDocument(id=record_id("home", at), version=1, page="home", at=at, record=record)])
    media = newsroom.reader.application.extensions[EXTENSION].media.store
    media.put(rendition_key(SHA256, "320.jpg"), BytesIO(b"a picture"))
    media.put(rendition_key(SHA256, "rights.json"), BytesIO(b'{"usable_until": null}'))
    media.put(original_key(SHA256), BytesIO(f"{MARK}-gps".encode()))
    return newsroom


def values_of(newsroom: Newsroom) -> dict[str, list[str]]:
    """What stands for each part of an address."""
    kinds: tuple[Any, ...] = ("story", "event")
    ids = {kind: [line.id for line in newsroom.ledger.items(kind, limit=100).items] for kind in kinds}
    return {
        "story_id": ids["story"], "event_id": ids["event"],
        "type": ["people", "places", "person", "place", "section"], "slug": ["ann-lee", "brest", "news", "x"],
        "year": ["2026"], "month": ["05"], "day": ["01"], "hour": ["12"], "minute": ["00"],
        "format": ["atom", "rss", "json"],
        "sha256": [SHA256, "0" * 64], "rendition": ["320.jpg"], "number": ["1", "2"],
        "kind": ["people", "places", "topics", "organisations", "sections"], "page": ["1"],
    }  # fmt: skip


def addresses(newsroom: Newsroom) -> Iterator[tuple[str, str]]:
    """Every address of web: (endpoint, path)."""
    values = values_of(newsroom)
    for rule in newsroom.reader.application.url_map.iter_rules():
        if rule.endpoint in NO_PAGES or rule.endpoint == "stream.stream":
            continue
        names = _ARGUMENT.findall(rule.rule)
        for chosen in product(*(values[name] for name in names)):
            parts = iter(chosen)
            path = _ARGUMENT.sub(lambda _, parts=parts: next(parts), rule.rule)  # type: ignore[misc]
            yield rule.endpoint, path
            if rule.endpoint in ("Stories.story", "events_api.event"):
                yield rule.endpoint, f"{path}?format=ninjs"
    yield from (("Search.search", f"/v1/search?q={word}") for word in ("bridge", "news", "brest"))
    yield from (("Search.suggest", f"/v1/suggest?q={word}") for word in ("br", "ne", "an"))
    yield from (("events.calendar", f"/events?view={view}&date=2026-05-01") for view in ("week", "agenda"))


def test_no_way_out_shows_a_word_among_editors(secretive: Newsroom) -> None:
    opened: dict[str, set[int]] = {}
    for endpoint, path in addresses(secretive):
        answer = secretive.reader.get(path, follow_redirects=True)
        opened.setdefault(endpoint, set()).add(answer.status_code)
        assert MARK not in answer.text.casefold(), path
        assert MARK not in str(answer.headers).casefold(), path
    assert {endpoint for endpoint, seen in opened.items() if 200 not in seen} <= CLOSED
    assert 410 in opened["Stories.story"] and 404 in opened["Stories.story"]


def test_no_word_among_editors_is_found(secretive: Newsroom) -> None:
    for word in (MARK, f"{MARK}-ednote", f"{MARK}-token", f'"{MARK} later"'):
        assert secretive.reader.get("/v1/search", query_string={"q": word}).get_json()["items"] == []
    assert MARK not in secretive.reader.get(f"/v1/suggest?q={MARK[:-1]}").text


def test_the_stream_tells_no_word_among_editors(secretive: Newsroom) -> None:
    listeners: list[Any] = []
    first = min(values_of(secretive)["story_id"])
    answer = secretive.reader.get(
        "/stream", headers={"Last-Event-ID": first}, environ_overrides={PUSH: listeners.append}
    )
    for listener in listeners:
        listener.close()
    assert answer.text.count("data: ") > 1
    assert MARK not in answer.text


def test_no_follower_is_told_a_word_among_editors(secretive: Newsroom) -> None:
    secret, _ = secretive.ledger.create_token("mirror", "subscriber")
    answer = secretive.editor.get("/v1/changes", headers={"Authorization": f"Bearer {secret}"})
    assert len(answer.get_json()["items"]) > 5
    assert MARK not in answer.text and MARK not in str(answer.headers)


def test_editors_see_their_words(secretive: Newsroom) -> None:
    """The marks are where they are said to be: the test above would see them."""
    stories = [f"/v1/stories/{story}" for story in values_of(secretive)["story_id"]]
    seen = "".join(secretive.ask("GET", path).text for path in ("/v1/quarantine", "/v1/stories?limit=100", *stories))
    for word in ("ednote", "planned", "of-the-first", "held", "reason", "token"):
        assert f"{MARK}-{word}" in seen
