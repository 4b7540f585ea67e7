"""Tags while one writes, in a real browser: what a reporter decides is what readers get."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Locator, Page, expect

from contract.calendars.conftest import Newsroom
from security.conftest import paper
from servers.desk import sign_in
from servers.served import served

__all__ = ["paper"]
pytestmark = pytest.mark.browser

TEXT = "🌉 The bridge in Brest is open again, Alexander Lukashenko said in Minsk. Brest waited for years."


@pytest.fixture
def desk(paper: Newsroom) -> Iterator[str]:
    with served(paper.editor.application) as address:
        yield address


@pytest.fixture
def page(browser: Browser, desk: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab that is signed in; without JavaScript where the test's parameter says so."""
    scripted = getattr(request, "param", True)
    opened = browser.new_page(java_script_enabled=scripted, viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(20_000)
    sign_in(opened, desk, "secret-rita")
    yield opened
    opened.close()


def line(page: Page, key: str) -> Locator:
    return page.locator(f'#tags .tag[data-key="{key}"]')


def readers_tags(paper: Newsroom, page: Page) -> set[str]:
    """What the worker makes of the story that the page shows."""
    while paper.pipeline.take_batch():
        pass
    paper.index.refresh()
    story = page.url.rpartition("/")[2]
    reader: FlaskClient = paper.reader
    shown: set[str] = {f"{tag['type']}:{tag['slug']}" for tag in reader.get(f"/v1/stories/{story}").get_json()["tags"]}
    assert all(tag.partition(":")[2] in reader.get(f"/stories/{story}", follow_redirects=True).text for tag in shown)
    return shown


def test_what_was_decided_while_writing_is_what_readers_get(page: Page, paper: Newsroom) -> None:
    page.get_by_label("Headline").fill("Bridge opens")
    page.wait_for_load_state()
    page.get_by_label("Text", exact=True).fill(TEXT)
    expect(line(page, "person:alexander-lukashenko")).to_contain_text("“Alexander Lukashenko”")
    expect(page.get_by_role("button", name="Show the tags")).to_be_hidden()

    line(page, "place:brest").get_by_role("button", name="Brest", exact=True).click()
    marked = "() => Array.from(CSS.highlights.get('tag-words') ?? [], range => range.toString())"
    assert page.evaluate(marked) == ["Brest", "Brest"]

    page.get_by_label("Which Brest?").select_option("place:brest-fr")
    expect(line(page, "place:brest-fr")).to_contain_text("added")
    line(page, "person:alexander-lukashenko").get_by_role("button", name="Not this").press("Enter")
    expect(page.get_by_role("button", name="Take back in: Alexander Lukashenko")).to_be_visible()

    add = page.get_by_label("Add a tag")
    add.press_sequentially("вильнюс")
    expect(page.get_by_role("option").first).to_contain_text("Vilnius")
    add.press("ArrowDown")
    expect(add).to_have_attribute("aria-activedescendant", "add_tag-0")
    add.press("Enter")
    expect(line(page, "place:vilnius")).to_be_visible()

    page.get_by_label("Text", exact=True).press("End")
    page.keyboard.type(" It was Alexander Lukashenko’s.")
    rita = paper.ledger.live_token("rita")
    assert rita is not None
    while "It was" not in json.dumps(
        [paper.ledger.draft(one.id, rita).body for one in paper.ledger.drafts(rita).drafts]
    ):
        page.wait_for_timeout(50)
    page.reload()
    expect(page.get_by_role("button", name="Take back in: Alexander Lukashenko")).to_be_visible()
    expect(line(page, "place:vilnius")).to_be_visible()

    page.get_by_role("button", name="Plain text").click()
    line(page, "place:minsk").get_by_role("button", name="Minsk", exact=True).click()
    selected = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert page.get_by_label("Text", exact=True).evaluate(selected) == "Minsk"

    page.get_by_role("button", name="Put on the site now").click()
    expect(page.get_by_text("Received at")).to_be_visible()
    found = readers_tags(paper, page)
    assert {"place:vilnius", "place:brest-fr", "place:minsk"} <= found
    assert not found & {"place:brest", "person:alexander-lukashenko"}
    page.get_by_role("link", name="Correct").click()
    expect(page.get_by_role("button", name="Take back in: Alexander Lukashenko")).to_be_visible()


@pytest.mark.parametrize("page", [False], ids=["plain"], indirect=True)
def test_the_same_by_boxes(page: Page, paper: Newsroom) -> None:
    page.get_by_label("Headline").fill("Bridge opens")
    page.wait_for_load_state()
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("button", name="Show the tags").click()
    page.get_by_role("checkbox", name="Alexander Lukashenko").uncheck()
    page.get_by_label("Which Brest?").select_option("place:brest-fr")
    page.get_by_label("Add a tag").fill("Вильнюс")
    page.get_by_role("button", name="Put on the site now").click()
    expect(page.get_by_text("Received at")).to_be_visible()
    found = readers_tags(paper, page)
    assert {"place:vilnius", "place:brest-fr", "place:minsk"} <= found
    assert not found & {"place:brest", "person:alexander-lukashenko"}
