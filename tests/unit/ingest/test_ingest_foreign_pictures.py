"""Pictures that a story shows from elsewhere, brought in one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dateline.adapters.fetch import CheckedFetcher
from servers.origin import Origin, running_origin
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import post, sign_in
from unit.pictures.picture_files import scene, write


@pytest.fixture
def origin(tmp_path: Path) -> Iterator[Origin]:
    with running_origin() as origin:
        origin.says("/a.png", write(tmp_path / "a.png", scene(80, 60)).read_bytes())
        origin.says("/page", b"<html>no picture</html>")
        yield origin


@pytest.fixture
def editor(newsroom: Newsroom) -> FlaskClient:
    parts = newsroom.app.extensions["dateline"]
    newsroom.app.extensions["dateline"] = replace(parts, fetcher=CheckedFetcher((ip_network("127.0.0.0/8"),)))
    return sign_in(newsroom.client, "edda")


def story_with(newsroom: Newsroom, url: str) -> str:
    figure = f'<figure><img alt="" src="{url}?a&amp;b"><figcaption>Said</figcaption></figure>'
    body = {"headline": "Bridge", "body_html": f'<p>x</p>{figure}<p><img src="{url}" width="9"></p>', "urgency": 3,
            "images": [{"url": url, "alt": "A bridge", "caption": "C", "lead": True}]}  # fmt: skip
    return str(newsroom.ask("POST", "/v1/stories", "edda", json=body).get_json()["id"])


def bring(editor: FlaskClient, story: str, url: str, **more: str) -> TestResponse:
    path = f"/stories/{story}/pictures"
    return post(editor, path, path, **{"url": url, "revision": "1", "alt": "The bridge", "credit": "Ann"} | more)


def test_a_picture_is_brought_in_and_shown_as_ones_own(newsroom: Newsroom, editor: FlaskClient, origin: Origin) -> None:
    url = f"{origin.address}/a.png"
    story = story_with(newsroom, url)
    assert "2 pictures are shown from elsewhere" in editor.get(f"/stories/{story}").text
    page = editor.get(f"/stories/{story}/pictures").text
    assert page.count("Bring it in</button>") == 2 and 'value="A bridge"' in page
    assert bring(editor, story, url).status_code == 303
    after = newsroom.ask("GET", f"/v1/stories/{story}", "edda").get_json()
    [beside] = after["story"]["images"]
    on = newsroom.ledger.picture(beside["id"])
    assert (on.picture.alt, on.picture.credit, on.picture.width, on.owner) == ("The bridge", "Ann", 80, "edda")
    assert beside == {"id": on.id, "alt": "The bridge", "caption": "C", "lead": True}
    assert f'<p><img data-image="{on.id}" alt="The bridge"></p>' in after["story"]["body_html"]
    assert f'src="{url}?a&amp;b"' in after["story"]["body_html"] and after["story"]["urgency"] == 3
    assert newsroom.items[story].newest.correction == "minor"
    assert [use.id for use in newsroom.ledger.uses_of(on.id)] == [story]
    assert "1 picture is shown from elsewhere" in editor.get(f"/stories/{story}").text
    again = bring(editor, story, f"{url}?a&b", revision="2", alt="", decorative="1")
    assert again.status_code == 422 and "answered with 404" in again.text


def test_what_it_shows_and_whose_it_is_is_asked(newsroom: Newsroom, editor: FlaskClient, origin: Origin) -> None:
    url = f"{origin.address}/a.png"
    story = story_with(newsroom, url)
    for missing in ("alt", "credit"):
        answer = bring(editor, story, url, **{missing: ""})
        assert answer.status_code == 422 and f'href="#{missing}"' in answer.text
    assert not origin.asked
    assert bring(editor, story, url, alt="", decorative="1").status_code == 303
    [beside] = newsroom.ask("GET", f"/v1/stories/{story}", "edda").get_json()["story"]["images"]
    assert beside["decorative"] and "alt" not in beside


def test_no_other_address_is_fetched_and_nothing_is_changed_unseen(
    newsroom: Newsroom, editor: FlaskClient, origin: Origin
) -> None:
    story = story_with(newsroom, f"{origin.address}/page")
    assert bring(editor, story, f"{origin.address}/a.png").status_code == 422
    assert bring(editor, story, f"{origin.address}/page", revision="7").status_code == 303
    assert not origin.asked
    refused = bring(editor, story, f"{origin.address}/page")
    assert refused.status_code == 422 and "The file is" in refused.text
    assert newsroom.items[story].newest_revision == 1
