"""``/v1/images``: a picture's life, who may do what, and what is refused."""

from __future__ import annotations

import io
import json
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from dateline.errors import MediaFull
from dateline.ports.media import original_key
from dateline.ports.wakeup import Lane
from unit.ingest.conftest import Newsroom


def png(width: int, height: int) -> bytes:
    """A small PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x7f" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


WORDS = {"alt": "A bridge", "credit": "Rita"}


def send(
    newsroom: Newsroom, data: bytes, token: str = "rita", name: str = "a.png", headers: Any = None, **words: Any
) -> TestResponse:
    form = {**WORDS, **words, "file": (io.BytesIO(data), name)}
    form = {name: value for name, value in form.items() if value is not None}
    return newsroom.ask("POST", "/v1/images", token, data=form, headers=headers or {})


def media_files(tmp_path: Path) -> list[str]:
    return sorted(one.name for one in (tmp_path / "media").rglob("*") if one.is_file())


def test_a_picture_is_sent_shown_and_changed(newsroom: Newsroom, tmp_path: Path) -> None:
    answer = send(newsroom, png(40, 30), name="../x/\u202edock.png", focal_x="0.25", focal_y="1", keywords="a, b")
    assert answer.status_code == 202, answer.text
    id = answer.get_json()["id"]
    shown = newsroom.ask("GET", f"/v1/images/{id}").get_json()
    assert (shown["width"], shown["height"], shown["alt"], shown["credit"]) == (40, 30, "A bridge", "Rita")
    assert shown["image"]["focal_x"] == 0.25 and shown["focal"] == {"x": 0.25, "y": 1.0, "by": "hand"}
    assert (shown["image"]["keywords"], shown["renditions"], shown["uses"]) == (["a", "b"], [], [])
    assert media_files(tmp_path) == [shown["file"]["sha256"]]
    said = {**shown["image"], "caption": "At dusk"}
    assert newsroom.ask("PUT", f"/v1/images/{id}", json=said).status_code == 428
    changed = newsroom.ask("PUT", f"/v1/images/{id}", json=said, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.get_json()["revision"]) == (202, 2)
    assert newsroom.ask("PUT", f"/v1/images/{id}", json=said, headers={"If-Match": '"1"'}).status_code == 412
    [line] = newsroom.ask("GET", "/v1/images?q=dusk&by=me").get_json()["items"]
    assert (line["id"], line["caption"]) == (id, "At dusk")


def test_what_is_not_given_the_file_says(newsroom: Newsroom) -> None:
    plain = png(40, 30)
    words = b"".join(
        struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
        for text in (b"Description\0A dock", b"Author\0Ann", b"Copyright\0Ann 2026")
    )
    answer = send(newsroom, plain[:33] + words + plain[33:], caption="", byline="Otto")
    shown = newsroom.ask("GET", f"/v1/images/{answer.get_json()['id']}").get_json()["image"]
    assert (shown["caption"], shown["byline"], shown["copyright"]) == ("A dock", "Otto", "Ann 2026")


def test_the_same_file_is_the_same_picture(newsroom: Newsroom) -> None:
    first = send(newsroom, png(40, 30)).get_json()
    again = send(newsroom, png(40, 30)).get_json()
    assert (again["id"], again["revision"], again["unchanged"]) == (first["id"], 1, True)
    assert send(newsroom, png(40, 30), caption="New").get_json()["revision"] == 2
    other = send(newsroom, png(40, 30), token="otto", caption="Mine").get_json()
    assert (other["id"], other["revision"]) == (first["id"], 2)


def test_a_repeat_with_the_same_key_gets_the_first_answer(newsroom: Newsroom) -> None:
    key = {"Idempotency-Key": "photo-1"}
    first = send(newsroom, png(40, 30), headers=key).get_json()
    assert send(newsroom, png(40, 30), headers=key).get_json()["id"] == first["id"]
    assert send(newsroom, png(41, 30), headers=key).status_code == 422


@pytest.mark.parametrize(
    ("words", "pointer"),
    [
        ({"alt": None}, "/alt"), ({"credit": ""}, "/credit"), ({"decorative": "true"}, "/alt"),
        ({"focal_x": "0.5"}, "/focal_y"), ({"focal_x": "2", "focal_y": "0"}, "/focal_x"),
        ({"surprise": "x"}, "/surprise"),
        ({"usable_until": "soon"}, "/usable_until"), ({"licence_url": "javascript:1"}, "/licence_url"),
        ({"licence_url": "https://ann:secret@a.example/"}, "/licence_url"),
        ({"caption": "x" * 2_001}, "/caption"),
    ],
)  # fmt: skip
def test_words_that_are_wrong_are_told_at_their_field(
    newsroom: Newsroom, tmp_path: Path, words: dict[str, Any], pointer: str
) -> None:
    answer = send(newsroom, png(40, 30), **words)
    assert answer.status_code == 422
    assert pointer in [one["pointer"] for one in answer.get_json()["errors"]]
    assert media_files(tmp_path) == []


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"\xff\xd8\xff", png(40, 30)[:-20]])
def test_what_is_no_picture_is_refused_and_nothing_of_it_kept(newsroom: Newsroom, tmp_path: Path, data: bytes) -> None:
    answer = send(newsroom, data)
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/file")
    assert media_files(tmp_path) == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "multipart/form-data; boundary=x", 422), (b"--y\r\n\r\n", "multipart/form-data; boundary=x", 400),
        (b"--x\r\n\r\nabc\r\n--x--", "multipart/form-data; boundary=x", 400), (b"", "multipart/form-data", 422),
        (b"--x--\r\n", "multipart/form-data; boundary=x", 422), (b"{}", "application/json", 415),
        (b"--x\r\nContent-Disposition: form-data; name=file\r\n\r\nabc\r\n--x--\r\n",
         "multipart/form-data; boundary=x", 422),
        (b"--x\r\nContent-Disposition: form-data; name=a;" + b" b=c;" * 60_000, "multipart/form-data; boundary=x", 413),
        (b"--x\r\nContent-Disposition: form-data; name=alt\r\n\r\n" + b"a" * 600_000 + b"\r\n--x--\r\n",
         "multipart/form-data; boundary=x", 413),
    ],
)  # fmt: skip
def test_nonsense_is_refused(newsroom: Newsroom, body: bytes, kind: str, status: int) -> None:
    assert newsroom.ask("POST", "/v1/images", data=body, content_type=kind).status_code == status


def test_two_files_and_one_of_another_name_are_refused(newsroom: Newsroom, tmp_path: Path) -> None:
    for second in ("file", "other"):
        form = MultiDict([*WORDS.items(), ("file", (io.BytesIO(png(9, 9)), "a.png"))])
        form.add(second, (io.BytesIO(png(9, 9)), "b.png"))
        answer = newsroom.ask("POST", "/v1/images", data=form)
        assert answer.status_code == 422, answer.text
    assert media_files(tmp_path) == []


def test_a_file_that_is_too_large_is_413(newsroom: Newsroom, tmp_path: Path) -> None:
    parts = newsroom.app.extensions["dateline"]
    small = replace(parts, settings=replace(parts.settings, media_max_bytes=20_000))
    newsroom.app.extensions["dateline"] = small
    assert send(newsroom, b"\0" * 20_001).status_code == 413
    assert media_files(tmp_path) == []


def test_a_full_disk_is_503_and_nothing_is_half_kept(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise MediaFull("there is no room left in the media store")

    monkeypatch.setattr(type(newsroom.app.extensions["dateline"].media), "_keep", full)
    answer = send(newsroom, png(40, 30))
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    assert media_files(tmp_path) == []
    assert newsroom.ask("GET", "/v1/images").get_json()["items"] == []


def test_reporters_change_and_take_down_their_own_and_see_all(newsroom: Newsroom) -> None:
    id = send(newsroom, png(40, 30)).get_json()["id"]
    path = f"/v1/images/{id}"
    assert newsroom.ask("GET", path, "otto").status_code == 200
    assert newsroom.ask("PUT", path, "otto", json={}, headers={"If-Match": '"1"'}).status_code == 403
    assert newsroom.ask("DELETE", f"{path}?reason=mine", "otto").status_code == 403
    assert newsroom.ask("POST", "/v1/images", "", data=b"x", content_type="multipart/form-data").status_code == 401


def test_taking_down_lists_uses_first_and_is_for_good(newsroom: Newsroom) -> None:
    id = send(newsroom, png(40, 30)).get_json()["id"]
    story = newsroom.submit(images=[{"id": id, "lead": True}])["id"]
    path = f"/v1/images/{id}"
    assert newsroom.ask("DELETE", f"{path}?reason=mine").status_code == 403
    told = newsroom.ask("DELETE", f"{path}?dry_run=true", "edda").get_json()
    assert ([one["id"] for one in told["uses"]], told["taken_down"]) == ([story], False)
    assert newsroom.ask("DELETE", path, "edda").status_code == 422
    done = newsroom.ask("DELETE", path, "edda", json={"reason": "court order"})
    assert (done.status_code, done.get_json()["state"], bool(done.get_json()["left"])) == (202, "withdrawn", True)
    assert newsroom.ask("GET", path).status_code == 410
    again = send(newsroom, png(40, 30))
    assert again.status_code == 409 and "court order" in again.get_json()["detail"]
    assert Lane.MEDIA in newsroom.wakeup.woken


def test_staff_get_the_original_as_a_download(newsroom: Newsroom) -> None:
    id = send(newsroom, png(40, 30), name="d;ock.png").get_json()["id"]
    answer = newsroom.ask("GET", f"/v1/images/{id}/files/original")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, png(40, 30), "image/png")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="d_ock.png"')
    assert (
        answer.headers["Cache-Control"].startswith("private") and answer.headers["X-Content-Type-Options"] == "nosniff"
    )
    page = send(newsroom, png(41, 30), name="evil.html").get_json()["id"]
    said = newsroom.ask("GET", f"/v1/images/{page}/files/original").headers["Content-Disposition"]
    assert said == "attachment; filename=\"evil.html.png\"; filename*=UTF-8''evil.html.png"
    for name in ("320.jpg", "rights.json", "..%2F..%2Ftoken", "original.x"):
        assert newsroom.ask("GET", f"/v1/images/{id}/files/{name}").status_code == 404
    assert newsroom.ask("GET", f"/v1/images/{id}/files/original", "").status_code == 401
    sha256 = newsroom.ask("GET", f"/v1/images/{id}").get_json()["file"]["sha256"]
    newsroom.app.extensions["dateline"].media.delete(original_key(sha256))
    assert newsroom.ask("GET", f"/v1/images/{id}/files/original").status_code == 404


def test_a_story_shows_pictures_that_are_on_record_and_say_what_they_show(newsroom: Newsroom) -> None:
    id = send(newsroom, png(40, 30)).get_json()["id"]
    gone = send(newsroom, png(41, 30)).get_json()["id"]
    newsroom.ask("DELETE", f"/v1/images/{gone}?reason=mistake")
    images = [{"id": id}, {"id": "0" * 26}, {"id": gone}]
    story = {"headline": "x", "body_text": "y"}
    refused = newsroom.ask("POST", "/v1/stories", json={**story, "images": images})
    assert [one["pointer"] for one in refused.get_json()["errors"]] == ["/images/1/id", "/images/2/id"]
    assert "taken down" in refused.get_json()["errors"][1]["detail"]
    at_address = {**story, "images": [{"url": "https://example.org/a.jpg"}]}
    refused = newsroom.ask("POST", "/v1/stories", json=at_address)
    assert [one["pointer"] for one in refused.get_json()["errors"]] == ["/images/0/alt"]
    at_address["images"][0]["decorative"] = True
    assert newsroom.ask("POST", "/v1/stories", json=at_address).status_code == 202
    term = {"label": "Bridges", "image": {"id": "0" * 26}}
    refused = newsroom.ask("PUT", "/v1/terms/topic/bridges-new", "edda", json=term)
    assert [one["pointer"] for one in refused.get_json()["errors"]] == ["/image/id"]


def test_a_line_of_a_bulk_says_what_its_pictures_at_addresses_show(newsroom: Newsroom) -> None:
    told = [{"url": "https://a.example/1.jpg", "alt": "A fair"}]
    lines = [{"headline": "x", "body_text": "y", "images": images} for images in ([{"url": told[0]["url"]}], told)]
    sent = "\n".join(map(json.dumps, lines))
    answer = newsroom.ask("POST", "/v1/stories/bulk", data=sent, content_type="application/x-ndjson")
    silent, taken = map(json.loads, answer.text.splitlines())
    assert (silent["status"], silent["errors"][0]["pointer"]) == (422, "/images/0/alt")
    assert taken["status"] == 202


@pytest.mark.parametrize("path", ["/v1/stories", "/v1/events"])
def test_what_shows_pictures_says_what_each_shows_and_has_one_lead(newsroom: Newsroom, path: str) -> None:
    body = {"headline": "Fair opens", "body_text": "It is open."} if "stories" in path else {
        "title": "Fair", "start": "2030-05-01", "end": "2030-05-01",
    }  # fmt: skip
    silent = [{"url": "https://a.example/1.jpg"}]
    leads = [{"url": f"https://a.example/{n}.jpg", "alt": "A fair", "lead": True} for n in range(2)]
    for images, pointer in ((silent, "/images/0/alt"), (leads, "/images/1/lead")):
        answer = newsroom.ask("POST", path, "edda", json={**body, "images": images})
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.get_json()["errors"]] == [pointer]
