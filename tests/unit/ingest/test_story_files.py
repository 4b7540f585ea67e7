"""Stories in files: Markdown, HTML, ninjs, JSON, plain text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest

from dateline_ingest.commands.submission.folder import story_files
from dateline_ingest.commands.submission.formats import JSON, NINJS, read_story
from dateline_ingest.commands.submission.html_page import story_of_page

PAGE = """<!doctype html>
<html lang="be"><head>
<meta charset="utf-8"><title>Bridge &amp; ferry - The Paper</title>
<meta name="description" content="It is open.">
<META NAME="Author" CONTENT="Rita Ray">
<meta property="article:published_time" content="2026-11-24T09:00:00+03:00">
<meta property="article:section" content="City Life">
<meta name="keywords" content="bridge, river; ferry">
<meta name="embargo_until" content="2026-11-25T09:00:00+03:00">
<meta name="urgency" content="3"><meta name="generator" content="x"><meta name="byline" content="">
</head><body>
<nav>Home</nav>
<article class="a > b">
<h1>Bridge <em>opens</em></h1>
<p>Cars crossed it. <article><p>Inner</p></article></p>
<script>if (a < b) { "</article>" }</script>
<h1>Second</h1>
</article>
<footer>Imprint</footer></body></html>
"""


def test_a_page_of_html_is_a_story() -> None:
    story = story_of_page(PAGE.replace("\n", "\r\n"))
    body = story.pop("body_html")
    assert story == {
        "headline": "Bridge opens", "language": "be", "summary": "It is open.", "byline": "Rita Ray",
        "published_at": "2026-11-24T09:00:00+03:00", "section": "city-life", "keywords": ["bridge", "river", "ferry"],
        "embargo_until": "2026-11-25T09:00:00+03:00", "urgency": 3,
    }  # fmt: skip
    assert body.startswith("<p>Cars crossed it.")
    assert body.endswith("<h1>Second</h1>")
    assert "Home" not in body and "Imprint" not in body and "Inner" in body


@pytest.mark.parametrize(
    ("page", "headline", "body"),
    [
        ("<title>Bridge\n opens</title><p>Open.</p>", "Bridge opens", "<title>Bridge\n opens</title><p>Open.</p>"),
        ('<meta name="section" content="?!"><body><p>Open.</p>', "", "<p>Open.</p>"),
        ("<h1>Bridge</h1><main><p>Open.</p></main>", "Bridge", "<p>Open.</p>"),
        ('<meta property="og:title" content="Og"><title>T</title><body>x</body>', "Og", "x"),
        ("<body><h1> </h1><p>Open.</body>", "", "<h1> </h1><p>Open."),
        ("<h1>Never ended <p>Open.", "", "<h1>Never ended <p>Open."),
    ],
)
def test_whatever_a_page_lacks(page: str, headline: str, body: str) -> None:
    assert story_of_page(page) == {"headline": headline, "body_html": body}


def test_a_page_in_another_charset_says_so() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><h1>Мост</h1><body>Открыт'
    assert read_story(page.encode("cp1251"), ".html").body["headline"] == "Мост"
    for wrong in (page.replace("windows-1251", "klingon"), page.replace("charset=windows-1251", "")):
        with pytest.raises(click.UsageError, match="UTF-8"):
            read_story(wrong.encode("cp1251"), ".html")


def test_markdown_is_html_and_its_first_heading_the_headline() -> None:
    text = b"---\nsection: city\n---\n# Bridge *opens* #\n\nIt is **open**\nagain.\n\n| a |\n|---|\n| b |\n"
    body = read_story(text, ".md").body
    assert (body["headline"], body["section"]) == ("Bridge *opens*", "city")
    assert body["body_html"].startswith("<p>It is <strong>open</strong>\nagain.</p>\n<table>")
    titled = read_story(b"---\ntitle: T\n---\n# Part\n\nx", ".markdown").body
    assert titled == {"headline": "T", "body_html": "<h1>Part</h1>\n<p>x</p>\n"}
    assert read_story(b"Bridge opens\n\n{{< x >}}", ".md", "H").body["headline"] == "H"
    assert read_story(b"{Bridge}\nx", ".md").body["headline"] == "{Bridge}"


def test_the_same_text_is_plain_without_the_suffix() -> None:
    assert read_story(b"Bridge\n\n**open**").body == {"headline": "Bridge", "body_text": "**open**"}


NINJS_STORY: dict[str, Any] = {"uri": "urn:x:1", "headline": "Bridge", "body_text": "Open."}


@pytest.mark.parametrize(
    ("data", "suffix", "content_type"),
    [
        (NINJS_STORY, ".json", NINJS),
        (NINJS_STORY, ".ninjs", NINJS),
        (NINJS_STORY, "", NINJS),
        ({"headline": "Bridge", "body_text": "x"}, ".json", JSON),
        ({"headline": "Bridge", "body_text": "x"}, ".ninjs", NINJS),
        ({"headlines": [{"value": "x"}]}, ".json", NINJS),
    ],
)
def test_ninjs_is_told_from_a_story_in_json(data: dict[str, Any], suffix: str, content_type: str) -> None:
    story = read_story(json.dumps(data).encode(), suffix)
    assert (story.content_type, story.body) == (content_type, data)
    assert story.has_own_id is (content_type == NINJS)


def test_what_is_no_story_is_refused() -> None:
    for data, suffix in ((b"[]", ".json"), (b"x", ".json"), (b"{x", ".txt"), (b"\xff\xfe", ".md")):
        with pytest.raises(click.UsageError):
            read_story(data, suffix)
    with pytest.raises(click.UsageError, match="itself"):
        read_story(json.dumps(NINJS_STORY).encode(), ".json", section="city")


def test_an_external_id_is_an_id_of_its_own() -> None:
    assert read_story(b"---\nexternal_id: a1\n---\nBridge\n\nx").has_own_id
    assert not read_story(b"Bridge\n\nx").has_own_id


def test_which_files_of_a_folder_are_stories(tmp_path: Path) -> None:
    names = ("b.md", "a.TXT", "sub/c.html", ".hidden.md", ".git/x.md", "a.TXT.refused.txt", "photo.jpg", "done/d.md")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [path.relative_to(tmp_path).as_posix() for path in story_files(tmp_path, tmp_path / "done")]
    assert found == ["a.TXT", "b.md", "sub/c.html"]
