"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dateline.domain.timestamps import read_timestamp
from dateline.errors import InvalidInput
from dateline.formats.feeds.feed import Feed, FeedEntry, feed_of, kept_id
from dateline.formats.feeds.texts import story_of

VERSION: Final = "https://jsonfeed.org/version/"


def is_json_feed(value: Any) -> bool:
    """Whether a JSON value says that it is one."""
    return isinstance(value, Mapping) and str(value.get("version", "")).replace("www.", "").startswith(VERSION)


def read_json_feed(feed: Mapping[str, Any]) -> Feed:
    """The items of a feed; one without an id is none (its address stands for it). Raises ``InvalidInput``."""
    items = feed.get("items")
    if not isinstance(items, list):
        raise InvalidInput("this JSON Feed has no list of items")
    return feed_of(_entries(items, _text(feed, "language"), _authors(feed)), len(items))


def _entries(items: list[Any], language: str, authors: str) -> Iterator[FeedEntry]:
    for one in items:
        guid = _identifier(one) if isinstance(one, Mapping) else ""
        if not guid:
            continue
        published, changed = _moment(one, "date_published"), _moment(one, "date_modified")
        tags = one.get("tags")
        story = story_of(
            title=_text(one, "title"),
            html=_text(one, "content_html"),
            text=_text(one, "content_text"),
            summary=_text(one, "summary"),
            author=_authors(one) or authors,
            language=_text(one, "language") or language,
            link=_text(one, "url") or _text(one, "external_url"),
            keywords=[tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else (),
            published_at=published or changed,
            images=[{"url": address} for name in ("image", "banner_image") if (address := _text(one, name))][:1],
        )
        yield FeedEntry(id=kept_id(guid), story=story, dated_by_version=not published)


def _identifier(item: Mapping[str, Any]) -> str:
    """Its id, which old feeds give as a number; or its address."""
    given = item.get("id")
    return str(given) if type(given) in (str, int) and given != "" else _text(item, "url")


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""


def _authors(found: Mapping[str, Any]) -> str:
    """The names of its authors: a list in 1.1, one in 1.0."""
    listed = found.get("authors")
    people = listed if isinstance(listed, list) else [found.get("author")]
    return ", ".join(name for one in people if isinstance(one, Mapping) and (name := _text(one, "name")))


def _moment(found: Mapping[str, Any], name: str) -> str:
    text = _text(found, name)
    try:
        read_timestamp(text)
    except ValueError:
        return ""
    return text
