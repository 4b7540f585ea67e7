"""Until when the files of a picture may be shown, as the media store says beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Final

from flask import json

from dateline.errors import MediaMissing, NotFound, Withdrawn
from dateline.ports.media import MediaStore, rendition_key

RIGHTS: Final = "rights.json"
KEPT_SECONDS: Final = 3
"""How long an answer of the store is believed: a change of rights is seen after so long, an end at its own time."""
MOST_KEPT: Final = 4096


class PublicMedia:
    """The media store as readers have it: each picture as long as its rights last, for which the store is asked once in
    ``KEPT_SECONDS``. For any thread."""

    def __init__(self, store: MediaStore) -> None:
        self.store = store
        self._read: Callable[[str, int], datetime | None] = lru_cache(maxsize=MOST_KEPT)(self._read_now)

    def shown_until(self, sha256: str, now: datetime) -> datetime | None:
        """When a picture's rights end; None where they don't.

        Raises ``NotFound`` for a picture that readers don't have, ``Withdrawn`` for one whose rights have ended, and
        ``MediaUnavailable``.
        """
        try:
            until = self._read(sha256, int(now.timestamp() // KEPT_SECONDS))
        except MediaMissing as error:
            raise NotFound("There is no such picture.") from error
        if until is not None and until <= now:
            raise Withdrawn("This picture may not be shown any more.")
        return until

    def _read_now(self, sha256: str, _turn: int) -> datetime | None:
        file = self.store.open(rendition_key(sha256, RIGHTS))
        until = json.loads(b"".join(file.pieces))["usable_until"]
        return None if until is None else datetime.fromisoformat(until)
