"""From the sign-in page to a story on the site by a few keys: each is counted, but for those that type its text."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from dateline.adapters.ledger import SqlLedger
from ledgers import all_items, index_all

pytestmark = pytest.mark.browser


class Hands:
    """The keyboard of somebody at a page, which counts what isn't text."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.actions = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)
            self.actions += 1

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def is_at(self, field: str) -> None:
        """Somebody sees where the cursor is before they type."""
        expect(self._page.get_by_label(field, exact=True)).to_be_focused()


def sign_in(page: Page, address: str, hands: Hands) -> None:
    """The sign-in page as a password manager has filled it."""
    page.goto(address)
    page.get_by_label("Your token").evaluate("field => { field.value = 'secret-rita'; }")
    expect(page.get_by_label("E-mail or name")).to_be_focused()
    hands.press("Enter")
    hands.is_at("Headline")


def test_with_javascript_at_most_eight(browser: Browser, address: str, ledger: SqlLedger) -> None:
    page = browser.new_page()
    hands = Hands(page)
    sign_in(page, address, hands)
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    hands.type("Bridge opens")
    hands.press("Enter")
    hands.is_at("Text")
    hands.type("The bridge is open again.")
    hands.press("Control+Enter")
    expect(page.get_by_text("Received at")).to_be_visible()
    index_all(ledger)
    expect(page.locator(".steps .done")).to_have_count(4)
    [item] = all_items(ledger).values()
    assert item.newest.state == "indexed" and "The bridge is open again." in str(item.newest.payload)
    assert hands.actions <= 8
    page.close()


def test_without_javascript_at_most_twelve(browser: Browser, address: str, ledger: SqlLedger) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    hands = Hands(page)
    sign_in(page, address, hands)
    hands.type("Bridge opens")
    hands.press("Tab", "Tab")
    hands.is_at("Text")
    hands.type("The bridge is open again.")
    hands.press("Tab")
    expect(page.get_by_role("button", name="Put on the site now")).to_be_focused()
    hands.press("Enter")
    expect(page.get_by_text("Received at")).to_be_visible()
    index_all(ledger)
    hands.press("F5")
    page.reload()  # the headless browser has no such key
    expect(page.locator(".steps .done")).to_have_count(4)
    assert hands.actions <= 12
    context.close()


def test_the_keys_are_told_and_the_tab_key_reaches_the_text_too(browser: Browser, address: str) -> None:
    page = browser.new_page()
    hands = Hands(page)
    sign_in(page, address, hands)
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    expect(page.get_by_text("Ctrl+Enter anywhere presses the button above")).to_be_visible()
    hands.press("Tab")
    hands.is_at("Summary")
    hands.press("Tab", "Tab", "Tab")
    hands.is_at("Text")
    hands.press("Control+Enter")
    expect(page.locator(".errors")).to_be_focused()
    expect(page.get_by_role("link", name="Headline: Must not be blank.")).to_be_visible()
    page.close()
