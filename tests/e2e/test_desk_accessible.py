"""The desk in a real browser: axe finds nothing, nothing is wider than the screen, nothing needs JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dateline.adapters.ledger import SqlLedger
from dateline.domain.event import Event
from dateline.domain.payload import to_payload
from dateline.ports.ledger.accounts import AccountDetails
from dateline.ports.ledger.coverages import CoverageDetails
from dateline.ports.ledger.pulled_sources import PullReport, SourceDetails
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.suggested_tags import StorySuggestions, SuggestedTag
from ledgers import all_items, announce, quarantine, repeated_story
from servers.browser import low_contrast
from servers.desk import LONG, sign_in
from servers.html_validator import invalid_html

pytestmark = pytest.mark.browser

WIDTHS: Final = (360, 1440)


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab that is signed in."""
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    sign_in(opened, address)
    yield opened
    context.close()


def submit(page: Page, headline: str) -> None:
    page.get_by_label("Headline").fill(headline)
    page.wait_for_load_state()  # the editor is in its place then
    page.get_by_label("Text", exact=True).fill("Ann Lee spoke in Brest.")
    page.get_by_role("button", name="Put on the site now").click()


def test_a_story_is_written_put_right_corrected_and_withdrawn(page: Page, ledger: SqlLedger) -> None:
    submit(page, " ")
    expect(page.get_by_role("link", name="Headline: Must not be blank.")).to_be_visible()
    text = page.get_by_label("Text", exact=True)
    assert text.evaluate("field => field.value ?? field.innerText") == "Ann Lee spoke in Brest."
    expect(page.get_by_role("region", name="Tags").get_by_text("Brest", exact=True).first).to_be_visible()
    page.get_by_label("Headline").fill("Bridge opens")
    page.get_by_role("button", name="Put on the site now").click()
    expect(page.get_by_text("Received at")).to_be_visible()
    page.get_by_role("link", name="Correct").click()
    page.get_by_label("Why this correction").fill("A word was missing.")
    page.get_by_label("Headline").fill("Bridge is open")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("#changes ins")).to_have_text(["is open"])
    page.get_by_role("button", name="Put the correction on the site now").click()
    expect(page.get_by_text("revision 2").first).to_be_visible()
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("What readers are told").fill("It was another bridge.")
    page.get_by_role("button", name="Take it off the site").click()
    expect(page.get_by_text("It was another bridge.")).to_be_visible()
    assert [revision.action for item in all_items(ledger).values() for revision in item.revisions] == [
        "submit", "correct", "withdraw",
    ]  # fmt: skip


def test_a_term_is_found_and_changed(page: Page, ledger: SqlLedger) -> None:
    page.get_by_role("link", name="Terms").click()
    page.get_by_label("Name in any language").fill("bridg")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Bridges").click()
    page.get_by_label("Other names").fill("Viaduct")
    page.get_by_label("In the navigation").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    payload = all_items(ledger)["topic:bridges"].newest.payload
    assert payload and (payload["aliases"], payload["landing"]) == (["Viaduct"], True)


def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, address: str, ledger: SqlLedger, tmp_path: Path
) -> None:
    page = browser.new_page(color_scheme="light")
    page.set_default_timeout(20_000)
    made = ledger.create_account(AccountDetails(name=LONG[:100], email="e@example.org", role="editor"), None)
    page.goto(f"{address}/password?link={ledger.make_password_link(made.id, timedelta(hours=1), None)}")
    _look(page)
    page.get_by_label("New password").fill("password123")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("link", name="New password: ")).to_be_visible()
    _look(page)
    page.get_by_label("New password").fill("kettle-orbit-walnut-48")
    page.get_by_role("button", name="Keep it").click()
    page.goto(f"{address}/account")
    _look(page)
    page.get_by_role("button", name="Sign out").click()
    _look(page)
    page.get_by_label("Your token").fill("secret-edda")
    page.get_by_role("button", name="Sign in").click()
    submit(page, LONG)
    expect(page.get_by_text("Received at")).to_be_visible()
    [story] = all_items(ledger)
    quarantine(ledger, story, reason=LONG)
    edda = ledger.live_token("edda")
    assert edda
    pair = repeated_story(ledger, edda, LONG)
    source = SourceDetails(name="wire" * 20, url=f"https://wire.example/{'a' * 500}", every=timedelta(minutes=5))
    ledger.add_source(source, edda)
    claimed = ledger.claim_source()
    assert claimed
    ledger.note_pull(claimed, PullReport(new=1, refused=1, refusals=("x" * 300,)))
    ledger.pull_source_soon(claimed.id, edda)
    claimed = ledger.claim_source()
    assert claimed
    ledger.note_failed_pull(claimed, "y" * 300)
    ledger.add_note(story, LONG, edda, answers=ledger.add_note(story, LONG, edda).id)
    suggested = SuggestedTag(type="place", slug="brest", before="", words=LONG, after="", reason="surname alone")
    ledger.record_suggestions([StorySuggestions(item_id=story, tags=[suggested])], seen=0, most=9)
    announce(ledger, story, LONG, date.today() + timedelta(days=3))
    proposal = announce(ledger, pair[0], "Jazz at the lake", date.today() + timedelta(days=4))
    ledger.submit(
        Submission(
            kind="event",
            payload=to_payload(Event(title=LONG, start=date.today() + timedelta(days=3))),
            by=edda,
            label=LONG,
        )
    )
    draft = ledger.create_draft(edda, {"headline": LONG}, label=LONG, shared_with=["rita"]).id
    tomorrow = date.today() + timedelta(days=1)
    ledger.add_coverage(CoverageDetails(title=LONG, day=tomorrow, assignee="edda", note=LONG), edda)
    waiting, own, back = _with_editors(ledger)
    event = _announced(page, address)
    sources: dict[str, str] = {}
    for path in (
        "/",
        "/drafts",
        f"/drafts/{draft}",
        "/reviews",
        f"/drafts/{waiting}",
        f"/drafts/{own}",
        f"/drafts/{back}",
        "/assignments",
        "/stories",
        "/stories?day=yesterday",
        "/find?q=brest",
        f"/stories/{story}",
        f"/stories/{story}/correct",
        f"/stories/{story}/withdraw",
        f"/stories/{story}/pictures",
        f"/stories/{story}/difference",
        "/quarantine",
        f"/quarantine?like={story}",
        f"/quarantine/{story}",
        f"/quarantine/{story}/discard",
        "/duplicates",
        f"/duplicates/{pair[0]}/{pair[1]}",
        f"/stories/{pair[0]}",
        "/audit",
        "/audit?from=yesterday",
        "/front?section=sport",
        "/proposals",
        "/sections",
        "/sections/sport",
        "/sections/sport/leave",
        "/suggested-tags",
        "/terms",
        f"/terms/organisation/{'a' * 100}",
        "/terms/topic/bridges",
        f"/terms/organisation/{'a' * 100}/merge?into=Bridges",
        f"/terms/organisation/{'a' * 100}/split",
        "/terms/topic/made-new",
        "/account",
        "/people",
        f"/people/{made.id}",
        "/sources",
        f"/plan?day={tomorrow}",
        f"/plan?week={tomorrow}",
        "/events/import",
        "/events",
        "/events?view=month&month=2031-12",
        "/events/new",
        f"/events/{event}",
        f"/events/{event}/correct",
        f"/events/{event}/change/cancel",
        f"/events/{event}/times/20311218",
        "/stories/none",
    ):
        page.goto(address + path)
        _look(page)
        sources[path] = page.request.get(address + path).text()
    page.goto(f"{address}/event-proposals")
    expect(page.get_by_role("button", name="It is the same")).to_be_visible()
    _look(page)
    page.get_by_text("Change it first").first.click()
    _look(page)
    ledger.reject_event_proposal(proposal, edda)
    page.goto(f"{address}/event-proposals?state=rejected")
    _look(page)
    page.goto(f"{address}/events/import")
    table = f"Title,Date,{LONG}\n{LONG},2099-07-03,x\nFair,soon,\n".encode()
    page.get_by_label("File").set_input_files({"name": f"{LONG[:99]}.csv", "mimeType": "text/csv", "buffer": table})
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("button", name="Import 1 event")).to_be_visible()
    _look(page)
    page.goto(f"{address}/terms/topic/bridges")
    page.get_by_text("Take it out of the vocabulary").click()
    page.get_by_label("Other names").fill("x" * 301)
    _look(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Other names: 1: ")).to_be_visible()
    _look(page)
    page.goto(address)
    submit(page, " ")
    expect(page.get_by_role("link", name="Headline: Must not be blank.")).to_be_visible()
    _look(page)
    page.close()
    (tmp_path / "pages").mkdir()
    assert not invalid_html(sources, tmp_path / "pages")


def _with_editors(ledger: SqlLedger) -> tuple[str, str, str]:
    """Drafts that wait for an editor: another's, and one of her own; and one that she was given back, and gave away."""
    rita, edda = ledger.live_token("rita"), ledger.live_token("edda")
    assert rita
    assert edda
    body = {"headline": LONG, "body_text": LONG}
    made = [ledger.create_draft(by, body, label=LONG).id for by in (rita, edda, edda)]
    for draft, by in zip(made, (rita, edda, edda), strict=True):
        ledger.ask_review(draft, by, section="news", if_match=1)
    night = ledger.create_token(LONG[:99], "editor")[1]
    ledger.return_draft(made[2], night, notes=LONG, if_match=1)
    ledger.assign_draft(made[2], edda, to="edda", note=LONG)
    return made[0], made[1], made[2]


def _announced(page: Page, address: str) -> str:
    """A series, one time of which is cancelled."""
    page.goto(f"{address}/events/new")
    page.get_by_role("textbox", name="Title", exact=True).fill(LONG)
    page.get_by_label("Begins", exact=True).fill("2031-12-04")
    page.get_by_label("Repeats").select_option("weekly")
    page.get_by_label("Cancelled on").fill("11 December")
    page.get_by_label("What readers are told").fill(LONG)
    page.get_by_role("combobox", name="Place one of").fill(LONG)
    page.get_by_role("button", name="Put on the site now").click()
    page.get_by_text("Received at").wait_for()
    return page.url.rpartition("/")[2]


def _look(page: Page) -> None:
    """By axe on a phone, where least has its place, and in the dark on a wide screen: a page is the same on both."""
    page.wait_for_load_state()
    for width in reversed(WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("most => document.documentElement.scrollWidth <= most", arg=width)
    found = Axe().run(page)
    assert not found.response["violations"], f"{page.url} {found.generate_report()}"
    page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
    page.emulate_media(color_scheme="dark")
    assert not low_contrast(page), page.url
    page.emulate_media(color_scheme="light")


def test_the_tags_appear_while_one_writes(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.set_default_timeout(20_000)
    sign_in(page, address)
    page.get_by_label("Headline").wait_for()
    page.wait_for_load_state()
    page.get_by_label("Text", exact=True).fill("Ann Lee spoke in Brest.")
    page.get_by_role("region", name="Tags").get_by_text("Ann Lee", exact=True).wait_for()
    page.close()
