"""Hashes of passwords by Argon2id (RFC 9106), made and verified a few at a time."""

from __future__ import annotations

import unicodedata
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MOST_CHARACTERS: Final = 200

_AT_ONCE: Final = 2
"""Hashes that one process works on at a time: each takes 19 MB and a core, and anybody may ask for one."""


def owasp_hasher() -> PasswordHasher:
    """Argon2id with 19 MiB, two passes and one lane: the first choice of OWASP's Password Storage Cheat Sheet."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class PasswordHashes:
    """Makes and verifies hashes. An answer costs the same whether there is a hash or not."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or owasp_hasher()
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._nobodys = ""

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        with self._turns:
            return self._hasher.hash(_bytes(password))

    def verify(self, kept: str, password: str) -> bool:
        """Whether it is the password of a hash; with "" for a hash it isn't, after as much work."""
        if not self._nobodys:
            self._nobodys = self.hash("nobody's")
        fits = len(password) <= MOST_CHARACTERS
        with self._turns:
            return _verified(self._hasher, kept or self._nobodys, password if fits else "") and bool(kept) and fits

    def renewed(self, kept: str, password: str) -> str:
        """Another hash of the same password, where ``kept`` was made with less work than one is made with now; else
        ""."""
        return self.hash(password) if self._hasher.check_needs_rehash(kept) else ""


def _verified(hasher: PasswordHasher, kept: str, password: str) -> bool:
    try:
        return hasher.verify(kept, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    """In one of the ways of writing the same letters (RFC 8265 section 4.2: NFC)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
