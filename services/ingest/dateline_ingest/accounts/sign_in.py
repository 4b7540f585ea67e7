"""Who signs in: by name or e-mail address and password. Nothing says which accounts there are.

A name that nobody has costs one verification as every other does, gets the same answer, and is counted in the same way.
Who signed in before is counted by the browser, so that nobody is locked out by others who try the name.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

import structlog
from flask import request
from werkzeug.exceptions import TooManyRequests

from dateline.http.requests.rate_limit import client_address
from dateline.ports.ledger.accounts import Account, fold
from dateline.ports.ledger.tokens import Token
from dateline_ingest.accounts.devices import known_device, remember_device
from dateline_ingest.context import parts

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.accounts")

MOST_IN_LOGIN: Final = 400
"""A name that is longer is nobody's."""
_TOO_MANY: Final = "Too many sign-ins went wrong."


def sign_in_by_password(login: str, password: str) -> Token | None:
    """Who writes for the account that signs in; None for a wrong name or password. Aborts with 429 when there were too
    many from this address, or for this name."""
    known, device = known_device()
    account = _account(login) if known else None
    counted = (client_address(), f"device {device}") if account and account.id == known else _counted(login)
    _refuse_while_waiting(counted)
    account = account or _account(login)
    kept = parts().ledger.password_hash(account.id if account else "")
    right = parts().password_hashes.verify(kept, password)
    if account is None or not right:
        _note_failure(account, counted)
        return None
    if renewed := parts().password_hashes.renewed(kept, password):
        parts().ledger.renew_hash(account.id, kept, renewed)
    remember_device(account.id)
    return parts().ledger.signed_in(account.id, request.remote_addr or "")


def _account(login: str) -> Account | None:
    return parts().ledger.find_account(login) if len(login) <= MOST_IN_LOGIN else None


def confirm_password(who: Token, password: str) -> bool:
    """Whether it is the password of the account of who is signed in; counted as a sign-in is. Aborts with 429."""
    counted = _counted(who.id)
    _refuse_while_waiting(counted)
    if parts().password_hashes.verify(parts().ledger.password_hash(who.id), password):
        return True
    _note_failure(parts().ledger.account(who.id), counted)
    return False


def _counted(login: str) -> tuple[str, str]:
    """Under what a failure counts: the address it comes from, and the name that was given, whoever has it."""
    return client_address(), f"login {sha256(fold(login).encode('utf-8', 'surrogatepass')).hexdigest()}"


def _refuse_while_waiting(counted: tuple[str, ...]) -> None:
    """Return when fewer than ten attempts failed in the last minute under each of ``counted``. Aborts with 429."""
    if seconds := max(map(parts().failed_attempts.wait, counted)):
        raise TooManyRequests(_TOO_MANY, retry_after=seconds)


def _note_failure(account: Account | None, counted: tuple[str, ...]) -> None:
    parts().ledger.note_failed_sign_in(account.id if account else "", request.remote_addr or "")
    if any([parts().failed_attempts.count(one) for one in counted]):
        log.warning("too many wrong sign-ins", address=request.remote_addr)
