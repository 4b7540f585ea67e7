"""A picture whose rights end goes from every way out at that time: polled, while nobody rebuilds anything."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

import pytest

from contract.calendars.conftest import Newsroom
from contract.wire.conftest import publish
from dateline.bootstrap import open_media
from dateline.domain.payload import to_payload
from dateline.domain.picture import FocalPoint, MadePicture, Picture, media_path
from dateline.ports.ledger.claims import Indexed
from dateline.ports.ledger.pictures import PictureOutcome
from dateline.ports.ledger.submissions import Submission
from dateline.settings import read_settings

SHA: Final = "cd" * 32
FILE: Final = media_path(SHA, "1280.jpg")
CHANGES: Final = "/v1/changes"
AHEAD: Final = timedelta(seconds=2)
PATIENCE: Final = 5.0


def say_picture(newsroom: Newsroom, ends: datetime, known: str | None = None) -> str:
    """A picture with the end of its rights, or another end of a known one's; made ready. Its id."""
    token = newsroom.ledger.find_token("secret-edda")
    assert token is not None
    picture = Picture(
        sha256=SHA, media_type="image/jpeg", width=1600, height=1067, size=9, alt="Swans", credit="A", usable_until=ends
    )  # fmt: skip
    change: dict[str, Any] = {"action": "correct", "item_id": known, "if_match": 1} if known else {}
    payload = to_payload(picture)
    id = newsroom.ledger.submit(Submission(kind="image", payload=payload, by=token, label="Swans", **change)).id
    [claimed] = newsroom.ledger.claim_pictures(worker="media", lease=timedelta(seconds=30))
    made = MadePicture(focal=FocalPoint(40, 60), likeness=1, jpeg_size=1234)
    outcome = PictureOutcome(outcome=Indexed(claimed=claimed.claimed, again_at=ends), made=made, public=True)
    assert newsroom.ledger.mark_pictures([outcome]) == 1
    return id


def keep_file(data: Path, ends: datetime) -> None:
    """Its file and its rights, as the worker leaves them for web."""
    store = open_media(read_settings({}, data=str(data)))
    store.put(f"renditions/{SHA}/1280.jpg", BytesIO(b"\xff\xd8\xff"))
    store.put(f"renditions/{SHA}/rights.json", BytesIO(json.dumps({"usable_until": ends.isoformat()}).encode()))


def submit(newsroom: Newsroom, path: str, body: dict[str, Any]) -> str:
    answer = newsroom.ask("POST", path, json=body)
    assert answer.status_code == 202, answer.text
    return str(answer.get_json()["id"])


def show_it(newsroom: Newsroom, picture: str) -> list[str]:
    """A story and an event that show it; the addresses where readers get them."""
    images = [{"id": picture, "alt": "Two swans", "lead": True}]
    html = f'<p>A lake.</p><figure><img data-image="{picture}" alt="Swans"></figure>'
    said = {"headline": "Quiet season", "body_html": html, "section": "news", "images": images}
    said |= {"published_at": "2026-05-01T10:00:00+03:00"}
    story = submit(newsroom, "/v1/stories", said)
    event = submit(newsroom, "/v1/events", {"title": "Swan count", "start": "2099-01-01", "images": images})
    publish(newsroom)
    feeds = [
        f"{path}.{format}" for path in ("/search", "/sections/news", "/events") for format in ("atom", "rss", "json")
    ]
    return [
        "/", "/search", "/v1/search", "/sections/news", f"/v1/stories/{story}", f"/v1/stories/{story}?format=ninjs",
        f"/stories/{story}/quiet-season", f"/events/{event}/swan-count", f"/v1/events/{event}", *feeds,
        f"/v1/events/{event}?format=ninjs",
        "/v1/events?from=2099-01-01&to=2099-01-02", f"/events/{event}.ics", "/sitemap-2026-05.xml",
        "/sitemap-events.xml",
    ]  # fmt: skip


def where_shown(newsroom: Newsroom, addresses: list[str], secret: str) -> set[str]:
    """The addresses that show it now; its file, and what followers of the changes are told, among them."""
    shown = {one for one in addresses if SHA in newsroom.reader.get(one).text.replace("\r\n ", "")}
    if newsroom.reader.get(FILE).status_code == 200:
        shown.add(FILE)
    if SHA in newsroom.editor.get(CHANGES, headers={"Authorization": f"Bearer {secret}"}).text:
        shown.add(CHANGES)
    return shown


@pytest.mark.parametrize("index", ["embedded"], indirect=True)
def test_it_is_everywhere_and_then_nowhere(newsroom: Newsroom, tmp_path: Path) -> None:
    secret, _ = newsroom.ledger.create_token("mirror", "subscriber")
    later = datetime.now(UTC) + timedelta(hours=1)
    keep_file(tmp_path, later)
    picture = say_picture(newsroom, later)
    addresses = show_it(newsroom, picture)
    assert {*addresses, FILE, CHANGES} - where_shown(newsroom, addresses, secret) == set()
    ends = datetime.now(UTC) + AHEAD
    keep_file(tmp_path, ends)
    say_picture(newsroom, ends, picture)
    publish(newsroom)
    given_up = monotonic() + AHEAD.total_seconds() + PATIENCE
    while (left := where_shown(newsroom, addresses, secret)) and monotonic() < given_up:
        sleep(0.2)
    assert left == set()
    assert datetime.now(UTC) >= ends
    story = newsroom.reader.get(addresses[4]).get_json()
    assert story["headline"] == "Quiet season" and story["images"] == [] and "A lake." in story["body_html"]
