"""The desk's pages of pictures: adding, finding, words and rights, who may, and taking one down."""

from __future__ import annotations

import zlib
from datetime import UTC, timedelta
from io import BytesIO
from struct import pack
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dateline.domain.picture import FocalPoint, MadePicture
from dateline.ports.ledger.claims import Indexed
from dateline.ports.ledger.pictures import PictureOutcome, PictureQuery
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import hidden, post, sign_in

WORDS = {"alt": "A bridge at dusk", "caption": "The bridge", "credit": "Ann Lee", "focal_x": "30", "focal_y": "70"}
PART = {"X-Part-Of-Page": "1", "Accept": "application/json"}


def png(shade: int = 0, width: int = 40, height: int = 30) -> bytes:
    """A picture of one shade."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    header = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    head = chunk(b"IHDR", header) + chunk(b"tEXt", b"Copyright\0City of Minsk")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def rita(newsroom: Newsroom) -> FlaskClient:
    return sign_in(newsroom.client)


def ids(newsroom: Newsroom) -> set[str]:
    """The pictures on record."""
    return {one.id for one in newsroom.ledger.find_pictures(PictureQuery()).pictures}


def upload(browser: FlaskClient, *files: tuple[bytes, str], credit: str = "Ann Lee", **options: Any) -> TestResponse:
    """Send the form that takes files."""
    fields = {"csrf_token": hidden(browser.get("/pictures/new").text, "csrf_token"), "credit": credit}
    sent = [(BytesIO(data), name) for data, name in files]
    return browser.post("/pictures/upload", data={**fields, "file": sent}, **options)


def added(newsroom: Newsroom, browser: FlaskClient, shade: int = 0, name: str = "bridge.png") -> str:
    """The id of a picture that was sent."""
    before = ids(newsroom)
    assert upload(browser, (png(shade), name)).status_code == 200
    [new] = ids(newsroom) - before
    return new


def test_several_files_come_at_once_and_words_of_each_are_asked_for(newsroom: Newsroom, rita: FlaskClient) -> None:
    page = upload(rita, (png(1), "a.png"), (png(2), "b.png"), (b"<svg/>", "c.png"))
    assert page.status_code == 422
    assert page.text.count('class="card"') == 2
    assert "c.png: " in page.text
    assert len(ids(newsroom)) == 2
    one, other = ids(newsroom)
    kept = post(rita, f"/pictures/{one}/words", "/pictures/new", revision="1", beside=other, **WORDS)
    assert kept.status_code == 200
    assert "Saved." in kept.text
    assert f'id="p-{other}"' in kept.text
    assert newsroom.ledger.picture(other).picture.copyright == "City of Minsk"
    picture = newsroom.ledger.picture(one)
    assert (picture.revision, picture.picture.alt, picture.picture.focal) == (2, "A bridge at dusk", (30, 70))


def test_a_file_without_credit_and_a_form_without_file_are_told_so(newsroom: Newsroom, rita: FlaskClient) -> None:
    assert "Say whom the picture is credited to." in upload(rita, (png(), "a.png"), credit="").text
    assert "Choose a picture." in upload(rita).text
    assert not ids(newsroom)


def test_a_script_gets_the_card_or_what_is_wrong(newsroom: Newsroom, rita: FlaskClient) -> None:
    card = upload(rita, (png(), "a.png"), headers=PART)
    assert card.headers["X-Part-Of-Page"] == "1"
    assert "<html" not in card.text
    refused = upload(rita, (b"%PDF-1.4", "a.pdf"), headers=PART)
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/file"
    [picture] = ids(newsroom)
    words = {**WORDS, "alt": "", "caption": "Kept as typed", "revision": "1"}
    token = hidden(rita.get("/pictures/new").text, "csrf_token")
    wrong = rita.post(f"/pictures/{picture}/words", data={**words, "csrf_token": token}, headers=PART)
    assert wrong.status_code == 422
    assert f'id="p-{picture}-alt-wrong-1"' in wrong.text
    assert "Kept as typed" in wrong.text
    assert "X-Settled" not in rita.get(f"/pictures/{picture}/ready").headers


def test_the_same_file_is_the_same_picture(newsroom: Newsroom, rita: FlaskClient) -> None:
    added(newsroom, rita)
    again = upload(sign_in(newsroom.client, "otto"), (png(), "other.png"), credit="Otto")
    assert "This file was here already" in again.text
    [picture] = ids(newsroom)
    assert newsroom.ledger.picture(picture).picture.credit == "Ann Lee"


def test_pictures_are_listed_and_found(newsroom: Newsroom, rita: FlaskClient) -> None:
    assert "No picture yet." in rita.get("/pictures").text
    one, other = added(newsroom, rita, 1), added(newsroom, sign_in(newsroom.client, "otto"), 2, "tower.png")
    assert post(rita, f"/pictures/{one}", revision="1", **WORDS).status_code == 303

    def listed(query: str) -> list[str]:
        page = rita.get(f"/pictures?{query}").text
        return [id for id in (one, other) if f'href="/pictures/{id}"' in page]

    assert listed("") == [one, other]
    assert listed("q=bridge") == listed("mine=1") == [one]
    assert listed("lacks_alt=1") == listed("q=tower") == [other]
    assert listed("state=accepted&unused=1&rights=usable") == [one, other]
    assert listed("state=nonsense&rights=nonsense&cursor=nonsense") == [one, other]
    assert "Nothing fits." in rita.get("/pictures?rights=ended").text
    found = rita.get("/pictures/search?q=bridge").get_json()["items"]
    assert [(item["id"], item["credit"], item["lacks_alt"]) for item in found] == [(one, "Ann Lee", False)]


def test_words_and_rights_are_changed_by_who_sent_it_and_by_editors(newsroom: Newsroom, rita: FlaskClient) -> None:
    picture = added(newsroom, rita)
    otto, edda = sign_in(newsroom.client, "otto"), sign_in(newsroom.client, "edda")
    assert "Another reporter’s picture" in otto.get(f"/pictures/{picture}").text
    assert post(otto, f"/pictures/{picture}", revision="1", **WORDS).status_code == 403
    wrong = post(edda, f"/pictures/{picture}", revision="1", **{**WORDS, "usable_until": "soon", "credit": ""})
    assert wrong.status_code == 422
    assert 'href="#usable_until"' in wrong.text
    assert 'value="soon"' in wrong.text
    rights = {"usable_until": "2031-05-01T12:00", "feeds": "1", "people": "Ann Lee, Bo Ek"}
    assert post(edda, f"/pictures/{picture}", revision="1", **WORDS, **rights).status_code == 303
    said = newsroom.ledger.picture(picture).picture
    assert said.usable_until is not None
    assert (f"{said.usable_until.astimezone(UTC):%Y-%m-%dT%H:%M}", said.feeds, said.people) == (
        "2031-05-01T09:00", False, ("Ann Lee", "Bo Ek"),
    )  # fmt: skip
    assert 'value="2031-05-01T12:00:00"' in rita.get(f"/pictures/{picture}").text
    assert post(rita, f"/pictures/{picture}", revision="nonsense", **WORDS).status_code == 422


def test_two_changes_of_one_picture_are_put_together(newsroom: Newsroom, rita: FlaskClient) -> None:
    picture = added(newsroom, rita)
    edda = sign_in(newsroom.client, "edda")
    post(edda, f"/pictures/{picture}", revision="1", **WORDS, place="Minsk")
    mine = post(rita, f"/pictures/{picture}", revision="1", **{**WORDS, "caption": "My words"})
    assert mine.status_code == 412
    assert "My words" in mine.text
    assert 'value="Minsk"' in mine.text
    assert '<dd class="body" dir="auto">The bridge</dd>' in mine.text
    assert hidden(mine.text[mine.text.index('class="picture-form"') :], "revision") == "2"


def test_a_picture_is_taken_down_with_a_reason_and_by_an_editor_where_it_is_used(
    newsroom: Newsroom, rita: FlaskClient
) -> None:
    picture = added(newsroom, rita)
    story = newsroom.submit(headline="Uses it", images=[{"id": picture, "alt": "A bridge"}])
    page = rita.get(f"/pictures/{picture}/takedown").text
    assert "Uses it" in page
    assert 'name="reason"' not in page
    assert post(rita, f"/pictures/{picture}/takedown", reason="x").status_code == 403
    edda = sign_in(newsroom.client, "edda")
    assert f'href="/stories/{story["id"]}"' in edda.get(f"/pictures/{picture}/takedown").text
    assert post(edda, f"/pictures/{picture}/takedown", reason=" ").status_code == 422
    assert post(edda, f"/pictures/{picture}/takedown", reason="no rights").status_code == 303
    assert "Taken down. 1 showed it" in edda.get("/pictures").text
    assert edda.get(f"/pictures/{picture}").status_code == 410
    assert "no rights" in upload(rita, (png(), "again.png")).text


def test_what_shows_a_picture_that_is_nearly_the_same_is_told_as_far_as_one_may_know(
    newsroom: Newsroom, rita: FlaskClient
) -> None:
    hers, his = added(newsroom, rita, 1), added(newsroom, sign_in(newsroom.client, "otto"), 2)
    made = MadePicture(focal=FocalPoint(), likeness=5)
    for one in newsroom.ledger.claim_pictures(worker="w", lease=timedelta(minutes=1), limit=9):
        newsroom.ledger.mark_pictures([PictureOutcome(outcome=Indexed(claimed=one.claimed), public=True, made=made)])
    newsroom.submit(
        "otto", headline="Secret until spring", embargo_until="2030-01-01T00:00:00Z", images=[{"id": his, "alt": "x"}]
    )
    for page in (f"/pictures/{hers}", f"/pictures/{hers}/ready"):
        shown = rita.get(page).text
        assert f'href="/pictures/{his}"' in shown
        assert "Secret until spring" not in shown
        assert "1 of colleagues that readers don’t see" in shown
        assert "Secret until spring" in sign_in(newsroom.client, "edda").get(page).text
