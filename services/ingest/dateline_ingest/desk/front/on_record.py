"""What was placed before, as the page of a front lists it and goes back to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from dateline.domain.front import Placement, in_force
from dateline.errors import NotFound
from dateline_ingest.fronts.placement_editor import front_editor

MOST_CHANGES: Final = 20
"""So many are listed."""


def restorable(page: str, revision: int, now: datetime) -> Placement:
    """The placement of a revision, for now: an end that is over is none. Raises ``NotFound``."""
    found = next((one for one in front_editor().revisions(page) if one.revision == revision), None)
    if found is None:
        raise NotFound(f"This front has no revision {revision} that could be made again.")
    until = found.placement.until if found.placement.until and found.placement.until > now else None
    return in_force(replace(found.placement, until=until), now)
