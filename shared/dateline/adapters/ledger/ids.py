"""Ids that sort by the time they were made: 48 bits of milliseconds, 80 of randomness, in 26 lower-case characters.

The layout is ULID's (https://github.com/ulid/spec), in Crockford's base 32. Within a process they only grow.
"""

from __future__ import annotations

import os
import threading
import time
from typing import Final

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH: Final = 26
_RANDOM_BITS: Final = 80

_lock = threading.Lock()
_last = 0
_pid = 0


def _after_fork() -> None:
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_after_fork)


def new_id() -> str:
    """A new id, greater than all this process made before."""
    global _last, _pid
    fresh = (time.time_ns() // 1_000_000 << _RANDOM_BITS) | int.from_bytes(os.urandom(_RANDOM_BITS // 8))
    with _lock:
        # A child that counted on from its parent's last id would give out what its siblings give out.
        if _pid != os.getpid():
            _last, _pid = 0, os.getpid()
        _last = fresh if fresh >> _RANDOM_BITS > _last >> _RANDOM_BITS else _last + 1
        number = _last
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
