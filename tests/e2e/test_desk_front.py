"""The editor's page of the front in a real browser: by keys, by dragging and by buttons, with its preview."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.ledger import SqlLedger
from dateline.domain.front import Placement
from dateline.domain.payload import from_payload
from dateline.ports.ledger.submissions import Submission
from dateline.settings import read_settings
from dateline_ingest.app import create_app
from dateline_web.app import create_app as create_web_app
from fakes.wakeup import CountingWakeUp
from ledgers import index_all, token_of
from servers.desk import LONG, sign_in, words
from servers.served import served
from unit.web.documents import story

pytestmark = pytest.mark.browser

KEY = "p" * 32
HEADLINES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", LONG)


@pytest.fixture
def index(ledger: SqlLedger, tmp_path: Path) -> Iterator[EmbeddedIndex]:
    """Public stories, the newest first."""
    index = EmbeddedIndex(tmp_path / "index", read_settings({}).timezone)
    index.ensure()
    edda, now = token_of(ledger, "edda"), datetime.now(UTC)
    for hours, headline in enumerate(HEADLINES):
        at = now - timedelta(hours=hours)
        payload = {"schema": 1, "headline": headline, "body_text": "So.", "published_at": at.isoformat()}
        id = ledger.submit(Submission(kind="story", payload=payload, by=edda, label=headline)).id
        index.put([story(headline, id=id, summary="What happened.", published_at=at)])
    index_all(ledger)
    yield index
    index.close()


@pytest.fixture
def desk(ledger: SqlLedger, index: EmbeddedIndex) -> Iterator[str]:
    """Where the desk answers whose previews web shows."""
    with served(create_web_app(read_settings({}, preview_key=KEY, log_level="error"), index=index)) as web:
        port = web.rpartition(":")[2]
        settings = read_settings({}, secret_key="k" * 32, preview_key=KEY, web_port=port, log_level="error")
        app = create_app(
            settings, ledger=ledger, wakeup=CountingWakeUp(), vocabulary=words(), queue_lengths=dict, index=index
        )
        with served(app) as address:
            yield address


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def page(browser: Browser, desk: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab at the front."""
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 1440, "height": 1000})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    sign_in(opened, desk)
    opened.goto(f"{desk}/front")
    yield opened
    context.close()


def slot(page: Page, name: str) -> Locator:
    """The headlines of a list."""
    return page.get_by_role("list", name=name, exact=True).locator(".headline a")


def in_preview(page: Page) -> FrameLocator:
    return page.frame_locator(".frame iframe:not(.coming)")


def placed(ledger: SqlLedger) -> Placement:
    [newest] = ledger.newest_revisions("front", "front:home", limit=1)
    return from_payload(Placement, newest.payload or {})


def look(page: Page) -> None:
    """Axe finds nothing on a phone and on a wide screen, in either theme; nothing sticks out."""
    for width, theme in ((360, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 1000})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.wait_for_function("most => document.documentElement.scrollWidth <= most", arg=width)
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize("page", [True], indirect=True, ids=["javascript"])
def test_a_front_is_made_by_keys_and_by_dragging(page: Page, ledger: SqlLedger) -> None:
    expect(in_preview(page).get_by_role("heading", name="Alpha")).to_be_visible()
    page.get_by_role("link", name="Gamma").press("l")
    expect(slot(page, "Lead")).to_have_text(["Gamma"])
    expect(page.get_by_role("link", name="Gamma")).to_be_focused()
    expect(page.locator("#front-said")).to_have_text("Not saved: put ‘Gamma’ on top.")
    expect(in_preview(page).locator(".lead-story").get_by_role("heading", name="Gamma")).to_be_visible()
    page.get_by_role("link", name="Delta").press("s")
    page.get_by_role("link", name="Delta").press("ArrowDown")
    expect(slot(page, "Second row")).to_have_text(["Alpha", "Delta", "Beta"])
    page.get_by_role("link", name="Beta").press("h")
    expect(slot(page, "Hidden from this page")).to_have_text(["Beta"])
    expect(page.get_by_role("link", name="Delta")).to_be_focused()
    expect(in_preview(page).get_by_text("Beta", exact=True)).to_have_count(0)
    page.evaluate("scrollTo(0, 0)")  # so that the mouse finds both in their places
    row = page.get_by_role("list", name="Second row", exact=True).get_by_role("listitem")
    row.filter(has_text="Epsilon").drag_to(
        row.filter(has_text="Alpha"), source_position={"x": 200, "y": 20}, target_position={"x": 200, "y": 4}
    )
    expect(slot(page, "Second row")).to_have_text(["Epsilon", "Alpha", "Delta"])
    page.get_by_label("Breaking line").fill("Fire in the port.")
    page.get_by_role("group", name="Ends").get_by_role("button", name="In an hour").click()
    expect(in_preview(page).get_by_text("Fire in the port.")).to_be_visible()
    page.get_by_role("button", name="Desktop").click()
    assert in_preview(page).locator("html").evaluate("() => innerWidth") >= 1000
    look(page)
    page.get_by_role("button", name="Put on the site now").click()
    expect(page.get_by_text("Saved. Readers see it")).to_be_visible()
    names = {line.id: line.label for line in ledger.items("story", limit=100).items}
    front = placed(ledger)
    assert (names[front.lead], [names[id] for id in front.second]) == ("Gamma", ["Epsilon", "Alpha", "Delta"])
    assert [names[id] for id in front.hidden] == ["Beta"] and front.breaking


def test_a_front_is_made_by_buttons_and_made_again(page: Page, ledger: SqlLedger) -> None:
    page.get_by_role("button", name="Lead: Beta").click()
    page.get_by_role("button", name="Tonight, 24:00").first.click()
    expect(page.locator("#until")).to_have_value(re.compile(r"T00:00$"))
    page.get_by_label("Find a story to place").fill("eps")
    page.get_by_label("Find a story to place").press("Enter")
    page.get_by_role("list", name="Found").get_by_role("button", name="Second row: Epsilon").click()
    expect(slot(page, "Second row").first).to_have_text("Epsilon")
    page.get_by_role("button", name="Put on the site now").click()
    expect(page.get_by_text("edda put ‘Beta’ on top until 00:00")).to_be_visible()
    page.get_by_role("button", name="Unpin: Beta").click()
    expect(slot(page, "Lead")).to_have_text(["Alpha"])
    page.get_by_role("button", name="Put on the site now").click()
    expect(page.get_by_text("edda took ‘Beta’ from the top")).to_be_visible()
    page.get_by_role("button", name="Make it so again: revision 1").click()
    expect(page.get_by_text("The front is again as it was at revision 1.")).to_be_visible()
    expect(slot(page, "Lead")).to_have_text(["Beta"])
    assert placed(ledger).until
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Look at it in a tab of its own").click()
    expect(opened.value.locator(".lead-story").get_by_role("heading", name="Beta")).to_be_visible()
