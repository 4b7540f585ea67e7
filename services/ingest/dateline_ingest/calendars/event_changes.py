"""What a newer version of an event changes, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from dateline.domain.event import Event
from dateline.schemas.event import event_json

MOST_SHOWN: Final = 200
"""Characters of a value."""
_NOT_SHOWN: Final = frozenset({"schema", "external_id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChange:
    """A field that changes; ``before`` or ``after`` is empty where it isn't there."""

    field: str
    before: str = ""
    after: str = ""

    def json(self) -> dict[str, str]:
        """As the API answers it."""
        return {"field": self.field, "before": self.before, "after": self.after}


def changes_between(before: Event, after: Event) -> Iterator[EventChange]:
    """The fields in which two versions differ, in the order of the event's."""
    earlier, later = event_json(before), event_json(after)
    for field in dict.fromkeys((*later, *earlier)):
        if field not in _NOT_SHOWN and earlier.get(field) != later.get(field):
            yield EventChange(field=field, before=_shown(earlier.get(field)), after=_shown(later.get(field)))


def _shown(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
