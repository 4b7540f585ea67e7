"""The editor of a story's text in a real browser: what is written is stored as it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dateline.adapters.ledger import SqlLedger
from ledgers import all_items
from servers.desk import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A tab that is signed in."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, permissions=["clipboard-read"])
    opened = context.new_page()
    errors: list[str] = []
    opened.set_default_timeout(20_000)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(opened, address)
    yield opened
    context.close()
    assert not errors


@pytest.fixture
def editor(page: Page) -> Locator:
    """The text, once the editor has taken the field's place."""
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    return page.get_by_role("textbox", name="Text", exact=True)


def stored(ledger: SqlLedger) -> str:
    """The HTML of the only story, as it came."""
    [item] = all_items(ledger).values()
    payload = item.newest.payload
    assert payload
    html: str = payload["body_html"]
    return html


def submit(page: Page) -> None:
    page.get_by_label("Headline").fill("Bridge opens")
    page.get_by_role("button", name="Put on the site now").click()
    expect(page.get_by_text("Received at")).to_be_visible()


def paste(editor: Locator, html: str, text: str = "") -> None:
    editor.evaluate(
        """(element, [html, text]) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          data.setData("text/plain", text);
          element.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        [html, text],
    )


def test_what_the_keys_make_is_stored(page: Page, editor: Locator, ledger: SqlLedger) -> None:
    editor.click()
    keyboard = page.keyboard
    keyboard.type("## The bridge")
    keyboard.press("Enter")
    keyboard.type("It is ")
    keyboard.press("Control+b")
    keyboard.type("open")
    keyboard.press("Control+b")
    keyboard.type(".")
    keyboard.press("Enter")
    keyboard.type("- one")
    keyboard.press("Enter")
    keyboard.type("two")
    submit(page)
    assert stored(ledger) == ("<h2>The bridge</h2><p>It is <strong>open</strong>.</p><ul><li>one</li><li>two</li></ul>")
    expect(page.locator(".submitted strong")).to_have_text("open")


def test_the_toolbar_is_one_stop_of_the_tab_key(page: Page, editor: Locator, ledger: SqlLedger) -> None:
    editor.click()
    page.keyboard.type("Quoted")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Heading")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Link")).to_be_disabled()
    page.keyboard.press("Enter")
    expect(editor).to_be_focused()
    submit(page)
    assert stored(ledger) in ("<blockquote><p>Quoted</p></blockquote>", "<ul><li>Quoted</li></ul>")


def test_the_toolbar_is_reached_where_its_first_button_can_do_nothing(page: Page, editor: Locator) -> None:
    editor.click()
    page.keyboard.type("- one")
    expect(page.get_by_role("button", name="Heading")).to_be_disabled()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Heading")).to_be_focused()
    page.keyboard.press("Enter")
    expect(editor.locator("li")).to_have_text("one")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()


def test_a_link_is_set_by_keys(page: Page, editor: Locator, ledger: SqlLedger) -> None:
    editor.click()
    page.keyboard.type("See there")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+k")
    page.keyboard.type("example.org/x")
    page.keyboard.press("Enter")
    expect(editor).to_be_focused()
    submit(page)
    assert stored(ledger) == '<p>See <a href="https://example.org/x" rel="noopener noreferrer">there</a></p>'


def test_pasted_text_is_shown_as_it_will_be_stored(page: Page, editor: Locator, ledger: SqlLedger) -> None:
    editor.click()
    page.keyboard.type("Before. ")
    word = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p{color:red}</style></head><body>"
        "<p class=MsoNormal style='color:red'>One <b>bold</b><o:p></o:p></p><script>steal()</script>"
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>item</p>"
        "</body></html>"
    )
    paste(editor, word)
    expect(editor.locator("strong")).to_have_text("bold")
    expect(editor).to_contain_text("item")
    shown = editor.evaluate("element => element.innerText")
    submit(page)
    html = stored(ledger)
    assert "style" not in html and "steal" not in html and "·" not in html
    assert shown.strip().startswith("Before. One bold")


def test_pasting_without_the_server_keeps_less_and_loses_no_word(page: Page, editor: Locator) -> None:
    page.route("**/pasted", lambda route: route.abort())
    editor.click()
    paste(editor, "<p style='color:red'>One <b>bold</b></p><script>steal()</script>")
    expect(editor.locator("strong")).to_have_text("bold")
    expect(editor).not_to_contain_text("steal")


def test_a_table_is_left_by_the_tab_key_at_its_end(page: Page, editor: Locator, ledger: SqlLedger) -> None:
    editor.click()
    page.get_by_role("button", name="Table", exact=True).click()
    for cell in "abcdefghi":
        page.keyboard.type(cell)
        page.keyboard.press("Tab")
    expect(editor).not_to_be_focused()
    submit(page)
    assert "<tr><th>a</th><th>b</th><th>c</th></tr><tr><td>d</td>" in stored(ledger)


def test_plain_text_comes_and_goes_with_what_it_had(page: Page, editor: Locator, ledger: SqlLedger) -> None:
    editor.click()
    page.keyboard.type("## Head")
    page.keyboard.press("Enter")
    page.keyboard.type("Body")
    page.get_by_role("button", name="Plain text").click()
    expect(page.get_by_label("Text", exact=True)).to_have_value("Head\n\nBody")
    page.get_by_role("button", name="Formatted text").click()
    expect(editor.locator("h2")).to_have_text("Head")
    page.get_by_role("button", name="Plain text").click()
    page.get_by_label("Text", exact=True).fill("Other")
    submit(page)
    [item] = all_items(ledger).values()
    assert item.newest.payload and item.newest.payload["body_text"] == "Other"


def test_a_text_comes_back_as_it_was(page: Page, editor: Locator, ledger: SqlLedger) -> None:
    story = '<h2>A</h2><ol start="3"><li>b<ul><li>c</li></ul></li></ol><footer><p>Corrected.</p></footer>'
    paste(editor, story)
    expect(editor.locator("footer")).to_have_text("Corrected.")
    submit(page)
    page.get_by_role("link", name="Correct").click()
    expect(editor.locator("footer")).to_have_text("Corrected.")
    page.get_by_label("A typo").check()
    page.get_by_role("button", name="Put the correction on the site now").click()
    expect(page.get_by_text("Received at")).to_be_visible()
    assert stored(ledger) == story


def test_what_the_editor_does_not_know_stays_html(page: Page, editor: Locator, ledger: SqlLedger) -> None:
    story = "<dl><dt>a</dt><dd>b</dd></dl><p>c</p>"
    page.route("**/stories", lambda route: route.continue_(post_data=_with_html(route.request.post_data or "", story)))
    editor.fill("c")
    submit(page)
    page.get_by_role("link", name="Correct").click()
    expect(page.get_by_text("the editor doesn't know all of it: dl, dt, dd.")).to_be_visible()
    expect(page.get_by_label("Text (HTML)")).to_have_value(story)
    page.get_by_label("Text (HTML)").fill(story + "<p>d</p>")
    page.get_by_label("A typo").check()
    page.get_by_role("button", name="Put the correction on the site now").click()
    expect(page.get_by_text("Received at")).to_be_visible()
    assert stored(ledger) == story + "<p>d</p>"


def _with_html(form: str, html: str) -> str:
    return urlencode([(name, html if name == "body_html" else value) for name, value in parse_qsl(form, True)])
