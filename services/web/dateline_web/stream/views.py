"""New stories as they appear, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).

Each listener holds a thread of its process for as long as it listens. So there are few (``MAX_LISTENERS``; others get
503 and come again), they end by themselves, and whatever their number the index is asked once a second.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any, Final, cast

from flask import Blueprint, Response, copy_current_request_context, current_app, json, request

from dateline.deadline import set_deadline
from dateline.domain.document import StoryDocument
from dateline.errors import Transient
from dateline.http.shutdown import is_stopping
from dateline_web.context import Web, web
from dateline_web.stories.story_json import story_item
from dateline_web.stream.new_stories import NewStories

blueprint = Blueprint("stream", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who listens: from where, how long the index may take, how a story is told, whether nobody is there any more.

    A request's context is only there while ``tell`` runs: between two blocks the thread may serve others.
    """

    last_id: str
    seconds: float
    tell: Callable[[StoryDocument], str]
    gone: Callable[[], bool]


EXTENSION: Final = "dateline-new-stories"
MAX_LISTENERS: Final = 4
"""In one process: half of the threads that a web process has by default."""
RETRY_AFTER: Final = 30
HEARTBEAT: Final = 15.0
"""Seconds after which a silent connection would be taken for a dead one by what stands between."""
LASTS: Final = 900.0
PAUSE: Final = 0.25


@blueprint.get("/stream")
def stream() -> Response:
    """Stories from now on, or after the one that Last-Event-ID names."""
    new_stories = _new_stories(web())
    if not new_stories.join():
        return _full()
    response = Response(_events(new_stories, _listener()), content_type="text/event-stream; charset=utf-8")
    response.call_on_close(new_stories.leave)
    response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    return response


def _new_stories(web: Web) -> NewStories:
    made = current_app.extensions.setdefault(EXTENSION, NewStories(web.index, MAX_LISTENERS))
    return cast(NewStories, made)


def _full() -> Response:
    text = "Too many listen already; please come again.\n"
    return Response(text, 503, {"Retry-After": str(RETRY_AFTER)}, content_type="text/plain; charset=utf-8")


def _listener() -> Listener:
    return Listener(
        last_id=request.headers.get("Last-Event-ID", ""),
        seconds=web().settings.search_timeout,
        tell=copy_current_request_context(_event),
        gone=hung_up(request.environ),
    )


def _events(new_stories: NewStories, listener: Listener) -> Iterator[str]:
    """The event stream. When the index can't be reached it ends: the client connects again, from where it was."""
    yield "retry: 3000\n\n"
    try:
        yield from _stories(new_stories, listener)
    except Transient:
        return


def _stories(new_stories: NewStories, listener: Listener) -> Iterator[str]:
    began = spoke = monotonic()
    set_deadline(listener.seconds)
    place = new_stories.place()
    missed = new_stories.after(listener.last_id) if listener.last_id else []
    told = {story.id for story in missed}
    yield from map(listener.tell, missed)
    while monotonic() - began < LASTS and not listener.gone() and not is_stopping():
        set_deadline(listener.seconds)
        place, stories = new_stories.since(place)
        fresh = [story for story in stories if story.id not in told]
        yield from map(listener.tell, fresh)
        spoke = monotonic() if fresh else spoke
        if monotonic() - spoke > HEARTBEAT:
            spoke = monotonic()
            yield ": still here\n\n"
        sleep(PAUSE)


def _event(story: StoryDocument) -> str:
    return f"id: {story.id}\ndata: {json.dumps(story_item(story), ensure_ascii=False)}\n\n"


def hung_up(environ: Mapping[str, Any]) -> Callable[[], bool]:
    """Whether the client closed its connection, as far as the server lets that be seen.

    Otherwise its place would be taken until the next heartbeat.
    """
    connection = environ.get("gunicorn.socket") or environ.get("werkzeug.socket")
    if not isinstance(connection, socket.socket) or isinstance(connection, ssl.SSLSocket):
        return lambda: False

    def closed() -> bool:
        try:
            return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    return closed
