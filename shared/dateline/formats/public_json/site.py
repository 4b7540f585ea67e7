"""Readers' site: the paths of its pages, its address, and the clock on which it tells times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from dateline.domain.document import EventDocument, StoryDocument
from dateline.domain.tag import TagType
from dateline.domain.term import TERM_PLURAL, TermType
from dateline.domain.timestamps import rfc3339
from dateline.ports.index import Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """``address`` has no slash at its end; where it isn't known it is empty, and addresses begin with their path."""

    address: str
    zone: ZoneInfo

    def url(self, path: str) -> str:
        """The address of the page at ``path``."""
        return self.address + path

    def local(self, moment: datetime) -> str:
        """RFC 3339 with the newsroom's offset (UTC where that was no whole minutes)."""
        return rfc3339(moment.astimezone(self.zone))


def story_path(story: StoryDocument | Suggestion) -> str:
    """A story's page."""
    return f"/stories/{quote(story.id, safe='')}/{story.slug}"


def event_path(event: EventDocument) -> str:
    """An event's page."""
    return f"/events/{quote(event.id, safe='')}/{event.slug}"


def terms_path(type: TagType | TermType) -> str:
    """The A–Z of a type, or the tree of sections."""
    return f"/{TERM_PLURAL[type]}"


def term_path(type: TagType | TermType, slug: str) -> str:
    """A term's or section's page."""
    return f"{terms_path(type)}/{quote(slug, safe='')}"
