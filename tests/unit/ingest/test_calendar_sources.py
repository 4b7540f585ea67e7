"""Calendars that are kept as sources: their events come, change, go when they are gone, and come back."""

from __future__ import annotations

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
from dateline_ingest.calendars.import_settings import ImportSettings
from dateline_ingest.calendars.missing_events import MISSING
from dateline_ingest.pulling.due_sources import DueSources
from servers.origin import Origin, running_origin
from unit.ics import calendar

Pull = Callable[[], PulledSource]
FAIR = "UID:fair\nSUMMARY:Fair\nDTSTART:20990305T090000Z"
SHOW = "UID:show\nSUMMARY:Show\nDTSTART;VALUE=DATE:20990307"
OVER = "UID:over\nSUMMARY:Over\nDTSTART:20190305T090000Z"
SERIES = "UID:s\nSUMMARY:Reading\nDTSTART:20190305T090000Z\nRRULE:FREQ=WEEKLY"


@pytest.fixture
def origin() -> Iterator[Origin]:
    with running_origin() as running:
        yield running


@pytest.fixture
def source(newsroom: Any, origin: Origin) -> PulledSource:
    details = SourceDetails(
        name="Museum", url=f"{origin.address}/e", every=timedelta(hours=1), language="be", kind="calendar"
    )
    added: PulledSource = newsroom.ledger.add_source(details, newsroom.ledger.live_token("edda"))
    return added


@pytest.fixture
def pull(newsroom: Any, source: PulledSource) -> Pull:
    parts = newsroom.app.extensions["dateline"]
    fetcher = CheckedFetcher((ip_network("127.0.0.0/8"),))
    settings = ImportSettings(zone=ZoneInfo("Europe/Minsk"))
    due = DueSources(newsroom.ledger, fetcher, parts.intake, parts.vocabulary.current, settings)

    def once() -> PulledSource:
        with newsroom.ledger._engine.begin() as connection:
            connection.execute(update(pulled_sources).values(next_at=source.added_at))
        due.work(10)
        found: PulledSource = newsroom.ledger.source(source.id)
        return found

    return once


def states(newsroom: Any) -> dict[str, str]:
    return {item.label: item.newest.action for item in newsroom.items.values() if item.kind == "event"}


def test_its_events_come_and_a_second_pull_changes_nothing(newsroom: Any, origin: Origin, pull: Pull) -> None:
    origin.says("/e", calendar(FAIR, SHOW), Content_Type="text/calendar")
    assert (pull().report, pull().report) == (PullReport(new=2), PullReport(unchanged=2))
    origin.says("/e", calendar(FAIR.replace("Fair", "Great fair"), SHOW, "UID:x\nSUMMARY:No start"))
    report = pull().report
    assert report is not None and (report.changed, report.unchanged, report.refused) == (1, 1, 1)
    assert report.refusals[0].startswith("event 3: ")
    item = next(item for item in newsroom.items.values() if item.label == "Show")
    assert (item.owner, item.newest.payload["language"]) == ("Museum", "be")


def test_what_it_no_longer_has_is_withdrawn_and_comes_back(newsroom: Any, origin: Origin, pull: Pull) -> None:
    origin.says("/e", calendar(FAIR, SHOW, OVER, SERIES))
    pull()
    origin.says("/e", calendar(SHOW))
    assert pull().report == PullReport(unchanged=1, lapsed=2)
    assert states(newsroom) == {"Fair": "withdraw", "Show": "submit", "Over": "submit", "Reading": "withdraw"}
    gone = next(item for item in newsroom.items.values() if item.label == "Fair")
    assert (gone.newest.note, gone.newest.by) == (MISSING, "Museum")
    assert pull().report == PullReport(unchanged=1)
    origin.says("/e", calendar(FAIR, SHOW))
    assert pull().report == PullReport(changed=1, unchanged=1)
    assert states(newsroom)["Fair"] == "submit"


def test_a_calendar_without_an_event_takes_nothing_off(newsroom: Any, origin: Origin, pull: Pull) -> None:
    origin.says("/e", calendar(FAIR))
    pull()
    for body in (calendar(), calendar("UID:x\nSUMMARY:No start"), b"<html>We are closed.</html>", b""):
        origin.says("/e", body)
        pull()
        assert states(newsroom) == {"Fair": "submit"}


def test_an_event_that_cant_be_read_any_more_stays(newsroom: Any, origin: Origin, pull: Pull) -> None:
    origin.says("/e", calendar(FAIR, SHOW))
    pull()
    origin.says("/e", calendar("UID:fair\nSUMMARY:Fair\nDTSTART:soon", SHOW))
    report = pull().report
    assert report is not None and (report.refused, report.lapsed) == (1, 0)
    origin.says("/e", b"title,date\nShow,2099-07-03\nNext,soon\n")
    pull()
    assert states(newsroom)["Fair"] == "submit"


def test_what_an_editor_withdrew_stays_so_and_others_events_are_not_its(
    newsroom: Any, origin: Origin, pull: Pull
) -> None:
    newsroom.ask("POST", "/v1/events/import", "edda", data=calendar(SHOW), content_type="text/calendar")
    origin.says("/e", calendar(FAIR, SHOW.replace("Show", "Taken over")))
    report = pull().report
    assert report is not None and (report.new, report.refused) == (1, 1)
    assert "another" in report.refusals[0] and "Show" in states(newsroom)
    fair = next(item for item in newsroom.items.values() if item.label == "Fair")
    newsroom.ask("DELETE", f"/v1/events/{fair.id}", "edda", headers={"If-Match": '"1"'})
    origin.says("/e", calendar(FAIR.replace("Fair", "Fair again")))
    assert pull().report == PullReport(kept_out=1)
    origin.says("/e", calendar(OVER))
    assert pull().report == PullReport(new=1)
    assert states(newsroom)["Show"] == "submit"


def test_a_table_is_a_calendar_too(newsroom: Any, origin: Origin, pull: Pull) -> None:
    table = "id;Название;Дата\n1;Ярмарка;3.07.2099\n2;Концерт;4.07.2099\n".encode("cp1251")
    origin.says("/e", table, Content_Type="text/csv; charset=windows-1251")
    assert pull().report == PullReport(new=2)
    origin.says("/e", table.replace(b"4.07", b"5.07"), Content_Type="text/csv; charset=windows-1251")
    assert pull().report == PullReport(changed=1, unchanged=1)
    origin.says("/e", b"Foo;Bar\n1;2\n", Content_Type="text/csv")
    assert "columns" in pull().error
    assert set(states(newsroom).values()) == {"submit"}


def test_the_schema_knows_the_kinds(newsroom: Any) -> None:
    given = {"name": "City", "url": "https://city.example/e.ics", "every_minutes": 60, "kind": "calendar"}
    assert newsroom.ask("POST", "/v1/sources", "edda", json=given).get_json()["kind"] == "calendar"
    wrong = newsroom.ask(
        "POST", "/v1/sources", "edda", json={**given, "name": "B", "url": "https://b.example", "kind": "x"}
    )
    assert [error["pointer"] for error in wrong.get_json()["errors"]] == ["/kind"]
