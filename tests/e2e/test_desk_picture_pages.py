"""Pictures in a real browser: added and described by the keyboard, their focal point set by arrow keys, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dateline.adapters.ledger import SqlLedger
from dateline.ports.ledger.pictures import PictureQuery
from dateline.settings import read_settings
from dateline_ingest.app import create_app
from fakes.wakeup import CountingWakeUp
from servers.desk import sign_in, words
from servers.served import served
from unit.ingest.test_ingest_desk_picture_pages import png

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(ledger: SqlLedger, tmp_path: Path) -> Iterator[str]:
    """Where a desk answers that keeps files."""
    settings = read_settings({}, data=str(tmp_path), secret_key="k" * 32, preview_key="p" * 32, log_level="error")
    app = create_app(settings, ledger=ledger, wakeup=CountingWakeUp(), vocabulary=words(), queue_lengths=dict)
    with served(app) as address:
        yield address


def test_three_pictures_are_added_by_keyboard_and_a_focal_point_is_kept(
    browser: Browser, desk: str, ledger: SqlLedger
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme="light")
    page.set_default_timeout(20_000)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    sign_in(page, desk, "secret-rita")
    page.goto(f"{desk}/pictures/new")
    page.get_by_label("Credit").focus()
    page.keyboard.type("Ann Lee")
    files = [{"name": f"{shade}.png", "mimeType": "image/png", "buffer": png(shade, 400, 300)} for shade in (1, 2, 3)]
    page.get_by_label("Files").set_input_files(files)
    expect(page.locator(".card")).to_have_count(3)
    assert page.evaluate("document.activeElement.className") == "card"
    _look(page)
    page.keyboard.press("Tab")
    page.keyboard.type("A grey wall")
    page.keyboard.press("Enter")
    page.locator(".card").first.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Saved.", exact=False).first).to_be_visible()
    page.locator(".card.kept").get_by_role("link", name="Its page").press("Enter")
    point = page.get_by_role("button", name="Focal point: 50 per cent")
    point.focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "Shift+ArrowUp"):
        page.keyboard.press(key)
    expect(page.get_by_role("spinbutton", name="From the left")).to_have_value("61")
    expect(page.locator(".crop.of-1x1 img")).to_have_css("object-position", "94% 50%")
    _look(page)
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("Received at")).to_be_visible()
    expect(page.get_by_role("spinbutton", name="From the top")).to_have_value("40")
    found = ledger.find_pictures(PictureQuery()).pictures
    assert sorted((one.picture.alt, one.picture.focal) for one in found)[-1] == ("A grey wall", (61, 40))
    for path in ("/pictures", "/pictures?q=none", f"/pictures/{found[0].id}/takedown"):
        page.goto(desk + path)
        _look(page)
    assert not refused
    page.close()


def _look(page: Page) -> None:
    page.wait_for_load_state()
    page.wait_for_function("document.documentElement.scrollWidth <= 360")
    found = Axe().run(page)
    assert not found.response["violations"], f"{page.url} {found.generate_report()}"
