"""Which kind of feed some bytes are, and its entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dateline.errors import InvalidInput
from dateline.formats.feeds.feed import Feed, FeedEntry, feed_of, kept_id
from dateline.formats.feeds.json_feed import is_json_feed, read_json_feed
from dateline.formats.feeds.syndication import read_syndication
from dateline.formats.strict_json import NotJson, read_json


def read_feed(data: bytes, url: str, content_type: str = "") -> Feed:
    """The entries of what was fetched from ``url``: RSS, Atom, JSON Feed, a list of ninjs objects or one of them.

    Raises ``InvalidInput`` for anything else.
    """
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"["):
        return read_syndication(data, url, content_type)
    try:
        value = read_json(data)
    except NotJson as error:
        raise InvalidInput(str(error)) from error
    if is_json_feed(value):
        return read_json_feed(value)
    found = _ninjs_objects(value)
    return feed_of(_ninjs_entries(found), len(found))


def _ninjs_objects(value: Any) -> list[Any]:
    """The objects of a list, which may stand in ``items``, or one alone."""
    listed = value.get("items", [value]) if isinstance(value, Mapping) else value
    if not isinstance(listed, list) or not any(isinstance(one, Mapping) and "uri" in one for one in listed or ()):
        if listed == []:
            return []
        raise InvalidInput("this JSON is neither a JSON Feed nor a list of ninjs")
    return listed


def _ninjs_entries(objects: list[Any]) -> Iterator[FeedEntry]:
    for one in objects:
        if isinstance(one, Mapping) and isinstance(one.get("uri"), str):
            yield FeedEntry(id=kept_id(f"{one['uri']} {one.get('version', '')}"), ninjs=one)
