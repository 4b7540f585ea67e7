"""A series made at the desk by keys alone, in a browser; readers and programs get just that."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from contract.calendars.conftest import Newsroom
from security.conftest import paper
from servers.desk import sign_in
from servers.served import served

__all__ = ["paper"]

pytestmark = pytest.mark.browser


def test_every_second_thursday_except_christmas_cancelled_once(browser: Browser, paper: Newsroom) -> None:
    with served(paper.editor.application) as address:
        page = browser.new_page(locale="en-US")
        page.set_default_timeout(20_000)
        sign_in(page, address)
        page.goto(f"{address}/events")
        tab_to(page, "New event")
        page.keyboard.press("Enter")
        expect(page.locator("#title")).to_be_focused()
        page.wait_for_load_state()
        page.keyboard.type("Choir practice")
        type_into(page, "start_date", "12032026")
        type_into(page, "start_time", "0700PM")
        type_into(page, "repeat", "w")
        type_into(page, "interval", "2")
        type_into(page, "except", "Christmas (25 December)")
        type_into(page, "cancelled_on", "14 January 2027")
        expect(page.locator("#times")).to_contain_text("Every second week on Thursday, except on 25 December 2031")
        expect(page.locator("#times")).to_contain_text("Minsk time (UTC+03:00)")
        assert not Axe().run(page).response["violations"]
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("Received at")).to_be_visible()
        page.close()
    while paper.pipeline.take_batch():
        pass
    assert times(paper, "2026-12-01", "2027-01-31") == [
        ("2026-12-03T19:00:00+03:00", "confirmed"), ("2026-12-17T19:00:00+03:00", "confirmed"),
        ("2026-12-31T19:00:00+03:00", "confirmed"), ("2027-01-14T19:00:00+03:00", "cancelled"),
        ("2027-01-28T19:00:00+03:00", "confirmed"),
    ]  # fmt: skip
    assert times(paper, "2031-12-01", "2031-12-31") == [("2031-12-11T19:00:00+03:00", "confirmed")]
    assert "Choir practice" in paper.reader.get("/events/2026/12").text
    january = paper.reader.get("/events/2027/01?view=agenda").text
    assert january.count("Choir practice") >= 2
    assert "ancelled" in january


def times(paper: Newsroom, first: str, last: str) -> list[tuple[str, str]]:
    """What readers' programs get between two days."""
    items: list[dict[str, Any]] = paper.reader.get(f"/v1/events?from={first}&to={last}").get_json()["items"]
    return [(one["start"], one["status"]) for one in items]


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the link of this name, or the field of this id, has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if name in page.evaluate("() => [document.activeElement.id, document.activeElement.textContent.trim()]"):
            return
    raise AssertionError(f"Tab never leads to {name}")


def type_into(page: Page, name: str, text: str) -> None:
    tab_to(page, name)
    page.keyboard.type(text)
