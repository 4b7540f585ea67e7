"""The whole way of a picture, through the newsroom's own processes: from a phone to every way out, and off the site."""

from __future__ import annotations

import hashlib
import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
import pyvips
import urllib3

from servers.newsroom import Newsroom, newsroom
from unit.pictures.picture_files import scene

pytestmark = [pytest.mark.redis, pytest.mark.timeout(300)]

GPS: Final = {"exif-ifd3-GPSLatitude": "53/1 54/1 0/1 (53, 54,  0, Rational, 3 components, 24 bytes)"}
STORY: Final = {"headline": "Swans return to the lake", "body_text": "Four swans are back on the lake near Brest."}


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with newsroom("--empty") as room:
        yield room


def phone_picture(folder: Path, hue: int) -> Path:
    """A picture as a phone takes it: across, to be turned by a quarter, with the place where it was taken."""
    picture = scene(800, 600).linear([1, 1, 0.5], [0, hue % 40, hue]).cast("uchar").rot270().copy()
    picture.set_type(pyvips.GValue.gint_type, "orientation", 6)
    for name, value in GPS.items():
        picture.set_type(pyvips.GValue.gstr_type, name, value)
    path = folder / f"phone-{hue}.jpg"
    picture.jpegsave(str(path))
    assert GPS.items() & {(name, GPS.get(name)) for name in pyvips.Image.new_from_file(str(path)).get_fields()}
    return path


def post(room: Newsroom, fields: dict[str, Any]) -> urllib3.BaseHTTPResponse:
    address = f"http://127.0.0.1:{room.ingest_port}/v1/images"
    return urllib3.request("POST", address, fields=fields, headers={"Authorization": f"Bearer {room.token}"})


def send(room: Newsroom, path: Path, **said: str) -> str:
    fields = {"alt": "Swans on a lake", "credit": "Ann Lee", **said, "file": (path.name, path.read_bytes())}
    answer = post(room, fields)
    assert answer.status == 202, answer.data
    return str(answer.json()["id"])


def shown(room: Newsroom, story: str) -> list[dict[str, Any]]:
    answer = room.read(f"/v1/stories/{story}")
    return list(answer.body["images"]) if answer.status == 200 else []


def file_at(room: Newsroom, url: str) -> urllib3.BaseHTTPResponse:
    parts = urlsplit(url)
    return urllib3.request("GET", f"http://127.0.0.1:{room.web_port}{parts.path}", retries=False)


def ways_out(room: Newsroom, story: str) -> dict[str, str]:
    """What readers get of a story, by its address."""
    page = room.read(f"/stories/{story}/x").headers["Location"]
    paths = (
        urlsplit(page).path, "/", "/search?q=swans", "/search.atom", "/search.rss", "/search.json",
        f"/v1/stories/{story}", f"/v1/stories/{story}?format=ninjs",
    )  # fmt: skip
    return {path: str(room.read(path).body) for path in paths}


def test_three_pictures_of_a_phone_are_everywhere_and_follow_their_focal_point(room: Newsroom, tmp_path: Path) -> None:
    pictures = [send(room, phone_picture(tmp_path, hue)) for hue in (0, 60, 120)]
    story = room.submit({**STORY, "images": [{"id": one, "lead": one == pictures[1]} for one in pictures]}).body["id"]
    room.wait_for(lambda: len(shown(room, story)) == 3, "three pictures with the story")
    for image in shown(room, story):
        assert (image["alt"], image["credit"]) == ("Swans on a lake", "Ann Lee")
        assert (image["width"], image["height"]) == (800, 600)
        assert {one["type"] for one in image["renditions"]} == {"image/avif", "image/webp", "image/jpeg"}
    for image in shown(room, story):
        small = min(image["renditions"], key=lambda one: (one["width"], one["type"] != "image/jpeg"))
        answer = file_at(room, small["url"])
        assert answer.status == 200 and "immutable" in answer.headers["Cache-Control"]
        read = pyvips.Image.new_from_buffer(answer.data, "")
        assert (read.width, read.height) == (small["width"], small["height"])
        assert not [name for name in read.get_fields() if "GPS" in name or "exif" in name]
    lead = hashlib.sha256((tmp_path / "phone-60.jpg").read_bytes()).hexdigest()
    assert [path for path, body in ways_out(room, story).items() if lead not in body] == []
    change = room.ask("GET", f"/v1/images/{pictures[0]}").body["image"] | {"focal_x": 0.1, "focal_y": 0.9}
    assert room.ask("PUT", f"/v1/images/{pictures[0]}", change, **{"If-Match": '"1"'}).status == 202
    room.wait_for(lambda: "-10x90." in str(shown(room, story)), "crops around the focal point")
    crops = [one for one in shown(room, story)[0]["renditions"] if one["crop"] == "1:1"]
    assert file_at(room, crops[0]["url"]).status == 200


def test_an_upload_that_is_cut_off_by_a_kill_leaves_nothing_and_can_be_sent_again(
    room: Newsroom, tmp_path: Path
) -> None:
    path = phone_picture(tmp_path, 15)
    body, kind = urllib3.encode_multipart_formdata({"alt": "x", "credit": "y", "file": (path.name, path.read_bytes())})
    head = (
        f"POST /v1/images HTTP/1.1\r\nHost: 127.0.0.1:{room.ingest_port}\r\nAuthorization: Bearer {room.token}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    before = room.ask("GET", "/v1/images").body["items"]
    with socket.create_connection(("127.0.0.1", room.ingest_port)) as connection:
        connection.sendall(head.encode() + body[: len(body) // 2])
        for worker in room.find("dateline_ingest.server")[0].children(recursive=True):
            worker.kill()
        room.kill("dateline_ingest.server")
    room.wait_for(lambda: is_ready(room.ingest_port), "ingest again")
    assert room.ask("GET", "/v1/images").body["items"] == before
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert not (room.data / "media" / "originals" / sha256).exists()
    assert room.ask("GET", f"/v1/images/{send(room, path)}").body["file"]["sha256"] == sha256


def is_ready(port: int) -> bool:
    try:
        return urllib3.request("GET", f"http://127.0.0.1:{port}/ready", retries=False, timeout=2).status == 200
    except urllib3.exceptions.HTTPError:
        return False


def test_a_picture_whose_rights_end_is_gone_from_every_way_out_at_once(room: Newsroom, tmp_path: Path) -> None:
    until = datetime.now(UTC) + timedelta(seconds=8)
    picture = send(room, phone_picture(tmp_path, 30), usable_until=until.isoformat())
    story = room.submit({**STORY, "images": [{"id": picture}]}).body["id"]
    room.wait_for(lambda: len(shown(room, story)) == 1, "the picture")
    [image] = shown(room, story)
    sha256 = re.findall(r"/media/([0-9a-f]{64})/", image["url"])[0]
    assert file_at(room, image["url"]).status == 200
    assert [path for path, body in ways_out(room, story).items() if sha256 in body]
    room.wait_for(lambda: datetime.now(UTC) >= until, "the end of its rights")
    gone = [path for path, body in ways_out(room, story).items() if sha256 in body]
    assert gone == []
    assert file_at(room, image["url"]).status in (404, 410)
    assert room.read(f"/v1/stories/{story}").body["headline"] == STORY["headline"]
    files = room.data / "media" / "renditions" / sha256
    room.wait_for(lambda: not files.exists(), "the files are taken off")


def test_a_picture_that_is_taken_down_leaves_the_site_and_the_disk(room: Newsroom, tmp_path: Path) -> None:
    path = phone_picture(tmp_path, 90)
    picture = send(room, path)
    story = room.submit({**STORY, "images": [{"id": picture}]}).body["id"]
    room.wait_for(lambda: len(shown(room, story)) == 1, "the picture")
    answer = room.ask("DELETE", f"/v1/images/{picture}", {"reason": "not ours"})
    assert answer.status == 202 and [use["id"] for use in answer.body["uses"]] == [story]
    room.wait_for(lambda: shown(room, story) == [], "the story without it")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    room.wait_for(lambda: not list((room.data / "media").rglob(f"*{sha256}*")), "no file of it")
    fields = {"alt": "x", "credit": "y", "file": (path.name, path.read_bytes())}
    assert post(room, fields).status == 409
