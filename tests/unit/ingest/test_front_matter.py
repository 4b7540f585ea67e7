"""Texts with front matter: their fields are the story's, and three hyphens are no headline."""

from __future__ import annotations

from typing import Any

import click
import pytest

from dateline_ingest.commands.submission.formats import read_story


def story_of(data: bytes, headline: str | None, section: str | None) -> dict[str, Any]:
    return read_story(data, "", headline, section).body


TEXT = """---
title: "Bridge: open again"
section: transport
date: 2026-11-24T09:00:00+03:00
keywords: [bridge, river]
language: no
urgency: 3
slugline: 007
embargo_until:
tags: {places: [brest]}
---

Cars crossed the bridge.

---

They will tomorrow.
"""


def test_its_fields_are_the_storys() -> None:
    assert story_of(TEXT.encode(), None, None) == {
        "headline": "Bridge: open again", "section": "transport", "published_at": "2026-11-24T09:00:00+03:00",
        "keywords": ["bridge", "river"], "language": "no", "urgency": 3, "slugline": "007",
        "tags": {"places": ["brest"]}, "body_text": "Cars crossed the bridge.\n\n---\n\nThey will tomorrow.",
    }  # fmt: skip


def test_a_list_of_tags_is_one_of_keywords() -> None:
    assert story_of(b"---\ntags: [bridge, river]\n---\nx", "H", None)["keywords"] == ["bridge", "river"]


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("---\n\nCars", "...\n\nCars"), ("---\ntitle", "\ufeff---\ntitle")])
def test_however_it_is_fenced(change: tuple[str, str]) -> None:
    story = story_of(TEXT.replace(*change).encode(), None, None)
    assert (story["headline"], story["section"]) == ("Bridge: open again", "transport")
    assert story["body_text"].startswith("Cars crossed")


def test_options_win_and_the_first_line_is_the_headline_where_none_is_named() -> None:
    told = story_of(TEXT.encode(), "Other", "news")
    assert (told["headline"], told["section"]) == ("Other", "news")
    assert story_of(b"---\nsection: news\n---\nBridge opens\n\nIt is open.", None, None) == {
        "section": "news", "headline": "Bridge opens", "body_text": "It is open.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("Bridge opens\n---\nIt is open.", {"headline": "Bridge opens", "body_text": "---\nIt is open."}),
        ("---- Bridge\nIt is open.", {"headline": "---- Bridge", "body_text": "It is open."}),
        ("---\n---\nBridge opens\nIt is open.", {"headline": "Bridge opens", "body_text": "It is open."}),
        ('{"headline": "---", "body_text": "x"}', {"headline": "---", "body_text": "x"}),
    ],
)
def test_other_hyphens_are_words(text: str, story: dict[str, Any]) -> None:
    assert story_of(text.encode(), None, None) == story


@pytest.mark.parametrize(
    "text", ["---\ntitle: x\nIt is open.", "---", "---\n- a\n---\nx", "---\na: [\n---\nx", "---\n? [a]\n: b\n---\nx"]
)
def test_what_is_no_front_matter_is_refused(text: str) -> None:
    with pytest.raises(click.UsageError, match="front matter"):
        story_of(text.encode(), None, None)
