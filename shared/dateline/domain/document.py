"""The documents readers see: what the indexer writes and web reads. Everything in them is public.

A withdrawn item keeps a document without text (``withdrawn`` and ``notice``), so that readers get 410 and a late
write can't bring it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal

from dateline.domain.event import Attendance, EventStatus, Location, Occurrence, Price
from dateline.domain.front import FrontRecord, Placement
from dateline.domain.picture import PublicImage
from dateline.domain.story import Link
from dateline.domain.tag import Tag
from dateline.domain.term import TermType

Kind = Literal["story", "event", "term", "front"]
"""What has a document of its own."""
KINDS: Final[tuple[Kind, ...]] = ("story", "event", "term", "front")
ItemKind = Literal["story", "event", "term", "image", "front"]
"""What is on record. Readers get a picture with the story, event or term that shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """One step of a breadcrumb: a section's slug and label."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What changed with a correction: when, the reporter's note, and the changed passages as (before, after).

    ``kind`` is what its writer called it; "" where nobody said.
    ``diff_state`` says whether an editor hid them (``hidden``), or removed them and the note for legal reasons
    (``removed``).
    """

    at: datetime
    note: str = ""
    diff: tuple[tuple[str, str], ...] = ()
    diff_state: Literal["shown", "hidden", "removed"] = "shown"
    kind: Literal["", "correction", "update"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDocument:
    """A story as readers see it. ``day`` is ``published_at`` in the newsroom's zone; ``version`` the claim number.

    ``sections`` is the breadcrumb from the outermost section to ``section`` itself, so that a story is listed on each
    of them; ``body_html`` is clean (nh3), ``body_text`` its text, in which evidence offsets count. ``ninjs`` is what
    came as ninjs, may go out as that again, and no other field holds; it is not searched. ``folded_into`` is the story
    that this one stands behind: it has its page, and is in no list. ``also_from`` are those that stand behind it.
    ``event_ids`` are the events that it is linked with, whether readers may see them or not.
    """

    id: str
    version: int
    revision: int
    published_at: datetime
    updated_at: datetime
    day: date
    headline: str = ""
    slug: str = ""
    summary: str = ""
    body_html: str = ""
    body_text: str = ""
    slugline: str = ""
    byline: str = ""
    source: str = ""
    place: str = ""
    section: str = ""
    sections: tuple[Crumb, ...] = ()
    language: str = "en"
    urgency: int | None = None
    keywords: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    images: tuple[PublicImage, ...] = ()
    links: tuple[Link, ...] = ()
    related: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    ninjs: Mapping[str, Any] = field(default_factory=dict)
    withdrawn: bool = False
    notice: str = ""
    folded_into: str = ""
    also_from: tuple[str, ...] = ()
    event_ids: tuple[str, ...] = ()

    @property
    def is_listed(self) -> bool:
        """Whether lists, searches and feeds have it."""
        return not (self.withdrawn or self.folded_into)

    @property
    def accepted_tags(self) -> tuple[Tag, ...]:
        """The tags that readers see."""
        return tuple(tag for tag in self.tags if tag.status == "accepted")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDocument:
    """An event as readers see it, with its occurrences.

    ``first_day`` and ``last_day`` bound all its occurrences in the newsroom's zone; ``last_day`` is None for a series
    without end, of which ``occurrences`` hold only those up to ``expanded_until``.
    """

    id: str
    version: int
    revision: int
    updated_at: datetime
    first_day: date | None = None
    last_day: date | None = None
    expanded_until: date | None = None
    title: str = ""
    slug: str = ""
    description_html: str = ""
    description_text: str = ""
    start: date | datetime | None = None
    end: date | datetime | None = None
    timezone: str = ""
    rrule: str = ""
    exdates: tuple[date | datetime, ...] = ()
    rdates: tuple[date | datetime, ...] = ()
    further_rrules: tuple[str, ...] = ()
    periods: tuple[Occurrence, ...] = ()
    vtimezone: str = ""
    occurrences: tuple[Occurrence, ...] = ()
    location: Location | None = None
    further_locations: tuple[Location, ...] = ()
    attendance: Attendance = "offline"
    online_url: str = ""
    status: EventStatus = "confirmed"
    reason: str = ""
    previous_times: tuple[Occurrence, ...] = ()
    price: Price | None = None
    url: str = ""
    links: tuple[Link, ...] = ()
    organizer: str = ""
    contact: str = ""
    categories: tuple[str, ...] = ()
    language: str = ""
    section: str = ""
    sections: tuple[Crumb, ...] = ()
    tags: tuple[Tag, ...] = ()
    images: tuple[PublicImage, ...] = ()
    uid: str = ""
    recurrence_id: str = ""
    withdrawn: bool = False
    notice: str = ""

    @property
    def accepted_tags(self) -> tuple[Tag, ...]:
        """The tags that readers see."""
        return tuple(tag for tag in self.tags if tag.status == "accepted")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDocument:
    """A term as readers see it; ``id`` is ``type:slug``. Shipped terms nobody edited are written with version 0.

    An ``unlisted`` one has its page, and is in no list and no suggestion: nothing public uses it yet.
    """

    id: str
    version: int
    type: TermType
    slug: str
    label: str
    labels: dict[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    description_html: str = ""
    broader: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    landing: bool = False
    order: int = 0
    image: PublicImage | None = None
    unlisted: bool = False
    withdrawn: bool = False
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontDocument:
    """What an editor placed on a page, or a page as readers saw it from ``at`` on (``record``). ``page`` is whose;
    ``id`` is ``front:home``, and of a record ``front:home:20261205T180712Z``."""

    id: str
    version: int
    page: str
    placement: Placement | None = None
    at: datetime | None = None
    record: FrontRecord | None = None
    withdrawn: bool = False


Document = StoryDocument | EventDocument | TermDocument | FrontDocument
DOCUMENT_TYPES: Final[
    dict[Kind, type[StoryDocument] | type[EventDocument] | type[TermDocument] | type[FrontDocument]]
] = {
    "story": StoryDocument,
    "event": EventDocument,
    "term": TermDocument,
    "front": FrontDocument,
}


def kind_of(document: Document) -> Kind:
    """Which of the kinds a document is."""
    match document:
        case StoryDocument():
            return "story"
        case EventDocument():
            return "event"
        case TermDocument():
            return "term"
        case FrontDocument():
            return "front"
