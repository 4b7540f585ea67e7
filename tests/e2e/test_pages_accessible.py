"""Every page in a real browser: axe finds nothing, nothing is wider than the screen, nothing needs JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import Correction, FrontDocument
from dateline.domain.event import Location, Price
from dateline.domain.front import FrontRecord, PlacedColumn, PlacedStory, record_id
from dateline.domain.picture import PublicImage
from dateline.domain.story import Link
from dateline.settings import read_settings
from dateline_web.app import create_app
from servers.browser import low_contrast
from servers.html_validator import invalid_html
from servers.served import served
from unit.web.documents import MINSK, NOW, event, many_stories, story, tag, term, terms_of
from unit.web.pictures import picture

pytestmark = pytest.mark.browser

TEXT: Final = "BREST – Alena Hrynko spoke in Minsk.\n\nThe river rose."
LONG: Final = "Unabhängigkeitserklärungsunterzeichnungsfeierlichkeiten" * 3
MISSING: Final = PublicImage(
    url="http://127.0.0.1:1/missing.jpg", alt="A bridge", credit="Someone", caption="The bridge"
)
PAGES: Final = (
    "/", "/search", "/search?q=river&place=minsk", "/search?q=harvst", "/search?limit=x", "/sections", "/sections/news",
    "/topics", "/places", "/topics/culture", "/places/minsk", "/archive/2016", "/archive/2016/05",
    "/archive/2026/11/24", "/archive/1999/01/01", "/events", "/events/2026/11", "/events?view=day&day=2026-11-28",
    "/events?view=year&place=minsk", "/events/zone", "/events/subscribe?place=minsk&alarm=PT1H", "/nothing",
    "/events/fair", "/stories/full", "/stories/long", "/stories/gone", "/v1/docs",
    "/stories/full/a-bridge-opens-over-the-river/pictures/2", "/front/2026/11/05T18",
)  # fmt: skip
WIDTHS: Final = (360, 820, 1440)
AXE_WIDTHS: Final = (360, 1440)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A web service on a newsroom with a story of every kind."""
    index = EmbeddedIndex(tmp_path_factory.mktemp("pages") / "index", MINSK)
    index.ensure()
    stories = [*many_stories(120), *special_stories()]
    fair = event(
        "Winter fair", date(2026, 11, 24), end=date(2026, 11, 26), id="fair", reason="The square is closed.",
        contact="Anna", status="postponed",
        price=Price(amount="5", currency="BYN"), categories=("Fair", "Open air"), online_url="https://example.org/fair",
        attendance="mixed", images=(picture("The fair"),),
        further_locations=(Location(name="Yard"), Location(name="Hall")),
        links=(Link(url="https://example.org/a", title="Tickets"), Link(url="https://example.org/b")),
    )  # fmt: skip
    concert = event("Organ hour", datetime(2026, 11, 28, 16, 0, tzinfo=MINSK), rrule="FREQ=WEEKLY;COUNT=5")
    landing = term("topic", "Culture", landing=True, description_html="<p>Theatre, books and films.</p>")
    evening = [
        event(f"Evening {n}", datetime(2026, 11, 27 + n % 2, 18, 30 * (n % 2), tzinfo=MINSK),
              tags=(tag("place", "Minsk"), tag("topic", "Culture")), status="cancelled" if n == 1 else "confirmed")
        for n in range(9)
    ]  # fmt: skip
    index.put([*stories, *terms_of(stories), landing, fair, concert, *evening, front_as_it_was()])
    app = create_app(read_settings({}, log_level="error"), index=index, now=lambda: NOW)
    with served(app) as address:
        yield address
    index.close()


def front_as_it_was() -> FrontDocument:
    at = datetime(2026, 11, 5, 18, 5, tzinfo=MINSK)
    full, long, gone = (PlacedStory(id=id, revision=1, headline=LONG, summary=LONG) for id in ("full", "long", "gone"))
    column = PlacedColumn(section="news", label="News", stories=(gone, long))
    record = FrontRecord(page="home", at=at, lead=full, second=(long, gone), columns=(column,), breaking=LONG)
    return FrontDocument(id=record_id("home", at), version=1, page="home", at=at, record=record)


def special_stories() -> list[Any]:
    corrected = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    full = story(
        "A bridge opens over the river", TEXT, id="full", section="news/economy", summary="In short.",
        byline="A. Writer", source="Agency", place="BREST", published_at=datetime(2026, 11, 24, 9, 0, tzinfo=MINSK),
        tags=(tag("place", "Minsk", text=TEXT), tag("person", "Alena Hrynko", text=TEXT), tag("topic", "Culture")),
        images=(MISSING, picture("A pier", caption="The pier", lead=True), picture("", decorative=True), picture()),
        links=(Link(url="https://example.org/", title="The report"),), revision=2,
        corrections=(Correction(at=corrected, note="A name was wrong.", diff=(("a", "b"),)),),
    )  # fmt: skip
    long = story(LONG, f"{LONG}\n\n{LONG}", id="long", section="news", summary=LONG, byline=LONG, language="de")
    return [full, long, story(id="gone", withdrawn=True, notice="Withdrawn by the editor.")]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab."""
    opened = browser.new_page(color_scheme="light", viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width in AXE_WIDTHS:
            found = Axe().run(page)
            assert not found.response["violations"], found.generate_report()
    page.emulate_media(color_scheme="dark")
    assert not low_contrast(page)


def test_every_page_is_valid_html(page: Page, address: str, tmp_path: Path) -> None:
    assert not invalid_html({path: page.request.get(address + path).text() for path in PAGES}, tmp_path)


def test_the_first_tab_stop_leads_past_the_navigation(page: Page, address: str) -> None:
    page.goto(address + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_reader_without_javascript_searches_narrows_and_reads(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address + "/")
    page.get_by_role("searchbox").fill("river")
    page.get_by_role("button", name="Search").click()
    page.get_by_text("Narrow down").click()
    page.get_by_role("link", name="Minsk", exact=True).first.click()
    page.get_by_role("region", name="Stories found").get_by_role("heading").first.get_by_role("link").click()
    page.wait_for_url("**/stories/**")
    context.close()


def test_facets_stand_open_where_there_is_room(page: Page, address: str) -> None:
    page.goto(address + "/search?q=river")
    facet = page.locator(".facet").first
    expect(facet).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(facet).not_to_be_visible()


@pytest.mark.parametrize("path", ["/", "/sections/news", "/stories/full/a-bridge-opens-over-the-river"])
def test_a_missing_picture_leaves_no_hole(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    missing = page.locator("img[alt]:not([alt=''])[src*='/media/']")
    missing.first.scroll_into_view_if_needed()
    expect(missing.first).to_have_js_property("complete", True)
    assert (missing.first.bounding_box() or {"height": 0})["height"] < 60


@pytest.mark.parametrize("width", [360, 820, 1440])
def test_the_front_page_has_no_hole_between_its_stories(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + "/")
    boxes = [part.bounding_box() or {} for part in page.locator(".front > article, .front > .columns").all()]
    if width == 360:
        boxes.insert(2, page.locator(".front > .rail").bounding_box() or {})
    boxes.sort(key=lambda box: box["y"])
    ends = accumulate((box["y"] + box["height"] for box in boxes), max)
    for end, below in zip(ends, boxes[1:], strict=False):
        assert below["y"] - end < 40


def test_a_day_is_a_grid_where_there_is_room_and_a_list_on_a_phone(page: Page, address: str) -> None:
    page.goto(address + "/events?view=day&day=2026-11-28")
    grid, listed, rows = page.locator(".hour-grid"), page.locator(".as-agenda"), page.locator(".narrow-row").first
    expect(grid).to_be_visible()
    expect(listed).not_to_be_visible()
    expect(rows).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(grid).not_to_be_visible()
    expect(listed).to_be_visible()
    page.get_by_text("Narrow down").click()
    expect(rows).to_be_visible()


def test_print_leaves_out_what_paper_cannot_do(page: Page, address: str) -> None:
    page.goto(address + "/stories/full")
    page.emulate_media(media="print")
    expect(page.locator(".masthead nav").first).not_to_be_visible()
    expect(page.locator(".find").first).not_to_be_visible()
    expect(page.locator(".body")).to_be_visible()
    expect(page.locator(".printed-from")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_no_page_fetches_anything_from_elsewhere(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/events", "/search", "/archive/2016", "/stories/long", "/v1/docs"):
        page.goto(address + path, wait_until="networkidle")
    assert asked
    assert {url for url in asked if not url.startswith(address)} == set()
