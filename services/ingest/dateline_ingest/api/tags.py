"""``POST /v1/tags``: what the tagger would say of a text. Nothing is stored."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from dateline.domain.tagged_text import TaggedText
from dateline.http import JsonBlueprint
from dateline.http.requests.body import ExactParser
from dateline.schemas.term import TaggingSchema, TextSchema
from dateline_ingest.api.parameters import ALWAYS
from dateline_ingest.auth import needs
from dateline_ingest.tag_json import tagging_json
from dateline_ingest.vocabulary.text_tagging import tagging_of


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
    return jsonify(tagging_json(tagging_of(TaggedText(**text))))
