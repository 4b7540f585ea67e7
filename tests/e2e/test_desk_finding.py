"""The finder in a real browser: by the keyboard alone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from dateline.adapters.ledger import SqlLedger
from servers.desk import sign_in

pytestmark = pytest.mark.browser


def test_what_is_typed_is_found_and_opened_by_keys(browser: Browser, address: str, ledger: SqlLedger) -> None:
    edda = ledger.live_token("edda")
    assert edda is not None
    for headline in ("Bridge opens", "Bridge <closes>"):
        ledger.create_draft(edda, {"headline": headline}, label=headline)
    page = browser.new_page()
    sign_in(page, address)
    page.goto(f"{address}/stories")
    finder = page.get_by_role("combobox", name="Find a story")
    page.keyboard.press("/")
    expect(finder).to_be_focused()
    page.keyboard.type("bri/")
    expect(finder).to_have_value("bri/")
    options = page.get_by_role("listbox", name="Found").get_by_role("option")
    expect(options).to_have_count(2)
    assert not Axe().run(page).response["violations"]
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    page.keyboard.press("Backspace")
    expect(options).to_have_count(3)
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#found [aria-selected=true]")
    expect(chosen).to_contain_text("Bridge opens")
    assert finder.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bridge opens")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Headline").focus()
    page.keyboard.type("/")
    expect(page.get_by_label("Headline")).to_have_value("/Bridge opens")
    page.close()
