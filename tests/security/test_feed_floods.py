"""Feeds that cost their reader far more than their sender: they are refused before a parser is asked."""

from __future__ import annotations

import pytest

from dateline.errors import InvalidInput
from dateline.formats.feeds import MOST_ENTRIES, read_feed

HEAD = b'<rss version="2.0"><channel>'
MOST = 2_000_000
URL = "https://news.example/feed"


@pytest.mark.parametrize(
    "repeated",
    [b"<", b"<a ", b"<a>", b"<item><guid>x</guid></item>", b"&", b"&lt", b"<!--", b"<![CDATA[", b"<!DOCTYPE "],
)
def test_a_feed_of_markup_alone_is_refused(repeated: bytes) -> None:
    with pytest.raises(InvalidInput, match="more markup than is read"):
        read_feed((HEAD + repeated * (MOST // len(repeated)))[:MOST], URL)


def test_so_is_one_of_attributes_or_of_links_in_a_text() -> None:
    for flood in (b"<item " + b'a="b" ' * 300_000, b"<item><description><![CDATA[" + b"<a href='x'>y</a>" * 110_000):
        with pytest.raises(InvalidInput, match="more markup than is read"):
            read_feed(HEAD + flood, URL)


@pytest.mark.parametrize(
    "flood",
    [b"<a>" * 5_000, b"<item><title>" + b"&amp" * 20_000, b"<item><title>" + b"<![CDATA[" * 20_000, b"\xff" * MOST],
)
def test_what_is_below_that_is_read_whatever_it_is(flood: bytes) -> None:
    assert len(read_feed(HEAD + flood, URL).entries) <= 1


def test_of_a_thousand_entries_the_first_are_read() -> None:
    items = b"".join(b"<item><guid>%d</guid><title>a</title></item>" % number for number in range(1_000))
    feed = read_feed(HEAD + items + b"</channel></rss>", URL)
    assert (len(feed.entries), feed.left_out) == (MOST_ENTRIES, 1_000 - MOST_ENTRIES)
