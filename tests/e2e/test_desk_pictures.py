"""Pictures in the form of a story and in its text, in a browser: picked, ordered, described, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dateline.adapters.ledger import SqlLedger
from ledgers import add_picture, all_items, token_of
from servers.desk import sign_in
from servers.origin import running_origin
from unit.pictures.picture_files import scene, write

pytestmark = pytest.mark.browser

TEXT = "The bridge is open."
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20"/></svg>'


def test_pictures_of_typed_addresses_and_sent_ones_are_shown(browser: Browser, address: str, tmp_path: Path) -> None:
    with running_origin() as origin:
        there, gone = origin.says("/bridge.svg", DOT, Content_Type="image/svg+xml"), f"{origin.address}/gone.jpg"
        page = browser.new_page()
        page.set_default_timeout(20_000)
        sign_in(page, address)
        pictures = page.get_by_role("group", name="Pictures")
        pictures.get_by_text("From an address").click()
        for source, alt in ((there, "A bridge"), (gone, "Boats")):
            pictures.get_by_label("Address of the picture").fill(source)
            pictures.get_by_role("button", name="Add it").click()
            pictures.get_by_role("listitem").last.get_by_label("Alternative text").fill(alt)
        bridge, boats = pictures.get_by_role("listitem").first, pictures.get_by_role("listitem").last
        expect(bridge.locator("img")).to_have_js_property("naturalWidth", 30)
        expect(boats.get_by_text(f"No picture comes from {gone}")).to_be_visible()
        boats.get_by_role("button", name="Up").click()
        expect(pictures.get_by_role("listitem").first.get_by_label("Alternative text")).to_have_value("Boats")
        expect(pictures.get_by_text("is now in place 1 of 2.")).to_be_visible()
        file = write(tmp_path / "sent.png", scene(80, 60))
        pictures.locator("input[type=file]").set_input_files(file)
        expect(pictures.get_by_text("Say whom the picture is credited to.")).to_be_visible()
        pictures.get_by_label("Credit of what you upload").fill("Ann Lee")
        pictures.locator("input[type=file]").set_input_files(file)
        expect(pictures.get_by_role("listitem")).to_have_count(3)
        page.close()
        assert {headers["Referer"] for _, _, headers in origin.asked} == {None}


def open_desk(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.set_default_timeout(20_000)
    sign_in(page, address)
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    return page


def pick(page: Page, *words: str) -> None:
    """Choose pictures in the dialog, one after the other, by the keyboard."""
    for word in words:
        search = page.get_by_role("dialog").get_by_role("searchbox")
        search.fill(word)
        expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("1 picture")
        search.press("Enter")
        page.keyboard.press("Enter")


def look(page: Page) -> None:
    """axe finds nothing, and nothing is wider than a phone."""
    page.set_viewport_size({"width": 360, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    page.set_viewport_size({"width": 1440, "height": 900})


def test_two_pictures_are_picked_put_in_order_and_kept(browser: Browser, address: str, ledger: SqlLedger) -> None:
    bridge, pier = add_picture(ledger, "bridge"), add_picture(ledger, "pier", alt="")
    page = open_desk(browser, address)
    pictures = page.get_by_role("group", name="Pictures")
    rows = pictures.get_by_role("listitem")
    for word in ("bridge", "pier"):
        pictures.get_by_role("button", name="Add pictures").click()
        pick(page, word)
    expect(rows.last.get_by_label("Alternative text")).to_be_focused()  # it has none on record
    page.keyboard.type("Boats at a pier")
    expect(rows.first.get_by_label("Caption")).to_have_attribute("placeholder", "A bridge at dusk")
    rows.first.get_by_label("the lead picture").check()
    rows.last.get_by_label("the lead picture").check()
    expect(rows.first.get_by_label("the lead picture")).not_to_be_checked()
    rows.last.get_by_role("button", name="Up").press("Enter")
    rows.last.get_by_label("Caption").fill("The bridge | at noon")
    page.get_by_role("toolbar", name="Formatting").get_by_role("button", name="Picture").click()
    look(page)
    pick(page, "pier")
    look(page)
    page.keyboard.press("Delete")
    page.keyboard.type(TEXT)
    page.get_by_label("Headline").fill("Bridge opens")
    page.get_by_role("button", name="Put on the site now").click()
    expect(page.get_by_text("Received at")).to_be_visible()
    [story] = [item for item in all_items(ledger).values() if item.kind == "story"]
    assert story.newest.payload and story.newest.payload["images"] == [
        {"id": pier, "alt": "Boats at a pier", "lead": True}, {"id": bridge, "caption": "The bridge | at noon"},
    ]  # fmt: skip
    page.goto(f"{address}/stories/{story.id}/correct")
    expect(rows.first.get_by_label("Alternative text")).to_have_value("Boats at a pier")
    expect(rows.first.get_by_label("the lead picture")).to_be_checked()
    rows.first.get_by_role("button", name="Take out").click()
    expect(rows).to_have_count(1)
    page.close()


def test_a_picture_stands_in_the_text_and_moves_by_keys(browser: Browser, address: str, ledger: SqlLedger) -> None:
    bridge = add_picture(ledger, "bridge")
    page = open_desk(browser, address)
    editor = page.get_by_role("textbox", name="Text", exact=True)
    editor.click()
    page.keyboard.type(TEXT)
    page.get_by_role("toolbar", name="Formatting").get_by_role("button", name="Picture").click()
    pick(page, "bridge")
    figure = editor.get_by_role("figure")
    expect(figure.get_by_label("Caption")).to_have_attribute("placeholder", "A bridge at dusk")
    page.keyboard.press("Alt+ArrowUp")
    figure.get_by_label("Caption").fill("At noon")
    page.get_by_role("button", name="Plain text").click()
    plain = page.get_by_role("textbox", name="Text", exact=True)
    expect(plain).to_have_value(f'![](image:{bridge} "At noon")\n\n{TEXT}')
    plain.fill(f'![Boats](image:{bridge} "At noon")\n\n{TEXT}')
    page.get_by_role("button", name="Formatted text").click()
    expect(figure.get_by_label("Alternative text")).to_have_value("Boats")
    page.get_by_label("Headline").fill("Bridge opens")
    page.get_by_role("button", name="Put on the site now").click()
    expect(page.get_by_text("Received at")).to_be_visible()
    [story] = [item for item in all_items(ledger).values() if item.kind == "story"]
    assert story.newest.payload and story.newest.payload["body_html"] == (
        f'<figure><img data-image="{bridge}" alt="Boats"><figcaption>At noon</figcaption></figure><p>{TEXT}</p>'
    )
    ledger.take_down(bridge, "It isn't ours", token_of(ledger, "edda"))
    page.goto(f"{address}/stories/{story.id}/correct")
    expect(figure.get_by_text("readers don’t see it")).to_be_visible()
    page.close()
