"""Coverages that are filed by themselves: by an event's story, the assignee's words, and what is no such story."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dateline.domain.coverage import Coverage
from dateline_ingest.planning.filing import ArrivedStory, Filing, is_told, promises_kept, words_of
from ledgers import index_all
from unit.ingest.conftest import Newsroom

MINSK = ZoneInfo("Europe/Minsk")
DAY = date(2026, 12, 5)
MADE = datetime(2026, 12, 1, tzinfo=UTC)


def promise(number: int = 1, **more: Any) -> Coverage:
    said = {"title": "Slavianski Bazaar opens", "day": DAY, "form": "text", "state": "assigned", "event_id": "e"}
    made = {"revision": 1, "made_at": MADE, "changed_at": MADE, "by": "edda", "counts_from": MADE}
    return Coverage(**{"id": f"c{number}", **said, **made, **more})  # type: ignore[arg-type]


def kept(story: dict[str, Any], *waiting: Coverage, filed: tuple[str, ...] = (), day: date = DAY) -> list[str]:
    came = {"story_id": "s", "owner_id": "ann", "received_at": MADE + timedelta(hours=1), "has_pictures": False}
    return [one.id for one in promises_kept(ArrivedStory(**{**came, **story}), waiting, filed, day)]  # type: ignore[arg-type]


def test_a_story_keeps_its_authors_promise_first_then_nobodys() -> None:
    ann, boris, nobody = promise(1, assignee_id="ann"), promise(2, assignee_id="boris"), promise(3)
    assert kept({}, boris, nobody, ann) == ["c1"]
    assert kept({}, boris, nobody) == ["c3"]
    assert kept({}, boris) == ["c2"]
    assert kept({}, boris, day=DAY - timedelta(days=3)) == []
    assert kept({}, ann, day=DAY - timedelta(days=3)) == ["c1"]


def test_a_story_keeps_one_promise_of_text_and_one_of_a_picture() -> None:
    text, live, picture, video = (promise(n, form=form) for n, form in enumerate(("text", "live", "picture", "video")))
    assert kept({}, text, live, picture, video) == ["c0"]
    assert kept({"has_pictures": True}, text, live, picture, video) == ["c0", "c2"]
    assert kept({"has_pictures": True}, live, picture, filed=("text",)) == ["c2"]


def test_a_story_before_the_promise_keeps_none() -> None:
    assert kept({"received_at": MADE - timedelta(hours=1)}, promise(assignee_id="ann")) == []


def test_of_several_times_the_nearest_is_kept() -> None:
    first, second = promise(1), promise(2, day=DAY + timedelta(days=7))
    assert kept({}, first, second) == ["c1"]
    assert kept({}, first, second, day=DAY + timedelta(days=6)) == ["c2"]


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        ("Slavianski Bazaar opens", "The Slavianski Bazaar was opened in Vitebsk", True),
        ("Slavianski Bazaar opens", "The bazaar sells apples", False),
        ("Открытие Славянского базара", "Славянский базар открыли: открытие прошло в Витебске", True),
        ("Press day", "Anything", False),
        ("Budget vote in parliament", "Parliament passes the budget", True),
    ],
)
def test_an_assignees_story_is_known_by_the_words_of_the_promise(title: str, text: str, told: bool) -> None:
    words = words_of({"headline": text, "body_html": "<p>More</p>"})
    assert is_told(promise(title=title, event_id=""), DAY, words, MINSK) is told
    assert not is_told(promise(title=title, event_id=""), DAY + timedelta(days=4), words, MINSK)


@pytest.fixture
def filing(newsroom: Newsroom) -> Filing:
    return Filing(newsroom.ledger, MINSK, lambda: datetime.now(UTC))


def plan(newsroom: Newsroom, **body: Any) -> str:
    made = newsroom.ask("POST", "/v1/coverages", "edda", json=body)
    assert made.status_code == 201, made.text
    coverage: str = made.get_json()["id"]
    return coverage


def state(newsroom: Newsroom, coverage: str) -> tuple[str, str]:
    found = newsroom.ledger.coverage(coverage)
    return found.state, found.story_id


def test_an_events_story_files_it_and_a_withdrawal_opens_it_again(newsroom: Newsroom, filing: Filing) -> None:
    today = datetime.now(MINSK).date().isoformat()
    event = {"title": "Slavianski Bazaar", "start": today}
    bazaar = newsroom.ask("POST", "/v1/events", "edda", json=event).get_json()["id"]
    coverage = plan(newsroom, event_id=bazaar, assignee="otto")
    story = newsroom.submit()["id"]
    newsroom.ledger.link_event(story, bazaar, newsroom.ledger.find_token("secret-edda"))  # type: ignore[arg-type]
    filing.work()
    assert state(newsroom, coverage) == ("assigned", "")
    index_all(newsroom.ledger)
    filing.work()
    assert state(newsroom, coverage) == ("filed", story)
    newsroom.ask("DELETE", f"/v1/stories/{story}", json={"note": "No bridge."}, headers={"If-Match": '"1"'})
    filing.work()
    assert state(newsroom, coverage) == ("assigned", "")
    index_all(newsroom.ledger)
    filing.work()
    assert state(newsroom, coverage) == ("assigned", "")


def test_an_assignees_story_with_its_words_files_it(newsroom: Newsroom, filing: Filing) -> None:
    today = datetime.now(MINSK).date().isoformat()
    mine = plan(newsroom, title="Bridge over the river opens", day=today, assignee="rita")
    other = plan(newsroom, title="Budget vote in parliament", day=today, assignee="rita")
    story = newsroom.submit()["id"]
    newsroom.submit("otto", headline="Parliament passes the budget vote")
    index_all(newsroom.ledger)
    filing.work()
    filing.work()
    assert state(newsroom, mine) == ("filed", story)
    assert state(newsroom, other) == ("assigned", "")


def test_a_given_draft_files_it_when_it_is_sent(newsroom: Newsroom, filing: Filing) -> None:
    coverage = plan(newsroom, title="Anything at all", day="2026-12-05", assignee="rita", give_draft=True)
    draft = newsroom.ledger.coverage(coverage).draft_id
    body = {"headline": "Quite another", "body_text": "Text.", "embargo_until": "2099-01-01T00:00:00Z"}
    newsroom.ask("PUT", f"/v1/drafts/{draft}", json=body, headers={"If-Match": '"1"'})
    sent = newsroom.ask("POST", f"/v1/drafts/{draft}/submit").get_json()
    filing.work()
    assert (sent["state"], state(newsroom, coverage)) == ("held", ("filed", sent["id"]))
