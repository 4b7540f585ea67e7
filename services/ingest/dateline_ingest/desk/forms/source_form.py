"""The form of a source that is pulled: what was typed, and what it says, checked."""

from __future__ import annotations

from typing import Any, Final

from dateline.formats.control_characters import drop_control_characters
from dateline.ports.ledger.pulled_sources import SourceDetails
from dateline.ports.vocabulary import Terms
from dateline.schemas.pointers import load
from dateline_ingest.desk.forms.form_fields import number_field
from dateline_ingest.desk.forms.typed_fields import TypedForm
from dateline_ingest.pulling.source_schema import SourceSchema, details_of

LABELS: Final = {
    "name": "Name", "url": "Address", "kind": "It is", "every_minutes": "Fetched every", "section": "Section",
    "language": "Language",
}  # fmt: skip
KINDS: Final = {"feed": "a feed, of stories", "calendar": "a calendar, of events"}
INTERVALS: Final = {
    "1": "minute", "5": "5 minutes", "15": "15 minutes", "30": "30 minutes", "60": "hour", "360": "6 hours",
    "1440": "day",
}  # fmt: skip
"""How often a source may be fetched: minutes, and the same in words."""


class SourceForm(TypedForm):
    """The form as it was typed."""

    def details(self, terms: Terms) -> SourceDetails:
        """What the form says. Raises ``InvalidInput``."""
        self.check_whole()
        typed = {name: " ".join(drop_control_characters(self.values.get(name, "")).split()) for name in LABELS}
        said: dict[str, Any] = {name: text for name, text in typed.items() if text}
        if "every_minutes" in said:
            said["every_minutes"] = number_field(said["every_minutes"])
        return details_of(load(SourceSchema(), said), terms)
