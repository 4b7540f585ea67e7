"""Events: an event's page, lists and events as JSON."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, json, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from dateline.http import JsonBlueprint
from dateline_web.context import web
from dateline_web.events import in_words, schemas
from dateline_web.events.beside import beside_event, coverage_of
from dateline_web.events.event_json import event_json, events_json
from dateline_web.events.event_ninjs import NINJS, NINJS_TOO, event_ninjs, events_ninjs
from dateline_web.events.page import event_page, next_times, open_event
from dateline_web.events.params import EventFormatParams, EventParams, EventQuery
from dateline_web.events.timetable import bounded_events, find_events
from dateline_web.maps.places import subject_of_event
from dateline_web.maps.shown import map_answer
from dateline_web.urls import API_EVENTS, event_path, with_same_query

blueprint = Blueprint("events", __name__)
api = JsonBlueprint("events_api", __name__, description="What takes place, and when.", always=(304, 429, 503))


@blueprint.get("/events/<event_id>", defaults={"slug": ""})
@blueprint.get("/events/<event_id>/<slug>")
def page(event_id: str, slug: str) -> str | WerkzeugResponse:
    """An event, at its one address; ``on`` says at which of its times."""
    event = open_event(web().index, event_id)
    on = request.args.get("on", "")
    if slug != event.slug:
        return redirect(with_same_query(event_path(event)), 301)
    with bounded_events(web()):
        shown = event_page(web(), event, on)
    beside = beside_event(web(), event)
    return render_template("events/event.html", page=shown, beside=beside, in_words=in_words)


@blueprint.get("/events/<event_id>/map.svg")
def event_map(event_id: str) -> Response:
    """Where an event is, as SVG."""
    return map_answer(subject_of_event(open_event(web().index, event_id)))


@api.get("/v1/events")
@api.arguments(EventParams(), location="query")
@api.response(200, schemas.EventItems)
def events(query: EventQuery) -> tuple[dict[str, Any], dict[str, str]] | Response:
    """Occurrences between two days, series expanded, by day and time; ``format=ninjs`` gives each as IPTC ninjs."""
    found = find_events(web(), query, API_EVENTS)
    if query.format == "ninjs":
        return Response(json.dumps(events_ninjs(found)), mimetype="application/json", headers=found.headers)
    return events_json(found), found.headers


@api.get("/v1/events/<event_id>")
@api.arguments(EventFormatParams(), location="query")
@api.response(200, schemas.EventWhole)
@api.doc(**NINJS_TOO)
@api.problems(404, 410)
def event(parameters: dict[str, Any], event_id: str) -> dict[str, Any] | Response:
    """One event with all its parts, and its next times; ``format=ninjs`` gives it as IPTC ninjs."""
    found = open_event(web().index, event_id)
    if parameters["format"] == "ninjs":
        return Response(json.dumps(event_ninjs(found)), mimetype=NINJS)
    with bounded_events(web()):
        return event_json(found, next_times(web(), found), coverage_of(web(), found))
