"""Identifiers are made here; ``domain.item_id`` says what they are."""

from __future__ import annotations

import os
import secrets
import time
from threading import Lock
from typing import Final

from dateline.domain.item_id import ALPHABET, RANDOM_BITS

_lock: Final = Lock()
_last = [0]


def _begin_anew() -> None:
    _last[0] = 0


# Children that counted on from their parent's last one would give out the same.
os.register_at_fork(after_in_child=_begin_anew)


def new_id() -> str:
    """48 bits of milliseconds since 1970, then 80 random bits; always greater than this process's last one."""
    with _lock:
        fresh = (time.time_ns() // 1_000_000 << RANDOM_BITS) | secrets.randbits(RANDOM_BITS)
        _last[0] = max(fresh, _last[0] + 1)
        number = _last[0]
    return "".join(ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
