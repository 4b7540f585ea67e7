"""The forms of the plan: a new coverage, and what is changed in one, as the JSON API has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.errors import FieldError, InvalidInput
from dateline.formats.strict_json import clean
from dateline.schemas.coverage import CoverageChangeSchema, NewCoverageSchema
from dateline.schemas.pointers import load
from dateline_ingest.desk.forms.form_fields import time_field
from dateline_ingest.desk.forms.typed_fields import TypedForm

LABELS: Final = {
    "title": "What", "day": "Day", "assignee": "Who", "form": "Form", "due_at": "Until", "note": "What is wanted",
    "reason": "Why", "story_id": "Story", "event_id": "Event", "recurrence_id": "Time",
}  # fmt: skip
FORM_WORDS: Final = {
    "text": "text", "picture": "pictures", "video": "video", "audio": "audio", "graphic": "graphic",
    "live": "live blog",
}  # fmt: skip
STATE_WORDS: Final = {"planned": "nobody yet", "assigned": "promised", "filed": "filed", "dropped": "dropped"}
_TYPED: Final = ("title", "day", "assignee", "form", "due_at", "note", "event_id", "recurrence_id")
_SAID: Final[Mapping[str, dict[str, Any]]] = {
    "drop": {"state": "dropped"}, "give-back": {"assignee": None}, "reopen": {"state": "planned"},
}  # fmt: skip


class PlanForm(TypedForm):
    """What was typed into a form of the plan. ``about`` says which: a coverage's id, or an event's and its time."""

    @property
    def about(self) -> str:
        """Which form of the page it is."""
        values = self.values
        return values.get("coverage") or f"{values.get('event_id', '')} {values.get('recurrence_id', '')}".strip()

    def new(self, zone: ZoneInfo) -> dict[str, Any]:
        """The coverage that is to be planned. Raises ``InvalidInput``."""
        self.check_whole()
        return self._loaded(NewCoverageSchema(), self._said(zone) | {"give_draft": "give_draft" in self.values})

    def changes(self, zone: ZoneInfo) -> dict[str, Any]:
        """What is said of a coverage: every field of the form. Raises ``InvalidInput``."""
        self.check_whole()
        said = {"due_at": None, "assignee": None, "note": "", **self._said(zone)}
        return self._loaded(CoverageChangeSchema(), said)

    def deed(self, deed: str) -> dict[str, Any]:
        """What a button says of a coverage. Raises ``InvalidInput`` where the reason is missing."""
        self.check_whole()
        reason = str(clean(self.values.get("reason", ""))).strip()
        if deed in ("drop", "give-back") and not reason:
            raise InvalidInput("Say why.", (FieldError("/reason", "Say why."),))
        if deed == "file":
            story_id = self.values.get("story_id", "").strip()
            return self._loaded(CoverageChangeSchema(), {"state": "filed", "story_id": story_id or None})
        said = _SAID[deed]
        return self._loaded(CoverageChangeSchema(), {**said, "reason": reason})

    def _said(self, zone: ZoneInfo) -> dict[str, Any]:
        said = {name: self.values.get(name, "").strip() for name in _TYPED}
        if said["due_at"]:
            said["due_at"] = time_field(said["due_at"], zone)
        return {name: value for name, value in said.items() if value}

    @staticmethod
    def _loaded(schema: Any, said: Mapping[str, Any]) -> dict[str, Any]:
        return load(schema, clean(dict(said)))


def minute_text(moment: datetime, zone: ZoneInfo) -> str:
    """A time as a field shows it, on the newsroom's clock to the minute."""
    return f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}"
