"""Sections in the browser: one is made, nested by keyboard, dragged, and merged; its address leads there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.ledger import SqlLedger
from dateline.settings import read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.pipeline import Pipeline
from dateline_ingest.app import create_app
from dateline_web.app import create_app as create_web_app
from fakes.wakeup import CountingWakeUp
from ledgers import all_items
from servers.desk import editors_tab
from unit.web.documents import MINSK, story

pytestmark = pytest.mark.browser


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EmbeddedIndex]:
    """What readers see: two stories in culture."""
    with closing(EmbeddedIndex(tmp_path / "index", MINSK)) as index:
        index.ensure()
        index.put([story(f"Film {number}", section="culture") for number in (1, 2)])
        yield index


@pytest.fixture
def readers(index: EmbeddedIndex) -> FlaskClient:
    """The site."""
    return create_web_app(read_settings({}, log_level="error"), index=index).test_client()


@pytest.fixture
def page(browser: Browser, ledger: SqlLedger, index: EmbeddedIndex) -> Iterator[Page]:
    """A tab in which an editor is signed in."""
    settings = read_settings({}, secret_key="k" * 32, log_level="error")
    app = create_app(
        settings, ledger=ledger, wakeup=CountingWakeUp(), vocabulary=LiveVocabulary(ledger), queue_lengths=dict,
        index=index,
    )  # fmt: skip
    with editors_tab(browser, app) as page:
        yield page


def test_a_section_is_made_nested_moved_and_merged(
    page: Page, ledger: SqlLedger, index: EmbeddedIndex, readers: FlaskClient
) -> None:
    page.get_by_role("link", name="Sections").click()
    page.get_by_label("Name").first.fill("Film")
    page.get_by_role("button", name="Make the section").click()
    page.get_by_label("Name in Belarusian").fill("Кіно")
    page.get_by_role("textbox", name="Text", exact=True).fill("What is on.")
    page.get_by_label("In the navigation of the site").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    film = all_items(ledger)["section:film"].newest.payload or {}
    assert (film["labels"], film["description_html"]) == ({"be": "Кіно"}, "<p>What is on.</p>")

    page.get_by_role("link", name="Sections").first.click()
    row = page.locator("#section-film")
    row.get_by_role("link", name="Film").focus()
    for _ in range(2):  # over Travel and Sport, then into Culture
        with page.expect_navigation():
            page.keyboard.press("Alt+ArrowUp")
        expect(row).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("#section-culture #section-film")).to_be_visible()
    with page.expect_navigation():
        page.locator("#section-sport > .row").drag_to(
            page.locator("#section-film > .row"), target_position={"x": 40, "y": 2}
        )
    expect(page.locator("#section-culture #section-sport + #section-film")).to_be_visible()

    page.get_by_role("link", name="Culture").click()
    page.get_by_role("link", name="Merge or retire it").click()
    expect(page.get_by_role("heading", name="2 stories stand in it and below it")).to_be_visible()
    expect(page.get_by_role("link", name="Film 2")).to_be_visible()
    page.get_by_label("Into", exact=True).select_option(label="Travel")
    page.get_by_role("button", name="Merge: 2 stories move").click()
    expect(page.get_by_text("its addresses lead there")).to_be_visible()
    vocabulary = LiveVocabulary(ledger)
    Pipeline(
        ledger=ledger, index=index, vocabulary=vocabulary, zone=MINSK, lease=timedelta(seconds=30), worker="test"
    ).work()
    for suffix in ("", ".atom", ".ics"):
        answer = readers.get(f"/sections/culture{suffix}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/sections/travel{suffix}")
