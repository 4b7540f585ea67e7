"""A second pair of eyes in the browser: the button says it, notes come back, and it goes out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from dateline.adapters.ledger import SqlLedger
from ledgers import all_items
from servers.desk import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def pages(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[tuple[Page, Page]]:
    """A reporter's tab and an editor's, signed in."""
    contexts = [browser.new_context(java_script_enabled=request.param) for _ in range(2)]
    rita, edda = (context.new_page() for context in contexts)
    for page, secret in ((rita, "secret-rita"), (edda, "secret-edda")):
        page.set_default_timeout(20_000)
        sign_in(page, address, secret)
    yield rita, edda
    for context in contexts:
        context.close()


def test_a_story_comes_back_with_notes_and_goes_out(pages: tuple[Page, Page], ledger: SqlLedger) -> None:
    rita, edda = pages
    rita.get_by_label("Headline").fill("Cup final")
    rita.get_by_label("Text", exact=True).fill("It is over.")
    rita.get_by_label("Section").select_option("sport")
    rita.get_by_role("button", name="Send to the editor").or_(
        rita.get_by_role("button", name="Put on the site")
    ).click()
    expect(rita.get_by_text("With the editors since").first).to_be_visible()
    edda.reload()
    edda.get_by_role("link", name="To review (1)").click()
    edda.get_by_role("link", name="Cup final").click()
    edda.get_by_label("Summary").fill("Two to one.")
    edda.get_by_label("Notes").fill("Who scored?")
    edda.get_by_role("button", name="Give it back with these notes").click()
    expect(edda.get_by_text("Given back to rita, with your notes.")).to_be_visible()
    rita.get_by_role("link", name="Drafts").click()
    rita.get_by_role("link", name="Cup final").click()
    expect(rita.get_by_text("Who scored?").first).to_be_visible()
    expect(rita.get_by_label("Summary")).to_have_value("Two to one.")
    rita.get_by_label("Text", exact=True).fill("It is over. Ann Lee scored.")
    rita.get_by_role("button", name="Send to the editor").click()
    expect(rita.get_by_text("With the editors since").first).to_be_visible()
    edda.reload()
    edda.get_by_role("link", name="To review (1)").click()
    edda.get_by_role("link", name="Cup final").click()
    edda.get_by_role("button", name="Put on the site now").click()
    expect(edda.get_by_text("Seen and sent out by edda")).to_be_visible()
    [item] = [one for one in all_items(ledger).values() if one.kind == "story"]
    assert (item.owner, item.newest.by) == ("rita", "edda")
