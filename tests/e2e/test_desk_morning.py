"""An editor's morning in a browser, by names alone: the front, tags put right, a merge, a new topic, a promise, what is
stuck; and what readers have of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from dateline.adapters.embedded import EmbeddedIndex
from dateline.adapters.ledger import SqlLedger
from dateline.domain.event import Event
from dateline.domain.payload import to_payload
from dateline.ports.ledger.coverages import CoverageSearch
from dateline.ports.ledger.submissions import Submission
from dateline.settings import read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.pipeline import Pipeline
from dateline_ingest.app import create_app
from dateline_web.app import create_app as create_web_app
from fakes.wakeup import CountingWakeUp
from ledgers import add_picture, quarantine, token_of
from servers.desk import editors_tab
from unit.web.documents import MINSK

pytestmark = pytest.mark.browser

HARBOUR = "The harbour of Riga froze on Monday. Ships wait on the Baltic Sea, and Hrodna waits for them."
HEADLINES = ("Ships wait in the ice", "Minister speaks of the harbour", "Concert in Hrodna", "A book of the sea")


class Morning:
    """The newsroom's parts, and a worker that is asked."""

    def __init__(self, ledger: SqlLedger, index: EmbeddedIndex) -> None:
        self.ledger, self.index = ledger, index
        self.vocabulary = LiveVocabulary(ledger)
        self.pipeline = Pipeline(
            ledger=ledger, index=index, vocabulary=self.vocabulary, zone=MINSK, lease=timedelta(seconds=30), worker="w"
        )

    def submit(self, kind: str, payload: dict[str, object], label: str) -> str:
        """Put something on record; its id."""
        by = token_of(self.ledger, "edda")
        return self.ledger.submit(Submission(kind=kind, payload=payload, by=by, label=label)).id  # type: ignore[arg-type]

    def publish(self) -> None:
        """Let readers have what is due."""
        self.pipeline.work()


@pytest.fixture
def morning(ledger: SqlLedger, tmp_path: Path) -> Iterator[Morning]:
    """Four stories on the site, an event tomorrow, a picture, and one story that is stuck."""
    with closing(EmbeddedIndex(tmp_path / "index", MINSK)) as index:
        index.ensure()
        room = Morning(ledger, index)
        now = datetime.now(UTC)
        for hours, headline in enumerate(HEADLINES):
            at = (now - timedelta(hours=hours)).isoformat()
            body = {"schema": 1, "headline": headline, "body_text": HARBOUR, "summary": "In short.", "published_at": at}
            room.submit("story", body, headline)
        tomorrow = Event(title="Opening of the harbour", start=date.today() + timedelta(days=1))
        room.submit("event", to_payload(tomorrow), tomorrow.title)
        room.publish()
        add_picture(ledger, "pier")
        stuck = {"schema": 1, "headline": "Stuk story", "body_text": HARBOUR, "published_at": now.isoformat()}
        quarantine(ledger, room.submit("story", stuck, "Stuk story"), reason="400")
        yield room


@pytest.fixture
def readers(morning: Morning) -> FlaskClient:
    """The site."""
    return create_web_app(read_settings({}, log_level="error"), index=morning.index).test_client()


@pytest.fixture
def page(browser: Browser, morning: Morning) -> Iterator[Page]:
    """A tab in which an editor is signed in."""
    settings = read_settings({}, secret_key="k" * 32, log_level="error")
    app = create_app(
        settings, ledger=morning.ledger, wakeup=CountingWakeUp(), vocabulary=morning.vocabulary, queue_lengths=dict,
        index=morning.index,
    )  # fmt: skip
    with editors_tab(browser, app) as page:
        yield page


def go(page: Page, name: str) -> None:
    """To a page of the navigation."""
    page.get_by_role("navigation", name="Desk").get_by_role("link", name=name, exact=True).click()


def test_a_morning(page: Page, morning: Morning, readers: FlaskClient) -> None:
    lead_the_front(page)
    put_tags_right(page)
    merge(page)
    make_a_topic(page)
    cover_tomorrow(page)
    mend_what_is_stuck(page)
    morning.publish()

    front = readers.get("/").text
    assert front.index("A book of the sea") < front.index("Ships wait in the ice")
    assert "Harbours" in front
    assert "<mark>Stuck</mark> story" in readers.get("/search?q=stuck").text
    topic = readers.get("/topics/harbours").text
    assert "Where ships lie." in topic
    assert 'alt="The pier"' in topic
    assert readers.get("/places/baltic-sea").status_code == 301
    tags = {one["headline"]: one["tags"] for one in readers.get("/v1/search?sort=newest").get_json()["items"]}
    assert all("grodno" not in [tag["slug"] for tag in tags[headline]] for headline in HEADLINES[:2])
    assert "vilnius" in [tag["slug"] for tag in tags[HEADLINES[3]]]
    [promise] = morning.ledger.coverages(CoverageSearch()).items
    assert (promise.title, promise.assignee) == ("Opening of the harbour", "rita")


def lead_the_front(page: Page) -> None:
    go(page, "Front")
    page.get_by_role("link", name="A book of the sea").press("l")
    page.get_by_role("button", name="Put on the site now").click()
    expect(page.get_by_role("status").first).to_be_visible()


def put_tags_right(page: Page) -> None:
    for headline in HEADLINES[:2]:
        go(page, "Stories")
        page.get_by_role("link", name=headline).click()
        page.get_by_role("button", name="Take away Grodno").click()
        expect(page.get_by_text("Noted.")).to_be_visible()
    go(page, "Stories")
    page.get_by_role("link", name=HEADLINES[3]).click()
    page.get_by_label("Name of a person").fill("Vilnius")
    page.get_by_label("Type where a name").select_option("place")
    page.get_by_role("button", name="Add the tag").click()
    expect(page.get_by_text("Noted.")).to_be_visible()


def merge(page: Page) -> None:
    go(page, "Terms")
    page.get_by_label("Name in any language").fill("Baltic Sea")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Baltic Sea", exact=True).click()
    page.get_by_role("link", name="It is another name of a term").click()
    page.get_by_label("The term that stays").fill("Riga")
    page.get_by_role("button", name="See what would move").click()
    expect(page.get_by_role("status").get_by_text("4 stories carry Baltic Sea")).to_be_visible()
    page.get_by_role("button", name="Merge into Riga").click()
    expect(page.get_by_text("undone for a day").first).to_be_visible()


def make_a_topic(page: Page) -> None:
    go(page, "Terms")
    page.get_by_label("Name", exact=True).fill("Harbours")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label(re.compile("^One of these")).fill("harbour")
    page.get_by_role("textbox", name="Text", exact=True).fill("Where ships lie.")
    page.get_by_label("In the navigation").check()
    page.get_by_role("button", name="Choose a picture").click()
    page.get_by_role("dialog").get_by_role("searchbox").fill("pier")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("1 picture")
    page.get_by_role("dialog").get_by_role("searchbox").press("Enter")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def cover_tomorrow(page: Page) -> None:
    go(page, "Plan")
    page.get_by_role("region", name="What is missing").get_by_role("link", name="Opening of the harbour").click()
    page.locator("summary", has_text="Who covers it").click()
    page.get_by_label("Who", exact=True).first.fill("rita")
    page.get_by_role("button", name="Plan it").first.click()
    expect(page.get_by_text("rita covers it")).to_be_visible()


def mend_what_is_stuck(page: Page) -> None:
    go(page, "Quarantine")
    page.get_by_role("link", name="Stuk story").click()
    page.get_by_label("Headline").fill("Stuck story")
    page.get_by_role("button", name="Mend and try again").click()
    expect(page.get_by_text("Received at")).to_be_visible()
