"""``POST /v1/tags``: what the tagger would say of a text. Nothing is stored."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from dateline.domain.payload import to_json
from dateline.domain.tag import Tag
from dateline.http import JsonBlueprint
from dateline.http.body import ExactParser
from dateline.schemas.term import TaggingSchema, TextSchema
from dateline.tagging.text import Dropped, TaggedText, Tagging
from dateline_ingest.api.asking import ALWAYS
from dateline_ingest.auth import needs
from dateline_ingest.context import parts


class TextBlueprint(JsonBlueprint):
    """Routes that take texts exactly as they are sent."""

    ARGUMENTS_PARSER = ExactParser()


tags = TextBlueprint("tags", __name__, url_prefix="/v1/tags", always=ALWAYS, description="Tags of a text")


@tags.post("")
@tags.arguments(TextSchema)
@tags.response(200, TaggingSchema)
@needs("reporter", "editor", session_too=True)
def tag(text: dict[str, Any]) -> Response:
    """Tag a text: the tags with their evidence, and what was dropped."""
    return jsonify(tagging_json(parts().words.tagger().tag(TaggedText(**text))))


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
