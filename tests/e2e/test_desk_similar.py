"""Similar stories in a browser: who writes is told while typing, and an editor compares and folds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from dateline.adapters.ledger import SqlLedger
from ledgers import all_items, repeated_story
from servers.desk import sign_in

pytestmark = pytest.mark.browser


def test_a_repeat_is_told_while_one_writes_and_folded_by_an_editor(
    browser: Browser, address: str, ledger: SqlLedger
) -> None:
    edda = ledger.live_token("edda")
    assert edda
    first, second = repeated_story(ledger, edda, "Bridge opens")
    text = str((all_items(ledger)[first].newest.payload or {})["body_text"])
    page = browser.new_page()
    page.set_default_timeout(20_000)
    sign_in(page, address)
    remark = page.get_by_role("status").filter(has_text="A similar story exists")
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    expect(remark).to_be_hidden()
    page.get_by_label("Headline").fill("The bridge is open")
    page.get_by_label("Text", exact=True).fill(text)
    expect(remark).to_contain_text("Bridge opens")
    expect(remark.get_by_role("link").first).to_have_attribute("href", f"{address}/stories/{first}")
    page.get_by_role("link", name="Similar").click()
    page.get_by_role("link", name="Bridge opens").first.click()
    expect(page.get_by_text("Nowhere: headline and text are the same.")).to_be_visible()
    page.get_by_role("button", name="Fold the later one").click()
    expect(page.get_by_text("Folded. In a second or two")).to_be_visible()
    assert ledger.duplicates_of(second)[0].leader_id == first
    page.get_by_role("button", name="Unfold").click()
    page.get_by_role("button", name="Not the same").click()
    expect(page.get_by_text("Nobody is asked again")).to_be_visible()
    page.close()
