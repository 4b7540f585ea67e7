"""Identifiers that stay, for programs that keep what they read: of stories, events, and whatever else has a name."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from dateline.domain.document import EventDocument, StoryDocument
from dateline_web.context import web

_DATELINE: Final = UUID("8a6e0f3c-52d7-4b0e-9a55-2f6d1c9be7a4")
"""The namespace of names that Dateline gives."""


def entry_id(document: StoryDocument | EventDocument) -> str:
    """What identifies a story or an event for good, whatever it is called later and by whatever name the service is
    asked.

    With ``DATELINE_WEB_URL`` a tag URI (RFC 4151) on its host; else a UUID (RFC 9562 section 5.5) of its id, which is
    random enough to be no other newsroom's.
    """
    return _named(f"{'stories' if isinstance(document, StoryDocument) else 'events'}/{document.id}")


def time_id(event: EventDocument, at: str) -> str:
    """What identifies one time of an event, in the same way; ``at`` is its start as addresses say it."""
    return _named(f"events/{event.id}/{at}")


def _named(name: str) -> str:
    host = urlsplit(web().settings.web_url).hostname
    return f"tag:{host},2026:{name}" if host else urn_of(name)


def urn_of(name: str) -> str:
    """The UUID of a name that Dateline gives, as a URN."""
    return uuid5(_DATELINE, name).urn
