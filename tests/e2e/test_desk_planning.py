"""The plan in a browser: an editor gives an event away by keys, its reporter gives it back, axe finds nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dateline.adapters.ledger import SqlLedger
from dateline.domain.event import Event, Location
from dateline.domain.payload import to_payload
from dateline.ports.ledger.accounts import AccountDetails
from dateline.ports.ledger.coverages import CoverageSearch
from dateline.ports.ledger.submissions import Submission
from servers.browser import low_contrast
from servers.desk import LONG, sign_in

pytestmark = pytest.mark.browser


def look(page: Page) -> None:
    """With every form open, on a phone and in both themes."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert not low_contrast(page)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_tomorrows_event_is_given_away_and_given_back(browser: Browser, address: str, ledger: SqlLedger) -> None:
    ledger.create_account(AccountDetails(name="Ann Lee", email="ann@example.org", role="reporter"), None)
    edda = ledger.live_token("edda")
    assert edda
    event = Event(title=f"Opera {LONG}", start=date.today() + timedelta(days=1), location=Location(name=LONG))
    made = ledger.submit(Submission(kind="event", payload=to_payload(event), by=edda, label=event.title)).id
    page = browser.new_page()
    page.set_default_timeout(20_000)
    sign_in(page, address)
    page.get_by_role("link", name="Plan", exact=True).click()
    gaps = page.get_by_role("region", name="What is missing")
    expect(gaps.get_by_text("Nobody covers it")).to_be_visible()
    gaps.get_by_role("link", name="Opera").click()
    page.locator("summary", has_text="Who covers it").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Nobody")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").get_by_text("Nobody who writes is named")).to_be_visible()
    look(page)
    page.get_by_label("Who", exact=True).first.fill("rita")
    page.keyboard.press("Enter")
    expect(page.get_by_text("rita covers it")).to_be_visible()
    expect(gaps).to_have_count(0)
    for path in (f"/plan?week={event.start}", f"/events/{made}", page.url.removeprefix(address)):
        page.goto(address + path)
        look(page)
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, address, "secret-rita")
    page.get_by_role("link", name="Plan", exact=True).click()
    page.locator("summary", has_text="Say what became of it").click()
    page.get_by_label("Why not").fill("I am ill")
    page.get_by_role("button", name="I can’t").click()
    expect(page.get_by_text("Given back.")).to_be_visible()
    look(page)
    [one] = ledger.coverages(CoverageSearch()).items
    assert (one.state, one.assignee, one.reason) == ("planned", "", "I am ill")
    page.close()
