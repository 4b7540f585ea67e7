"""Sources that are pulled: what their entries become, what a second pull changes, and what a bad one harms."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import ip_network
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from dateline.adapters.fetch import CheckedFetcher
from dateline.adapters.ledger.database.source_tables import pulled_sources
from dateline.ports.ledger.pulled_sources import PulledSource, PullReport, SourceDetails
from dateline.ports.wakeup import Lane
from dateline_ingest.calendars.import_settings import ImportSettings
from dateline_ingest.pulling.due_sources import DueSources
from servers.origin import Origin, running_origin

Pull = Callable[[], PulledSource]


@pytest.fixture
def origin() -> Iterator[Origin]:
    with running_origin() as running:
        yield running


@pytest.fixture
def source(newsroom: Any, origin: Origin) -> PulledSource:
    details = SourceDetails(name="BelTA", url=f"{origin.address}/feed", every=timedelta(minutes=5), language="be")
    return newsroom.ledger.add_source(details, newsroom.ledger.live_token("edda"))


@pytest.fixture
def pull(newsroom: Any, source: PulledSource) -> Pull:
    """Pulls what is due, and so does the source whatever it is to wait for."""
    parts = newsroom.app.extensions["dateline"]
    fetcher = CheckedFetcher((ip_network("127.0.0.0/8"),))
    due = DueSources(
        newsroom.ledger, fetcher, parts.intake, parts.vocabulary.current, ImportSettings(zone=ZoneInfo("Europe/Minsk"))
    )

    def once() -> PulledSource:
        with newsroom.ledger._engine.begin() as connection:
            connection.execute(update(pulled_sources).values(next_at=source.added_at))
        due.work(10)
        return newsroom.ledger.source(source.id)

    return once


def feed(*items: Any, **more: Any) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": items, **more}).encode()


def entry(number: int, text: str = "The bridge is open.", **more: Any) -> dict[str, Any]:
    return {"id": f"n-{number}", "title": f"Story {number}", "content_text": text, **more}


def labels(newsroom: Any) -> list[str]:
    return [item.label for item in newsroom.items.values() if item.kind == "story"]


def test_each_entry_is_a_story_of_the_source(newsroom: Any, origin: Origin, pull: Pull) -> None:
    origin.says("/feed", feed(entry(2, date_published="2026-11-29T10:00:00Z"), entry(1)))
    done = pull()
    assert (done.report, done.error, done.failures) == (PullReport(new=2), "", 0)
    assert labels(newsroom) == ["Story 2", "Story 1"]
    payloads = [item.newest.payload for item in newsroom.items.values()]
    assert [(one["source"], one["external_id"], one["language"]) for one in payloads] == [
        ("BelTA", "n-2", "be"), ("BelTA", "n-1", "be")
    ]  # fmt: skip
    assert payloads[0]["published_at"].startswith("2026-11-29T10:00:00")
    assert {item.owner for item in newsroom.items.values()} == {"BelTA"}
    assert Lane.LIVE in newsroom.wakeup.woken


def test_a_second_pull_changes_nothing_and_a_changed_entry_is_a_correction(
    newsroom: Any, origin: Origin, pull: Pull
) -> None:
    origin.says("/feed", feed(entry(2), entry(1)))
    pull()
    assert pull().report == PullReport(unchanged=2)
    origin.says("/feed", feed(entry(3), entry(2), entry(1, "The bridge is closed.")))
    assert pull().report == PullReport(new=1, changed=1, unchanged=1)
    revisions = {item.label: item.newest_revision for item in newsroom.items.values()}
    assert revisions == {"Story 1": 2, "Story 2": 1, "Story 3": 1}


def test_what_the_server_said_of_its_answer_is_asked_with(newsroom: Any, origin: Origin, pull: Pull) -> None:
    origin.says("/feed", feed(entry(1)), ETag='"v1"', Last_Modified="Mon, 30 Nov 2026 10:00:00 GMT")
    pull()
    origin.says("/feed", status=304, ETag='"v1"')
    done = pull()
    asked = origin.asked[-1][2]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"v1"', "Mon, 30 Nov 2026 10:00:00 GMT")
    assert (done.report, done.etag, done.failures) == (PullReport(new=1), '"v1"', 0)


def test_a_bad_entry_harms_no_other(newsroom: Any, origin: Origin, pull: Pull) -> None:
    secret = "zanzibar"
    bad = {"id": "bad", "title": secret, "content_html": f"<p>{secret}</p>" + "<b>" * 10_000}
    ahead = entry(9, date_published="2199-01-01T00:00:00Z", title=secret)
    origin.says("/feed", feed(entry(2), bad, entry(1), ahead))
    report = pull().report
    assert report is not None and (report.new, report.refused) == (2, 2)
    assert [one.partition(":")[0] for one in report.refusals] == ["entry 2", "entry 4"]
    assert secret not in "".join(report.refusals)
    assert labels(newsroom) == ["Story 2", "Story 1"]


def test_what_was_withdrawn_or_erased_here_stays_so(newsroom: Any, origin: Origin, pull: Pull) -> None:
    origin.says("/feed", feed(entry(1), entry(2)))
    pull()
    for item in newsroom.items.values():
        if item.label == "Story 1":
            newsroom.ask("DELETE", f"/v1/stories/{item.id}", "edda")
        else:
            newsroom.ledger.erase(item.id, "wrong", newsroom.ledger.live_token("edda"))
    origin.says("/feed", feed(entry(1, "Again."), entry(2, "Again.")))
    assert pull().report == PullReport(kept_out=2)


def test_an_editors_correction_is_not_undone_by_a_pull(newsroom: Any, origin: Origin, pull: Pull) -> None:
    origin.says("/feed", feed(entry(1)))
    pull()
    (item,) = newsroom.items.values()
    corrected = {"headline": "Put right", "body_text": "x", "external_id": "n-1", "source": "BelTA"}
    answer = newsroom.ask("PUT", f"/v1/stories/{item.id}", "edda", json=corrected, headers={"If-Match": '"1"'})
    assert answer.status_code == 202
    assert pull().report == PullReport(unchanged=1)
    assert labels(newsroom) == ["Put right"]


def test_a_date_of_the_last_change_moves_no_story(newsroom: Any, origin: Origin, pull: Pull) -> None:
    origin.says("/feed", feed(entry(1, date_modified="2026-11-01T10:00:00Z")))
    pull()
    origin.says("/feed", feed(entry(1, "More.", date_modified="2026-11-20T10:00:00Z")))
    assert pull().report == PullReport(changed=1)
    (item,) = newsroom.items.values()
    assert item.newest.payload["published_at"].startswith("2026-11-01T10:00:00")


def test_ninjs_is_taken_with_its_versions_and_its_kills(newsroom: Any, origin: Origin, pull: Pull) -> None:
    one = {
        "uri": "tag:belta.example,2026:1", "standard": {"name": "ninjs", "version": "3.1"}, "type": "text",
        "version": "1", "headlines": [{"value": "Ferry runs"}],
        "bodies": [{"value": "It runs.", "contentType": "text/plain"}],
    }  # fmt: skip
    origin.says("/feed", json.dumps([one]).encode(), Content_Type="application/json")
    assert pull().report == PullReport(new=1)
    assert pull().report == PullReport(unchanged=1)
    origin.says("/feed", json.dumps({"items": [one | {"version": "2", "pubStatus": "canceled"}]}).encode())
    assert pull().report == PullReport(changed=1)
    (item,) = newsroom.items.values()
    assert item.newest.state == "withdrawn" or item.newest.action == "withdraw"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"status": 404}, "the address answers 404 (Not Found)"),
        ({"body": b"<html>No feed.</html>"}, "this is no feed"),
        ({"body": b"{}"}, "neither a JSON Feed nor a list of ninjs"),
        ({"status": 302, "Location": "http://10.0.0.1/"}, "private network"),
    ],
)
def test_what_goes_wrong_is_said_and_the_source_rests(
    newsroom: Any, origin: Origin, pull: Pull, answer: dict[str, Any], says: str
) -> None:
    origin.says("/feed", **answer)
    done = pull()
    assert says in done.error and (done.failures, done.fetching_since) == (1, None)
    assert done.next_at > done.added_at + timedelta(minutes=5)
    origin.says("/feed", feed(entry(1)))
    assert (pull().error, labels(newsroom)) == ("", ["Story 1"])


def test_a_busy_server_is_left_alone_as_long_as_it_wants(newsroom: Any, origin: Origin, pull: Pull) -> None:
    origin.says("/feed", status=503, Retry_After="7200")
    done = pull()
    assert done.next_at > done.added_at + timedelta(hours=1, minutes=59)


def test_a_source_whose_token_was_ended_takes_nothing_in(newsroom: Any, origin: Origin, pull: Pull) -> None:
    origin.says("/feed", feed(entry(1)))
    newsroom.ledger.revoke_token("BelTA")
    assert "was ended" in pull().error
    assert labels(newsroom) == [] and origin.asked == []


def test_another_agencys_ids_are_not_the_sources(newsroom: Any, origin: Origin, pull: Pull) -> None:
    newsroom.ledger.create_token("wire", "reporter", sources=("Reuters",))
    one = {
        "uri": "tag:reuters.example,2026:1", "standard": {"name": "ninjs", "version": "3.1"}, "type": "text",
        "version": "1", "infoSources": [{"name": "Reuters"}], "copyrightHolder": "Reuters",
        "headlines": [{"value": "Taken"}], "bodies": [{"value": "x", "contentType": "text/plain"}],
    }  # fmt: skip
    origin.says("/feed", json.dumps([one]).encode())
    report = pull().report
    assert report is not None and (report.refused, labels(newsroom)) == (1, [])
