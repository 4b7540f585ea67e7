"""The parameters of one story."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate


class StoryParams(ma.Schema):
    """How a story is wanted."""

    class Meta:
        """Addresses carry parameters that are not ours."""

        unknown = ma.EXCLUDE

    format = ma.fields.String(
        load_default="json", validate=validate.OneOf(("json", "ninjs")), metadata={"description": "ninjs: IPTC ninjs."}
    )
