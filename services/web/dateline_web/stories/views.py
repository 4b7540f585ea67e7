"""A story's page, and the same as JSON and as ninjs."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, json, redirect, render_template
from werkzeug.wrappers import Response as WerkzeugResponse

from dateline.domain.document import StoryDocument
from dateline.formats.ninjs import write_ninjs
from dateline.http import JsonBlueprint
from dateline_web.context import web
from dateline_web.events.timetable import EventLine
from dateline_web.identifiers import entry_id
from dateline_web.pictures.outward import for_feeds
from dateline_web.stories import schemas
from dateline_web.stories.linked_events import event_refs, events_of
from dateline_web.stories.page import open_story, related_stories, story_page
from dateline_web.stories.params import StoryParams
from dateline_web.stories.picture_page import picture_page
from dateline_web.stories.story_json import story_json
from dateline_web.urls import absolute, picture_path, story_path, with_same_query

blueprint = Blueprint("stories", __name__)
api = JsonBlueprint("Stories", __name__, description="Read stories.", always=(304, 429, 503))

NINJS: Final = "application/ninjs+json"
NINJS_TOO: Final[dict[str, Any]] = {
    "responses": {200: {"content": {NINJS: {"schema": {"type": "object", "description": "IPTC ninjs 3.1"}}}}}
}


@blueprint.get("/stories/<story_id>", defaults={"slug": ""})
@blueprint.get("/stories/<story_id>/<slug>")
def page(story_id: str, slug: str) -> str | WerkzeugResponse:
    """The story, at its one address."""
    story = open_story(web().index, story_id)
    if slug != story.slug:
        return redirect(with_same_query(story_path(story)), 301)
    return render_template("story.html", page=story_page(web(), story))


@blueprint.get("/stories/<story_id>/<slug>/pictures/<int:number>")
def picture(story_id: str, slug: str, number: int) -> str | WerkzeugResponse:
    """One of the story's pictures, large."""
    story = open_story(web().index, story_id)
    if slug != story.slug:
        return redirect(picture_path(story, number), 301)
    return render_template("story_picture.html", page=picture_page(story, number))


@api.get("/v1/stories/<story_id>")
@api.arguments(StoryParams(), location="query")
@api.response(200, schemas.StoryWhole)
@api.doc(**NINJS_TOO)
@api.problems(404, 410)
def story(parameters: dict[str, Any], story_id: str) -> dict[str, Any] | Response:
    """One story with all its parts; ``format=ninjs`` gives it as IPTC ninjs (application/ninjs+json)."""
    found = open_story(web().index, story_id)
    events = events_of(web(), found)
    if parameters["format"] == "ninjs":
        return _ninjs(found, events)
    return story_json(found, related_stories(web().index, found), events)


def _ninjs(story: StoryDocument, events: tuple[EventLine, ...]) -> Response:
    address, named = absolute(story_path(story)), [(one["title"], one["url"]) for one in event_refs(events)]
    ninjs = write_ninjs(for_feeds(story), uri=entry_id(story), address=address, base_url=absolute(""), events=named)
    return Response(json.dumps(ninjs), mimetype=NINJS)
