"""Proposed events in a browser, by keys alone: the next one, its form, accepted as changed; the other rejected."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from dateline.adapters.ledger import SqlLedger
from ledgers import announce, repeated_story
from servers.desk import sign_in

pytestmark = pytest.mark.browser


def test_an_editor_decides_by_keys(browser: Browser, address: str, ledger: SqlLedger) -> None:
    edda = ledger.live_token("edda")
    assert edda
    story, other = repeated_story(ledger, edda, "Bridge opens")
    jazz = announce(ledger, story, "Jazz at the lake", date.today() + timedelta(days=3))
    chess = announce(ledger, other, "Chess in the park", date.today() + timedelta(days=4))
    page = browser.new_page()
    page.set_default_timeout(20_000)
    sign_in(page, address)
    page.get_by_role("link", name="Proposed events").click()
    expect(page.get_by_text("Within a proposal")).to_be_visible()
    page.get_by_label("Choose Chess in the park").focus()
    page.keyboard.press("j")
    expect(page.get_by_label("Choose Jazz at the lake")).to_be_focused()
    page.keyboard.press("e")
    page.wait_for_url(f"**/event-proposals/{jazz}/form")
    title = page.get_by_label("Title", exact=True)
    title.focus()
    page.keyboard.press("End")
    page.keyboard.type(" era")  # letters that are keys elsewhere
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Accepted as you changed it.")).to_be_visible()
    page.goto(f"{address}/event-proposals")
    page.get_by_label("Choose Chess in the park").focus()
    page.keyboard.press("r")
    expect(page.get_by_text("There is nothing to decide")).to_be_visible()
    assert [event.label for event in ledger.items("event").items] == ["Jazz at the lake era"]
    assert ledger.event_proposal(chess).state == "rejected"
    page.close()
