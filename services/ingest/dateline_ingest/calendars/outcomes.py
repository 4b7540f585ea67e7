"""What becomes of an event that is read in, as words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Outcome = Literal["new", "changed", "restored", "unchanged", "older", "lapsed", "left_out", "refused"]
"""What becomes of an event: ``restored`` was withdrawn because its source didn't have it, ``lapsed`` is so now;
``left_out`` is no publication."""

OUTCOME_WORDS: Final[Mapping[Outcome, str]] = {
    "refused": "refused", "new": "new", "changed": "changed", "restored": "back", "lapsed": "withdrawn",
    "older": "older than what is on record", "left_out": "not taken", "unchanged": "as before",
}  # fmt: skip
