"""The form of a source that is pulled: what was typed, and what it says, checked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from marshmallow import Schema, ValidationError, fields, validate, validates

from dateline.formats.control_characters import drop_control_characters
from dateline.ports.ledger.pulled_sources import SourceDetails
from dateline.ports.vocabulary import Terms
from dateline.schemas.fields import Address, Language, Slug
from dateline.schemas.pointers import load
from dateline_ingest.desk.forms.typed_fields import TypedForm
from dateline_ingest.sections import new_section

LABELS: Final = {
    "name": "Name", "url": "Address", "every": "Fetched every", "section": "Section", "language": "Language",
}  # fmt: skip
INTERVALS: Final = {
    "1": "minute", "5": "5 minutes", "15": "15 minutes", "30": "30 minutes", "60": "hour", "360": "6 hours",
    "1440": "day",
}  # fmt: skip
"""How often a source may be fetched: minutes, and the same in words."""
_MOST_IN_URL: Final = 2_000


class SourceSchema(Schema):
    """What is said of a source."""

    name = fields.String(
        required=True,
        validate=validate.Regexp(r"[^@/\x00-\x1f\x7f]{1,100}\Z", error="1 to 100 characters, no @ and no /."),
    )
    url = Address(required=True)
    every = fields.String(required=True, validate=validate.OneOf(INTERVALS))
    section = Slug()
    language = Language()

    @validates("url")
    def check_url(self, value: str, data_key: str) -> None:
        """What is fetched has no secret in it, and stands in a page that editors read."""
        parts = urlsplit(value)
        if parts.username is not None or parts.password is not None:
            raise ValidationError("An address with a user or a password in it isn't fetched.")
        if len(value) > _MOST_IN_URL:
            raise ValidationError(f"Longer than {_MOST_IN_URL:,} characters.")


class SourceForm(TypedForm):
    """The form as it was typed."""

    def details(self, terms: Terms) -> SourceDetails:
        """What the form says. Raises ``InvalidInput``."""
        self.check_whole()
        typed = {name: " ".join(drop_control_characters(self.values.get(name, "")).split()) for name in LABELS}
        said: dict[str, Any] = load(SourceSchema(), {name: text for name, text in typed.items() if text})
        new_section(said.get("section", ""), terms, may_make=False)
        return SourceDetails(**{**said, "every": timedelta(minutes=int(said["every"]))})
