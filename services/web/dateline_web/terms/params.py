"""The parameters of an A–Z of terms."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from dateline_web.listing_params import MAX_ITEMS, ListingParams, limit_field


class TermsParams(ListingParams):
    """A page of an A–Z, from the terms whose labels begin with ``prefix``."""

    blank_is_absent = True

    prefix = ma.fields.String(
        load_default="", validate=validate.Length(max=50), metadata={"description": "What labels begin with."}
    )


class TermsPageParams(TermsParams):
    """The same for people, who see more on one page."""

    limit = limit_field(MAX_ITEMS)
