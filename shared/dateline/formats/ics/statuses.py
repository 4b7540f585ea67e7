"""STATUS of a VEVENT: the words of RFC 5545 section 3.8.1.11, and what programs write besides."""

from __future__ import annotations

import re
from typing import Final

_STATUSES: Final = {
    "CONFIRMED": "confirmed",
    "TENTATIVE": "tentative",
    "CANCELLED": "cancelled",
    "CANCELED": "cancelled",
    "POSTPONED": "postponed",
}
_CALLED_OFF: Final = re.compile(
    r"cancel|annul|called[ _-]?off|rain(?:ed)?[ _-]?out|abandoned|deleted|abgesagt|entfällt|отмен|адмен|скасов|odwołan"
    r"|zruš|zrus|geannuleerd|afgelast|inställ|aflyst|avlyst|peruutettu|elmarad|suspendido por|iptal",
    re.IGNORECASE,
)
_PUT_OFF: Final = re.compile(
    r"postpon|verschoben|report[ée]|aplazad|adiad|rinviat|uitgesteld|перен[её]с|перан[её]с|przełożon|odłożon|utsatt"
    r"|uppskjut|udsat|ertelendi",
    re.IGNORECASE,
)


def status_of(written: str) -> tuple[str, bool]:
    """What a STATUS says, and whether it is a word that is known as it stands.

    A longer one is read by what it says of the event in the languages that calendars come in: whoever comes in vain to
    what was called off is worse served than by a note. Any other is confirmed.

    >>> status_of("Cancelled by the organiser")
    ('cancelled', False)
    """
    said = written.strip()
    if known := _STATUSES.get(said.upper() or "CONFIRMED"):
        return known, True
    if _CALLED_OFF.search(said):
        return "cancelled", False
    return ("postponed" if _PUT_OFF.search(said) else "confirmed"), False
