"""Tags as JSON, every field said, for the API and the command line."""

from __future__ import annotations

from typing import Any

from dateline.domain.payload import to_json
from dateline.domain.tag import Tag
from dateline.domain.tagged_text import Dropped, Tagging


def tagging_json(tagging: Tagging) -> dict[str, Any]:
    """Tags and what was dropped, every field said."""
    return {"tags": [_tag(tag) for tag in tagging.tags], "dropped": [_dropped(one) for one in tagging.dropped]}


def _tag(tag: Tag) -> dict[str, Any]:
    return {
        "type": tag.type, "slug": tag.slug, "label": tag.label, "score": tag.score, "status": tag.status,
        "source": tag.source, "evidence": [to_json(one) for one in tag.evidence],
    }  # fmt: skip


def _dropped(dropped: Dropped) -> dict[str, Any]:
    return {
        "type": dropped.type, "slug": dropped.slug, "label": dropped.label, "reason": dropped.reason,
        "evidence": [to_json(one) for one in dropped.evidence],
    }  # fmt: skip
