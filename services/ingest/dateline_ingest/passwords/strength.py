"""Which passwords are hard enough to guess: zxcvbn says how many guesses one withstands."""

from __future__ import annotations

from typing import Final

from dateline.errors import FieldError, InvalidInput
from dateline.ports.ledger.accounts import AccountDetails
from dateline_ingest.passwords.hashes import MOST_CHARACTERS

FEWEST_CHARACTERS: Final = 10
GUESSES: Final = 8
"""The decimal logarithm of how many guesses a password must withstand: zxcvbn's score of 3."""

_TOO_EASY: Final = (
    "This is too easy to guess. Take what a password manager makes, or four words that have nothing to do with one "
    "another."
)


def check_strength(password: str, of: AccountDetails, *besides: str) -> None:
    """Return when a password for an account is hard to guess, also for who knows its name, its address and ``besides``.
    Raises ``InvalidInput`` at ``/password``."""
    from zxcvbn_rs_py import zxcvbn

    if len(password) > MOST_CHARACTERS:
        raise _refused(f"This is too long: {MOST_CHARACTERS} characters are the most.")
    if len(password) < FEWEST_CHARACTERS:
        raise _refused(f"This is too short: {FEWEST_CHARACTERS} characters are the fewest.")
    known = [of.name, *of.name.split(), of.email, *of.email.split("@"), *besides, "dateline", "newsroom"]
    if zxcvbn(password, [word.casefold() for word in known if word]).guesses_log10 < GUESSES:
        raise _refused(_TOO_EASY)


def _refused(detail: str) -> InvalidInput:
    return InvalidInput(detail, (FieldError("/password", detail),))
