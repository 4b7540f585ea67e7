"""What an erased story leaves on fronts in its own words: its headline and summary as they stood there, and the
breaking line that led to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, or_, select, update

from dateline.adapters.ledger.claims import due_again
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import claims, items, payloads
from dateline.ports.wakeup import Lane

_WORDS = ("headline", "summary")


def forget_on_fronts(connection: Connection, at: datetime, story_id: str) -> None:
    """Blank the story's words on every front on record, and make those due that changed."""
    lines = _breaking_lines(connection, story_id)
    named = (story_id, '"breaking"') if lines else (story_id,)
    holds = or_(*(payloads.c.body.contains(text, autoescape=True) for text in named))
    chosen = (
        select(payloads.c.item_id, payloads.c.revision, payloads.c.body)
        .join(items, items.c.id == payloads.c.item_id)
        .where(items.c.kind == "front", holds)
    )
    changed = []
    for row in connection.execute(chosen).all():
        front = orjson.loads(row.body)
        if _blank(front, story_id, lines):
            this = payloads.c.item_id == row.item_id, payloads.c.revision == row.revision
            connection.execute(update(payloads).where(*this).values(body=orjson.dumps(front).decode()))
            changed.append(row.item_id)
    if changed:
        again = update(claims).where(in_list(claims.c.item_id, sorted(set(changed))))
        connection.execute(again.values(due_again(at, Lane.LIVE)))


def _breaking_lines(connection: Connection, story_id: str) -> set[str]:
    """The breaking lines that led to the story."""
    named = payloads.c.body.contains(story_id, autoescape=True)
    bodies = connection.execute(
        select(payloads.c.body).join(items, items.c.id == payloads.c.item_id).where(items.c.kind == "front", named)
    ).scalars()
    found = (orjson.loads(body).get("breaking") for body in bodies)
    return {line["text"] for line in found if isinstance(line, dict) and line.get("story") == story_id}


def _blank(front: dict[str, Any], story_id: str, lines: set[str]) -> bool:
    """Take the story's words out of a front; whether there were any."""
    own = [one for one in _placed(front) if one["id"] == story_id and any(one.get(word) for word in _WORDS)]
    for one in own:
        one.update(headline="", summary="")
    line = front.get("breaking")
    if line and (line if isinstance(line, str) else line["text"]) in lines:
        del front["breaking"]
        return True
    return bool(own)


def _placed(front: dict[str, Any]) -> Iterator[dict[str, Any]]:
    columns = front.get("columns", ())
    for one in (front.get("lead"), *front.get("second", ()), *front.get("latest", ())):
        if isinstance(one, dict):
            yield one
    for column in columns:
        yield from column["stories"]
