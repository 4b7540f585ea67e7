"""The steps of a story as server-sent events: told when it gets further, until it is where it stays.

https://html.spec.whatwg.org/multipage/server-sent-events.html. A listener takes no thread: the event loop waits for the
next change for readers, or a second, and has the ledger asked in a thread of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from flask import Blueprint, Response, request

from dateline.errors import Transient
from dateline.gateway import PUSH
from dateline.ports.ledger import Ledger
from dateline.ports.ledger.items import State
from dateline_ingest.auth import needs
from dateline_ingest.changes.change_watch import ChangeWait, ChangeWatch
from dateline_ingest.context import item, parts, token

step_pages = Blueprint("step_stream", __name__)

LOOK_SECONDS: Final = 1.0
"""How long a story that gets nowhere public isn't looked at."""
MOST_LOOKS: Final = 120


@step_pages.get("/stories/<opaque:story_id>/steps")
@needs("reporter", "editor")
def stream(story_id: str) -> Response:
    """Say when the story gets further; 204 where nobody can listen, or it is where it stays."""
    listener = StepListener(parts().ledger, parts().change_watch, story_id, token().id)
    push = request.environ.get(PUSH)
    if push is None or item().newest.state != "accepted" or not listener.wait():
        return Response(status=204)
    push(listener)
    response = Response(iter((": \n\n",)), content_type="text/event-stream; charset=utf-8")
    response.headers["X-Accel-Buffering"] = "no"
    return response


class StepListener:
    """A page that waits for a story's next step; a ``gateway.Push``."""

    def __init__(self, ledger: Ledger, watch: ChangeWatch, story_id: str, who: str) -> None:
        self._ledger = ledger
        self._watch = watch
        self._story_id = story_id
        self._who = who
        self._place: ChangeWait | None = None

    def wait(self) -> bool:
        """Take a place for the next change; whether there was one. Raises ``LedgerUnavailable``."""
        self.close()
        self._place = self._watch.join(self._ledger.last_change(), LOOK_SECONDS, self._who)
        return self._place is not None

    async def blocks(self) -> AsyncIterator[bytes]:
        """An event with the state once it is another one; then it is over, as where nobody can wait: the page asks."""
        looks = 0
        while self._place is not None and looks < MOST_LOOKS:
            await self._place.over()
            looks += 1
            try:
                state = await asyncio.to_thread(self._look)
            except Transient:
                return
            if state != "accepted":
                yield f"data: {state}\n\n".encode()
                return

    def close(self) -> None:
        """Give the place back."""
        if self._place is not None:
            self._place.close()
            self._place = None

    def _look(self) -> State:
        self.wait()  # before the look: a change that comes after it ends the wait
        return self._ledger.item("story", self._story_id).newest.state
