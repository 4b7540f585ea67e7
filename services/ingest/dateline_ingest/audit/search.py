"""Which entries of the audit a request means: who, what, from, to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import ValidationError

from dateline.ports.ledger.audit import AuditSearch
from dateline.schemas.base import Strict
from dateline.schemas.fields import SHORT, DayOrMoment, Text


class AuditFilters(Strict):
    """Which entries of the audit."""

    who = Text(SHORT, metadata={"description": "A name, as it was then, or a writer's id"})
    what = Text(
        SHORT, metadata={"description": "A deed such as `erase`, or what it was done to: an id, `token:NAME` …"}
    )
    start = DayOrMoment(
        data_key="from",
        metadata={"type": "string", "description": "A day of the newsroom's zone, or a time: from it on"},
    )
    end = DayOrMoment(
        data_key="to", metadata={"type": "string", "description": "A day, which counts, or a time: what is before it"}
    )


def read_filters(typed: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The checked parameters, and what is wrong with them, by parameter."""
    try:
        return AuditFilters().load(typed), {}
    except ValidationError as error:
        problems: Any = error.messages
        return {}, {name: " ".join(said) for name, said in problems.items()}


def search_of(query: Mapping[str, Any], zone: ZoneInfo) -> AuditSearch:
    """The search that checked parameters mean; days are those of ``zone``, the last one counts."""
    start, end = query.get("start"), query.get("end")
    if end is not None and not isinstance(end, datetime):
        end += timedelta(days=1)
    return AuditSearch(
        who=query.get("who", ""), what=query.get("what", ""), start=_moment(start, zone), end=_moment(end, zone)
    )


def _moment(given: date | datetime | None, zone: ZoneInfo) -> datetime | None:
    if given is None or isinstance(given, datetime):
        return given
    return datetime.combine(given, time(), zone)
