"""Pictures in the desk's forms: picked, in their order, kept in drafts, shown again where something is wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from dateline.documents.preview import read_preview
from dateline.domain.payload import from_payload
from dateline.domain.story import Image
from dateline.domain.term import Term
from dateline_ingest.desk.terms.term_form import TermForm
from fakes.words import FewWords
from ledgers import add_picture, token_of
from unit.ingest.desk_pages import hidden, sign_in

TEXT = {"headline": "Bridge opens", "body_text": "The bridge over the river is open again."}
AWAY = "https://x.example/a.jpg"


@pytest.fixture
def browser(newsroom: Any) -> FlaskClient:
    """A browser in which edda is signed in."""
    return sign_in(newsroom.client, "edda")


def form(browser: FlaskClient, path: str = "/", **fields: str) -> dict[str, str]:
    page = browser.get(path).text
    names = ("csrf_token", "key", "draft", "draft_revision", "revision")
    return {**{name: hidden(page, name) for name in names if f'name="{name}"' in page}, **fields}


def rows(*typed: dict[str, str]) -> dict[str, str]:
    return {f"picture_{number}_{name}": value for number, row in enumerate(typed) for name, value in row.items()}


def shown(page: str) -> dict[str, str]:
    """What the fields of rows say."""
    fields = re.findall(r'name="(picture_\d+_(?:address|alt|credit|order))" [^>]*?value="([^"]*)"', page)
    boxes = re.findall(r'name="(picture_\d+_(?:lead|decorative))" value="1" checked', page)
    captions = re.findall(r'name="(picture_\d+_caption)"[^>]*>\n([^<]*)<', page)
    return {name: value for name, value in [*fields, *captions, *((box, "1") for box in boxes)] if value}


def test_pictures_are_found_picked_and_ordered_without_a_script(newsroom: Any, browser: FlaskClient) -> None:
    bridge, pier = add_picture(newsroom.ledger, "bridge"), add_picture(newsroom.ledger, "pier")
    add_picture(newsroom.ledger, "tower")
    page = browser.post("/stories", data=form(browser, show_pictures="1", picture_words="bridge", **TEXT)).text
    assert re.findall(r'name="pick:(\w+)"', page) == [bridge]
    assert 'value="Bridge opens"' in page
    picked = form(browser, show_pictures="1", **TEXT, **{f"pick:{bridge}": "1", f"pick:{pier}": "1"})
    page = browser.post("/stories", data=picked).text
    assert {value for name, value in shown(page).items() if "address" in name} == {f"image:{bridge}", f"image:{pier}"}
    assert 'placeholder="The bridge"' in page and 'placeholder="A pier at dusk"' in page
    sent = rows(
        {"address": f"image:{bridge}", "order": "2"},
        {"address": f"image:{pier}", "order": "1", "lead": "1", "caption": "The pier | at noon"},
        {"address": AWAY, "alt": "A boat", "order": "3", "decorative": "1"},
    )
    assert browser.post("/stories", data=form(browser, **TEXT, **sent)).status_code == 303
    [payload] = [item.newest.payload for item in newsroom.items.values() if item.kind == "story"]
    assert payload["images"] == [
        {"id": pier, "caption": "The pier | at noon", "lead": True}, {"id": bridge}, {"url": AWAY, "decorative": True},
    ]  # fmt: skip


def test_a_draft_keeps_its_pictures_and_shows_them_as_rows(newsroom: Any, browser: FlaskClient) -> None:
    bridge = add_picture(newsroom.ledger, "bridge")
    sent = rows(
        {"address": AWAY, "alt": "A boat", "order": "1"},
        {"address": f"image:{bridge}", "order": "2", "lead": "1"},
        {"address": "", "alt": "Words of none", "order": ""},
    )
    answer = browser.post("/drafts", data=form(browser, **TEXT, **sent))
    assert answer.status_code == 303
    assert shown(browser.get(answer.headers["Location"]).text) == {
        "picture_0_address": AWAY, "picture_0_alt": "A boat", "picture_0_order": "1",
        "picture_1_address": f"image:{bridge}", "picture_1_lead": "1", "picture_1_order": "2",
        "picture_2_alt": "Words of none", "picture_2_order": "3",
    }  # fmt: skip
    draft = answer.headers["Location"]
    preview = browser.get(f"{draft}/preview").text
    assert "to put right" in preview  # the row without a picture


def test_what_is_wrong_with_a_picture_stands_at_its_row(newsroom: Any, browser: FlaskClient) -> None:
    sent = rows({"address": AWAY, "alt": "A boat"}, {"address": "ftp://x", "alt": "A pier", "caption": "Kept"})
    answer = browser.post("/stories", data=form(browser, **TEXT, **sent))
    assert answer.status_code == 422
    assert 'href="#picture_1_address"' in answer.text and 'id="picture_1_address-wrong-1"' in answer.text
    assert shown(answer.text)["picture_1_caption"] == "Kept"


def test_a_form_says_what_is_amiss_with_its_pictures(newsroom: Any, browser: FlaskClient) -> None:
    over = add_picture(newsroom.ledger, "over", usable_until=datetime(2026, 1, 1, tzinfo=UTC))
    gone = add_picture(newsroom.ledger, "gone")
    silent = add_picture(newsroom.ledger, "silent", alt="", ready=False)
    editor = token_of(newsroom.ledger, "edda")
    newsroom.ledger.take_down(gone, "It isn't ours", editor)
    sent = rows(*({"address": f"image:{one}"} for one in (over, silent, gone)))
    page = browser.post("/stories", data=form(browser, show_pictures="1", **TEXT, **sent)).text
    said = re.findall(r"data-remarks>([^<]*)<", page)
    assert "Rights ended" in said[0]
    assert "being made ready" in said[1] and "No alternative text" in said[1]
    assert "taken down" in said[2]


def test_nonsense_in_rows_is_shown_again_and_asked_of_nobody(newsroom: Any, browser: FlaskClient) -> None:
    bridge = add_picture(newsroom.ledger, "bridge")
    odd = 'image:"><script>alert(1)</script>\0'
    sent = rows({"address": odd, "alt": "\0<b>", "order": "-1"}, {"address": f"image:{bridge}", "order": "9" * 40})
    picked = {f"pick:{bridge}": "1", "pick:../x": "1", "picture_words": "\0bridge", "picture_777_alt": "far away"}
    answer = browser.post("/stories", data=form(browser, show_pictures="1", **TEXT, **sent, **picked))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text and len(re.findall(r'class="picture-row"', answer.text)) == 3
    refused = browser.post("/stories", data=form(browser, **TEXT, **sent))
    assert (refused.status_code, 'id="picture_0_address-wrong-1"' in refused.text) == (422, True)
    assert browser.get("/pictures/named?ids=%00,a%00b").json == {"items": []}


def test_a_preview_has_the_pictures(newsroom: Any, browser: FlaskClient) -> None:
    bridge, pier = add_picture(newsroom.ledger, "bridge"), add_picture(newsroom.ledger, "pier")
    sent = rows({"address": f"image:{bridge}"})
    text = {"headline": "Bridge opens", "body_text": f"It is open.\n\n![The pier](image:{pier})"}
    answer = browser.post("/drafts", data=form(browser, **text, **sent))
    signed = hidden(browser.get(f"{answer.headers['Location']}/preview").text, "preview")
    story = read_preview(signed, "p" * 32, datetime.now(UTC)).story
    assert [(one.id, one.alt, one.credit, one.in_text) for one in story.images] == [
        (bridge, "The bridge", "Ann", False), (pier, "The pier", "Ann", True),
    ]  # fmt: skip
    assert f'data-image="{pier}"' in story.body_html and 'src="/media/' in story.body_html


def test_pictures_that_are_named_by_id_are_told(newsroom: Any, browser: FlaskClient) -> None:
    bridge = add_picture(newsroom.ledger, "bridge")
    items = browser.get(f"/pictures/named?ids={bridge},{'0' * 26},nonsense").json["items"]
    assert [(one["id"], one["caption"]) for one in items] == [(bridge, "A bridge at dusk")]
    assert browser.get("/pictures/named").json == {"items": []}


def test_a_storys_page_shows_its_pictures_with_the_words_on_record(newsroom: Any, browser: FlaskClient) -> None:
    bridge, gone = add_picture(newsroom.ledger, "bridge"), add_picture(newsroom.ledger, "gone")
    html = f'<p>It is open.</p><figure><img data-image="{bridge}" alt="Mine"></figure><p><img data-image="{gone}"></p>'
    images = [{"url": AWAY, "alt": "A boat"}, {"id": bridge, "lead": True}, {"id": gone}]
    sent = {"headline": "Bridge opens", "body_html": html, "images": images}
    story = newsroom.ask("POST", "/v1/stories", "edda", json=sent).get_json()
    newsroom.ledger.take_down(gone, "It isn't ours", token_of(newsroom.ledger, "edda"))
    page = browser.get(f"/stories/{story['id']}").text
    file = f"/v1/images/{bridge}/files/1280.jpg"
    assert f'<img data-image="{bridge}" alt="Mine" src="{file}">' in page
    assert f'<img src="{file}" alt="The bridge" loading="lazy"><figcaption>A bridge at dusk <small>Ann</small>' in page
    assert page.index("The bridge") < page.index("A boat")
    assert page.count("There is no such picture") == 2 and gone not in page.replace(f"image:{gone}", "")


def test_a_term_has_one_picture(newsroom: Any, browser: FlaskClient) -> None:
    bridge = add_picture(newsroom.ledger, "bridge")
    address = "/terms/topic/bridges"
    sent = form(browser, address, label="Bridges", **rows({"address": f"image:{bridge}", "credit": "Otto"}))
    assert browser.post(address, data=sent).status_code == 303
    [item] = [item for item in newsroom.items.values() if item.kind == "term"]
    term = from_payload(Term, item.newest.payload or {})
    assert term.image == Image(id=bridge, credit="Otto")
    assert TermForm.of(term, FewWords()).values["image"] == f"image:{bridge} |  | Otto"
    page = browser.post(address, data={**sent, "show_pictures": "1"}).text
    assert shown(page) == {"picture_0_address": f"image:{bridge}", "picture_0_credit": "Otto"}
    assert "the lead picture" not in page
    wrong = form(browser, address, label="Bridges", **rows({"address": "nonsense"}))
    answer = browser.post(address, data=wrong)
    assert (answer.status_code, 'id="picture_0_address-wrong-1"' in answer.text) == (422, True)
