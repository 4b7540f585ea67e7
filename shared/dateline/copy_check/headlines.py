"""A headline that is too long for a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dateline.copy_check.remark import CheckedText, Remark, about

PHONE_LINE: Final = 21
"""Characters of a line of the story's headline on a phone: 328 pixels at 29."""
MOST_LINES: Final = 5
"""Lines that leave room for the text on the first screen."""


def headline_remarks(text: CheckedText) -> Iterator[Remark]:
    """That it takes more lines than leave room for the text."""
    headline = text.headline.strip()
    if (lines := phone_lines(headline)) > MOST_LINES:
        message = f"The headline takes {lines} lines on a phone; {MOST_LINES} leave room for the text."
        yield about(text, "long-headline", "headline", (0, len(text.headline)), message)


def phone_lines(headline: str) -> int:
    """How many lines it takes there, word by word."""
    lines, left = 1, PHONE_LINE
    for word in headline.split():
        if len(word) > left and left < PHONE_LINE:
            lines, left = lines + 1, PHONE_LINE
        left -= len(word) + 1
    return lines
