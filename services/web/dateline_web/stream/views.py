"""New stories as they appear, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).

A listener takes no thread: the request is answered with what it missed, and the event loop sends what comes then.
Listeners are bounded all the same, in all and for each address; others get 503 and come again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from flask import Blueprint, Response, abort, copy_current_request_context, current_app, json, request

from dateline.domain.document import StoryDocument
from dateline.errors import Transient
from dateline.gateway import PUSH
from dateline_web.context import web
from dateline_web.stories.story_json import story_item
from dateline_web.stream.broadcast import Broadcast
from dateline_web.stream.listener import Listener

blueprint = Blueprint("stream", __name__)

EXTENSION: Final = "dateline-broadcast"
RETRY_AFTER: Final = 30
RETRY: Final = "retry: 3000\n\n"


@blueprint.get("/stream")
def stream() -> Response:
    """Stories from now on, or after the one that Last-Event-ID names."""
    try:
        return _listen()
    except Transient:
        return _event_stream(RETRY)  # an EventSource comes again after this, and never after a 503


def _listen() -> Response:
    if request.method == "HEAD":
        return _event_stream("")
    listener = _broadcast().join(request.remote_addr or "", _told_as_event())
    if listener is None:
        return _full()
    try:
        missed = _missed(listener)
        _push()(listener)
    except BaseException:
        listener.close()
        raise
    return _event_stream(RETRY + missed)


def _missed(listener: Listener) -> str:
    """The events that the client missed. Registered before the index is asked, the listener misses none after."""
    last_id = request.headers.get("Last-Event-ID", "")
    stories = _broadcast().after(last_id) if last_id else []
    listener.told = frozenset(story.id for story in stories)
    return "".join(map(listener.tell, stories))


def _push() -> Callable[[Listener], None]:
    push = request.environ.get(PUSH)
    if push is None:
        abort(503, description="This HTTP server can't push; run dateline_web.server.")
    return cast(Callable[[Listener], None], push)


def _broadcast() -> Broadcast:
    extensions = current_app.extensions
    if EXTENSION not in extensions:
        settings = web().settings
        extensions.setdefault(EXTENSION, Broadcast(web().index, settings.streams, settings.search_timeout))
    return cast(Broadcast, extensions[EXTENSION])


def _event_stream(start: str) -> Response:
    response = Response(iter((start,)), content_type="text/event-stream; charset=utf-8")
    response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    return response


def _full() -> Response:
    text = "Too many listen already; please come again.\n"
    return Response(text, 503, {"Retry-After": str(RETRY_AFTER)}, content_type="text/plain; charset=utf-8")


def _told_as_event() -> Callable[[StoryDocument], str]:
    """Writes a story as an event, with addresses as this request has them."""

    @copy_current_request_context
    def tell(story: StoryDocument) -> str:
        return f"id: {story.id}\ndata: {json.dumps(story_item(story), ensure_ascii=False)}\n\n"

    return cast(Callable[[StoryDocument], str], tell)
