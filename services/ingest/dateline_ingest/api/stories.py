"""``/v1/stories``: submit, correct, withdraw, bring back, look at, list."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from flask import Response

from dateline.domain.story import Story
from dateline.http import JsonBlueprint, accepts
from dateline.ports.wakeup import Lane
from dateline.schemas.base import DifferenceSchema, EditorTagsSchema, ReceiptSchema, SummariesSchema
from dateline.schemas.story import StoryItemSchema, StorySchema, story_json
from dateline_ingest.api.ninjs import StoryParser, ninjs_notes, takes_notices
from dateline_ingest.api.parameters import (
    ALWAYS,
    CHANGE,
    JSON,
    NEW,
    NINJS,
    RECEIPT_HEADERS,
    WITHDRAW,
    NoteQuery,
    change_write,
    new_write,
    position,
    withdraw_write,
    withdrawal_note,
)
from dateline_ingest.api.responses import item_response, page_response, receipt_of, receipt_response
from dateline_ingest.api.story_list import StoryListQuery, story_filter
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.intake import content_of
from dateline_ingest.similar.likeness import duplicates_json
from dateline_ingest.withdrawals import restored_story, withdrawal


class StoryBlueprint(JsonBlueprint):
    """Routes that take stories, in JSON or ninjs."""

    ARGUMENTS_PARSER = StoryParser()


stories = StoryBlueprint(
    "stories", __name__, url_prefix="/v1/stories", always=ALWAYS, description="What reporters submit"
)

NINJS_TOO: Final[dict[str, Any]] = {"requestBody": {"content": {NINJS: {"schema": {"type": "object"}}}}}


@stories.post("")
@takes_notices
@stories.arguments(StorySchema)
@stories.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@stories.problems(409)
@stories.doc(**NEW, **NINJS_TOO)
@accepts(JSON, NINJS)
@needs("reporter", "editor")
def submit(given: dict[str, Any]) -> Response:
    """Submit a story; it is on disk when this answers."""
    intake = parts().intake
    return receipt_response(intake.submit(intake.new_story(given, new_write())), ninjs_notes())


@stories.get("")
@stories.arguments(StoryListQuery, location="query")
@stories.response(200, SummariesSchema)
@needs("reporter", "editor")
def list_stories(query: dict[str, Any]) -> Response:
    """List stories, newest first; reporters see their own."""
    chosen = story_filter(query, token(), parts().settings.timezone)
    return page_response(parts().ledger.stories(chosen, limit=query["limit"], cursor=position(query)))


@stories.get("/<opaque:story_id>")
@stories.response(200, StoryItemSchema, headers={"ETag": RECEIPT_HEADERS["ETag"]})
@stories.problems(404)
@needs("reporter", "editor")
def show(story_id: str) -> Response:
    """Show a story as submitted, and where each of its revisions is."""
    story = content_of(Story, item().newest.payload)
    told = dict((item().newest.payload or {}).get("ninjs", {}))
    found = duplicates_json(story_id)
    return item_response(item(), story=story_json(story) if story else None, ninjs=told, **found)


@stories.put("/<opaque:story_id>")
@takes_notices
@stories.arguments(StorySchema)
@stories.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@stories.problems(404, 409, 412, 428)
@stories.doc(**CHANGE, **NINJS_TOO)
@accepts(JSON, NINJS)
@needs("reporter", "editor")
def correct(given: dict[str, Any], story_id: str) -> Response:
    """Correct a story: a new revision."""
    intake = parts().intake
    return receipt_response(intake.submit(intake.corrected_story(item(), given, change_write())), ninjs_notes())


@stories.delete("/<opaque:story_id>")
@stories.arguments(NoteQuery, location="query")
@stories.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@stories.problems(404, 409, 412)
@stories.doc(**WITHDRAW)
@accepts(JSON, optional=True)
@needs("reporter", "editor")
def withdraw(query: dict[str, Any], story_id: str) -> Response:
    """Withdraw a story: readers get 410 with the note."""
    note = withdrawal_note(query)
    return receipt_response(parts().intake.submit(withdrawal("story", item(), withdraw_write(), note)))


@stories.post("/<opaque:story_id>/restore")
@stories.arguments(NoteQuery, location="query")
@stories.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@stories.problems(404, 409, 412)
@stories.doc(**WITHDRAW)
@accepts(JSON, optional=True)
@needs("reporter", "editor")
def restore(query: dict[str, Any], story_id: str) -> Response:
    """Bring back a withdrawn story with its last text: a new revision."""
    note, service = withdrawal_note(query), parts()
    whole = service.ledger.item("story", story_id, payloads="all")
    restored = restored_story(whole, withdraw_write(), note, datetime.now(UTC))
    return receipt_response(service.intake.submit(restored))


@stories.put("/<opaque:story_id>/tags")
@stories.arguments(EditorTagsSchema)
@stories.response(202, ReceiptSchema)
@stories.problems(404, 409)
@needs("editor")
def change_tags(given: dict[str, Any], story_id: str) -> Response:
    """Add and remove tags: an editor's word, kept through retagging; no new revision."""
    service = parts()
    service.intake.check_tags(tuple(given["add"]), "/add")
    changed = service.ledger.set_editor_tags(story_id, given["add"], given["remove"], token())
    service.wakeup.wake(Lane.LIVE)
    return receipt_response(receipt_of(changed))


@stories.put("/<opaque:story_id>/corrections/<int:revision>")
@stories.arguments(DifferenceSchema)
@stories.response(202, ReceiptSchema)
@stories.problems(404, 409)
@needs("editor")
def show_difference(given: dict[str, Any], story_id: str, revision: int) -> Response:
    """Say what readers see of a correction's difference: hide it, or remove it for legal reasons; no new revision."""
    service = parts()
    changed = service.ledger.show_difference(story_id, revision, given["diff"], given["reason"], token())
    service.wakeup.wake(Lane.LIVE)
    return receipt_response(receipt_of(changed))
