"""Nothing typed is lost: the browser is killed, every process is killed, the session ends, two tabs write one draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any, Literal

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from dateline.adapters.ledger import SqlLedger
from dateline.domain.payload import to_payload
from dateline.domain.story import Story
from dateline.ports.ledger.drafts import Draft
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token
from ledgers import all_items
from servers.browser import launch
from servers.desk import sign_in
from servers.newsroom import newsroom

pytestmark = pytest.mark.browser

SAVED = re.compile(r"^Saved \d\d:\d\d$")
JAVASCRIPT = Path(__file__).parents[2] / "services/ingest/dateline_ingest/static/draft.js"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context()
    made.set_default_timeout(20_000)
    yield made
    made.close()


def begin_writing(
    page: Page, address: str, secret: str = "secret-rita", *, until: Literal["load", "commit"] = "load"
) -> Page:
    """Sign in; the page on which a story is written."""
    sign_in(page, address, secret, until=until)
    expect(page.get_by_role("heading", name="Write a story")).to_be_visible()
    return page


def text(page: Page) -> Any:
    """The text, once the editor has taken its field's place."""
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    return page.get_by_label("Text", exact=True)


def words_of(body: Mapping[str, Any]) -> str:
    """What a draft's text says."""
    return unescape(re.sub("<[^>]*>", "", body["body_html"])).replace("\xa0", " ").strip()


def status(page: Page) -> Any:
    return page.locator("#saving")


def drafts_of(ledger: SqlLedger, name: str = "rita") -> list[Draft]:
    who = ledger.live_token(name)
    assert who is not None
    return [ledger.draft(line.id, who) for line in ledger.drafts(who).drafts]


def type_on(page: Page, until: Callable[[], bool]) -> str:
    """Type without a pause until something is so; what was typed."""
    typed = ""
    while not until():
        for letter in f"word{len(typed)} ":
            page.keyboard.type(letter)
            typed += letter
    return typed


def test_a_save_is_never_two_seconds_away() -> None:
    [pause] = re.findall(r"const PAUSE = (\d+);", JAVASCRIPT.read_text())
    assert int(pause) < 2000


def test_of_a_killed_browser_all_that_was_saved_while_typing_is_there(
    browser: Browser, address: str, ledger: SqlLedger
) -> None:
    before = set(psutil.Process().children(recursive=True))
    page = begin_writing(launch(browser.browser_type).new_page(), address)
    text(page).focus()
    typed = type_on(page, lambda: [draft.revision for draft in drafts_of(ledger)] >= [2])
    seen = words_of(drafts_of(ledger)[0].body)
    for process in set(psutil.Process().children(recursive=True)) - before:
        process.kill()
    [draft] = drafts_of(ledger)
    assert seen and typed.startswith(words_of(draft.body))
    assert words_of(draft.body).startswith(seen)


def test_every_process_is_killed_while_one_types(browser: Browser) -> None:
    with newsroom("--empty") as room:
        page = browser.new_page()
        page.set_default_timeout(60_000)
        begin_writing(page, f"http://127.0.0.1:{room.ingest_port}", room.token)
        text(page).focus()
        typed = type_on(page, lambda: bool(SAVED.match(status(page).inner_text())))
        room.kill_all()
        typed += type_on(page, lambda: "Offline, kept on this device" in status(page).inner_text())
        room.start()
        [line] = room.ask("GET", "/v1/drafts").body["items"]
        draft = f"/v1/drafts/{line['id']}"
        saved = lambda: words_of(room.ask("GET", draft).body["story"]) == typed.strip()  # noqa: E731
        room.wait_for(saved, "all that was typed")
        expect(status(page)).to_have_text(SAVED)
        page.close()


def test_what_the_server_never_got_is_on_the_device(context: BrowserContext, address: str, ledger: SqlLedger) -> None:
    page = begin_writing(context.new_page(), address)
    context.set_offline(True)
    text(page).fill("It is open.")
    expect(status(page)).to_have_text("Offline, kept on this device")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Go on with it").click()
    page.wait_for_url("**/drafts/*")
    expect(text(page)).to_have_text("It is open.")
    [draft] = drafts_of(ledger)
    assert words_of(draft.body) == "It is open."
    assert page.url.endswith(f"/drafts/{draft.id}")
    context.set_offline(True)
    text(page).fill("It is open again.")
    expect(status(page)).to_have_text("Offline, kept on this device")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{address}/drafts/{draft.id}")
    expect(text(page)).to_have_text("It is open again.")
    assert words_of(drafts_of(ledger)[0].body) == "It is open again."


def test_what_is_typed_before_the_page_is_whole_is_saved_too(
    context: BrowserContext, address: str, ledger: SqlLedger
) -> None:
    page = context.new_page()
    arriving: list[Route] = []  # a slow line: the page is there, its script isn't yet
    page.route("**/static/draft.*.js", lambda route: arriving.append(route))
    begin_writing(page, address, until="commit")
    page.get_by_label("Headline").fill("Bridge opens")
    for script in arriving:
        script.continue_()
    expect(status(page)).to_have_text(SAVED)
    assert drafts_of(ledger)[0].body["headline"] == "Bridge opens"


def test_two_tabs_do_not_overwrite_one_another(context: BrowserContext, address: str, ledger: SqlLedger) -> None:
    one = begin_writing(context.new_page(), address)
    text(one).fill("Both begin.")
    expect(status(one)).to_have_text(SAVED)
    two = context.new_page()
    two.goto(one.url)
    text(one).fill("The first goes on.")
    expect(status(one)).to_have_text(SAVED)
    expect(one.locator("[name=draft_revision]")).to_have_value("2")
    text(two).fill("The second goes on.")
    expect(two.get_by_role("alert")).to_contain_text("saved elsewhere")
    assert words_of(drafts_of(ledger)[0].body) == "The first goes on."
    two.get_by_role("button", name="The other one").click()
    expect(two.locator("[name=draft_revision]")).to_have_value("4")
    expect(text(two)).to_have_text("The first goes on.")
    who = ledger.live_token("rita")
    assert who
    [draft] = drafts_of(ledger)
    kept = [words_of(ledger.draft(draft.id, who, revision=one.revision).body) for one in draft.revisions]
    assert kept == ["Both begin.", "The first goes on.", "The second goes on.", "The first goes on."]


def test_a_session_that_ends_costs_no_letter(context: BrowserContext, address: str, ledger: SqlLedger) -> None:
    page = begin_writing(context.new_page(), address)
    text(page).fill("Before.")
    expect(status(page)).to_have_text(SAVED)
    context.clear_cookies()
    text(page).fill("Before and after.")
    expect(status(page)).to_contain_text("You are signed out")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again in another tab").click()
    begin_writing(opened.value, address)
    expect(status(page)).to_have_text(SAVED)
    assert words_of(drafts_of(ledger)[0].body) == "Before and after."
    page.get_by_label("Headline").fill("Bridge opens")
    page.get_by_role("button", name="Put on the site now").click()
    expect(page.get_by_text("Received at")).to_be_visible()
    assert len(all_items(ledger)) == 1
    assert not drafts_of(ledger)
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_correction_outlives_the_browser_too(browser: Browser, address: str, ledger: SqlLedger) -> None:
    rita = ledger.live_token("rita")
    assert rita
    story = ledger.submit(_on_the_site(rita)).id
    first = browser.new_context()
    page = first.new_page()
    page.set_default_timeout(20_000)
    begin_writing(page, address)
    page.goto(f"{address}/stories/{story}/correct")
    page.get_by_label("Headline").fill("Half a head")
    expect(page.locator("#saving")).to_have_text(SAVED)
    page.get_by_label("A typo").check()
    page.get_by_label("Headline").fill("Half a headline")
    expect(page.locator("#saving")).to_have_text(SAVED)
    first.close()
    second = browser.new_context()
    page = second.new_page()
    page.set_default_timeout(20_000)
    begin_writing(page, address)
    page.goto(f"{address}/stories/{story}")
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label("Headline")).to_have_value("Half a headline")
    expect(page.get_by_label("A typo")).to_be_checked()
    page.get_by_role("button", name="Put the correction on the site now").click()
    expect(page.get_by_text("Received at")).to_be_visible()
    newest = ledger.item("story", story).newest
    assert newest.payload and (newest.payload["headline"], newest.correction) == ("Half a headline", "minor")
    assert ledger.correction_draft(rita, story) is None
    second.close()


def _on_the_site(by: Token) -> Submission:
    text = Story(headline="Bridge opens", body_text="It is open.", published_at=datetime.now(UTC))
    return Submission(kind="story", payload=to_payload(text), by=by, label=text.headline)


def test_a_save_that_is_never_answered_is_given_up(context: BrowserContext, address: str) -> None:
    page = begin_writing(context.new_page(), address)
    page.route("**/drafts", lambda route: None)  # neither an answer nor an error
    text(page).fill("It is open.")
    expect(status(page)).to_have_text("Offline, kept on this device")
    page.unroute("**/drafts")
    expect(status(page)).to_have_text(SAVED)
    page.close()
