"""A story's page in real browsers: who else has it open, and a revision compared and restored by the keyboard."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from dateline.adapters.ledger import SqlLedger
from dateline.ports.ledger.submissions import Submission
from servers.desk import sign_in

pytestmark = pytest.mark.browser


def test_colleagues_see_one_another_and_one_restores(browser: Browser, address: str, ledger: SqlLedger) -> None:
    by = ledger.live_token("rita")
    assert by is not None
    at = "2026-11-30T12:00:00+00:00"
    first = {"schema": 2, "headline": "Bridge opens", "body_html": "<p>Twelve boats.</p>", "published_at": at}
    story = ledger.submit(Submission(kind="story", payload=first, by=by, label="Bridge opens")).id
    second = first | {"body_html": "<p>Thirteen boats.</p>"}
    ledger.submit(Submission(kind="story", action="correct", payload=second, by=by, label="Bridge opens",
                             item_id=story, if_match=1))  # fmt: skip
    pages = []
    for name in ("rita", "edda"):
        context = browser.new_context()
        pages.append(context.new_page())
        sign_in(pages[-1], address, f"secret-{name}")
        pages[-1].goto(f"{address}/stories/{story}")
    rita, edda = pages
    expect(edda.get_by_text("Open now: rita")).to_be_visible()
    rita.get_by_label("Note", exact=True).fill("Who counted?")
    rita.get_by_role("button", name="Leave the note").click()
    expect(rita.get_by_text("Open now: edda")).to_be_visible()
    edda.reload()
    expect(edda.get_by_text("Who counted?")).to_be_visible()
    rita.get_by_role("radio", name="Revision 1 as the old one").focus()
    rita.keyboard.press("Space")
    rita.get_by_role("button", name="Show what differs").press("Enter")
    expect(rita.locator("del")).to_have_text("Twelve")
    expect(rita.locator("ins")).to_have_text("Thirteen")
    assert not Axe().run(rita).response["violations"]
    expect(edda.get_by_text("Open now: rita")).to_be_visible()
    rita.get_by_role("button", name="Restore revision 1").press("Enter")
    expect(rita.get_by_text("Revision 1 is restored.")).to_be_visible()
    expect(rita.locator(".submitted")).to_contain_text("Twelve boats.")
    rita.context.close()
    edda.reload()
    expect(edda.get_by_text("Open now")).to_have_count(0)
    edda.context.close()
