"""The audit: who did what, when and from where. It is added to, and never changed but by an erasure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dateline.ports.ledger.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One deed. ``who`` is the name at that time and ``writer_id`` whom it stood for; both are "" for nobody known.

    ``subject`` is what it was done to: an item's id, ``token:NAME``, ``setting:NAME`` … ``address`` is where the
    request came from, "" where nobody noted it. ``detail`` is a note or a reason; an erasure empties it where it is
    part of a text.
    """

    id: int
    at: datetime
    who: str
    writer_id: str = ""
    action: str
    subject: str = ""
    revision: int | None = None
    address: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSearch:
    """Which entries: of ``who`` (a name, or a writer's id), of ``what`` (an action, or a subject), from ``start`` on
    and before ``end``."""

    who: str = ""
    what: str = ""
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """One page, the newest entry first; ``next`` is the cursor of the following page."""

    items: tuple[AuditEntry, ...]
    next: str | None = None


class Audit(Protocol):
    """Adding to the audit, and reading it. Writes to items, tokens and terms are added by themselves."""

    def record(
        self, action: str, *, by: Token | None = None, subject: str = "", address: str = "", detail: str = ""
    ) -> None:
        """Add what was done ``by`` somebody, or by nobody known. ``address`` is where from, if not ``by.address``."""
        ...

    def known_settings(self) -> Mapping[str, str]:
        """The settings of the last start as ``note_settings`` was told them; empty before the first."""
        ...

    def note_settings(self, now: Mapping[str, str], before: Mapping[str, str], changes: Mapping[str, str]) -> None:
        """Keep the settings of this start, and add what changed: a detail by setting. Where others than ``before`` are
        on record by now, another process was first, and nothing is done."""
        ...

    def audit(self, search: AuditSearch, *, limit: int = 100, cursor: str | None = None) -> AuditPage:
        """A page of the entries that ``search`` means, newest first. ``InvalidInput`` for a cursor that is none."""
        ...
