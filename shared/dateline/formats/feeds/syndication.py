"""RSS and Atom, read by feedparser. It is given bytes only: of an address or a name it would open what that means."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any, Final

import feedparser
import feedparser.mixin

from dateline.domain.timestamps import rfc3339
from dateline.errors import InvalidInput
from dateline.formats.feeds.feed import Feed, FeedEntry, feed_of, kept_id
from dateline.formats.feeds.texts import story_of
from dateline.schemas.fields import YEARS

_UNREADABLE: Final = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What feedparser is known to raise on bytes that are far from any feed."""
# an id is a name, also where it looks like a part of an address: it must not change when the feed moves
feedparser.mixin._FeedParserMixin.can_be_relative_uri.discard("id")
_MOST_MARKS: Final = 100_000
"""Tags, entities, and attributes: each costs feedparser what a thousand letters do, and a kilobyte."""
_HTML: Final = ("text/html", "application/xhtml+xml")


def read_syndication(data: bytes, url: str, content_type: str) -> Feed:
    """RSS or Atom of any version. Raises ``InvalidInput`` for what is neither."""
    if any(data.count(mark) > _MOST_MARKS for mark in (b"<", b"&", b"=")):
        raise InvalidInput("this feed has more markup than is read")
    headers = {"content-type": content_type, "content-location": url}
    try:
        parsed = feedparser.parse(BytesIO(data), response_headers=headers, sanitize_html=False)
    except _UNREADABLE as error:
        raise InvalidInput(f"this can't be read as a feed: {error}") from error
    if not parsed.get("version"):
        raise InvalidInput("this is no feed: neither RSS or Atom nor JSON Feed or a list of ninjs")
    language = str(parsed.feed.get("language", ""))
    return feed_of(_entries(parsed.entries, language), len(parsed.entries))


def _entries(entries: list[Any], language: str) -> Iterator[FeedEntry]:
    for one in entries:
        html, text = _content(one)
        date = one.get("published_parsed")
        story = story_of(
            title=str(one.get("title", "")),
            html=html,
            text=text,
            summary=str(one.get("summary", "")),
            author=str(one.get("author", "")),
            language=str(one.get("title_detail", {}).get("language") or language),
            link=str(one.get("link", "")),
            keywords=[str(tag.get("label") or tag.get("term") or "") for tag in one.get("tags", ())],
            published_at=_moment(date or one.get("updated_parsed")),
            images=list(_images(one)),
        )
        guid = (
            str(one.get("id") or one.get("link") or "") or sha256(str(story.get("headline", "")).encode()).hexdigest()
        )
        yield FeedEntry(id=kept_id(guid), story=story, dated_by_version=not date)


def _content(entry: Any) -> tuple[str, str]:
    """The body of an entry as HTML, and as plain text."""
    contents = sorted(entry.get("content", ()), key=lambda one: one.get("type") not in _HTML)
    if not contents:
        return "", ""
    value = str(contents[0].get("value", ""))
    return (value, "") if contents[0].get("type") in _HTML else ("", value)


def _images(entry: Any) -> Iterator[dict[str, str]]:
    """The pictures of an entry: enclosures and Media RSS; its thumbnail where it has no other."""
    credit = next((str(one.get("content", "")) for one in entry.get("media_credit", ())), "")
    named = [*entry.get("media_content", ()), *entry.get("enclosures", ())]
    urls = [str(one.get("url") or one.get("href") or "") for one in named if _is_image(one)]
    for url in urls or [str(one.get("url", "")) for one in entry.get("media_thumbnail", ())][:1]:
        yield {"url": url, "credit": credit}


def _is_image(named: Any) -> bool:
    return named.get("medium") == "image" or str(named.get("type", "")).startswith("image/")


def _moment(parsed: Any) -> str:
    """A time of UTC as feedparser gives it; "" for none, and for one that can't be."""
    if not parsed or not YEARS[0] <= parsed[0] <= YEARS[1]:
        return ""
    return rfc3339(datetime.fromtimestamp(calendar.timegm(parsed), tz=UTC))
