"""The archive as the JSON API says it: plain dicts, described by ``schemas.py``."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateline_web.archive.page import counts_of
from dateline_web.context import Web
from dateline_web.dates.days import last_day_of


def month_json(web: Web, first: date) -> dict[str, Any]:
    """The archive answer of the API: the days that have stories."""
    counts = counts_of(web.index, first, last_day_of(first))
    days = [{"date": day.isoformat(), "count": count} for day, count in sorted(counts.items())]
    return {"year": first.year, "month": first.month, "days": days}
