"""The whole way of a story at the desk, in a real browser: written, held, released, corrected by two at a time,
withdrawn and brought back; after each step a reader looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.ledger import SqlLedger
from dateline.settings import read_settings
from dateline_indexer.pipeline import Pipeline
from dateline_ingest.app import create_app
from dateline_web.app import create_app as create_web_app
from fakes.wakeup import CountingWakeUp
from ledgers import all_items
from servers.desk import sign_in, words
from servers.served import served
from unit.indexer.parts import MINSK, FakeVocabulary

pytestmark = pytest.mark.browser

KEY = "p" * 32
PASTED = (
    '<p class="MsoNormal">Ann Lee spoke in <b>Brest</b>.</p><p>Cars cross the bridge since March.</p>'
    "<p>Trains follow.</p>"
)


@dataclass
class Paper:
    """Where the desk and the readers' site answer, and the worker between them."""

    desk: str
    web: str
    ledger: SqlLedger
    index: EmbeddedIndex
    pipeline: Pipeline

    def seen(self) -> tuple[int, str]:
        """What a reader gets of the only story, once the worker has done what is due."""
        while self.pipeline.take_batch():
            pass
        self.index.refresh()
        [story] = all_items(self.ledger)
        answer = requests.get(f"{self.web}/stories/{story}", timeout=20)
        return answer.status_code, answer.text

    def correct(self, **fields: Any) -> None:
        """Correct the story as an editor elsewhere does."""
        [(story, item)] = all_items(self.ledger).items()
        payload = item.newest.payload or {}
        body = {name: payload[name] for name in ("headline", "body_html")} | fields
        headers = {"Authorization": "Bearer secret-edda", "If-Match": "*"}
        answer = requests.put(f"{self.desk}/v1/stories/{story}", json=body, headers=headers, timeout=20)
        assert answer.status_code == 202, answer.text


@pytest.fixture
def paper(ledger: SqlLedger, tmp_path: Path) -> Iterator[Paper]:
    with closing(EmbeddedIndex(tmp_path / "index", MINSK)) as index:
        index.ensure()
        common: dict[str, Any] = {"preview_key": KEY, "log_level": "error", "timezone": "Europe/Minsk"}
        with served(create_web_app(read_settings({}, **common), index=index)) as web:
            settings = read_settings({}, secret_key="k" * 32, web_port=web.rpartition(":")[2], **common)
            app = create_app(settings, ledger=ledger, wakeup=CountingWakeUp(), vocabulary=words(), queue_lengths=dict)
            with served(app) as desk:
                pipeline = Pipeline(
                    ledger=ledger, index=index, vocabulary=FakeVocabulary(), zone=MINSK, lease=timedelta(seconds=30),
                    worker="test",
                )  # fmt: skip
                yield Paper(desk, web, ledger, index, pipeline)


@pytest.fixture
def page(browser: Browser, paper: Paper) -> Iterator[Page]:
    """A tab in which a reporter is signed in."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    errors: list[str] = []
    opened.set_default_timeout(20_000)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(opened, paper.desk, "secret-rita")
    yield opened
    context.close()
    assert not errors


def paste(editor: Locator, html: str) -> None:
    editor.evaluate(
        """(element, html) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          element.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )


def test_the_whole_way(page: Page, paper: Paper) -> None:
    editor = page.get_by_role("textbox", name="Text", exact=True)
    _write_and_hold(page, editor)
    assert paper.seen()[0] == 404
    _release(page)
    status, text = paper.seen()
    assert status == 200 and "Cars cross the bridge since March." in text and "corrected" not in text
    _correct_with_a_conflict(page, editor, paper)
    status, text = paper.seen()
    assert status == 200 and "since April" in text and "Trains follow in June." in text and "Bridge is open" in text
    assert "This story was corrected" in text and "It was April." in text
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("What readers are told").fill("It was another bridge.")
    page.get_by_role("button", name="Take it off the site").click()
    expect(page.get_by_text("Readers see the note instead")).to_be_visible()
    status, text = paper.seen()
    assert status == 410 and "It was another bridge." in text
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_text("The story is back; readers will see it")).to_be_visible()
    status, text = paper.seen()
    assert status == 200 and "Trains follow in June." in text


def _write_and_hold(page: Page, editor: Locator) -> None:
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    page.get_by_label("Headline").fill("Bridge opens")
    paste(editor, PASTED)
    expect(editor.locator("strong, b")).to_have_text("Brest")
    expect(page.get_by_role("region", name="Tags").get_by_text("Brest", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Preview").click()
    shown = page.get_by_role("figure", name="On a phone").frame_locator("iframe")
    expect(shown.get_by_role("heading", name="Bridge opens")).to_be_visible()
    page.get_by_role("link", name="Go on writing").click()
    page.get_by_text("When", exact=True).click()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    page.get_by_label("Date", exact=True).fill(tomorrow.date().isoformat())
    page.get_by_label("Time", exact=True).fill("18:00")
    page.get_by_role("button", name="Hold until 18:00").click()
    expect(page.get_by_text("It is on disk, and held until 18:00")).to_be_visible()


def _release(page: Page) -> None:
    page.get_by_role("link", name="Correct", exact=True).click()
    expect(page.get_by_text("No reader has seen this story yet")).to_be_visible()
    page.get_by_label("Date", exact=True).fill("")
    page.get_by_label("Time", exact=True).fill("")
    page.get_by_role("button", name="Put the correction on the site now").click()
    expect(page.get_by_text("readers will see it in a second or two")).to_be_visible()


def _correct_with_a_conflict(page: Page, editor: Locator, paper: Paper) -> None:
    page.get_by_role("link", name="Correct", exact=True).click()
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    page.get_by_label("Headline").fill("Bridge is open")
    editor.locator("p").nth(2).click()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type(" in June.")
    before = (next(iter(all_items(paper.ledger).values())).newest.payload or {})["body_html"]
    paper.correct(headline="The bridge opened", body_html=before.replace("March", "April"))
    page.get_by_label("Why this correction").fill("It was April.")
    page.get_by_role("button", name="Put the correction on the site now").click()
    expect(page.get_by_role("heading", name="Two corrections")).to_be_visible()
    expect(page.locator("fieldset.dispute")).to_have_count(1)
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    page.get_by_role("radio", name="Yours").check()
    page.get_by_role("button", name="Put them together").click()
    expect(editor.locator("p").nth(1)).to_have_text("Cars cross the bridge since April.")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator("#changes ins").first).to_contain_text("Bridge")
    page.get_by_role("button", name="Put the correction on the site now").click()
    expect(page.get_by_text("Received at")).to_be_visible()
