"""A look before sending, in a real browser: the story stands in a frame as wide as a phone and in one as a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.ledger import SqlLedger
from dateline.settings import read_settings
from dateline_ingest.app import create_app
from dateline_web.app import create_app as create_web_app
from fakes.wakeup import CountingWakeUp
from servers.desk import sign_in, words
from servers.served import served

pytestmark = pytest.mark.browser

KEY = "p" * 32


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """Where web answers, over an empty index."""
    settings = read_settings({}, preview_key=KEY, log_level="error")
    index = EmbeddedIndex(tmp_path / "index", settings.timezone)
    index.ensure()
    with served(create_web_app(settings, index=index)) as address:
        yield address
    index.close()


@pytest.fixture
def desk(ledger: SqlLedger, web: str) -> Iterator[str]:
    """Where the desk answers that leads to it."""
    port = web.rpartition(":")[2]
    settings = read_settings({}, secret_key="k" * 32, preview_key=KEY, web_port=port, log_level="error")
    app = create_app(settings, ledger=ledger, wakeup=CountingWakeUp(), vocabulary=words(), queue_lengths=dict)
    with served(app) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def page(browser: Browser, desk: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab that is signed in."""
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    sign_in(opened, desk)
    yield opened
    context.close()


def look(page: Page) -> None:
    """Axe finds nothing on the desk's page, in either theme; nothing sticks out."""
    for width, theme in ((360, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        page.wait_for_function("most => document.documentElement.scrollWidth <= most", arg=width)
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()


def write(page: Page) -> None:
    page.get_by_label("Headline").fill("Bridge opens")
    page.get_by_label("Text", exact=True).fill("Ann Lee spoke in Brest.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="How readers will see it")).to_be_visible()


@pytest.mark.parametrize("page", [True], indirect=True, ids=["javascript"])
def test_a_remark_leads_to_its_words(page: Page) -> None:
    editor = page.get_by_role("textbox", name="Text", exact=True)
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    editor.click()
    page.keyboard.type("Ann Lee spoke.")
    page.keyboard.press("Enter")
    page.keyboard.type("It was the ")
    page.keyboard.press("Control+b")
    page.keyboard.type("the")
    page.keyboard.press("Control+b")
    page.keyboard.type(" end.")
    remarks = page.get_by_role("region", name="A copy editor would say")
    expect(remarks.get_by_role("status")).to_have_text("2 remarks")
    remarks.get_by_role("button", name="a word stands here twice").click()
    assert page.evaluate("getSelection().toString()") == "the the"
    page.keyboard.type("the")
    expect(editor).to_contain_text("It was the end.")
    expect(remarks.get_by_text("twice")).to_have_count(0)
    remarks.get_by_role("button", name="There is no section").click()
    expect(page.get_by_label("Section")).to_be_focused()


def test_a_story_is_seen_before_it_is_sent(page: Page, request: pytest.FixtureRequest) -> None:
    write(page)
    expect(
        page.get_by_role("region", name="A copy editor would say").get_by_text("There is no section")
    ).to_be_visible()
    if "javascript" in request.node.name:
        for name, width in (("On a phone", 360), ("On a desktop", 1000)):
            shown = page.get_by_role("figure", name=name).frame_locator("iframe")
            expect(shown.get_by_role("heading", name="Bridge opens")).to_be_visible()
            expect(shown.get_by_role("link", name="Brest").first).to_be_visible()
            assert shown.locator("html").evaluate("html => innerWidth") >= width
        look(page)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Open it in a tab of its own").click()
    expect(opened.value.get_by_text("Ann Lee spoke in Brest.")).to_be_visible()
    page.get_by_role("link", name="Go on writing").click()
    expect(page.get_by_label("Headline")).to_have_value("Bridge opens")
    page.go_back()
    page.get_by_role("button", name="Put on the site now").click()
    expect(page.get_by_text("Received at")).to_be_visible()
