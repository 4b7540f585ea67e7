"""``POST /v1/check``: what would be refused in a story, and what a copy editor would say of it. Nothing is stored."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from dateline.domain.payload import to_json
from dateline.http import JsonBlueprint
from dateline.schemas.check import CheckSchema
from dateline.schemas.draft import DraftStorySchema
from dateline_ingest.api.parameters import ALWAYS
from dateline_ingest.auth import needs
from dateline_ingest.checking.story_check import check_story

check = JsonBlueprint("check", __name__, url_prefix="/v1/check", always=ALWAYS, description="A look before sending")


@check.post("")
@check.arguments(DraftStorySchema)
@check.response(200, CheckSchema)
@needs("reporter", "editor")
def check_text(given: dict[str, Any]) -> Response:
    """Check a story as far as it is written: errors keep it from being sent, remarks don't."""
    checked = check_story(given)
    return jsonify({
        "errors": [{"pointer": error.pointer, "detail": error.detail} for error in checked.errors],
        "remarks": [to_json(remark) for remark in checked.remarks],
        "links_pending": checked.links_pending,
    })  # fmt: skip
