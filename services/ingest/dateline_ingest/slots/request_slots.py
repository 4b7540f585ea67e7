"""The slot that a request holds for the token that sent it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from flask import Response, request
from werkzeug.exceptions import TooManyRequests

from dateline.gateway import TAKEN
from dateline_ingest.slots.token_slots import TokenSlots

RETRY_SECONDS: Final = 5


@contextmanager
def a_slot(slots: TokenSlots, who: str) -> Iterator[Callable[[], None]]:
    """One of the slots of the token ``who``, given back by what the block gets, or when it raises. Aborts with 429
    when none is left."""
    if not slots.take(who):
        raise TooManyRequests(f"As many {slots.what} of this token as may be are under way.", retry_after=RETRY_SECONDS)
    try:
        yield lambda: slots.give_back(who)
    except BaseException:
        slots.give_back(who)
        raise


def give_back_when_taken(response: Response, give_back: Callable[[], None]) -> None:
    """Call ``give_back`` when the client has taken the response, or is gone."""
    call_when_taken = request.environ.get(TAKEN, response.call_on_close)
    call_when_taken(give_back)


@contextmanager
def within_slot(slots: TokenSlots, who: str) -> Iterator[None]:
    """Hold one of the slots of the token ``who`` while the block runs. Aborts with 429 when none is left."""
    with a_slot(slots, who) as give_back:
        yield
        give_back()
