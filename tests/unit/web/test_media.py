"""The files of pictures as readers get them: kept for good, in parts, and not after their rights ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final

import pytest
from flask import json
from flask.testing import FlaskClient

from dateline.domain.picture import FocalPoint, renditions
from dateline.ports.media import MediaStore, rendition_key
from dateline_web.public_media import KEPT_SECONDS
from unit.web.conftest import Change
from unit.web.documents import NOW

SHA256: Final = "ab" * 32
NAME: Final = "640-4x3-50x30.webp"
PATH: Final = f"/media/{SHA256}/{NAME}"
BYTES: Final = bytes(range(256)) * 400
FOR_GOOD: Final = "public, max-age=31536000, immutable"

Keep = Callable[..., None]


@pytest.fixture
def keep(media: MediaStore) -> Keep:
    """Put a picture's file and rights into the media store."""

    def put(name: str = NAME, until: datetime | None = None) -> None:
        rights = json.dumps({"usable_until": until.isoformat() if until else None})
        media.put(rendition_key(SHA256, name), BytesIO(BYTES))
        media.put(rendition_key(SHA256, "rights.json"), BytesIO(rights.encode()))

    return put


def test_a_rendition_is_kept_for_good_and_is_nothing_but_a_picture(client: FlaskClient, keep: Keep) -> None:
    keep()
    answer = client.get(PATH)
    assert (answer.status_code, answer.data) == (200, BYTES)
    headers = answer.headers
    assert headers["Cache-Control"] == FOR_GOOD
    assert headers["Content-Type"] == "image/webp"
    assert headers["Content-Length"] == str(len(BYTES))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    head = client.head(PATH, headers={"Range": "bytes=0-9"})
    assert (head.status_code, head.data) == (200, b"")
    assert {name: head.headers[name] for name in ("ETag", "Content-Length", "Cache-Control", "Content-Type")} == {
        name: headers[name] for name in ("ETag", "Content-Length", "Cache-Control", "Content-Type")
    }


def test_who_has_it_gets_nothing(client: FlaskClient, keep: Keep, media: MediaStore) -> None:
    keep()
    etag = client.get(PATH).headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = client.get(PATH, headers={"If-None-Match": known})
        assert (again.status_code, again.data) == (304, b"")
        assert (again.headers["ETag"], again.headers["Cache-Control"]) == (etag, FOR_GOOD)
    assert client.get(PATH, headers={"If-None-Match": '"other"'}).status_code == 200
    media.delete(rendition_key(SHA256, NAME))
    assert client.get(PATH, headers={"If-None-Match": etag}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [("0-9", 0, 10), ("100-", 100, None), ("-7", len(BYTES) - 7, None), (f"5-{10**9}", 5, None), ("0-0", 0, 1)],
)
def test_a_part(client: FlaskClient, keep: Keep, asked: str, first: int, end: int | None) -> None:
    keep()
    part = client.get(PATH, headers={"Range": f"bytes={asked}"})
    wanted = BYTES[first:end]
    assert (part.status_code, part.data) == (206, wanted)
    assert part.headers["Content-Range"] == f"bytes {first}-{first + len(wanted) - 1}/{len(BYTES)}"
    assert part.headers["Content-Length"] == str(len(wanted))
    assert part.headers["Content-Type"] == "image/webp"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=x", "bytes=9-1", "bytes"])
def test_parts_that_nobody_makes_are_the_whole(client: FlaskClient, keep: Keep, asked: str) -> None:
    keep()
    answer = client.get(PATH, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (200, BYTES)


def test_a_part_behind_the_end(client: FlaskClient, keep: Keep) -> None:
    keep()
    answer = client.get(PATH, headers={"Range": f"bytes={len(BYTES)}-"})
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{len(BYTES)}")


def test_a_part_of_another_version_is_the_whole(client: FlaskClient, keep: Keep) -> None:
    keep()
    etag = client.get(PATH).headers["ETag"]
    ranged = {"Range": "bytes=0-9"}
    assert client.get(PATH, headers={**ranged, "If-Range": etag}).status_code == 206
    assert client.get(PATH, headers={**ranged, "If-Range": '"other"'}).status_code == 200
    assert client.get(PATH, headers={**ranged, "If-Range": "Tue, 24 Nov 2026 12:00:00 GMT"}).status_code == 200


@pytest.mark.parametrize("missing", ["320.avif", "animated.gif", NAME])
def test_what_isnt_there_is_asked_for_again_soon(client: FlaskClient, keep: Keep, missing: str) -> None:
    if missing != NAME:
        keep()
    answer = client.get(f"/media/{SHA256}/{missing}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "public, max-age=5")


@pytest.mark.parametrize(
    "name",
    ["rights.json", "641.jpg", "0.jpg", "0640.jpg", "640.png", "640", "640-3x2-50x50.jpg", "640-4x3.jpg", "x.gif",
     "640-4x3-101x50.jpg", "640-4x3-5x05.jpg", "640.jpg.", "../640.jpg", "%2e%2e%2f640.jpg", "640.jpg%00",
     "640.jpg%0a"],
)  # fmt: skip
def test_only_names_of_renditions_are_looked_for(client: FlaskClient, media: MediaStore, keep: Keep, name: str) -> None:
    keep("640.jpg")
    assert client.get(f"/media/{SHA256}/{name}").status_code == 404
    assert client.get(f"/media/{SHA256.upper()}/640.jpg").status_code == 404
    assert client.get("/media/../640.jpg").status_code == 404


@pytest.mark.parametrize(("width", "height"), [(4000, 3000), (200, 900), (7, 5)])
def test_every_name_of_a_rendition_is_an_address(client: FlaskClient, keep: Keep, width: int, height: int) -> None:
    for focal in (FocalPoint(0, 100), FocalPoint(9, 50)):
        for rendition in renditions(width, height, focal):
            keep(rendition.name)
            answer = client.get(f"/media/{SHA256}/{rendition.name}")
            assert (answer.status_code, answer.mimetype) == (200, rendition.media_type)


def test_rights_that_end_bound_how_long_it_is_kept(client: FlaskClient, keep: Keep, change: Change) -> None:
    until = NOW + timedelta(seconds=100)
    keep(until=until)
    assert client.get(PATH).headers["Cache-Control"] == "public, max-age=100"
    etag = client.get(PATH).headers["ETag"]
    change(until - timedelta(seconds=0.5))
    assert client.get(PATH).headers["Cache-Control"] == "public, max-age=0"
    change(until)
    for headers in ({}, {"If-None-Match": etag}, {"Range": "bytes=0-9"}):
        answer = client.get(PATH, headers=headers)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-store")


def test_changed_rights_are_seen_in_seconds(client: FlaskClient, keep: Keep, change: Change) -> None:
    keep()
    assert client.get(PATH).status_code == 200
    keep(until=NOW)
    change(NOW + timedelta(seconds=KEPT_SECONDS))
    assert client.get(PATH).status_code == 410


def test_the_store_is_asked_for_rights_once(client: FlaskClient, keep: Keep, media: MediaStore) -> None:
    keep()
    client.get(PATH)
    media.delete(rendition_key(SHA256, "rights.json"))
    assert client.get(PATH).status_code == 200


CROSS_SITE: Final = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200), (CROSS_SITE, 403), ({**CROSS_SITE, "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "same-site", "Referer": "https://elsewhere.example/"}, 200),
        ({"Referer": "https://elsewhere.example/story"}, 403), ({"Referer": "http://localhost/stories/x"}, 200),
        ({**CROSS_SITE, "Referer": "http://localhost/"}, 200), ({"Referer": "no address"}, 200),
        ({"Referer": "http://[x"}, 200),
    ],
)  # fmt: skip
def test_hotlinks_may_be_refused(
    client: FlaskClient, keep: Keep, change: Change, headers: dict[str, str], status: int
) -> None:
    keep()
    assert client.get(PATH, headers=headers).status_code == 200
    change(media_hotlinks=False)
    answer = client.get(PATH, headers=headers)
    assert answer.status_code == status
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-site"
    assert "Sec-Fetch-Site" in answer.vary
    assert status == 200 or answer.headers["Cache-Control"] == "no-store"
