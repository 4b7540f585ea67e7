"""Stories by their ids, as anybody may read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from dateline.domain.document import StoryDocument
from dateline.ports.index import Index


def public_stories(index: Index, ids: Sequence[str], *, brief: bool = False) -> list[StoryDocument]:
    """The stories of ``ids`` that the index has and nobody withdrew. Raises ``IndexUnavailable``."""
    found = cast(list[StoryDocument], index.get("story", ids, brief=brief)) if ids else []
    return [story for story in found if not story.withdrawn]
