"""Which stories are listed: the parameters of ``GET /v1/stories`` and of the desk's list, and what they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import fields, validate

from dateline.ports.ledger.story_pages.story_list import StoryFilter
from dateline.ports.ledger.tokens import Token
from dateline.schemas.fields import SHORT, Slug, Text
from dateline_ingest.api.parameters import ListQuery
from dateline_ingest.context import parts
from dateline_ingest.sections import slugs_of_section


class StoryListQuery(ListQuery):
    """Which stories."""

    q = Text(200, metadata={"description": "It stands in the headline"})
    words = Text(200, metadata={"description": "All stand in headline or text, or are what words there begin with"})
    section = Slug()
    reporter = Text(SHORT, metadata={"description": "The name of who it belongs to"})
    day = fields.Date(
        validate=validate.Range(date(1900, 1, 1), date(9000, 1, 1)),
        metadata={"description": "When the newest revision was received, on the newsroom's clock"},
    )


def story_filter(query: Mapping[str, Any], by: Token, zone: ZoneInfo) -> StoryFilter:
    """The stories that ``query`` asks for, of those that ``by`` may see."""
    start, end = _day(query["day"], zone) if query.get("day") else (None, None)
    return StoryFilter(
        owner=by if by.role == "reporter" else None,
        reporter=query.get("reporter", ""),
        states=(query["state"],) if query.get("state") else (),
        sections=slugs_of_section(query.get("section", ""), parts().vocabulary.current()),
        start=start,
        end=end,
        label=query.get("q", ""),
        words=query.get("words", ""),
    )


def _day(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a day begins on the newsroom's clock, and the next one."""
    midnight = datetime.combine(day, time(), zone)
    return midnight, datetime.combine(day + timedelta(days=1), time(), zone)
