"""Sources that are pulled: feeds and calendars of others, fetched every so often, whose entries become stories or
events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from dateline.ports.ledger.tokens import Token

SourceKind = Literal["feed", "calendar"]
"""A feed's entries are stories, a calendar's events; tables of events are calendars too."""
MOST_SOURCES: Final = 500
SHORTEST_INTERVAL: Final = timedelta(minutes=1)
LONGEST_INTERVAL: Final = timedelta(days=7)
LONGEST_BACKOFF: Final = timedelta(hours=12)
"""How long a source that fails rests at most, unless it is pulled more seldom anyway."""
PULL_SECONDS: Final = 60
"""How long the pull of one source may take: then its process is ended."""
MOST_REFUSALS: Final = 10
"""How many refused entries a report names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PullReport:
    """What became of the entries of one pull. ``kept_out`` were withdrawn or erased here, and stay so; ``left_out``
    stood behind the last that is read; ``lapsed`` are events that the source no longer has. ``refusals`` say of the
    first refused ones which entry it was, counted from 1, and why: never in words of the entry."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept_out: int = 0
    left_out: int = 0
    lapsed: int = 0
    refused: int = 0
    refusals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDetails:
    """What an editor says of a source: ``name`` is the agency that its stories name, and under which their ids are
    kept; ``section`` and ``language`` are those of its stories where an entry names none."""

    name: str
    url: str
    every: timedelta
    section: str = ""
    language: str = ""
    kind: SourceKind = "feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PulledSource:
    """A source, and how its pulls went. ``writer_id`` is that of the token as which it writes.

    ``etag`` and ``modified`` are what its server said of the last answer.

    ``fetched_at`` is the last pull that went well, ``error`` why the newest one didn't, ``failures`` how many in a row.
    ``fetching_since`` is set while one is under way, or was when its process died. ``claim`` numbers the pulls.
    """

    id: str
    details: SourceDetails
    writer_id: str
    added_by: str
    added_at: datetime
    paused: bool
    next_at: datetime
    claim: int
    etag: str = ""
    modified: str = ""
    fetching_since: datetime | None = None
    fetched_at: datetime | None = None
    failures: int = 0
    error: str = ""
    report: PullReport | None = None


def backoff(every: timedelta, failures: int) -> timedelta:
    """How long a source rests after so many failures in a row: twice as long each time."""
    doublings: int = 2 ** min(failures, 10)
    return min(max(LONGEST_BACKOFF, every), every * doublings)


class PulledSources(Protocol):
    """Keeping sources, and pulling those that are due. What editors do with them is in the audit."""

    def add_source(self, details: SourceDetails, by: Token) -> PulledSource:
        """A new source, due at once. It writes as a reporter of its name, which is given that source and has no secret.

        Raises ``Conflict`` where the name is somebody's, the address is pulled already, or there are ``MOST_SOURCES``.
        """
        ...

    def sources(self) -> Sequence[PulledSource]:
        """All of them, by name."""
        ...

    def source(self, source_id: str) -> PulledSource:
        """One of them. ``NotFound``."""
        ...

    def pause_source(self, source_id: str, by: Token, *, paused: bool) -> None:
        """Pull it no more until it is resumed, when it is due at once. ``NotFound``."""
        ...

    def pull_source_soon(self, source_id: str, by: Token) -> None:
        """Let it be due now, paused or not, whatever it said of its last answer. ``NotFound``."""
        ...

    def set_source_section(self, source_id: str, section: str, by: Token) -> None:
        """The section of its stories that name none is another one from now on, or "" none. ``NotFound``."""
        ...

    def remove_source(self, source_id: str, by: Token) -> None:
        """Take it out, and end whom it wrote as; its stories stay. ``NotFound``."""
        ...

    def claim_source(self) -> PulledSource | None:
        """The source that is due longest, put off as if this pull failed: so one that kills its worker rests, too."""
        ...

    def note_pull(self, source: PulledSource, report: PullReport | None, *, etag: str = "", modified: str = "") -> None:
        """A claimed source was pulled; ``report`` is None where it had nothing new. Nothing where it was claimed again,
        or removed, since."""
        ...

    def note_failed_pull(self, source: PulledSource, error: str, retry_after: timedelta = timedelta()) -> None:
        """A claimed source couldn't be pulled: it rests as ``backoff`` says, or longer where its server wants that."""
        ...
