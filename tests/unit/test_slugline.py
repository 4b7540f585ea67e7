"""Sluglines by the house's pattern."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.domain.slugline import make_slugline
from dateline.domain.slugline_pattern import slugline_pattern

DAY = date(2026, 7, 5)


@pytest.mark.parametrize(
    ("pattern", "made"),
    [
        ("{place}-{words}", "brest-bridge-over-1000"),
        ("{PLACE}-{words}/{date}", "BREST-bridge-over-1000/260705"),
        ("{section}/{WORDS}", "news/BRIDGE-OVER-1000"),
        ("dl_{date}", "dl_260705"),
        ("", ""),
    ],
)
def test_each_part_stands_where_the_pattern_says(pattern: str, made: str) -> None:
    headline = "A bridge over 1000 m"
    assert make_slugline(slugline_pattern(pattern), section="news", place="Brest", headline=headline, day=DAY) == made


@pytest.mark.parametrize(
    ("parts", "made"),
    [
        ({"section": "", "place": "Brest", "headline": "It is on"}, "brest-it-is-on"),
        ({"section": "", "place": " ", "headline": "Мост открыт"}, "most-otkryt"),
        ({"section": "news", "place": "", "headline": "Bridge"}, "news-bridge"),
        ({"section": "", "place": "", "headline": ""}, ""),
    ],
)
def test_what_a_story_lacks_leaves_no_separators(parts: dict[str, str], made: str) -> None:
    assert make_slugline("{section}-{place}-{words}", **parts, day=DAY) == made


@pytest.mark.parametrize("pattern", ["{words", "words}", "{}", "{0}", "{byline}", "plain", "{words!r}", "{date:%Y}"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="a pattern of"):
        slugline_pattern(pattern)
