"""Rules that part the stories, as the product may one day: by the year in their ids; and in halves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from dateline.adapters.ledger.database.ids import ALPHABET, RANDOM_BITS
from dateline.ports.index.partition import Partitioning

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def id_of(given: datetime, number: int = 0) -> str:
    """The id that the ledger might give at a moment."""
    whole = ((given - _EPOCH) // timedelta(milliseconds=1) << RANDOM_BITS) | number
    return "".join(ALPHABET[whole >> shift & 31] for shift in range(125, -1, -5))


def year_of(id: str) -> str:
    """The year in which an id was given."""
    whole = 0
    for letter in id:
        whole = whole << 5 | ALPHABET.index(letter)
    return str((_EPOCH + timedelta(milliseconds=whole >> RANDOM_BITS)).year)


BY_YEAR: Final = Partitioning(name="year", names=("2023", "2024"), of=year_of)
HALVES: Final = Partitioning(name="half", names=("even", "odd"), of=lambda id: ("even", "odd")[ord(id[-1]) % 2])
