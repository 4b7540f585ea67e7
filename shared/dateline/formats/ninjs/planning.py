"""A coverage written as a planning item of ninjs 3.1."""

from __future__ import annotations

from typing import Any, Final

from dateline.domain.coverage import Coverage, CoverageForm, CoverageState
from dateline.domain.timestamps import rfc3339
from dateline.formats.ninjs.writer import SCHEMA

_STATUS: Final = "http://cv.iptc.org/newscodes/newscoveragestatus/"
STATUSES: Final[dict[CoverageState, str]] = {
    "planned": f"{_STATUS}int", "assigned": f"{_STATUS}int", "filed": f"{_STATUS}int", "dropped": f"{_STATUS}notint",
}  # fmt: skip
"""The IPTC's words for whether coverage is intended; what was filed was."""
TYPES: Final[dict[CoverageForm, str]] = {
    "text": "text", "picture": "picture", "video": "video", "audio": "audio", "graphic": "graphic", "live": "composite",
}  # fmt: skip


def write_ninjs_planning(coverage: Coverage, *, uri: str, event_uri: str, story_uri: str) -> dict[str, Any]:
    """``coverage`` as ninjs 3.1. ``event_uri`` is where its event is, ``story_uri`` what was filed; "" for none."""
    dates = {"expectedStartDate": coverage.day.isoformat()}
    if coverage.due_at:
        dates["endDate"] = rfc3339(coverage.due_at)
    planned = {
        "uri": f"{uri}#coverage",
        "title": coverage.title,
        "type": TYPES[coverage.form],
        "pubStatus": "canceled" if coverage.state == "dropped" else "usable",
        "commissioned": {"by": coverage.by, "on": rfc3339(coverage.made_at)},
        "dates": dates,
        **({"edNote": coverage.note} if coverage.note else {}),
        "itemCount": {"rangeFrom": 1, "rangeTo": 1},
    }
    optional: dict[str, Any] = {
        "by": coverage.assignee,
        "edNote": coverage.reason,
        "events": [{"id": coverage.event_id, "name": coverage.title, "rel": "about", "uri": event_uri}]
        if event_uri
        else [],
        "associations": [{"name": "filed", "uri": story_uri, "type": "text"}] if story_uri else [],
    }
    return {
        "uri": uri,
        "type": "planning",
        "representationType": "full",
        "version": str(coverage.revision),
        "firstCreated": rfc3339(coverage.made_at),
        "versionCreated": rfc3339(coverage.changed_at),
        "pubStatus": "canceled" if coverage.state == "dropped" else "usable",
        "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
        "title": coverage.title,
        "altIds": [{"role": "dateline", "value": coverage.id}],
        "eventDetails": {"plannedCoverageStatus": STATUSES[coverage.state]},
        "plannedCoverage": [planned],
        **{name: value for name, value in optional.items() if value},
    }
