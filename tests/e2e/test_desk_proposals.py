"""Proposals in a browser: decided on by keys alone in place, taken back, and an error that looks like one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from dateline.adapters.ledger import SqlLedger
from dateline.domain.payload import to_payload
from dateline.domain.story import Story
from dateline.domain.timestamps import read_timestamp
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.vocabulary import ProposalDecision
from ledgers import all_items
from servers.desk import sign_in

pytestmark = pytest.mark.browser


def propose(ledger: SqlLedger, *labels: str) -> None:
    """A story each that has these names."""
    edda = ledger.live_token("edda")
    assert edda
    for label in labels:
        story = Story(
            headline=f"News of {label}", body_text=f"Then {label} came to see it.",
            published_at=read_timestamp("2026-03-01T10:00:00Z"),
        )  # fmt: skip
        made = ledger.submit(Submission(kind="story", payload=to_payload(story), by=edda, label=story.headline))
        ledger.propose_terms([("person", label.lower().replace(" ", "-"), label, made.id)])


def row(page: Page, name: str) -> Page:
    return page.locator(".proposal", has=page.get_by_role("heading", name=name))  # type: ignore[return-value]


def test_an_editor_decides_by_keys_in_place(browser: Browser, address: str, ledger: SqlLedger) -> None:
    propose(ledger, "An Lee", "Bo Fox", "Cy Gee", "Di Hay")
    edda = ledger.live_token("edda")
    assert edda
    page = browser.new_page()
    page.set_default_timeout(20_000)
    sign_in(page, address)
    page.get_by_role("link", name="Proposals").click()
    expect(page.locator("#proposal-keys")).to_be_visible()
    expect(page.get_by_text("Then Bo Fox came to see it.")).to_be_visible()
    page.keyboard.press("j")
    expect(row(page, "An Lee")).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_label("Tick An Lee")).to_be_checked()
    for key, name, told in (("m", "Bo Fox", "Merged into Ann Lee"), ("r", "Cy Gee", "Rejected.")):
        page.keyboard.press(key)
        expect(row(page, name)).to_be_focused()
        expect(page.locator("#proposal-said")).to_contain_text(told)
    page.keyboard.press("u")
    expect(page.locator("#proposal-said")).to_contain_text("Bo Fox: Taken back.")
    expect(row(page, "Bo Fox")).to_be_focused()
    page.keyboard.press("t")
    page.keyboard.press("o")  # organisation
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("Bo Fox & Sons, jkarm")
    page.keyboard.press("Enter")
    expect(page.locator("#proposal-said")).to_contain_text("Bo Fox: Accepted.")
    ledger.decide_proposal(ProposalDecision(type="person", slug="cy-gee", status="rejected"), edda)
    expect(row(page, "Cy Gee")).to_be_focused()
    page.keyboard.press("a")
    expect(row(page, "Cy Gee").get_by_role("alert")).to_have_text("This proposal is rejected already.")
    items = all_items(ledger)
    assert items["organisation:bo-fox"].newest.payload["label"] == "Bo Fox & Sons, jkarm"
    assert items["person:ann-lee"].newest.payload["aliases"] == ["A. Lee", "An Lee"]
    assert {one.slug for one in ledger.proposals()} == {"bo-ek", "di-hay"}
    page.close()


def test_all_that_are_ticked_are_rejected_without_a_script(browser: Browser, address: str, ledger: SqlLedger) -> None:
    propose(ledger, "Cy Gee", "Di Hay")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(20_000)
    sign_in(page, address)
    page.get_by_role("link", name="Proposals").click()
    page.get_by_label("Tick Cy Gee").check()
    page.get_by_label("Tick Di Hay").check()
    page.get_by_role("button", name="Reject the ticked").click()
    expect(page.get_by_text("2 rejected.")).to_be_visible()
    assert [one.slug for one in ledger.proposals()] == ["bo-ek"]
    context.close()
