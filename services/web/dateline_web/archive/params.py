"""The parameters of the archive's pages."""

from __future__ import annotations

from dateline_web.listing_params import PageParams, limit_field


class ArchiveParams(PageParams):
    """A page of a month or a day, which are read as a whole."""

    limit = limit_field(50)
