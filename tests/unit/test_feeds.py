"""Others' feeds, read as stories."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dateline.errors import InvalidInput
from dateline.formats.feeds import MOST_ENTRIES, FeedEntry, read_feed
from dateline.schemas.pointers import load
from dateline.schemas.story import StorySchema

URL = "https://news.example/feed"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>News</title><link>https://news.example/</link><language>en-gb</language>
<item><guid isPermaLink="false">n-2</guid><title>Bridge &amp; road open</title><link>https://news.example/2</link>
<description>Traffic flows again.</description><dc:creator>Ann Smith</dc:creator><category>Roads</category>
<category>Roads</category><pubDate>Mon, 30 Nov 2026 10:15:00 +0300</pubDate>
<content:encoded><![CDATA[<p>The bridge is open.</p><p><a href="/map">Map</a></p>]]></content:encoded></item>
<item><guid>n-1</guid><title>Short</title>
<description>&lt;p&gt;Only &lt;b&gt;this&lt;/b&gt;.&lt;/p&gt;</description></item>
<item><title>Title alone</title><link>https://news.example/0</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>tag:news.example,2026:feed</id>
<entry xml:lang="be"><id>tag:news.example,2026:1</id><title type="html">A &lt;em&gt;big&lt;/em&gt; day</title>
<updated>2026-11-30T10:00:00Z</updated><author><name>Ann</name></author><link href="/1"/>
<content type="text">Plain &lt;text&gt;
in two lines</content></entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": "News", "language": "en",
    "authors": [{"name": "The desk"}],
    "items": [
        {"id": 7, "content_text": "No title, only this text.", "date_published": "2026-11-30T10:00:00+03:00"},
        {"id": "b", "title": "Html", "content_html": "<p>Yes</p>", "url": "https://news.example/b", "tags": ["x", 1],
         "date_modified": "2026-11-30T11:00:00Z", "authors": [{"name": "Ann"}, {"name": "Bob"}]},
        {"title": "Nobody knows its id"}, "no item",
    ],
}  # fmt: skip
NINJS = {"uri": "urn:x:1", "version": "1", "type": "text", "headline": "H", "body_text": "T"}


def entries(text: str | dict[str, Any] | list[Any]) -> tuple[FeedEntry, ...]:
    return read_feed((text if isinstance(text, str) else json.dumps(text)).encode(), URL).entries


def test_rss_is_read() -> None:
    two, one, zero = entries(RSS)
    assert two.id == "n-2" and not two.dated_by_version
    assert two.story == {
        "headline": "Bridge & road open", "summary": "Traffic flows again.", "byline": "Ann Smith",
        "language": "en-gb", "published_at": "2026-11-30T07:15:00+00:00", "keywords": ["Roads"],
        "links": [{"url": "https://news.example/2"}],
        "body_html": '<p>The bridge is open.</p><p><a href="https://news.example/map">Map</a></p>',
    }  # fmt: skip
    assert (one.id, one.story["body_html"], "summary" in one.story) == ("n-1", "<p>Only <b>this</b>.</p>", False)
    assert (zero.id, zero.story["body_text"]) == ("https://news.example/0", "Title alone")


def test_atom_is_read() -> None:
    (entry,) = entries(ATOM)
    assert entry.id == "tag:news.example,2026:1" and entry.dated_by_version
    assert entry.story == {
        "headline": "A big day", "byline": "Ann", "language": "be", "published_at": "2026-11-30T10:00:00+00:00",
        "links": [{"url": "https://news.example/1"}], "body_text": "Plain <text>\nin two lines",
    }  # fmt: skip


def test_json_feed_is_read() -> None:
    seven, b = entries(JSON_FEED)
    assert (seven.id, seven.story["headline"], seven.story["byline"]) == ("7", "No title, only this text.", "The desk")
    assert seven.story["published_at"] == "2026-11-30T10:00:00+03:00" and not seven.dated_by_version
    assert b.story == {
        "headline": "Html", "byline": "Ann, Bob", "language": "en", "published_at": "2026-11-30T11:00:00Z",
        "keywords": ["x"], "links": [{"url": "https://news.example/b"}], "body_html": "<p>Yes</p>",
    }  # fmt: skip
    assert b.dated_by_version


@pytest.mark.parametrize("given", [[NINJS], {"items": [NINJS, {"no": "uri"}]}, NINJS])
def test_a_list_of_ninjs_is_read(given: Any) -> None:
    (entry,) = entries(given)
    assert entry.ninjs == NINJS


@pytest.mark.parametrize("given", [RSS, ATOM, JSON_FEED])
def test_every_entry_is_a_story_that_may_be_sent(given: Any) -> None:
    assert all(load(StorySchema(), dict(entry.story))["headline"] for entry in entries(given))


@pytest.mark.parametrize(
    "given", ["", "hello", "<html><body>No feed</body></html>", "{}", "[1]", "{broken", "\x00\x01", '{"items": 1}',
              '{"version": "https://jsonfeed.org/version/1"}', "/etc/passwd", "http://news.example/"]
)  # fmt: skip
def test_what_is_no_feed_is_said_so(given: str) -> None:
    with pytest.raises(InvalidInput):
        entries(given)


def test_an_id_that_comes_twice_counts_once() -> None:
    twice = JSON_FEED | {"items": [{"id": "a", "content_text": text} for text in ("first", "second")]}
    assert [entry.story["body_text"] for entry in entries(twice)] == ["first"]


def test_a_long_id_is_kept_as_its_digest() -> None:
    (entry,) = entries(JSON_FEED | {"items": [{"id": "x" * 5000, "content_text": "y"}]})
    assert entry.id.startswith("sha256:") and len(entry.id) < 300


def test_so_many_entries_are_read() -> None:
    feed = read_feed(
        json.dumps(JSON_FEED | {"items": [{"id": n, "content_text": "x"} for n in range(500)]}).encode(), URL
    )
    assert (len(feed.entries), feed.left_out) == (MOST_ENTRIES, 300)


def test_a_long_title_is_cut_at_a_word_and_a_wrong_language_is_none() -> None:
    (entry,) = entries(
        JSON_FEED | {"language": "klingon!", "items": [{"id": 1, "title": "word " * 100, "content_text": "x"}]}
    )
    assert entry.story["headline"].endswith("word…") and len(entry.story["headline"]) <= 300
    assert "language" not in entry.story


def test_entities_of_the_file_and_of_other_files_are_not_followed() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = RSS.replace("<rss", f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]><rss')
    try:
        found = str(entries(bomb.replace("Short", "&l9;&f;")))
    except InvalidInput:
        return
    assert "root:" not in found and len(found) < 20_000


def test_pictures_stand_beside_the_text_unless_they_are_in_it() -> None:
    rss = """<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>x</title><item>
        <title>Bridge opens</title><guid>1</guid><description>&lt;p&gt;It is open.&lt;/p&gt;</description>
        <enclosure url="https://a.example/1.jpg" type="image/jpeg" length="1"/>
        <enclosure url="https://a.example/sound.mp3" type="audio/mpeg" length="1"/>
        <media:content url="https://a.example/2.jpg" medium="image"/><media:credit>Ann Lee</media:credit>
        <media:thumbnail url="https://a.example/small.jpg"/></item></channel></rss>"""
    [entry] = entries(rss)
    assert [one["url"][-5:] for one in entry.story["images"]] == ["2.jpg", "1.jpg"]
    assert {one["credit"] for one in entry.story["images"]} == {"Ann Lee"}
    item = {"id": "1", "title": "x", "content_html": '<p>a</p><img src="https://a.example/1.jpg">'}
    for image, kept in (("https://a.example/1.jpg", None), ("https://a.example/2.jpg", 1), ("javascript:x", None)):
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{**item, "image": image}]}
        [entry] = entries(feed)
        assert len(entry.story.get("images", ())) == (kept or 0)
