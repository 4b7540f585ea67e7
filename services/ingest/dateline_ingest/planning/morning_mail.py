"""The mail of the morning: to editors what is missing, to each what they promised for today.

The puller sends it, which works for ingest beside its requests: there is one of it, beat wakes it every few seconds,
and a slow mail server keeps nobody waiting. The ledger says who had it, so that each gets one, whatever starts again.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

import structlog
from babel.dates import format_date

from dateline.domain.coverage import OPEN_STATES, Coverage
from dateline.ports.ledger.accounts import Account, Accounts
from dateline.ports.ledger.coverages import Coverages, CoverageSearch, PlanReaders
from dateline.ports.ledger.event_list import EventList
from dateline.settings import Settings
from dateline_ingest.event_register import EventRegister
from dateline_ingest.mailer import Mail
from dateline_ingest.planning.gap_words import LOCALE, due_in_words, gap_in_words
from dateline_ingest.planning.gaps import Gap, gaps_now

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.planning")

WINDOW: Final = timedelta(hours=4)
"""A newsroom that starts later than so long after the hour sends none that day."""
REST: Final = timedelta(minutes=5)
"""How long a mail server that refuses is left alone."""
MOST_TOLD: Final = 50


class MorningLedger(Accounts, Coverages, PlanReaders, EventList, Protocol):
    """What of the ledger is needed here."""


class MorningMail:
    """Sends it when its hour has come. ``deliver`` sends one mail, and raises ``OSError`` or ``SMTPException``."""

    def __init__(
        self,
        ledger: MorningLedger,
        settings: Settings,
        deliver: Callable[[Mail], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._ledger = ledger
        self._settings = settings
        self._deliver = deliver
        self._clock = clock
        self._register = EventRegister(ledger)
        self._done: date | None = None
        self._rests_until: datetime | None = None

    def work(self) -> None:
        """Send what is due now, if anything is. Raises ``LedgerUnavailable``."""
        now, zone, at = self._clock(), self._settings.timezone, self._settings.plan_mail_at
        if not (at and self._settings.smtp) or not _is_time(now.astimezone(zone), at):
            return
        day = now.astimezone(zone).date()
        if self._done == day or (self._rests_until and now < self._rests_until):
            return
        if self._send(day, now):
            self._done = day
        else:
            self._rests_until = now + REST

    def _send(self, day: date, now: datetime) -> bool:
        """Send everybody theirs; False where the server refused one."""
        gaps = gaps_now(self._register.lines(), self._register, self._ledger, self._settings.timezone, now)
        for account in self._ledger.accounts():
            if account.disabled_at is not None or account.role not in ("editor", "reporter"):
                continue
            if not self._ledger.claim_plan_mail(day, account.id):
                continue
            mail = self._mail(account, gaps if account.role == "editor" else [], day)
            if mail and not self._is_delivered(mail):
                self._ledger.release_plan_mail(day, account.id)
                return False
        return True

    def _is_delivered(self, mail: Mail) -> bool:
        try:
            self._deliver(mail)
        except (OSError, smtplib.SMTPException) as error:
            log.error("mail not sent", reason=str(error))
            return False
        return True

    def _mail(self, account: Account, gaps: Sequence[Gap], day: date) -> Mail | None:
        """What an account is told; None where there is nothing to tell."""
        own = CoverageSearch(assignee_id=account.id, states=OPEN_STATES, last=day)
        promised = self._ledger.coverages(own, limit=MOST_TOLD).items
        if not gaps and not promised:
            return None
        title, zone = self._settings.title, self._settings.timezone
        parts = [f"The plan of {format_date(day, 'EEEE, d MMMM y', locale=LOCALE)}"]
        if gaps:
            lines = [f"- {_line(gap.title)}. {gap_in_words(gap, zone, day)}" for gap in gaps[:MOST_TOLD]]
            more = [f"… and {len(gaps) - MOST_TOLD} more"] if len(gaps) > MOST_TOLD else []
            parts.append("\n".join(["What is missing:", "", *lines, *more]))
        if promised:
            parts.append("\n".join(["What you cover:", "", *(self._promise(one) for one in promised)]))
        parts.append(f"The plan: {self._settings.ingest_url.rstrip('/')}/plan")
        missing = f", {len(gaps)} missing" if gaps else ""
        return Mail(to=account.email, subject=f"{title}: the plan of today{missing}", text="\n\n".join(parts) + "\n")

    def _promise(self, coverage: Coverage) -> str:
        said = f"- {_line(coverage.title)} ({coverage.form}), due {due_in_words(coverage, self._settings.timezone)}"
        return f"{said}: {_line(coverage.note)}" if coverage.note else said


def _is_time(here: datetime, at: time) -> bool:
    """Whether the hour has come, and not long ago."""
    return here - WINDOW <= datetime.combine(here.date(), at, here.tzinfo) <= here


def _line(text: str) -> str:
    return " ".join(text.split())
