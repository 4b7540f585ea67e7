"""Others' feeds: RSS, Atom, JSON Feed and lists of ninjs, read as stories."""

from dateline.formats.feeds.feed import MOST_ENTRIES, Feed, FeedEntry
from dateline.formats.feeds.reader import read_feed

__all__ = ["MOST_ENTRIES", "Feed", "FeedEntry", "read_feed"]
