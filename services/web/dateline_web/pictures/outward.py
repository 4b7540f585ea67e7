"""Documents as they leave the site in other forms than pages: with the pictures that may be seen now."""

from __future__ import annotations

from typing import TypeVar

from dateline.domain.document import EventDocument, StoryDocument, TermDocument
from dateline.domain.picture_rights import shown_at
from dateline_web.context import web

D = TypeVar("D", bound=StoryDocument | EventDocument | TermDocument)


def for_api(document: D) -> D:
    """What the site's own readers and programs get."""
    return shown_at(document, web().now())


def for_feeds(document: D) -> D:
    """What feeds, calendars and agencies' formats take away: nothing that may not go out by feeds."""
    return shown_at(document, web().now(), feeds=True)
