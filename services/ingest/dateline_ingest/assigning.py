"""Giving a draft to a colleague, and telling that by mail."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import request

from dateline.ports.ledger.drafts import Assignment, Draft
from dateline_ingest.context import parts, token
from dateline_ingest.mailer import Mail

_MAIL: Final = """{by} gives you this to write at the desk of {title}:

{headline}
{more}
It is among your drafts: {link}
"""


def assign(draft_id: str, to: str, note: str, until: datetime | None, *, mail: bool) -> Draft:
    """Give a draft to who is named ``to``. A mail goes to the account of that name, where one can be sent.

    Raises as ``Assignments.assign_draft``.
    """
    draft = parts().ledger.assign_draft(draft_id, token(), to=to, note=note, until=until)
    if mail and draft.assignment and parts().mailer.can_send:
        _tell(draft, draft.assignment)
    return draft


def _tell(draft: Draft, given: Assignment) -> None:
    here = parts()
    account = here.ledger.find_account(given.writer)
    if account is None or account.id != given.writer_id or account.disabled_at is not None:
        return
    lines = (_until_words(given.until, here.settings.timezone) if given.until else "", given.note)
    link = f"{(here.settings.ingest_url or request.host_url).rstrip('/')}/drafts/{draft.id}"
    headline, title = " ".join(draft.label.split()) or "Without a headline", here.settings.title
    text = _MAIL.format(by=given.assigned_by, title=title, headline=headline, link=link,
                        more="".join(f"\n{line}\n" for line in lines if line))  # fmt: skip
    mail = Mail(to=account.email, subject=f"{title}: {headline}", text=text)
    here.mailer.send_later(lambda: mail)


def _until_words(until: datetime, zone: ZoneInfo) -> str:
    return f"Until {format_datetime(until, 'HH:mm, EEEE d MMMM y', tzinfo=zone, locale='en_GB')} ({zone.key})"
