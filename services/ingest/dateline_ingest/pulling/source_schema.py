"""What is said of a source that is kept, checked: by the desk's form and the JSON API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, get_args
from urllib.parse import urlsplit

from marshmallow import ValidationError, fields, validate, validates

from dateline.ports.ledger.pulled_sources import LONGEST_INTERVAL, SHORTEST_INTERVAL, SourceDetails, SourceKind
from dateline.ports.vocabulary import Terms
from dateline.schemas.base import Strict
from dateline.schemas.fields import Address, Language, Slug, WholeNumber
from dateline_ingest.sections import new_section

_MOST_IN_URL: Final = 2_000
_MINUTE: Final = timedelta(minutes=1)


class SourceSchema(Strict):
    """A source: its name is the agency that its stories name, and who its events come from."""

    name = fields.String(
        required=True,
        validate=validate.Regexp(r"^[^@/\x00-\x1f\x7f]{1,100}\Z", error="1 to 100 characters, no @ and no /."),
    )
    url = Address(required=True)
    every_minutes = WholeNumber(SHORTEST_INTERVAL // _MINUTE, LONGEST_INTERVAL // _MINUTE, required=True)
    section = Slug(metadata={"description": "Of stories that name none"})
    kind = fields.String(
        validate=validate.OneOf(get_args(SourceKind)),
        metadata={"description": "feed, whose entries are stories; or calendar, a table too"},
    )
    language = Language(metadata={"description": "Of stories that name none"})

    @validates("url")
    def check_url(self, value: str, data_key: str) -> None:
        """What is fetched has no secret in it, and stands in a page that editors read."""
        parts = urlsplit(value)
        if parts.username is not None or parts.password is not None:
            raise ValidationError("An address with a user or a password in it isn't fetched.")
        if len(value) > _MOST_IN_URL:
            raise ValidationError(f"Longer than {_MOST_IN_URL:,} characters.")


def details_of(said: Mapping[str, Any], terms: Terms) -> SourceDetails:
    """What was said, as it is kept. Raises ``InvalidInput`` for a section that nobody knows."""
    section = said.get("section", "")
    new_section(section, terms, may_make=False)
    return SourceDetails(
        name=" ".join(said["name"].split()), url=said["url"], every=said["every_minutes"] * _MINUTE, section=section,
        language=said.get("language", ""), kind=said.get("kind", "feed"),
    )  # fmt: skip
