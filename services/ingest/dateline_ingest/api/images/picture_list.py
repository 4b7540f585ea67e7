"""Which pictures are listed: the parameters of ``GET /v1/images``, and what they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from marshmallow import fields, validate

from dateline.ports.ledger import Ledger
from dateline.ports.ledger.pictures import PictureQuery
from dateline.ports.ledger.tokens import Token
from dateline.schemas.fields import SHORT, Text
from dateline_ingest.api.parameters import ListQuery

ME: Final = "me"
NOBODY: Final = "-"
"""No writer's id."""
_YES: Final = validate.OneOf(("true", "false"))


class PictureListQuery(ListQuery):
    """Which pictures."""

    q = Text(200, metadata={"description": "All these words stand in its caption, credit, place, people, date …"})
    by = Text(SHORT, metadata={"description": "The name of who sent it; `me` are one's own"})
    lacks_alt = fields.String(validate=_YES, metadata={"description": "true: neither alternative text nor decorative"})
    unused = fields.String(validate=_YES, metadata={"description": "true: nothing shows it"})
    rights = fields.String(
        validate=validate.OneOf(("usable", "not_yet", "ending", "ended")),
        metadata={"description": "At this moment; ending: within 14 days"},
    )


def picture_query(query: Mapping[str, Any], ledger: Ledger, by: Token) -> PictureQuery:
    """The pictures that ``query`` asks for: of a name that nobody has there are none."""
    return PictureQuery(
        words=query.get("q", ""),
        by=_writer(query["by"], ledger, by) if query.get("by") else None,
        state=query.get("state"),
        lacks_alt=query.get("lacks_alt") == "true",
        unused=query.get("unused") == "true",
        rights=query["rights"].replace("_", " ") if query.get("rights") else None,
    )


def _writer(name: str, ledger: Ledger, by: Token) -> Token:
    if name == ME or name == by.name:
        return by
    if (found := ledger.live_token(name)) is not None:
        return found
    if (account := ledger.find_account(name)) is not None:
        return Token(name=account.name, role=account.role, created_at=account.created_at, id=account.id, account=True)
    return Token(name=name, role="reporter", created_at=datetime.now(UTC), id=NOBODY)
