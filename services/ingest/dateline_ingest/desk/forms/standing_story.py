"""The story that a correction begins from."""

from __future__ import annotations

from dataclasses import replace

from dateline.domain.story import Story
from dateline.ports.ledger.items import WITHHELD_UNTIL, Item
from dateline_ingest.intake import content_of


def standing_story(whole: Item) -> Story | None:
    """The newest text with the embargo that holds it, which a correction need not name; None of what is withdrawn."""
    story = content_of(Story, whole.newest.payload)
    if story is None or whole.embargo_until in (None, WITHHELD_UNTIL, story.embargo_until):
        return story
    return replace(story, embargo_until=whole.embargo_until)
