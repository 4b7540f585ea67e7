"""The errors of Dateline. The first branch answers the caller's only question: never, or not now?

DatelineError
├── Permanent                the same call will fail again
│   ├── InvalidInput         422  what was sent breaks a rule; ``errors`` say where
│   │   └── TooMuch          422  it is well formed, but more than is taken
│   ├── NotAllowed           403  known, but not for this token
│   │   └── ReviewNeeded     403  an editor sends this out; a draft goes to the editors
│   ├── NotFound             404
│   ├── Conflict             409  the thing is in a state that forbids this
│   ├── Withdrawn            410  it was there and was withdrawn
│   ├── CursorExpired        410  what is asked for began anew; begin anew too
│   ├── StaleRevision        412  If-Match names an older revision
│   ├── RevisionRequired     428  If-Match is missing
│   ├── MediaMissing         404  a picture's file isn't in the media store
│   ├── PictureUnreadable    422  a picture's file can't be decoded, or not within its limits
│   ├── FetchRefused         422  an address that isn't fetched from, or an answer that is too large
│   ├── BadSetting                a DATELINE_* setting can't be used
│   └── CannotStart               a process lacks what it needs: one clear line for the operator
└── Transient                503  try again after ``retry_after`` seconds
    ├── LedgerUnavailable
    ├── IndexUnavailable
    ├── BrokerUnavailable
    ├── FetchFailed               an address that is fetched from doesn't answer, or not in a way that can be read
    ├── RenderingFailed           a picture's renditions couldn't be made at this moment
    ├── MediaUnavailable          the media store doesn't answer
    │   └── MediaFull             there is no room left in it
    └── IngestUnavailable
"""

from __future__ import annotations

from dataclasses import dataclass


class DatelineError(Exception):
    """Base of all errors that Dateline raises on purpose."""


class Permanent(DatelineError):
    """The same call will fail again."""


class Transient(DatelineError):
    """The same call may succeed after ``retry_after`` seconds."""

    def __init__(self, detail: str, *, retry_after: int = 2) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: an RFC 6901 JSON pointer ('/images/0/url'; '' is the whole body) and what is wrong."""

    pointer: str
    detail: str


class InvalidInput(Permanent):
    """What was sent breaks a rule; nothing of it was stored."""

    def __init__(self, detail: str, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(detail)
        self.errors = errors


class TooMuch(InvalidInput):
    """What was sent is well formed, but more than is taken."""


class NotAllowed(Permanent):
    """The token's role, or its owner, may not do this."""


class ReviewNeeded(NotAllowed):
    """A section asks for a second pair of eyes, which the writer isn't; ``section`` is its slug."""

    def __init__(self, detail: str, section: str) -> None:
        super().__init__(detail)
        self.section = section


class NotFound(Permanent):
    """There is no such thing."""


class Conflict(Permanent):
    """The thing is in a state that forbids this."""


class Withdrawn(Permanent):
    """It was there and was withdrawn."""


class CursorExpired(Permanent):
    """A place in a sequence that began anew since: begin anew too."""


class StaleRevision(Permanent):
    """If-Match names a revision that is not the newest one."""


class RevisionRequired(Permanent):
    """A write of an existing thing must name the revision it was made from (If-Match)."""


class MediaMissing(Permanent):
    """A picture's file isn't in the media store."""


class PictureUnreadable(Permanent):
    """A picture's file can't be decoded, or not within the limits of memory and time."""


class FetchRefused(Permanent):
    """An address that isn't fetched from, or an answer that is too large."""


class BadSetting(Permanent):
    """A setting has a value that can't be used."""


class CannotStart(Permanent):
    """A process lacks something it needs to start; the text is one clear line for the operator."""


class LedgerUnavailable(Transient):
    """The ledger can't be reached or is too busy."""


class IndexUnavailable(Transient):
    """The search index can't be reached, is too slow or is over its budget."""


class BrokerUnavailable(Transient):
    """The broker can't be reached."""


class FetchFailed(Transient):
    """An address that is fetched from doesn't answer, or not in a way that can be read."""


class RenderingFailed(Transient):
    """A picture's renditions couldn't be made at this moment, and not for its own fault."""


class MediaUnavailable(Transient):
    """The media store doesn't answer."""


class MediaFull(MediaUnavailable):
    """There is no room left in the media store."""


class IngestUnavailable(Transient):
    """The ingest service can't be reached by one of its clients."""
