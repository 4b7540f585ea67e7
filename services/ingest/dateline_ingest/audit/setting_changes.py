"""What changed in the settings between two starts, for the audit. Of a secret only that it changed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from hashlib import scrypt
from hmac import compare_digest
from typing import Final, Protocol

from dateline.errors import LedgerUnavailable
from dateline.ports.ledger.audit import Audit
from dateline.ports.ledger.lifecycle import Lifecycle
from dateline.setting_rows import Setting
from dateline.settings import SETTINGS

_MARK: Final = "scrypt"
"""How the digest of a secret begins: a password may be short, so that guessing it must cost something (RFC 7914)."""


class AuditOfStarts(Audit, Lifecycle, Protocol):
    """What is asked of the ledger."""


def note_setting_changes(audit: AuditOfStarts, environ: Mapping[str, str], own_broker: str | None = None) -> None:
    """Add to the audit which settings are others than at the last start. A start doesn't wait for a ledger that is
    away: what changed is found at the next one.

    ``own_broker`` is the address of a broker that the supervisor starts: it is another each time, and nobody's setting.
    """
    with suppress(LedgerUnavailable):
        audit.check()
        before = audit.known_settings()
        given = {one: value for one in SETTINGS if (value := one.given(environ)) and value != own_broker}
        now = {one.variable: _kept(one, value, before.get(one.variable, "")) for one, value in given.items()}
        if now != before:
            audit.note_settings(now, before, _changes(before, now) if before else {})


def _kept(setting: Setting, value: str, before: str) -> str:
    """What is kept of a value: of a secret the digest, the one from before where it is the same secret."""
    if not setting.secret:
        return value
    if before.startswith(_MARK) and compare_digest(_digest(value, before.split(" ")[1]), before):
        return before
    return _digest(value, secrets.token_hex(16))


def _digest(value: str, salt: str) -> str:
    return f"{_MARK} {salt} {scrypt(value.encode(), salt=salt.encode(), n=2**14, r=8, p=1, dklen=32).hex()}"


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """What to say of each variable that differs."""
    hidden = {one.variable for one in SETTINGS if one.secret}
    return {
        name: _change(before.get(name), now.get(name), hidden=name in hidden)
        for name in before.keys() | now.keys()
        if before.get(name) != now.get(name)
    }


def _change(before: str | None, now: str | None, *, hidden: bool) -> str:
    if before is None:
        return "set" if hidden else f"set to {now}"
    if now is None:
        return "unset" if hidden else f"unset; it was {before}"
    return "changed" if hidden else f"{before} → {now}"
