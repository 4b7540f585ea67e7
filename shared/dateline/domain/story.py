"""A story as a reporter submits it, after the border has checked and normalised it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dateline.domain.tag import TagRef

STORY_SCHEMA = 4
"""The number of today's payload shape; ``domain/payload.py`` upgrades older ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """Where something shows a picture: one of the newsroom's own by ``id``, or one from where it is by ``url``.

    ``alt`` is for those who don't see it, and empty of a ``decorative`` one; of one of ours, empty words are those that
    the picture has on record. The ``lead`` stands first and large. ``in_text`` stands in the text already.
    """

    url: str = ""
    id: str = ""
    alt: str = ""
    credit: str = ""
    caption: str = ""
    decorative: bool = False
    lead: bool = False
    in_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address a story points its readers to."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One revision of a story. Exactly one of ``body_html`` and ``body_text`` is what the reporter sent.

    Times are aware; ``published_at`` is never missing here (the border fills it in). ``tags`` are those that the
    reporter asserts, ``removed_tags`` those that the text must not get. ``ninjs`` is what came with it as ninjs and no
    other field holds, by its names there.
    """

    headline: str
    published_at: datetime
    body_html: str | None = None
    body_text: str | None = None
    slugline: str = ""
    summary: str = ""
    byline: str = ""
    source: str = ""
    place: str = ""
    section: str = ""
    language: str = "en"
    embargo_until: datetime | None = None
    urgency: int | None = None
    keywords: tuple[str, ...] = ()
    tags: tuple[TagRef, ...] = ()
    removed_tags: tuple[TagRef, ...] = ()
    external_id: str = ""
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    related: tuple[str, ...] = ()
    note: str = ""
    ninjs: Mapping[str, Any] = field(default_factory=dict)
