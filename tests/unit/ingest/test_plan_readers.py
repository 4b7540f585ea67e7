"""The plan elsewhere: the mail of the morning, and one's own promises in a calendar program."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from dateline.ports.ledger.accounts import AccountDetails
from dateline.ports.ledger.coverages import CoverageDetails
from dateline.settings import read_settings
from dateline_ingest.mailer import Mail
from dateline_ingest.planning.morning_mail import MorningMail
from ledgers import token_of
from unit.ingest.conftest import ANN, Newsroom
from unit.ingest.desk_pages import post, sign_in

SETTINGS = read_settings(
    {}, smtp="smtp://localhost", mail_from="desk@example.org", ingest_url="https://desk.example.org", title="The Paper"
)
MORNING = datetime(2026, 12, 1, 4, 30, tzinfo=UTC)
"""07:30 in Minsk."""


class Post:
    """Where mails go; ``broken`` refuses them."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.broken = False

    def deliver(self, mail: Mail) -> None:
        if self.broken:
            raise OSError("no server")
        self.mails.append(mail)

    def take(self) -> dict[str, Mail]:
        taken = {mail.to: mail for mail in self.mails}
        self.mails = []
        return taken


def morning(newsroom: Newsroom, office: Post, at: datetime = MORNING, **more: Any) -> MorningMail:
    return MorningMail(newsroom.ledger, more.get("settings", SETTINGS), office.deliver, lambda: at)


def add(newsroom: Newsroom, **more: Any) -> None:
    details = CoverageDetails(**{"title": "Bridge opens", "day": date(2026, 12, 1), **more})
    newsroom.ledger.add_coverage(details, token_of(newsroom.ledger, "edda"))


def staff(newsroom: Newsroom) -> None:
    newsroom.create_account(ANN)
    newsroom.create_account(AccountDetails(name="Emil", email="emil@example.org", role="editor"))
    newsroom.create_account(AccountDetails(name="Idle", email="idle@example.org", role="reporter"))


def test_editors_get_what_is_missing_and_reporters_what_they_promised(newsroom: Newsroom) -> None:
    staff(newsroom)
    due = datetime(2026, 12, 1, 15, tzinfo=UTC)
    add(newsroom, assignee="Ann Lee", due_at=due, note="With the mayor")
    add(newsroom, title="Budget", due_at=datetime(2026, 11, 30, 15, tzinfo=UTC), day=date(2026, 11, 30))
    office = Post()
    morning(newsroom, office).work()
    mails = office.take()
    assert set(mails) == {"ann@example.org", "emil@example.org"}
    assert mails["emil@example.org"].subject == "The Paper: the plan of today, 1 missing"
    assert "- Budget. Nobody has it, and it is late: it was due 18:00, Mon 30 Nov" in mails["emil@example.org"].text
    assert "- Bridge opens (text), due 18:00, Tue 1 Dec: With the mayor" in mails["ann@example.org"].text
    assert "Budget" not in mails["ann@example.org"].text
    assert "https://desk.example.org/plan" in mails["ann@example.org"].text


def test_everybody_gets_one_a_day_whatever_starts_again(newsroom: Newsroom) -> None:
    staff(newsroom)
    add(newsroom, assignee="Ann Lee")
    office = Post()
    worker = morning(newsroom, office)
    worker.work()
    assert set(office.take()) == {"ann@example.org"}
    add(newsroom, title="Budget")
    worker.work()
    morning(newsroom, office).work()
    assert office.take() == {}
    morning(newsroom, office, MORNING + timedelta(days=1)).work()
    assert set(office.take()) == {"ann@example.org", "emil@example.org"}


def test_a_mail_that_was_refused_is_sent_later(newsroom: Newsroom) -> None:
    staff(newsroom)
    add(newsroom, assignee="Ann Lee")
    office, now = Post(), [MORNING]
    worker = MorningMail(newsroom.ledger, SETTINGS, office.deliver, lambda: now[0])
    office.broken = True
    worker.work()
    office.broken = False
    worker.work()
    assert office.take() == {}
    now[0] += timedelta(minutes=6)
    worker.work()
    assert set(office.take()) == {"ann@example.org"}


def test_nothing_is_sent_at_other_hours_or_where_nobody_wants_it(newsroom: Newsroom) -> None:
    staff(newsroom)
    add(newsroom, assignee="Ann Lee")
    office = Post()
    morning(newsroom, office, MORNING - timedelta(hours=1)).work()
    morning(newsroom, office, MORNING + timedelta(hours=5)).work()
    morning(newsroom, office, settings=read_settings({})).work()
    said = {"smtp": "smtp://localhost", "mail_from": "a@b", "ingest_url": "https://d.example", "plan_mail_at": ""}
    morning(newsroom, office, settings=read_settings({}, **said)).work()
    assert office.take() == {}


def test_own_promises_are_read_back_from_a_calendar(newsroom: Newsroom) -> None:
    today = datetime.now(ZoneInfo("Europe/Minsk")).date()
    due = datetime(today.year, today.month, today.day, 15, tzinfo=UTC)
    add(newsroom, day=today, assignee="rita", due_at=due, note="Ask; the mayor,\nand the engineer")
    add(newsroom, day=today, assignee="rita", title="Ferry", form="picture")
    add(newsroom, day=today, assignee="otto", title="Budget")
    rita = sign_in(newsroom.client)
    page = post(rita, "/account/plan-address", "/account").text
    found = re.search(r'id="plan-address" value="([^"]+)"', page)
    assert found
    path = unescape(found[1]).partition("localhost")[2]
    answer = newsroom.client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    calendar = icalendar.Calendar.from_ical(answer.data)
    entries = {str(one["SUMMARY"]): one for one in calendar.walk("VEVENT")}
    assert set(entries) == {"Due: Bridge opens (text)", "Due: Ferry (picture)"}
    bridge, ferry = entries["Due: Bridge opens (text)"], entries["Due: Ferry (picture)"]
    assert (bridge["DTEND"].dt, str(bridge["DESCRIPTION"])) == (due, "Ask; the mayor,\nand the engineer")
    assert ferry["DTSTART"].dt == today
    etag = answer.headers["ETag"]
    assert newsroom.client.get(path, headers={"If-None-Match": etag}).status_code == 304
    post(rita, "/account/plan-address", "/account")
    assert newsroom.client.get(path).status_code == 404
    assert newsroom.client.get("/v1/plan.ics").status_code == 422
    assert newsroom.client.get("/v1/plan.ics?key=guess").status_code == 404
